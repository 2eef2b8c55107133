//! The canonical form of a game and its digest.

use std::fmt::Write;

use crate::{Direction, Expr, Form, Game, Pattern, Preference, RankEntry, RuleKind};

impl Game {
    /// The game as text, one fact a line: the same for two files that differ in
    /// comments, prose, claims or layout only, different when a verdict or a
    /// sampled share could differ.
    #[must_use]
    pub fn canonical(&self) -> String {
        let mut out = String::from("detente game 1\n");
        for actor in &self.actors {
            let _ = writeln!(out, "actor {}", actor.id);
        }
        match &self.form {
            Form::Options(form) => {
                for option in &form.options {
                    let direction = match option.direction {
                        Direction::Both => "both",
                        Direction::OnOnly => "on_only",
                        Direction::OffOnly => "off_only",
                    };
                    let _ = writeln!(
                        out,
                        "option {} {} {direction}{}",
                        option.actor.0,
                        option.id,
                        confidence(option.confidence)
                    );
                }
                for definition in &form.definitions {
                    let _ = writeln!(out, "define {}", text(&definition.that));
                    if let Some(otherwise) = &definition.otherwise {
                        let sure = confidence(definition.confidence);
                        let _ = writeln!(out, "otherwise {}{sure}", text(otherwise));
                    }
                }
                second_part(&mut out, form);
                for rule in &form.rules {
                    let kind = match &rule.kind {
                        RuleKind::Never(_) => "never",
                        RuleKind::Always(_) => "always",
                        RuleKind::AtMostOne(_) => "at_most_one",
                        RuleKind::ExactlyOne(_) => "exactly_one",
                        RuleKind::Requires(..) => "requires",
                        RuleKind::Unavailable(_) => "unavailable",
                        RuleKind::Chain(..) => "chain",
                    };
                    let _ =
                        writeln!(out, "rule {kind} {}{}", text(&rule.formula()), confidence(rule.confidence));
                }
                for cannot in &form.cannot {
                    let _ = writeln!(
                        out,
                        "cannot {} {} {}",
                        cannot.actor.0,
                        text(&cannot.from),
                        text(&cannot.to)
                    );
                }
            }
            Form::Graph(form) => {
                for state in &form.states {
                    let _ = writeln!(out, "state {state}");
                }
                for arc in &form.arcs {
                    let _ = writeln!(out, "arc {} {} {}", arc.actor.0, arc.from, arc.to);
                }
                for joint in &form.joint {
                    let parties = numbers(&joint.parties);
                    for (from, to) in &joint.arcs {
                        let _ = writeln!(out, "joint{parties} {from} {to}");
                    }
                }
            }
        }
        for (actor, preference) in self.preferences.iter().enumerate() {
            self.canonical_preference(&mut out, actor, preference);
        }
        if let Some(state) = &self.status_quo {
            let _ = writeln!(out, "status_quo {state}");
        }
        for deadline in self.deadlines_ahead() {
            let unless =
                deadline.unless.as_ref().map_or_else(String::new, |f| format!(" unless {}", text(f)));
            let _ = writeln!(out, "deadline {}{}{unless}", deadline.on, switches(&deadline.then));
        }
        out
    }

    fn canonical_preference(&self, out: &mut String, actor: usize, preference: &Preference) {
        match preference {
            Preference::Statements(list) => {
                for s in list {
                    let strong = if s.strong { " strong" } else { "" };
                    let unknown = if s.unknown { " unknown" } else { "" };
                    let sure = confidence(s.confidence);
                    let rest =
                        if s.otherwise.is_some() || s.levels.is_some() { rest(s) } else { String::new() };
                    let _ = writeln!(out, "prefers {actor} {}{strong}{unknown}{sure}{rest}", text(&s.that));
                }
            }
            Preference::Weights(list) => {
                for w in list {
                    let sure = confidence(w.confidence);
                    let _ = writeln!(out, "weighs {actor} {} {}{sure}", w.weight, text(&w.that));
                }
            }
            Preference::Ranking(ranking) => {
                for group in &ranking.groups {
                    let entries: Vec<String> = group
                        .iter()
                        .map(|entry| match entry {
                            RankEntry::State(state) => state.to_string(),
                            RankEntry::Pattern(pattern) => Pattern::to_string(pattern),
                            RankEntry::Formula(f) => format!("={}", text(f)),
                        })
                        .collect();
                    let _ = writeln!(out, "ranking {actor} {}", entries.join(" "));
                }
                if ranking.rest_last {
                    let _ = writeln!(out, "ranking {actor} rest last");
                }
            }
        }
    }

    /// `blake3:` and the hash of [`Game::canonical`] in hexadecimal.
    #[must_use]
    pub fn digest(&self) -> String {
        format!("blake3:{}", blake3::hash(self.canonical().as_bytes()).to_hex())
    }
}

/// What the rest of the chance is, where the file says it, and which part of a wish over levels it is.
fn rest(statement: &crate::Statement) -> String {
    let crate::Otherwise { contrary, indifferent } = statement.rest();
    let levels = statement.levels.as_ref().map_or_else(String::new, |l| format!(" of {} {}", l.at, l.count));
    format!(" otherwise {contrary} {indifferent}{levels}")
}

fn numbers(actors: &[crate::ActorId]) -> String {
    actors.iter().map(|actor| format!(" {}", actor.0)).collect()
}

fn switches(list: &[(crate::OptionId, bool)]) -> String {
    list.iter().map(|(switch, on)| format!(" {}{}", if *on { '+' } else { '-' }, switch.0)).collect()
}

/// Acts, chance events and conditions: nothing where there are none.
fn second_part(out: &mut String, form: &crate::OptionForm) {
    for (at, option) in form.options.iter().enumerate() {
        for (word, conditions) in [("begins_if", &option.begins_if), ("ends_if", &option.ends_if)] {
            for condition in conditions {
                let _ = writeln!(out, "{word} {at} {}", text(&condition.that));
            }
        }
    }
    for act in &form.acts {
        let groups = |groups: &[Vec<crate::ActorId>]| -> String {
            groups.iter().map(|group| format!(" [{}]", numbers(group).trim_start())).collect()
        };
        let _ = writeln!(
            out,
            "act {} {} {} begins{} ends{} with{}",
            act.id,
            act.first.0,
            act.bits,
            groups(&act.begins.groups),
            groups(&act.ends.groups),
            switches(&act.with)
        );
    }
    for chance in &form.chances {
        let likely = chance.likelihood.map_or_else(String::new, |p| format!(" likelihood {p}"));
        let _ = writeln!(out, "chance {}{}{likely}", chance.switch.0, switches(&chance.then));
    }
}

fn confidence(value: Option<f64>) -> String {
    value.map_or_else(String::new, |c| format!(" confidence {c}"))
}

/// Prefix notation with positions: no names, no precedence.
fn text(expr: &Expr) -> String {
    let list = |name: &str, parts: &[Expr]| {
        format!("({name}{})", parts.iter().map(|p| format!(" {}", text(p))).collect::<String>())
    };
    match expr {
        Expr::Const(value) => value.to_string(),
        Expr::Option(id) => format!("o{}", id.0),
        Expr::Defined(id) => format!("d{}", id.0),
        Expr::Not(inner) => format!("(not {})", text(inner)),
        Expr::And(parts) => list("and", parts),
        Expr::Or(parts) => list("or", parts),
        Expr::AtMostOne(parts) => list("at_most_one", parts),
        Expr::Written(_, inner) => text(inner),
        Expr::AtLeast(parts, needs) => {
            let parts: String = parts.iter().map(|(weight, p)| format!(" {weight} {}", text(p))).collect();
            format!("(at_least {needs}{parts})")
        }
        Expr::Implies(a, b) => format!("(implies {} {})", text(a), text(b)),
        Expr::Iff(a, b) => format!("(iff {} {})", text(a), text(b)),
    }
}
