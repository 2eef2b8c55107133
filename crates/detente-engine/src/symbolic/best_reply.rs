//! The best and the worst that one actor can turn a state into.
//!
//! # Definition
//! For a level vector `v` (see [`super::levels`]), an actor and every feasible state `s`: the
//! greatest (or least) value of `v` over `s` and the states that the actor can move to from `s`.
//!
//! # Method
//! A staged filter: `F` holds the candidates that are still the best so far, at first all
//! feasible states. For each set `v_k`, most important first: `A = F ∧ v_k`, `E = ∃own: A` (where
//! some candidate is in `v_k`, digit k of the answer is true), `F := A` where `E`, else `F`. For
//! the least value `¬v_k` takes the place of `v_k`. What is best depends on where one comes from
//! when there are one-way options: then the copies of the actor's one-way options stand for where
//! one comes from, and replace the options themselves at the end.
//!
//! # Complexity
//! One conjunction, one quantification and one if-then-else per set of the vector.

use super::board::Player;
use super::diagram::{Diagrams, Halt, Set};

/// Which end of the order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    Best,
    Worst,
}

/// The best (worst) value of `vector` that `player` can reach in at most one move. Values at
/// states that are not in `feasible` mean nothing.
pub(crate) fn extreme(
    d: &mut Diagrams<'_>,
    feasible: &Set,
    player: &Player,
    vector: &[Set],
    end: End,
) -> Result<Vec<Set>, Halt> {
    extreme_by(d, feasible, player, player.arrivals.as_ref(), vector, end)
}

/// The same where the player may go as `arrivals` say, from copies to variables: to where it stands at least.
pub(crate) fn extreme_by(
    d: &mut Diagrams<'_>,
    feasible: &Set,
    player: &Player,
    arrivals: Option<&Set>,
    vector: &[Set],
    end: End,
) -> Result<Vec<Set>, Halt> {
    let mut candidates = match arrivals {
        Some(arrivals) => d.and(feasible, arrivals)?,
        None => feasible.clone(),
    };
    let mut values = Vec::with_capacity(vector.len());
    for set in vector {
        let wanted = if end == End::Best { set.clone() } else { d.not(set) };
        let some = d.and(&candidates, &wanted)?;
        let reached = d.exists(&some, &player.own)?;
        candidates = d.ite(&reached, &some, &candidates)?;
        let value = if end == End::Best { reached } else { d.not(&reached) };
        values.push(if arrivals.is_some() { d.lower(&value)? } else { value });
    }
    Ok(values)
}
