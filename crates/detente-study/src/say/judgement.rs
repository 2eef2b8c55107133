//! The judgement to check first, in words.

use detente_model::{Conflict, Expr};

use crate::find::judgement::{Judgement, Judgements, Turn};
use crate::say::agree::Agree;
use crate::say::{names, reason, words};

/// Judgements that are named behind the first.
const NEXT: usize = 2;

/// What to check first, or why there is nothing, in a sentence; empty where nothing could be reversed.
#[must_use]
pub fn first(conflict: &Conflict, judgements: &Judgements) -> String {
    match (judgements.turning.first(), &judgements.limit) {
        (Some(first), _) => format!("Check first {}.", turned(conflict, first)),
        (None, None) if judgements.tried > 0 => {
            let tried = words::counted(&judgements.tried.into(), "was reversed", "were reversed one by one");
            format!("No single judgement turns it: {tried}.")
        }
        (None, None) => String::new(),
        (None, Some(_)) => cut_short(judgements),
    }
}

/// What to check after that, and whether all was reversed; empty where there is nothing more.
#[must_use]
pub fn next(conflict: &Conflict, judgements: &Judgements) -> String {
    let Some((_, others)) = judgements.turning.split_first() else { return String::new() };
    let mut text = String::new();
    let (next, rest) = others.split_at(others.len().min(NEXT));
    let next: Vec<String> = next.iter().map(|turn| whether(conflict, turn.judgement)).collect();
    if !next.is_empty() {
        let more = match rest.len() {
            0 => String::new(),
            n => format!(" ({} more would turn it too)", words::small(n)),
        };
        text = format!("After that, {}{more}.", next.join("; and "));
    }
    let cut = cut_short(judgements);
    let space = if text.is_empty() || cut.is_empty() { "" } else { " " };
    text + space + &cut
}

/// That a bound kept some from being reversed.
fn cut_short(judgements: &Judgements) -> String {
    let limit = judgements.limit.as_ref().map(|hit| words::capital(&words::limit(&hit.into())));
    limit.unwrap_or_default()
}

/// A judgement as a question, and what follows if it is not so.
#[must_use]
pub fn asked(conflict: &Conflict, turn: &Turn) -> (String, String) {
    let whether = whether(conflict, turn.judgement);
    let what = whether.strip_prefix("whether ").unwrap_or(&whether);
    let then = words::capital(&format!("{}, {}.", otherwise(conflict, turn.judgement), answer(turn)));
    (format!("Is it so that {what}?"), then)
}

/// The answer when a judgement is reversed.
fn answer(turn: &Turn) -> &'static str {
    match turn.then {
        Some(true) => "the answer is yes",
        Some(false) => "the answer is no",
        None => "there is neither a yes nor a no",
    }
}

/// A judgement and what its reversal comes to: "whether Russia prefers … – …: if it wants the opposite, the answer is yes".
#[must_use]
pub fn turned(conflict: &Conflict, turn: &Turn) -> String {
    let answer = answer(turn);
    format!("{}: {}, {answer}", whether(conflict, turn.judgement), otherwise(conflict, turn.judgement))
}

/// What is to be checked, and whose word it is.
fn whether(conflict: &Conflict, judgement: Judgement) -> String {
    let says = |that: &Expr| reason::clause(conflict, that, true);
    let form = conflict.game.option_form();
    let what = match judgement {
        Judgement::Wish { actor, place, .. } => format!(
            "{} {} {}",
            names::inside(conflict, actor),
            Agree::with(conflict, actor).verb("prefers", "prefer"),
            reason::whole_wish(conflict, actor, place)
        ),
        Judgement::Rule(at) => reason::rule(conflict, at),
        Judgement::Condition(switch, begins, at) => {
            let option = form.and_then(|form| form.options.get(switch.index()));
            let list = option.map_or(&[][..], |o| if begins { &o.begins_if } else { &o.ends_if });
            let that = list.get(at).map(|condition| says(&condition.that)).unwrap_or_default();
            let word = if begins { "can begin" } else { "can end" };
            format!("{} {word} only while {that}", names::quoted(names::option(conflict, switch)))
        }
        Judgement::Meaning(definition) => {
            let meant = form.and_then(|form| form.definitions.get(definition.index()));
            meant.map_or_else(String::new, |d| {
                format!("{} means that {}", names::quoted(&d.id), says(&d.that))
            })
        }
    };
    let basis = judgement.grounds(conflict).map(|grounds| reason::basis(conflict, &[grounds]).words());
    match basis.filter(|basis| !basis.is_empty()) {
        Some(basis) => format!("whether {what} – {basis}"),
        None => format!("whether {what}"),
    }
}

/// The reversal, as a condition.
fn otherwise(conflict: &Conflict, judgement: Judgement) -> String {
    match judgement {
        Judgement::Wish { actor, contrary: true, .. } => {
            let agree = Agree::with(conflict, actor);
            format!("if {} {} the opposite", agree.it(), agree.wants())
        }
        Judgement::Wish { actor, .. } => {
            format!("if it does not matter to {}", names::inside(conflict, actor))
        }
        Judgement::Rule(_) => "without that rule".to_owned(),
        Judgement::Condition(..) => "without that condition".to_owned(),
        Judgement::Meaning(definition) => {
            let form = conflict.game.option_form();
            let meant = form.and_then(|form| form.definitions.get(definition.index()));
            let other = meant.and_then(|d| d.otherwise.as_ref());
            other.map_or_else(String::new, |other| {
                format!("if it means that {}", reason::clause(conflict, other, true))
            })
        }
    }
}
