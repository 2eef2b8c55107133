//! Why an answer is what it is: what holds an outcome that shows it, who would leave those that have it, and whether
//! actors that look ahead would answer otherwise.

use detente_engine::Bounds;
use detente_engine::certificate::Search;
use detente_model::{Concept, OutcomeStates, Sequences, State};
use num_bigint::BigUint;

use crate::find::findings::{Findings, Leavers};
use crate::find::headline;
use crate::say::{concept, names, reason, words};

/// Actors of whom it is said how many outcomes they would leave.
const NAMED: usize = 3;

/// Outcomes that last from which an example of foresight is told apart.
const FIRST: usize = 8;

/// Why the first of `shown`, which last under `which`, lasts; empty when there is none.
pub(super) fn lasts(found: &Findings, which: Concept, shown: &[State]) -> String {
    let conflict = &found.conflict;
    let Some(state) = shown.first() else { return String::new() };
    let name = names::quoted(names::brief(&names::outcome(conflict, state)));
    let nash = found.lasting(Concept::Nash).is_some_and(|set| set.contains(state));
    if nash {
        return format!("{name} lasts because {}", lowered(&reason::nobody_leaves(conflict, state).words()));
    }
    // Somebody would leave it, but for the answer of the others.
    let mut search = Search::new(&conflict.game, &Bounds::default(), &*found.watch);
    let told = conflict.game.actor_ids().find_map(|actor| {
        let certificate = search.certificate(Sequences::Legal, which, actor, state).ok()?;
        (!certificate.improvements.is_empty()).then(|| reason::told(conflict, &certificate, None))
    });
    told.map_or_else(String::new, |told| format!("{name}: {told}"))
}

/// The sentence after a word: names of actors keep their capital, articles do not.
fn lowered(sentence: &str) -> String {
    match sentence.strip_prefix("The ") {
        Some(rest) => format!("the {rest}"),
        None => sentence.to_owned(),
    }
}

/// Who would leave the possible outcomes that have it; empty when that is not known.
pub(super) fn left(found: &Findings, which: Concept, outcome: &OutcomeStates) -> String {
    let leavers = found.leavers(which, outcome).map(Leavers::most_first);
    leavers.map_or_else(String::new, |leavers| leaving(found, &leavers))
}

/// `None of the 53 outcomes that have it lasts: Russia would leave 40 of them and Armenia would leave 22.`
pub(crate) fn leaving(found: &Findings, leavers: &Leavers) -> String {
    let conflict = &found.conflict;
    let Leavers { list: leavers, of: all } = leavers;
    if leavers.is_empty() {
        return String::new();
    }
    if *all == BigUint::from(1_u32) {
        let who: Vec<String> = leavers.iter().map(|leaver| names::by(conflict, leaver.mover)).collect();
        let who = words::capital(&words::several(&who));
        return format!("{who} would leave the one outcome that has it.");
    }
    let mut list: Vec<String> = Vec::new();
    for leaver in leavers.iter().take(NAMED) {
        let who = names::by(conflict, leaver.mover);
        let many = match &leaver.states {
            n if n == all => "all of them".to_owned(),
            n if *n == BigUint::from(1_u32) => "one of them".to_owned(),
            n if list.is_empty() => format!("{} of them", words::count(n)),
            n => words::count(n),
        };
        list.push(format!("{who} would leave {many}"));
    }
    match leavers.len().saturating_sub(NAMED) {
        0 => {}
        // They may be actors, or several that act together.
        1 => {
            let who = leavers.last().map(|last| names::by(conflict, last.mover)).unwrap_or_default();
            list.push(format!("{who} would leave some"));
        }
        _ => list.push("others would leave some".to_owned()),
    }
    format!("None of the {} outcomes that have it lasts: {}.", words::count(all), words::several(&list))
}

/// The other answer of actors that look ahead, as a sentence after a blank; empty when there is none.
pub(super) fn foresight(found: &Findings, which: Concept, outcome: &OutcomeStates, certain: bool) -> String {
    if which != Concept::Nash {
        return String::new();
    }
    let ahead = headline::foresight(found, outcome, certain);
    ahead.map_or_else(String::new, |ahead| format!(" {}", looking_ahead(found, &ahead)))
}

/// `With foresight, yes: when everyone reckons with the answers of the others, it lasts under GMR and SMR, as in “Side deal”.`
pub(crate) fn looking_ahead(found: &Findings, ahead: &headline::Foresight) -> String {
    let under: Vec<&str> = ahead.concepts.iter().map(|which| concept::short(*which)).collect();
    let such = ahead.example.as_ref().map_or_else(String::new, |state| {
        // What lasts without foresight may bear its name, and the answer there is no.
        let mut states = vec![state.clone()];
        let lasting = found.lasting(Concept::Nash).map(|set| set.first(FIRST)).unwrap_or_default();
        states.extend(lasting.into_iter().filter(|other| other != state));
        let name = names::briefly(&found.conflict, &states).into_iter().next().unwrap_or_default();
        format!(", as in {}", names::quoted(&name))
    });
    format!(
        "With foresight, yes: when everyone reckons with the answers of the others, it holds under {}{such}.",
        words::list(&under)
    )
}
