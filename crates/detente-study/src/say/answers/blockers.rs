//! Who can leave an outcome, alone or together, and does that break it?

use detente_model::{ActorId, Concept, OutcomeStates, State};
use num_bigint::BigUint;

use super::{LeftOut, Remedy, Reply, cut_short, one, some, who};
use crate::find::caps::{MOVES, STEPS};
use crate::find::findings::Findings;
use crate::find::together::{Together, Way, together};
use crate::say::agree::Agree;
use crate::say::{coalitions, names, reason, words};
use crate::wire::Answer;

/// The answer to a question of kind blockers.
pub(super) fn answer(found: &Findings, which: Concept, outcome: &OutcomeStates) -> Reply {
    let Some(lasting) = found.lasting(which) else { return cut_short(found, which).into() };
    let among = lasting.among(outcome);
    let lasts = !among.is_empty();
    let all = if lasts { among.count() } else { found.count(outcome) };
    if all == BigUint::ZERO {
        let text = "There is nothing to leave: no possible outcome has it.".to_owned();
        return (Answer::No, "Nobody", text, Vec::new()).into();
    }
    let most = looked_at(found);
    let first = if lasts { among.first(most) } else { found.feasible().among(outcome).first(most) };
    let whole = BigUint::from(first.len()) == all;
    let subject = match first.len() {
        _ if !lasts => "it".to_owned(),
        1 | 2 => some(found, &first, &all),
        _ => format!("any of the {} outcomes that have it and last", words::count(&all)),
    };
    let alone = alone(found, outcome, &first);
    let mut limits = Vec::new();
    if !alone.left_out.is_empty() {
        limits.push(MOVES.hit("the steps of single actors", "not begun", "actors with fewer moves"));
    }
    let (mut answer, mut text) = alone.words(found, &subject);
    let many = alone.left_out.words(found);
    if !many.is_empty() {
        text.push_str(&format!(" {many}"));
    }
    if !whole {
        let looked = words::count(&first.len().into());
        let reached = format!("the first {looked} of {} outcomes", words::count(&all));
        limits.push(STEPS.hit("the steps of single actors", reached, ""));
        text.push_str(&format!(
            " Not looked at: the other {} outcomes that have it.",
            words::count(&(&all - BigUint::from(first.len())))
        ));
    }
    let mut joint = Together::default();
    if lasts {
        joint = together(found, &first);
        limits.extend(joint.limits.iter().cloned());
        let (breaks, said) = joint_words(found, outcome, &joint);
        if !said.is_empty() {
            text.push_str(&format!(" {said}"));
        }
        answer = match (answer, breaks) {
            (Answer::Yes, _) | (_, Some(true)) => Answer::Yes,
            (Answer::No, None) => Answer::No,
            _ => Answer::Partly,
        };
        if breaks.is_some() && !joint.exits.is_empty() {
            text.push_str(&afterwards(found, which, &joint));
        }
        text.push_str(&joint.left_out(first.len()));
    } else {
        text.push_str(&if all == one() {
            " The one outcome that has it does not last.".to_owned()
        } else {
            format!(" None of the {} that have it lasts.", words::counted(&all, "outcome", "outcomes"))
        });
    }
    let going = if alone.breaks.is_empty() { &alone.keep } else { &alone.breaks };
    let remedy = (!joint.whole && lasts).then_some(Remedy::Coalitions);
    Reply {
        answer,
        brief: who(found, going, &alone.left_out, &joint),
        text,
        states: first,
        limits,
        remedy,
        ..Reply::default()
    }
}

/// From so many outcomes the steps of all actors are followed.
fn looked_at(found: &Findings) -> usize {
    let game = &found.conflict.game;
    let steps = game.actor_ids().map(|actor| {
        let own = u32::try_from(game.options_of(actor).count()).unwrap_or(u32::MAX);
        1_u64.checked_shl(own).unwrap_or(MOVES.most).min(MOVES.most)
    });
    usize::try_from(STEPS.most / steps.sum::<u64>().max(1)).unwrap_or(usize::MAX).max(1)
}

/// What single actors would do.
struct Alone {
    /// Would leave it, to where it is still so.
    keep: Vec<ActorId>,
    /// Would leave it to where it is not.
    breaks: Vec<ActorId>,
    /// Those that have too many moves to look at.
    left_out: LeftOut,
}

fn alone(found: &Findings, outcome: &OutcomeStates, from: &[State]) -> Alone {
    let mut alone = Alone { keep: Vec::new(), breaks: Vec::new(), left_out: LeftOut::default() };
    for actor in found.conflict.game.actor_ids() {
        let (mut leaves, mut breaks) = (false, false);
        for state in from {
            match found.improvements(actor, state) {
                Some(better) => {
                    leaves |= !better.is_empty();
                    breaks |= better.iter().any(|to| !found.conflict.is_outcome(outcome, to));
                }
                None => alone.left_out.add(found, actor, state),
            }
        }
        if breaks {
            alone.breaks.push(actor);
        } else if leaves {
            alone.keep.push(actor);
        }
    }
    alone
}

impl Alone {
    fn words(&self, found: &Findings, subject: &str) -> (Answer, String) {
        let hedge = if self.left_out.is_empty() { "" } else { " (among the steps that were looked at)" };
        let who = |list: &[ActorId]| names::inside_all(&found.conflict, list);
        let own = |list: &[ActorId]| format!("On {} own", Agree::with_all(&found.conflict, list).its());
        match (self.keep.as_slice(), self.breaks.as_slice()) {
            // They leave: whether that breaks it was not looked at.
            ([], []) if !self.left_out.leave.is_empty() => (Answer::Partly, String::new()),
            ([], []) if !self.left_out.is_empty() => {
                (Answer::NotComputed, format!("Nobody alone has a reason to leave {subject}{hedge}."))
            }
            ([], []) => (Answer::No, format!("Nobody alone has a reason to leave {subject}{hedge}.")),
            (keep, []) => (
                Answer::Partly,
                format!(
                    "{}, {} would leave {subject}{hedge}, but only for outcomes that still have it.",
                    own(keep),
                    who(keep)
                ),
            ),
            ([], breaks) => (
                Answer::Yes,
                format!("{}, {} would leave {subject} and break it{hedge}.", own(breaks), who(breaks)),
            ),
            (keep, breaks) => (
                Answer::Yes,
                format!(
                    "{}, {} would leave {subject} and break it{hedge}; {} would leave without breaking it.",
                    own(breaks),
                    who(breaks),
                    who(keep)
                ),
            ),
        }
    }
}

/// Who could leave together, to what, by what; whether some of it breaks the outcome (`None`: there
/// is nothing).
fn joint_words(found: &Findings, outcome: &OutcomeStates, joint: &Together) -> (Option<bool>, String) {
    let conflict = &found.conflict;
    let ways = joint.ways();
    if ways.is_empty() && joint.size < 2 {
        return (None, String::new());
    }
    if ways.is_empty() {
        let none = if joint.whole { "No coalition" } else { "No coalition that was looked at" };
        let text = format!("{none} can leave, one step after the other, to the gain of all its members.");
        return (None, text);
    }
    let broken = |way: &Way<'_>| way.ends.iter().any(|(_, exit)| !conflict.is_outcome(outcome, &exit.to));
    let mut text = format!("{}.", words::capital(&joint.words(found)));
    let breaking: Vec<String> = ways
        .iter()
        .filter(|way| broken(way))
        .map(|way| coalitions::inside(conflict, way.coalition))
        .collect();
    if breaking.is_empty() {
        text.push_str(" None of this breaks it");
    } else {
        text.push_str(&match (breaking.len() == ways.len(), ways.len()) {
            (true, 1) => " That breaks it".to_owned(),
            (true, _) => " Each of these could break it".to_owned(),
            (false, _) => format!(" It could be broken by {}", words::either(&breaking)),
        });
    }
    if let Some((from, exit)) = ways.first().and_then(|way| way.ends.first())
        && breaking.is_empty()
    {
        let amends = amends(found, from, exit);
        if !amends.is_empty() {
            text.push_str(&format!(": {amends}"));
        }
    }
    text.push('.');
    (Some(!breaking.is_empty()), text)
}

/// What the members of a coalition would change: `Azerbaijan would no longer …; Russia would …`.
fn amends(found: &Findings, from: &State, exit: &detente_engine::coalition::Exit) -> String {
    let conflict = &found.conflict;
    let parts: Vec<String> = exit
        .coalition
        .members()
        .filter(|actor| conflict.game.options_of(*actor).any(|o| from.is_on(o) != exit.to.is_on(o)))
        .map(|actor| {
            format!(
                "{} would {}",
                names::inside(conflict, actor),
                reason::does(conflict, actor, from, &exit.to)
            )
        })
        .collect();
    words::list(&parts)
}

/// Whether what they could go to lasts.
fn afterwards(found: &Findings, which: Concept, joint: &Together) -> String {
    let Some(lasting) = found.lasting(which) else { return String::new() };
    let ends = joint.ends();
    match ends.iter().filter(|to| lasting.contains(to)).count() {
        0 => " But none of that would last: from each of these outcomes somebody alone would move on."
            .to_owned(),
        n if n == ends.len() => String::new(),
        n => format!(" Of these {} outcomes, {n} would last.", ends.len()),
    }
}
