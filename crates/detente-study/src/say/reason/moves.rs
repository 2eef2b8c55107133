//! What becomes of a move that an actor would prefer, in sentences.

use detente_model::{ActorId, Answers, Concept, Conflict, State};

use super::clause::{closed, do_together, gained, lost};
use super::held::no_way_out;
use super::{Hop, Sentence};
use crate::find::rests::{Answered, Decides, Move, Reason, Silence, Step, Then};
use crate::say::agree::Agree;
use crate::say::names;
use crate::show::doc::{About, Line};

/// The first sentence about a verdict on `count` moves.
pub(super) fn verdict(conflict: &Conflict, reason: &Reason, count: usize) -> Line {
    let who = Line::new().about(About::Actor(reason.actor), names::actor(conflict, reason.actor));
    let agree = Agree::with(conflict, reason.actor);
    let (stays, it) = (agree.verb("stays", "stay"), agree.it());
    match (reason.stable, count) {
        (true, 1) => who.plain(format!(" {stays}: the one move that {it} would prefer is answered.")),
        (true, _) => {
            who.plain(format!(" {stays}: each of the {count} moves that {it} would prefer is answered."))
        }
        (false, _) => who.plain(format!(" would leave: {}.", unanswered(reason.concept, count, agree))),
    }
}

fn unanswered(which: Concept, count: usize, agree: Agree) -> String {
    let (it, them, prefers) = (agree.it(), agree.them(), agree.verb("prefers", "prefer"));
    let what = match count {
        1 => format!("the move that {it} {prefers}"),
        _ => format!("one of the {count} moves that {it} {prefers}"),
    };
    let lastingly = if which.way_out() { "lastingly " } else { "" };
    match which.answers() {
        Answers::Nothing if count == 1 => format!("{it} {} a move that {it} {prefers}", agree.has()),
        Answers::Nothing => {
            format!("{it} {} {count} moves that {it} {prefers}, of which this is the best", agree.has())
        }
        Answers::Moves => format!("nobody can make {them} {lastingly}regret {what}"),
        Answers::Improvements => {
            format!("nobody has an interest in making {them} {lastingly}regret {what}")
        }
        Answers::AtOnce => format!("{what} stays better whoever else moves at the same time"),
    }
}

/// A move and what becomes of it.
pub(super) fn entry(conflict: &Conflict, reason: &Reason, entry: &Move) -> Vec<Sentence> {
    let who = || Line::new().about(About::Actor(reason.actor), names::actor(conflict, reason.actor));
    let (step, then) = match entry {
        Move::Alike(pattern) => {
            let how = closed(conflict, reason.actor, pattern);
            let line = who().plain(format!(
                " {} several better moves that are answered alike: {how}.",
                Agree::with(conflict, reason.actor).has()
            ));
            return vec![Sentence::new(line, Vec::new())];
        }
        Move::One(step, then) => (step, then),
    };
    let line = who()
        .plain(" would rather ")
        .about(About::State(step.to.clone()), do_together(conflict, &step.actors, &step.from, &step.to))
        .plain(": ")
        .and(step.gain.first().map(|gain| gained(conflict, gain)).unwrap_or_default())
        .plain(".");
    let mut first = Sentence::new(line, step.gain.iter().flat_map(Decides::parts).collect());
    first.hop = Some(hop(std::slice::from_ref(step), &step.to));
    first.decides = step.gain.first().cloned().map(|gain| (gain, true));
    let mut all = vec![first];
    match then {
        Then::Open => {}
        Then::Unanswered(silence) => {
            let text = silent(
                reason.concept,
                *silence,
                &names::inside(conflict, reason.actor),
                Agree::with(conflict, reason.actor),
            );
            all.extend(text.map(|text| Sentence::new(Line::from(text), Vec::new())));
        }
        Then::Answered(answer) => all.push(answered(conflict, reason, step, answer)),
    }
    all
}

fn hop(steps: &[Step], to: &State) -> Hop {
    let mut actors: Vec<ActorId> = Vec::new();
    for actor in steps.iter().flat_map(|step| &step.actors) {
        if !actors.contains(actor) {
            actors.push(*actor);
        }
    }
    let from = steps.first().map_or_else(|| to.clone(), |step| step.from.clone());
    Hop { actors, from, to: to.clone() }
}

/// A step of others: `Ann and Bob would rather sign (…)`.
fn taken(conflict: &Conflict, step: &Step) -> Line {
    let rather = match (step.gain.is_empty(), step.actors.len()) {
        (true, 1) => " can ",
        (true, _) => " can together ",
        (false, 1) => " would rather ",
        (false, _) => " would rather together ",
    };
    let who = step
        .actors
        .iter()
        .map(|actor| Line::new().about(About::Actor(*actor), names::inside(conflict, *actor)));
    let line = Line::joined(who, ", ", " and ")
        .plain(rather)
        .about(About::State(step.to.clone()), do_together(conflict, &step.actors, &step.from, &step.to));
    if step.gain.is_empty() {
        return line;
    }
    let gains = step.gain.iter().map(|gain| gained(conflict, gain));
    line.plain(" (").and(Line::joined(gains, "; ", "; ")).plain(")")
}

/// What others do then, and what `actor` has of it.
pub(super) fn then(conflict: &Conflict, actor: ActorId, answer: &Answered) -> Line {
    let told = answer.steps.iter().map(|step| taken(conflict, step));
    let between = if answer.at_once { " and " } else { ", then " };
    let who = Line::new().about(About::Actor(actor), names::inside(conflict, actor));
    let agree = Agree::with(conflict, actor);
    let line = Line::joined(told, between, between).plain(", and ").and(who);
    let line = match &answer.loss {
        None => line.plain(format!(" {} no better off than now", agree.is())),
        Some(loss) => line.plain(format!(" {} worse off than now: ", agree.is())).and(lost(conflict, loss)),
    };
    let stuck =
        format!("; no step of {} own would then make {} better off than now", agree.its(), agree.them());
    match &answer.no_way_out {
        None => line,
        Some(None) => line.plain(stuck),
        Some(Some(kept)) => line.plain(stuck + ": ").and(no_way_out(conflict, actor, &answer.end, kept)),
    }
}

/// The answer to a move and what the actor has of it.
fn answered(conflict: &Conflict, reason: &Reason, step: &Step, answer: &Answered) -> Sentence {
    let start = if answer.at_once { "But at the same time " } else { "But then " };
    let line = Line::from(start).and(then(conflict, reason.actor, answer));
    let mut sentence = Sentence::new(line.plain("."), answer.parts());
    let mut hop = hop(&answer.steps, &answer.end);
    // What comes at once is told of the move's own result.
    hop.from = step.to.clone();
    sentence.hop = Some(hop);
    sentence.decides = answer.loss.clone().map(|loss| (loss, false));
    sentence
}

/// Why nothing answers; `None` where answers are not asked about.
fn silent(concept: Concept, silence: Silence, who: &str, agree: Agree) -> Option<String> {
    let better = format!("{who} {} still better off than now", agree.is());
    let again = match concept.way_out() {
        true => format!(", or can be again by a step of {} own", agree.its()),
        false => String::new(),
    };
    Some(match (silence, concept.answers()) {
        (Silence::NotAsked, _) => return None,
        (Silence::NoStep, _) => "Nobody else then has a move at all.".to_owned(),
        (Silence::NoWish, _) => "Nobody else then has a move that it would prefer.".to_owned(),
        (Silence::NobodyLeaves, _) => "Nobody else would leave at the same time.".to_owned(),
        (Silence::NotTogether, _) => {
            "What others would do at the same time is not possible together with that.".to_owned()
        }
        (Silence::StaysBetter, Answers::AtOnce) => {
            format!(
                "Whoever else would leave at the same time, {who} {} up better off than now.",
                agree.verb("ends", "end")
            )
        }
        (Silence::StaysBetter, Answers::Improvements) => {
            format!("Whatever the others would then do in their own interest, {better}{again}.")
        }
        (Silence::StaysBetter, _) => format!("Whatever the others do then, {better}{again}."),
    })
}
