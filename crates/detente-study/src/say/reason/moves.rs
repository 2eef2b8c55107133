//! What becomes of a move that an actor would prefer, in sentences.

use detente_model::{ActorId, Answers, Concept, Conflict, State};

use super::clause::{closed, does, gained, lost};
use super::held::no_way_out;
use super::{Hop, Sentence};
use crate::find::rests::{Answered, Decides, Move, Reason, Silence, Step, Then};
use crate::say::names;
use crate::show::doc::{About, Line};

/// The first sentence about a verdict on `count` moves.
pub(super) fn verdict(conflict: &Conflict, reason: &Reason, count: usize) -> Line {
    let who = Line::new().about(About::Actor(reason.actor), names::actor(conflict, reason.actor));
    match (reason.stable, count) {
        (true, 1) => who.plain(" stays: the one move that it would prefer is answered."),
        (true, _) => {
            who.plain(format!(" stays: each of the {count} moves that it would prefer is answered."))
        }
        (false, _) => who.plain(format!(" would leave: {}.", unanswered(reason.concept, count))),
    }
}

fn unanswered(which: Concept, count: usize) -> String {
    let what = match count {
        1 => "the move that it prefers".to_owned(),
        _ => format!("one of the {count} moves that it prefers"),
    };
    let good = if which.way_out() { "for good " } else { "" };
    match which.answers() {
        Answers::Nothing if count == 1 => "it has a move that it prefers".to_owned(),
        Answers::Nothing => format!("it has {count} moves that it prefers, of which this is the best"),
        Answers::Moves => format!("nobody can make it regret {good}{what}"),
        Answers::Improvements => format!("nobody has an interest in making it regret {good}{what}"),
        Answers::AtOnce => format!("{what} stays better whoever else moves at the same time"),
    }
}

/// A move and what becomes of it.
pub(super) fn entry(conflict: &Conflict, reason: &Reason, entry: &Move) -> Vec<Sentence> {
    let who = || Line::new().about(About::Actor(reason.actor), names::actor(conflict, reason.actor));
    let (step, then) = match entry {
        Move::Alike(pattern) => {
            let how = closed(conflict, reason.actor, pattern);
            let line = who().plain(format!(" has several better moves that are answered alike: {how}."));
            return vec![Sentence::new(line, Vec::new())];
        }
        Move::One(step, then) => (step, then),
    };
    let line = who()
        .plain(" would rather ")
        .about(About::State(step.to.clone()), does(conflict, step.actor, &step.from, &step.to))
        .plain(": ")
        .and(step.gain.as_ref().map(|gain| gained(conflict, gain)).unwrap_or_default())
        .plain(".");
    let mut first = Sentence::new(line, step.gain.iter().flat_map(Decides::parts).collect());
    first.hop = Some(hop(std::slice::from_ref(step), &step.to));
    first.decides = step.gain.clone().map(|gain| (gain, true));
    let mut all = vec![first];
    match then {
        Then::Open => {}
        Then::Unanswered(silence) => {
            let text = silent(reason.concept, *silence, &names::inside(conflict, reason.actor));
            all.extend(text.map(|text| Sentence::new(Line::from(text), Vec::new())));
        }
        Then::Answered(answer) => all.push(answered(conflict, reason, step, answer)),
    }
    all
}

fn hop(steps: &[Step], to: &State) -> Hop {
    let mut actors: Vec<ActorId> = Vec::new();
    for step in steps {
        if !actors.contains(&step.actor) {
            actors.push(step.actor);
        }
    }
    let from = steps.first().map_or_else(|| to.clone(), |step| step.from.clone());
    Hop { actors, from, to: to.clone() }
}

/// The answer to a move and what the actor has of it.
fn answered(conflict: &Conflict, reason: &Reason, step: &Step, answer: &Answered) -> Sentence {
    let told = answer.steps.iter().map(|step| {
        let rather = if step.gain.is_some() { " would rather " } else { " can " };
        let line = Line::new()
            .about(About::Actor(step.actor), names::inside(conflict, step.actor))
            .plain(rather)
            .about(About::State(step.to.clone()), does(conflict, step.actor, &step.from, &step.to));
        match &step.gain {
            Some(gain) => line.plain(" (").and(gained(conflict, gain)).plain(")"),
            None => line,
        }
    });
    let (start, between) =
        if answer.at_once { ("But at the same time ", " and ") } else { ("But then ", ", then ") };
    let who = Line::new().about(About::Actor(reason.actor), names::inside(conflict, reason.actor));
    let mut line = Line::from(start).and(Line::joined(told, between, between)).plain(", and ").and(who);
    line = match &answer.loss {
        None => line.plain(" is no better off than now"),
        Some(loss) => line.plain(" is worse off than now: ").and(lost(conflict, loss)),
    };
    line = match &answer.no_way_out {
        None => line,
        Some(None) => line.plain("; no step of its own would then make it better off than now"),
        Some(Some(kept)) => line
            .plain("; no step of its own would then make it better off than now: ")
            .and(no_way_out(conflict, reason.actor, &answer.end, kept)),
    };
    let mut sentence = Sentence::new(line.plain("."), answer.parts());
    let mut hop = hop(&answer.steps, &answer.end);
    // What comes at once is told of the move's own result.
    hop.from = step.to.clone();
    sentence.hop = Some(hop);
    sentence.decides = answer.loss.clone().map(|loss| (loss, false));
    sentence
}

/// Why nothing answers; `None` where answers are not asked about.
fn silent(concept: Concept, silence: Silence, who: &str) -> Option<String> {
    let better = format!("{who} stays better off than now");
    let again = if concept.way_out() { " or is so again after a step of its own" } else { "" };
    Some(match (silence, concept.answers()) {
        (Silence::NotAsked, _) => return None,
        (Silence::NoStep, _) => "Nobody else then has a move at all.".to_owned(),
        (Silence::NoWish, _) => "Nobody else then has a move that it would prefer.".to_owned(),
        (Silence::NobodyLeaves, _) => "Nobody else would leave at the same time.".to_owned(),
        (Silence::NotTogether, _) => {
            "What others would do at the same time is not possible together with that.".to_owned()
        }
        (Silence::StaysBetter, Answers::AtOnce) => {
            format!("Whoever else would leave at the same time, {who} ends up better off than now.")
        }
        (Silence::StaysBetter, Answers::Improvements) => {
            format!("Whatever the others would then do in their own interest, {better}{again}.")
        }
        (Silence::StaysBetter, _) => format!("Whatever the others do then, {better}{again}."),
    })
}
