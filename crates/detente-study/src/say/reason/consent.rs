//! Why several act together, or do not, in sentences.

use detente_engine::certificate::Consent;
use detente_model::{ActorId, Conflict};

use super::clause::{do_together, gained, lost_by_itself};
use super::moves::then;
use super::{Hop, Sentence, joined};
use crate::find::rests::{self, Decides, Offer, Step};
use crate::say::agree::Agree;
use crate::say::names;
use crate::show::doc::{About, Line};

/// What several could do together and what becomes of it: each first sentence says it, the others why.
#[must_use]
pub fn consent(conflict: &Conflict, consent: &Consent) -> Vec<Sentence> {
    let between = rests::consent(conflict, consent);
    let mut all = Vec::new();
    for offer in &between.offers {
        match offer {
            Offer::Agreed(step) => {
                let first =
                    who(conflict, &between.parties).plain(" would ").and(what(conflict, step)).plain(".");
                let mut sentence = Sentence::new(first, Vec::new());
                sentence.hop = Some(hop(step));
                all.push(sentence);
                all.push(gains(conflict, step));
            }
            Offer::Refused(step, party, answered) => {
                let first = who(conflict, &between.parties)
                    .plain(" would not agree to ")
                    .and(what(conflict, step))
                    .plain(", though each of them would prefer it: ")
                    .about(About::Actor(*party), names::inside(conflict, *party))
                    .plain(" would have to fear what follows.");
                all.push(Sentence::new(first, Vec::new()));
                all.push(gains(conflict, step));
                let line = Line::from("But then ").and(then(conflict, *party, answered)).plain(".");
                all.push(Sentence::new(line, answered.parts()));
            }
            Offer::Unwilling(step, unwilling) => {
                all.push(not_all(conflict, &between.parties, step, unwilling))
            }
        }
    }
    all
}

/// The same as one text; empty where they can do nothing together.
#[must_use]
pub fn consent_text(conflict: &Conflict, given: &Consent) -> String {
    joined(&consent(conflict, given))
}

fn who(conflict: &Conflict, parties: &[ActorId]) -> Line {
    let each = parties.iter().enumerate().map(|(at, actor)| {
        let name = if at == 0 { names::actor(conflict, *actor) } else { names::inside(conflict, *actor) };
        Line::new().about(About::Actor(*actor), name)
    });
    Line::joined(each, ", ", " and ").plain(" together")
}

fn what(conflict: &Conflict, step: &Step) -> Line {
    let does = do_together(conflict, &step.actors, &step.from, &step.to);
    Line::new().about(About::State(step.to.clone()), does)
}

fn hop(step: &Step) -> Hop {
    Hop { actors: step.actors.clone(), from: step.from.clone(), to: step.to.clone() }
}

/// What each of them has of it.
fn gains(conflict: &Conflict, step: &Step) -> Sentence {
    let each = step.gain.iter().map(|gain| for_actor(conflict, gain.actor, gained(conflict, gain)));
    let line = Line::joined(each, "; ", "; ").capital().plain(".");
    Sentence::new(line, step.gain.iter().flat_map(Decides::parts).collect())
}

fn for_actor(conflict: &Conflict, actor: ActorId, why: Line) -> Line {
    Line::from("for ").about(About::Actor(actor), names::inside(conflict, actor)).plain(", ").and(why)
}

/// Who of them would not, and why.
fn not_all(
    conflict: &Conflict,
    parties: &[ActorId],
    step: &Step,
    unwilling: &[(ActorId, Option<Decides>)],
) -> Sentence {
    let each = unwilling.iter().map(|(actor, loss)| {
        let name = Line::new().about(About::Actor(*actor), names::inside(conflict, *actor));
        match loss {
            Some(loss) => {
                let prefers = Agree::with(conflict, *actor).verb("prefers", "prefer");
                name.plain(format!(" {prefers} it as it is, for ")).and(lost_by_itself(conflict, loss))
            }
            None => {
                let agree = Agree::with(conflict, *actor);
                name.plain(format!(" {} nothing by it", agree.verb("gains", "gain")))
            }
        }
    });
    let line = who(conflict, parties)
        .plain(" would not agree to ")
        .and(what(conflict, step))
        .plain(": ")
        .and(Line::joined(each, "; ", "; "))
        .plain(".");
    let parts = unwilling.iter().filter_map(|(_, loss)| loss.as_ref()).flat_map(Decides::parts).collect();
    let mut sentence = Sentence::new(line, parts);
    sentence.hop = Some(hop(step));
    sentence.possible = false;
    sentence
}
