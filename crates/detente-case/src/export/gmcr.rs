//! The `.gmcr` file of GMCR+: what [`crate::import::gmcr`] reads.
//!
//! Conditions of that format are conjunctions, with alternatives at the top only, so formulas are
//! written as alternatives of conjunctions. Preferences that have no such form (weights, rankings,
//! statements with more than 1,024 alternatives) are written for every actor as a ranking by
//! ordinal, because that choice is one for the whole file.

use std::fmt::Write;

use detente_model::{Conflict, Direction, Expr, Form, Game, OptionForm, Preference, RuleKind, State};

use super::dnf::{Dnf, TERMS, Term};
use super::ranks::{self, BadRanking};
use super::{CannotExport, Exported};
use crate::states::{Most, Unlisted, feasible_states};

/// With rankings by hand, at most so many states.
const MOST: Most = Most { states: 1 << 16, work: 20_000_000 };
/// Alternatives of all rules together.
const CONDITIONS: usize = 65_536;

/// Writes the game of `conflict` as a `.gmcr` file, ASCII, with the same state numbers.
///
/// # Errors
/// Graph form, acts of several, conditions, levels, dates, chance events, moves taken away, unknown preferences, a rule with more than 1,024 alternatives,
/// more than 65,536 states where preferences must be ranked by hand, no feasible state.
///
/// # Complexity
/// Bounded work per formula; with rankings also states × (rules + statements).
pub fn gmcr(conflict: &Conflict) -> Result<Exported, CannotExport> {
    let game = &conflict.game;
    let form = match &game.form {
        Form::Options(form) => form,
        Form::Graph(_) => {
            let reason = "this case is in graph form; a .gmcr file needs options";
            return Err(CannotExport(vec![reason.to_owned()]));
        }
    };
    let mut cannot = super::beyond(game, "a .gmcr file");
    let mut left_out = Vec::new();
    for taken in &form.cannot {
        let actor = name(game, taken.actor.index());
        cannot.push(format!(
            "a .gmcr file cannot take moves away from an actor, and `{actor}` has such a rule"
        ));
    }
    if form.options.is_empty() {
        cannot.push("the case has no options".to_owned());
    }
    let dnf = Dnf::new(&form.definitions);
    let rules = rules(form, &dnf, &mut cannot);
    let statements = statements(game, &dnf, &mut cannot, &mut left_out);
    let rankings = match (&statements, cannot.is_empty()) {
        (None, true) => rankings(game, form, &mut cannot),
        _ => None,
    };
    if !cannot.is_empty() {
        cannot.dedup();
        return Err(CannotExport(cannot));
    }
    others(conflict, &mut left_out);
    left_out.dedup();
    let text = write(game, form, &rules, statements.as_deref(), rankings.as_deref());
    Ok(Exported { text, left_out })
}

/// The conjunctions that no feasible state satisfies.
fn rules(form: &OptionForm, dnf: &Dnf, cannot: &mut Vec<String>) -> Vec<Term> {
    let mut out: Vec<Term> = Vec::new();
    for (at, rule) in form.rules.iter().enumerate() {
        let terms = match &rule.kind {
            RuleKind::Never(f) => dnf.of(f, true),
            RuleKind::ExactlyOne(parts) => {
                let none = dnf.of(&Expr::Or(parts.clone()), false);
                let two = dnf.of(&Expr::AtMostOne(parts.clone()), false);
                none.and_then(|mut none| {
                    none.extend(two?);
                    Ok(none)
                })
            }
            _ => dnf.of(&rule.formula(), false),
        };
        let id =
            rule.id.as_ref().map_or_else(|| format!("rule number {}", at + 1), |id| format!("rule `{id}`"));
        match terms {
            Ok(terms) => out.extend(terms),
            Err(_) => cannot.push(format!(
                "{id} has more than {TERMS} alternatives when written as conjunctions, the only form of a .gmcr file"
            )),
        }
    }
    let mut seen = std::collections::HashSet::new();
    out.retain(|term| seen.insert(term.clone()));
    if out.iter().any(Vec::is_empty) {
        cannot.push("the rules leave no feasible state".to_owned());
    }
    if out.len() > CONDITIONS {
        cannot
            .push(format!("the rules have more than {CONDITIONS} alternatives when written as conjunctions"));
    }
    out
}

/// The statements of every actor as alternatives; `None` when rankings must do.
fn statements(
    game: &Game,
    dnf: &Dnf,
    cannot: &mut Vec<String>,
    left_out: &mut Vec<String>,
) -> Option<Vec<Vec<Vec<Term>>>> {
    let mut by_hand: Option<String> = None;
    let mut out = Vec::new();
    for (actor, preference) in game.preferences.iter().enumerate() {
        let id = name(game, actor);
        let mut mine = Vec::new();
        match preference {
            Preference::Statements(list) => {
                for (at, statement) in list.iter().enumerate() {
                    let place = at + 1;
                    if statement.unknown {
                        cannot.push(format!(
                            "statement {place} of `{id}` is unknown, which a .gmcr file has no word for"
                        ));
                    }
                    if statement.strong {
                        left_out.push(format!("that statement {place} of `{id}` is a strong one"));
                    }
                    if by_hand.is_some() {
                        continue;
                    }
                    match dnf.of(&statement.that, true) {
                        // True or false everywhere: it decides nothing.
                        Ok(terms) if terms.is_empty() || terms.iter().any(Vec::is_empty) => {}
                        Ok(terms) => mine.push(terms),
                        Err(_) => {
                            by_hand.get_or_insert_with(|| {
                                format!("statement {place} of `{id}` has more than {TERMS} alternatives")
                            });
                        }
                    }
                }
            }
            Preference::Weights(_) => {
                by_hand.get_or_insert_with(|| format!("`{id}` prefers by weights"));
            }
            Preference::Ranking(_) => {
                by_hand.get_or_insert_with(|| format!("`{id}` prefers by a ranking"));
            }
        }
        out.push(mine);
    }
    match by_hand {
        None => Some(out),
        Some(reason) => {
            left_out.push(format!(
                "the statements of all actors: {reason}, so every order is written by ordinals"
            ));
            None
        }
    }
}

/// The rankings of all actors as ordinals, groups of ties from best to worst.
fn rankings(game: &Game, form: &OptionForm, cannot: &mut Vec<String>) -> Option<Vec<Vec<Vec<usize>>>> {
    let states: Vec<State> = match feasible_states(form, MOST) {
        Ok(states) => states,
        Err(Unlisted::States(most)) => {
            cannot.push(format!(
                "there are more than {most} feasible states, too many to rank one by one, and some actor's preference \
                 is not by statements"
            ));
            return None;
        }
        Err(Unlisted::Work(_)) => {
            cannot.push("the feasible states were not all found in reasonable time".to_owned());
            return None;
        }
    };
    if states.is_empty() {
        cannot.push("the rules leave no feasible state".to_owned());
        return None;
    }
    let mut out = Vec::new();
    for actor in game.actor_ids() {
        match ranks::groups(game, actor, &states) {
            Ok(groups) => out.push(groups),
            Err(BadRanking { state, groups }) => {
                let id = name(game, actor.index());
                let where_ = if groups == 0 { "no group".to_owned() } else { format!("{groups} groups") };
                cannot.push(format!("the ranking of `{id}` has state {state} in {where_}"));
            }
        }
    }
    Some(out)
}

/// What else the case has.
fn others(conflict: &Conflict, left_out: &mut Vec<String>) {
    let situation = &conflict.situation;
    let parts = [
        (conflict.game.status_quo.is_some(), "the status quo"),
        (!conflict.evidence.claims.is_empty(), "sources and claims"),
        (*situation != detente_model::Situation::default(), "the situation"),
        (!conflict.outcomes.is_empty(), "names of outcomes"),
        (!conflict.questions.is_empty(), "questions"),
        (!conflict.variants.is_empty(), "variants"),
        (!conflict.views.is_empty(), "views"),
        (!conflict.observed.is_empty(), "observed outcomes"),
        (!conflict.about.limits.is_empty(), "the limits of the case"),
    ];
    left_out.extend(parts.into_iter().filter(|(there, _)| *there).map(|(_, what)| what.to_owned()));
}

fn write(
    game: &Game,
    form: &OptionForm,
    rules: &[Term],
    statements: Option<&[Vec<Vec<Term>>]>,
    rankings: Option<&[Vec<Vec<usize>>]>,
) -> String {
    let mut out = String::from("{\n");
    let _ = writeln!(out, "\"program\": \"detente\",\n\"version\": \"{}\",", env!("CARGO_PKG_VERSION"));
    let options = form.options.iter().map(|option| {
        let direction = match option.direction {
            Direction::Both => "both",
            Direction::OnOnly => "fwd",
            Direction::OffOnly => "back",
        };
        let text = if option.text.is_empty() { &option.id } else { &option.text };
        format!("{{\"name\": {}, \"permittedDirection\": \"{direction}\"}}", string(text))
    });
    let _ = writeln!(out, "\"options\": {},", lines(options));
    let makers = game.actors.iter().enumerate().map(|(index, actor)| {
        let own = form.options.iter().enumerate().filter(|(_, o)| o.actor.index() == index);
        let own: Vec<String> = own.map(|(at, _)| at.to_string()).collect();
        let wants = statements.and_then(|all| all.get(index)).map_or(&[][..], Vec::as_slice);
        let mut maker = format!(
            "{{\"name\": {}, \"options\": [{}], \"misperceptions\": [],\n\"preferences\": {}",
            string(if actor.name.is_empty() { &actor.id } else { &actor.name }),
            own.join(", "),
            lines(wants.iter().map(|terms| condition(terms)))
        );
        if let Some(groups) = rankings.and_then(|all| all.get(index)) {
            let groups: Vec<String> = groups.iter().map(|group| ordinals(group)).collect();
            let _ = write!(maker, ",\n\"preferenceRanking\": [{}]", groups.join(", "));
        }
        maker + "}"
    });
    let _ = writeln!(out, "\"decisionMakers\": {},", lines(makers));
    let _ = writeln!(out, "\"infeasibles\": {},", lines(rules.iter().map(conjunction)));
    let singles: Vec<String> = (0..game.actors.len()).map(|i| i.to_string()).collect();
    let _ = writeln!(out, "\"coalitions\": [{}],", singles.join(", "));
    let _ = writeln!(out, "\"useManualPreferenceRanking\": {}\n}}", rankings.is_some());
    out
}

/// A tie group: ordinals count from 1; a group of one is not nested.
fn ordinals(group: &[usize]) -> String {
    match group {
        [one] => (one + 1).to_string(),
        many => {
            let many: Vec<String> = many.iter().map(|place| (place + 1).to_string()).collect();
            format!("[{}]", many.join(", "))
        }
    }
}

fn lines(items: impl Iterator<Item = String>) -> String {
    let items: Vec<String> = items.collect();
    if items.is_empty() { "[]".to_owned() } else { format!("[\n{}\n]", items.join(",\n")) }
}

fn condition(terms: &[Term]) -> String {
    match terms {
        [one] => conjunction(one),
        many => {
            let members: Vec<String> = many.iter().map(conjunction).collect();
            format!("{{\"compound\": true, \"members\": [{}]}}", members.join(", "))
        }
    }
}

fn conjunction(term: &Term) -> String {
    let pairs: Vec<String> = term
        .iter()
        .map(|(option, on)| format!("[{}, \"{}\"]", option.index(), if *on { "Y" } else { "N" }))
        .collect();
    format!("[{}]", pairs.join(", "))
}

/// A JSON string in ASCII.
fn string(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            ' '..='~' => out.push(c),
            _ => {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    let _ = write!(out, "\\u{unit:04x}");
                }
            }
        }
    }
    out.push('"');
    out
}

fn name(game: &Game, actor: usize) -> &str {
    game.actors.get(actor).map_or("", |a| &a.id)
}
