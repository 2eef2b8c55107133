//! Where each outcome can end, in words.

use detente_engine::evolution::{Basin, Basins};
use detente_model::{Conflict, State};

use super::names::Namer;
use super::{names, words};

/// Most endings of a basin that are named.
const NAMED: usize = 3;

/// Up to so many endings are told apart where two have one name: more are no list that somebody reads.
const APART: usize = 200;

/// What the picture shows, in one sentence.
pub fn sentence(found: &Basins) -> String {
    let count = |n: usize, one: &str, many: &str| words::counted(&n.into(), one, many);
    let all = count(found.states.len(), "outcome", "outcomes");
    match (found.endings.len(), found.basins.len()) {
        (1, _) => format!(
            "From each of the {all}, steps that actors prefer, one actor at a time, lead to the one ending and \
             nowhere else."
        ),
        (endings, basins) => format!(
            "Steps that actors prefer, one actor at a time, can end in {endings} ways. The {all} fall into {}: from \
             all outcomes of a group the same endings can be reached.",
            count(basins, "group", "groups")
        ),
    }
}

/// Each ending: an outcome that nobody alone leaves, or outcomes that lead to each other for ever.
pub fn endings(conflict: &Conflict, found: &Basins) -> Vec<String> {
    let firsts: Vec<State> = found.endings.iter().map(|places| found.states[places[0]].clone()).collect();
    let names = if firsts.len() <= APART {
        names::briefly(conflict, &firsts)
    } else {
        let namer = Namer::of(conflict);
        firsts.iter().map(|state| names::brief(&namer.outcome(state)).to_owned()).collect()
    };
    let names = names.into_iter().map(|name| names::quoted(&name));
    names
        .zip(&found.endings)
        .map(|(name, places)| match places.len() {
            1 => name,
            several => {
                format!("a cycle of {} around {name}", words::counted(&several.into(), "outcome", "outcomes"))
            }
        })
        .collect()
}

/// One basin: how many outcomes, and where they can end, by the words of [`endings`].
pub fn basin(basin: &Basin, endings: &[String]) -> String {
    let outcomes = words::counted(&basin.states.len().into(), "outcome", "outcomes");
    let shown: Vec<&String> = basin.endings.iter().take(NAMED).map(|at| &endings[*at]).collect();
    match (shown.as_slice(), basin.endings.len()) {
        ([only], 1) => format!("{outcomes}: can end only in {only}"),
        (several, all) if all <= NAMED => format!("{outcomes}: can end in {}", words::either(several)),
        (_, all) => format!("{outcomes}: can end in any of {all} ways"),
    }
}
