//! Moves, wishes and formulas as parts of a sentence. Option texts are verb phrases ("Hinder the Western
//! tracks").

use detente_engine::{Deciding, Order};
use detente_model::{ActorId, Conflict, Expr, Form, Grounds, OptionId, Pattern, Preference, State};

use crate::say::{names, words};

/// What an actor does between two states: "hinder the Western tracks and no longer offer a deal".
pub fn does(conflict: &Conflict, actor: ActorId, from: &State, to: &State) -> String {
    if let Form::Graph(_) = &conflict.game.form {
        return format!("move to {}", names::quoted(&names::outcome(conflict, to)));
    }
    let own: Vec<OptionId> = conflict.game.options_of(actor).collect();
    let mut parts: Vec<String> = Vec::new();
    for option in own.iter().filter(|o| to.is_on(**o) && !from.is_on(**o)) {
        parts.push(phrase(conflict, *option));
    }
    for option in own.iter().filter(|o| from.is_on(**o) && !to.is_on(**o)) {
        parts.push(format!("no longer {}", phrase(conflict, *option)));
    }
    if parts.is_empty() { "leave things as they are".to_owned() } else { words::list(&parts) }
}

pub(super) fn closed(conflict: &Conflict, actor: ActorId, pattern: &Pattern) -> String {
    let parts: Vec<String> = conflict
        .game
        .options_of(actor)
        .filter_map(|o| {
            let on = pattern.cells.get(o.index()).copied().flatten()?;
            Some(if on { phrase(conflict, o) } else { format!("not {}", phrase(conflict, o)) })
        })
        .collect();
    if parts.is_empty() { "whatever it chooses".to_owned() } else { words::list(&parts) }
}

/// An option as a verb phrase inside a sentence: a capital stays when it begins a name.
pub fn phrase(conflict: &Conflict, option: OptionId) -> String {
    let text = names::option(conflict, option);
    let mut letters = text.chars();
    match (letters.next(), letters.next()) {
        (Some(first), second) if second.is_none_or(char::is_lowercase) => {
            first.to_lowercase().collect::<String>() + &text[first.len_utf8()..]
        }
        _ => text.to_owned(),
    }
}

/// Why `actor` likes `better` more than `worse`.
pub fn gain(conflict: &Conflict, actor: ActorId, better: &State, worse: &State) -> String {
    match deciding(conflict, actor, better, worse) {
        Some(Deciding::Statement(k)) if is_own_option(conflict, actor, k) => {
            format!("that is its {} concern", place(k))
        }
        Some(Deciding::Statement(k)) => {
            format!("then {}, its {} concern", wish_at(conflict, actor, k, better), place(k))
        }
        Some(Deciding::Weights(..)) => "on balance more of what it wants is so".to_owned(),
        Some(Deciding::Groups(..)) => "it ranks that higher".to_owned(),
        None => "it makes no difference to what it wants".to_owned(),
    }
}

/// Whether the statement is that the actor does, or does not, one of its own options.
pub(crate) fn is_own_option(conflict: &Conflict, actor: ActorId, k: usize) -> bool {
    let Some(Preference::Statements(list)) = conflict.game.preferences.get(actor.index()) else {
        return false;
    };
    let own = |expr: &Expr| match expr {
        Expr::Option(o) => conflict.game.options().get(o.index()).is_some_and(|option| option.actor == actor),
        _ => false,
    };
    list.get(k).is_some_and(|s| match &s.that {
        Expr::Not(inner) => own(inner),
        that => own(that),
    })
}

/// As [`loss`], of a move of its own, after a `but`.
pub(crate) fn loss_by_itself(conflict: &Conflict, actor: ActorId, better: &State, worse: &State) -> String {
    match deciding(conflict, actor, better, worse) {
        Some(Deciding::Statement(k)) if is_own_option(conflict, actor, k) => {
            format!("that goes against its {} concern", place(k))
        }
        _ => format!("then {}", loss(conflict, actor, better, worse)),
    }
}

/// Why `actor` likes `worse` less than `better`.
pub(crate) fn loss(conflict: &Conflict, actor: ActorId, better: &State, worse: &State) -> String {
    match deciding(conflict, actor, better, worse) {
        Some(Deciding::Statement(k)) => {
            format!("{}, against its {} concern", wish_at(conflict, actor, k, worse), place(k))
        }
        Some(Deciding::Weights(..)) => "on balance less of what it wants is so".to_owned(),
        Some(Deciding::Groups(..)) => "it ranks that lower".to_owned(),
        None => "it makes no difference to what it wants".to_owned(),
    }
}

fn deciding(conflict: &Conflict, actor: ActorId, a: &State, b: &State) -> Option<Deciding> {
    Order::new(&conflict.game, actor)?.deciding(a, b)
}

/// The wish at place `k` as a clause, or that it is not so.
pub fn wish(conflict: &Conflict, actor: ActorId, k: usize, holds: bool) -> String {
    match wanted(conflict, actor, k) {
        Some((that, grounds)) => said(grounds, holds).unwrap_or_else(|| clause(conflict, that, holds)),
        None => "its ranking".to_owned(),
    }
}

/// How it stands at `state` with the wish at place `k`, as a clause: of a wish in several parts only one
/// that makes it so, or not so.
pub(super) fn wish_at(conflict: &Conflict, actor: ActorId, k: usize, state: &State) -> String {
    let (Some((that, grounds)), Form::Options(form)) = (wanted(conflict, actor, k), &conflict.game.form)
    else {
        return wish(conflict, actor, k, true);
    };
    let holds = form.holds(that, state);
    said(grounds, holds).unwrap_or_else(|| {
        let of = |parts: &[Expr]| -> Vec<Expr> {
            parts.iter().filter(|part| form.holds(part, state) == holds).take(1).cloned().collect()
        };
        match that {
            Expr::Or(parts) if holds => clause(conflict, &Expr::Or(of(parts)), true),
            Expr::And(parts) if !holds => clause(conflict, &Expr::And(of(parts)), false),
            Expr::Implies(a, _) if holds && !form.holds(a, state) => clause(conflict, a, false),
            Expr::Implies(_, b) if holds => clause(conflict, b, true),
            Expr::Iff(a, b) if holds => {
                let so = form.holds(a, state);
                format!("{} and {}", clause(conflict, a, so), clause(conflict, b, so))
            }
            _ => clause(conflict, that, holds),
        }
    })
}

/// What the wish at place `k` says; `None` for a ranking.
fn wanted(conflict: &Conflict, actor: ActorId, k: usize) -> Option<(&Expr, &Grounds)> {
    match conflict.game.preferences.get(actor.index())? {
        Preference::Statements(list) => list.get(k).map(|s| (&s.that, &s.grounds)),
        Preference::Weights(list) => list.get(k).map(|w| (&w.that, &w.grounds)),
        Preference::Ranking(_) => None,
    }
}

fn said(grounds: &Grounds, holds: bool) -> Option<String> {
    match (holds, &grounds.says, &grounds.says_not) {
        (true, Some(says), _) => Some(says.clone()),
        (false, _, Some(not)) => Some(not.clone()),
        (false, Some(says), None) => Some(format!("it is not so that {says}")),
        _ => None,
    }
}

/// A formula as a clause, or that it does not hold.
pub fn clause(conflict: &Conflict, expr: &Expr, holds: bool) -> String {
    let several = |parts: &[Expr], holds: bool, all: bool| {
        let texts: Vec<String> = parts
            .iter()
            .map(|part| {
                let text = clause(conflict, part, holds);
                // One part alone cannot be misread.
                if parts.len() > 1 && matches!(part, Expr::And(p) | Expr::Or(p) if p.len() > 1) {
                    format!("({text})")
                } else {
                    text
                }
            })
            .collect();
        if all { words::list(&texts) } else { words::either(&texts) }
    };
    match expr {
        Expr::Const(value) => {
            (if *value == holds { "it is so in any case" } else { "it cannot be so" }).to_owned()
        }
        Expr::Option(o) => {
            let owner = conflict.game.options().get(o.index()).map_or(ActorId(0), |option| option.actor);
            let not = if holds { "" } else { "not " };
            format!("{} will {not}{}", names::inside(conflict, owner), phrase(conflict, *o))
        }
        Expr::Defined(d) => {
            let Some(definition) = conflict.game.option_form().and_then(|f| f.definitions.get(d.index()))
            else {
                return String::new();
            };
            said(&definition.grounds, holds).unwrap_or_else(|| clause(conflict, &definition.that, holds))
        }
        Expr::Not(inner) => clause(conflict, inner, !holds),
        Expr::And(parts) => several(parts, holds, holds),
        Expr::Or(parts) => several(parts, holds, !holds),
        Expr::Implies(a, b) if holds => {
            format!("{} only if {}", clause(conflict, a, true), clause(conflict, b, true))
        }
        Expr::Implies(a, b) => format!("{} and {}", clause(conflict, a, true), clause(conflict, b, false)),
        Expr::Iff(a, b) if holds => {
            format!("{} exactly if {}", clause(conflict, a, true), clause(conflict, b, true))
        }
        Expr::Iff(a, b) => {
            format!("either {} or {}, but not both", clause(conflict, a, true), clause(conflict, b, true))
        }
        Expr::AtMostOne(parts) => {
            let texts: Vec<String> = parts.iter().map(|part| clause(conflict, part, true)).collect();
            let how = if holds { "at most one" } else { "more than one" };
            format!("{how} of these is so: {}", texts.join("; "))
        }
    }
}

/// `first`, `second`, …, of a place from 0.
pub fn place(k: usize) -> String {
    const WORDS: [&str; 10] =
        ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];
    WORDS.get(k).map_or_else(|| format!("number {}", k + 1), |word| (*word).to_owned())
}
