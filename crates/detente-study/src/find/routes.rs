//! The shortest way to each outcome that lasts.

use detente_engine::LimitHit;
use detente_engine::evolution::{By, Route, routes};
use detente_model::{Concept, State};
use num_bigint::BigUint;

use crate::find::caps::ROUTES;
use crate::find::findings::Findings;

/// The shortest way from `from` to each outcome that lasts (Nash): by the first of `kinds` that leads there, meeting at
/// most `limit` outcomes for each. Outcomes that nothing leads to have none. A bound that was hit stands beside it.
///
/// # Complexity
/// A walk over at most `limit` outcomes for each kind, and [`ROUTES`] outcomes that are walked to.
#[must_use]
pub fn to_lasting(found: &Findings, from: &State, kinds: &[By], limit: usize) -> (Vec<Route>, Vec<LimitHit>) {
    let mut limits = Vec::new();
    let lasting = found.equilibria(Concept::Nash);
    let targets = lasting.as_ref().map(|set| set.first(ROUTES.size())).unwrap_or_default();
    let all = lasting.as_ref().map_or_else(BigUint::default, |set| set.count());
    if all > BigUint::from(targets.len()) {
        let reached = format!("the first {} of {all}", targets.len());
        limits.push(ROUTES.hit("the shortest way to each outcome that lasts", reached, "where it ends"));
    }
    let mut ways: Vec<Route> = Vec::new();
    for kind in kinds {
        match routes(&found.conflict.game, from, &targets, *kind, limit) {
            Ok(list) => ways.extend(list),
            Err(hit) => limits.push(hit),
        }
    }
    // The first kind that leads there.
    let first = targets.iter().filter_map(|target| ways.iter().find(|way| way.to == *target).cloned());
    (first.collect(), limits)
}
