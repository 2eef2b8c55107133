//! The shortest way to each outcome that lasts.

use std::collections::HashSet;

use detente_engine::LimitHit;
use detente_engine::evolution::{By, Route, Targets, routes};
use detente_model::{Concept, State};

use crate::find::caps::ROUTES;
use crate::find::findings::Findings;

/// The shortest way from `from` to each outcome that lasts (Nash): by the first of `kinds` that leads there, meeting at
/// most `limit` outcomes for each. Outcomes that nothing leads to have none. A bound that was hit stands beside it.
///
/// # Complexity
/// A walk over at most `limit` outcomes for each kind; ways to [`ROUTES`] outcomes are kept.
#[must_use]
pub fn to_lasting(found: &Findings, from: &State, kinds: &[By], limit: usize) -> (Vec<Route>, Vec<LimitHit>) {
    let mut limits = Vec::new();
    let lasting = found.lasting(Concept::Nash);
    let Some(targets) = &lasting else { return (Vec::new(), limits) };
    let mut ways: Vec<Route> = Vec::new();
    for kind in kinds {
        match routes(&found.conflict.game, from, Targets::Among(&**targets), *kind, limit, &*found.watch) {
            Ok(list) => ways.extend(list),
            Err(hit) => limits.push(hit),
        }
    }
    // The first kind that leads there, nearest first; of very many the nearest.
    let mut led: HashSet<&State> = HashSet::new();
    let mut first: Vec<Route> = ways.iter().filter(|way| led.insert(&way.to)).cloned().collect();
    if first.len() > ROUTES.size() {
        let reached = format!("the nearest {} of {}", ROUTES.size(), first.len());
        limits.push(ROUTES.hit("the shortest way to each outcome that lasts", reached, "where it ends"));
        first.truncate(ROUTES.size());
    }
    (first, limits)
}
