//! Verdicts as plain rows: what tables and pictures for other programs are made of.

use detente_case::export::{CannotExport, Snapshot};
use detente_model::Concept;
use num_bigint::BigUint;

use crate::find::findings::Findings;

/// The possible outcomes, at most `most` of them by state number, with ranks and the verdicts
/// under `concepts`.
///
/// # Errors
/// As [`Snapshot::new`].
pub fn of(found: &Findings, concepts: &[Concept], most: usize) -> Result<Snapshot, CannotExport> {
    let feasible = found.feasible();
    let states = feasible.first(most);
    let all = BigUint::from(states.len()) == feasible.count();
    let mut snapshot = Snapshot::new(&found.conflict, &states, all)?;
    if !all {
        snapshot.of = Some(feasible.count().to_string());
    }
    let verdicts = &found.solution.verdicts;
    for &concept in concepts {
        let sets: Option<Vec<_>> =
            found.conflict.game.actor_ids().map(|actor| verdicts.stable(concept, actor)).collect();
        let Some(sets) = sets else { continue };
        snapshot.add_concept(concept, |state, actor| {
            states.get(state).zip(sets.get(actor.index())).is_some_and(|(state, set)| set.contains(state))
        });
    }
    Ok(snapshot)
}
