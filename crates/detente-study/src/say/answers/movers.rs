//! Who can leave the start, alone or together, and to what?

use detente_model::{ActorId, OutcomeStates, Question, State};

use super::{LeftOut, Remedy, Reply, who};
use crate::find::caps::{AT_ONCE, MOVES};
use crate::find::findings::Findings;
use crate::find::together::{Together, at_once, together};
use crate::say::agree::Agree;
use crate::say::together::{self as say, ends_of};
use crate::say::{names, reason, words};
use crate::wire::Answer;

/// The answer to a question of kind movers.
pub(super) fn answer(found: &Findings, question: &Question) -> Reply {
    let conflict = &found.conflict;
    let Some(from) = question.from.as_ref().or(conflict.game.status_quo.as_ref()) else {
        return said(
            Answer::NotComputed,
            "",
            "The case has no status quo and the question no start.".to_owned(),
        );
    };
    if !found.feasible().contains(from) {
        return said(
            Answer::No,
            "",
            "The outcome from which the question starts is not possible here.".to_owned(),
        );
    }
    let here = names::quoted(names::brief(&names::outcome(conflict, from)));
    let (alone, left_out) = alone(found, from);
    let looked = left_out.is_empty();
    let joint = together(found, std::slice::from_ref(from));
    let first = match (alone.is_empty(), looked) {
        (true, true) => format!("Nobody alone has a reason to leave {here}."),
        (true, false) if left_out.unknown.is_empty() => String::new(),
        (true, false) => {
            format!("Among the steps that were looked at, nobody alone has a reason to leave {here}.")
        }
        (false, _) => {
            let list: Vec<String> = alone
                .iter()
                .map(|(who, to)| {
                    let to = ends_of(found, names::brief(&names::outcome(conflict, from)), to);
                    format!("{} would go to {to}", names::inside(conflict, *who))
                })
                .collect();
            let who: Vec<ActorId> = alone.iter().map(|(who, _)| *who).collect();
            format!("On {} own, {}.", Agree::with_all(conflict, &who).its(), list.join("; "))
        }
    };
    let ways = joint.ways();
    let second = if ways.is_empty() && joint.size < 2 {
        String::new()
    } else if ways.is_empty() {
        let which = if joint.whole { "coalition" } else { "coalition that was looked at" };
        let none = if alone.is_empty() { format!("Nor can any {which}") } else { format!("No {which} can") };
        format!("{none} leave it, one step after the other, to the gain of all its members.")
    } else {
        format!("{}.", words::capital(&joint.words(found)))
    };
    let mut limits = joint.limits.clone();
    // Looked for only where nothing else is to be had.
    let stuck = alone.is_empty() && looked && ways.is_empty();
    let once = match stuck.then(|| at_once(found, from, &joint)) {
        None => String::new(),
        Some(Some(list)) => say::at_once(found, &list),
        Some(None) => {
            let what = "what actors would gain by acting at the same time";
            limits.push(AT_ONCE.hit(what, "not begun", "steps one after the other"));
            "Not looked at: what several would gain by acting at the same time.".to_owned()
        }
    };
    let many = left_out.words(found);
    if !looked {
        limits.push(MOVES.hit("the steps of single actors", "not begun", "actors with fewer moves"));
    }
    let mut all = joint.ends();
    all.extend(alone.iter().flat_map(|(_, to)| to.iter().cloned()));
    all.sort_unstable();
    all.dedup();
    let (mut answer, third, states) = wanted(found, question, &joint, all);
    // Somebody leaves, or may: that they go nowhere of the kind was not looked at.
    if answer == Answer::No && !looked {
        let known = question.outcome.is_none() && !left_out.leave.is_empty();
        answer = if known { Answer::Yes } else { Answer::NotComputed };
    }
    let mut text = [first, second, third, once, many]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    text.push_str(&joint.left_out(1));
    let remedy = (!joint.whole).then_some(Remedy::Coalitions);
    let alone: Vec<ActorId> = alone.iter().map(|(actor, _)| *actor).collect();
    Reply {
        answer,
        lead: "",
        brief: who(found, &alone, &left_out, &joint),
        text,
        states,
        limits,
        remedy,
        ..Reply::default()
    }
}

/// Of where they could go, what has the outcome that the question names.
fn wanted(
    found: &Findings,
    question: &Question,
    joint: &Together,
    all: Vec<State>,
) -> (Answer, String, Vec<State>) {
    let conflict = &found.conflict;
    let Some(outcome) = &question.outcome else {
        return (if all.is_empty() { Answer::No } else { Answer::Yes }, String::new(), all);
    };
    let so = said_of(found, question, outcome);
    let count = all.len();
    let hits: Vec<State> = all.into_iter().filter(|state| conflict.is_outcome(outcome, state)).collect();
    let text = match hits.len() {
        _ if count == 0 => String::new(),
        0 => format!("In none of these outcomes {so}."),
        1 if count == 1 => format!("There, {so}."),
        n if n == count => format!("In each of these outcomes {so}."),
        n => {
            let who: Vec<String> = joint
                .ways()
                .iter()
                .filter(|way| way.ends.iter().any(|(_, exit)| conflict.is_outcome(outcome, &exit.to)))
                .map(|way| crate::say::coalitions::inside(conflict, way.coalition))
                .collect();
            let by = if who.is_empty() { String::new() } else { format!(", by {}", words::either(&who)) };
            format!("In {n} of these {count} outcomes {so}{by}.")
        }
    };
    (if hits.is_empty() { Answer::No } else { Answer::Yes }, text, hits)
}

/// An outcome as a clause.
fn said_of(found: &Findings, question: &Question, outcome: &OutcomeStates) -> String {
    match outcome {
        OutcomeStates::Formula(formula) => reason::clause(&found.conflict, formula, true),
        OutcomeStates::Listed(_) => {
            format!("it is {}", names::quoted(question.outcome_text.as_deref().unwrap_or_default()))
        }
    }
}

/// The actors that gain by a step of their own, with where they could go; those that have too many moves to look at.
fn alone(found: &Findings, from: &State) -> (Vec<(ActorId, Vec<State>)>, LeftOut) {
    let mut list = Vec::new();
    let mut left_out = LeftOut::default();
    for actor in found.conflict.game.actor_ids() {
        match found.improvements(actor, from) {
            Some(better) if better.is_empty() => {}
            Some(better) => list.push((actor, better)),
            None => left_out.add(found, actor, from),
        }
    }
    (list, left_out)
}

fn said(answer: Answer, lead: &'static str, text: String) -> Reply {
    (answer, lead, text, Vec::new()).into()
}
