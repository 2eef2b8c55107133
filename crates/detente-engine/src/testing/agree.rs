//! Comparing solutions state by state.

use detente_model::{ActorId, Concept, Game, MoverId};

use crate::{Solution, StateSet};

/// Whether two solutions of `game` have the same feasible states and the same verdicts for every
/// concept, actor and state, and as equilibria.
///
/// # Errors
/// The first difference, in words.
pub fn agree(game: &Game, concepts: &[Concept], a: &Solution, b: &Solution) -> Result<(), String> {
    let names = (a.engine.id(), b.engine.id());
    let same = |what: String, a: Option<Box<dyn StateSet + '_>>, b: Option<Box<dyn StateSet + '_>>| {
        let (Some(a), Some(b)) = (a, b) else {
            return Err(format!("{what}: not computed by {} or {}", names.0, names.1));
        };
        let (left, right) = (a.first(usize::MAX), b.first(usize::MAX));
        if left != right {
            let odd = left.iter().find(|s| !right.contains(s)).or(right.iter().find(|s| !left.contains(s)));
            return Err(format!("{what}: {} and {} differ at {odd:?}", names.0, names.1));
        }
        if a.count() != left.len().into() || b.count() != right.len().into() {
            return Err(format!("{what}: a count is not the number of states"));
        }
        Ok(())
    };
    same("feasible".to_owned(), Some(a.verdicts.feasible()), Some(b.verdicts.feasible()))?;
    for &concept in concepts {
        for (at, mover) in game.movers().iter().enumerate() {
            let what = format!("{} for {}", concept.id(), game.mover_id(mover));
            let id = MoverId::from(at);
            same(what, a.verdicts.stable_for(concept, id), b.verdicts.stable_for(concept, id))?;
        }
        for (at, slice) in game.slices().iter().enumerate() {
            let what = format!("{} equilibria in slice {at}", concept.id());
            same(what, a.verdicts.equilibria_in(at, concept), b.verdicts.equilibria_in(at, concept))?;
            let (of_a, of_b) = (a.verdicts.reach_in(at), b.verdicts.reach_in(at));
            let whole = a.limits.is_empty() && b.limits.is_empty() || of_a.is_some() && of_b.is_some();
            if !matches!(slice.start, Some(Err(_))) && whole {
                let what = format!("what lasts under {} in slice {at}", concept.id());
                same(what, a.verdicts.lasting_in(at, concept), b.verdicts.lasting_in(at, concept))?;
            }
        }
    }
    for (at, slice) in game.slices().iter().enumerate() {
        let (of_a, of_b) = (a.verdicts.reach_in(at), b.verdicts.reach_in(at));
        // What was stopped is said in the limits.
        let whole = a.limits.is_empty() && b.limits.is_empty() || of_a.is_some() && of_b.is_some();
        if !matches!(slice.start, Some(Err(_))) && whole {
            same(format!("reach in slice {at}"), of_a, of_b)?;
        }
    }
    Ok(())
}

/// Whether every state that is stable for `actor` under `inner` is so under `outer`.
/// Concepts that were not computed have no states.
#[must_use]
pub fn included(solution: &Solution, actor: ActorId, inner: Concept, outer: Concept) -> bool {
    match (solution.verdicts.stable(inner, actor), solution.verdicts.stable(outer, actor)) {
        (Some(inner), Some(outer)) => inner.first(usize::MAX).iter().all(|state| outer.contains(state)),
        (inner, _) => inner.is_none(),
    }
}
