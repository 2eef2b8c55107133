//! Who could leave one state together, to what, and how.

use std::collections::HashMap;

use detente_model::{Game, MoverId, State};

use super::{Coalition, CoalitionError};
use crate::arena::{Arena, Cut, Hop, Met, Steps, reached};
use crate::{Bounds, LimitHit, Stop, Watch};

/// States that the search may meet when the bounds say nothing.
const STATES: u64 = crate::caps::EXITS.most;

/// A coalition that can leave the state to the gain of all its members.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exit {
    /// Who.
    pub coalition: Coalition,
    /// Whether no part of the coalition can leave the state to the gain of all its own members,
    /// to whatever state.
    pub minimal: bool,
    /// Whether nobody could be spared for this end: no part of the coalition can bring it about
    /// to the gain of all its own members.
    pub needs_all: bool,
    /// To what.
    pub to: State,
    /// A shortest legal sequence.
    pub sequence: Vec<(MoverId, State)>,
}

/// All exits of a state.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exits {
    /// By coalition (smaller ones first, then in file order), then by state.
    pub exits: Vec<Exit>,
    /// Bounds that were hit: what is listed is exact, coalitions may be missing.
    pub limits: Vec<LimitHit>,
}

impl Exits {
    /// The coalitions that can leave the state, each once, in order.
    #[must_use]
    pub fn coalitions(&self) -> Vec<Coalition> {
        let mut list: Vec<Coalition> = self.exits.iter().map(|e| e.coalition).collect();
        list.dedup();
        list
    }
}

/// Every way in which a coalition of at most `size` actors can leave `state` to the gain of all
/// its members. Searches from the state: works where the states of the game cannot be listed.
///
/// # Complexity
/// Coalitions × the states that each reaches.
///
/// # Errors
/// [`CoalitionError::NotFeasible`]. A bound that is hit is in [`Exits::limits`].
pub fn exits(
    game: &Game,
    state: &State,
    size: usize,
    bounds: &Bounds,
    watch: &dyn Watch,
) -> Result<Exits, CoalitionError> {
    let mut each = exits_each(game, std::slice::from_ref(state), size, bounds, watch)?;
    Ok(each.pop().unwrap_or_default())
}

/// [`exits`] of each of several states, in their order. What the searches know of the game they share, unless they
/// meet more states together than one of them may: then the next begins anew, so that each has its whole bound.
///
/// # Complexity
/// As [`exits`] for each state, but scores and moves of a state that several searches meet are found once.
///
/// # Errors
/// [`CoalitionError::NotFeasible`] for the first of `states` that is not: there is no list then.
pub fn exits_each(
    game: &Game,
    states: &[State],
    size: usize,
    bounds: &Bounds,
    watch: &dyn Watch,
) -> Result<Vec<Exits>, CoalitionError> {
    let limit = usize::try_from(bounds.work.unwrap_or(STATES)).unwrap_or(usize::MAX);
    let mut arena = Arena::new(game, limit, watch);
    let mut all = Vec::with_capacity(states.len());
    for (at, state) in states.iter().enumerate() {
        let mut found = leave(&mut arena, state, size, limit, watch)?;
        if at > 0 && found.limits.iter().any(|hit| hit.stop == Stop::Work) {
            arena = Arena::new(game, limit, watch);
            found = leave(&mut arena, state, size, limit, watch)?;
        }
        all.push(found);
    }
    Ok(all)
}

/// [`exits`] in an arena that may know states already; it holds at most `limit` of them.
fn leave(
    arena: &mut Arena<'_>,
    state: &State,
    size: usize,
    limit: usize,
    watch: &dyn Watch,
) -> Result<Exits, CoalitionError> {
    let game = arena.game();
    if !arena.is_feasible(state) {
        return Err(CoalitionError::NotFeasible(state.clone()));
    }
    let mut found = Exits::default();
    let start = match arena.meet(state) {
        Ok(start) => start,
        Err(cut) => {
            found.limits.push(hit(cut, "none"));
            return Ok(found);
        }
    };
    // The coalitions that can leave, and those that can bring about each end.
    let mut leaving: Vec<Coalition> = Vec::new();
    let mut bringing: HashMap<Met, Vec<Coalition>> = HashMap::new();
    for coalition in Coalition::everybody(game.actors.len()).parts(size) {
        if let Some(stop) = watch.stop() {
            found.limits.push(hit(Cut { stop, limit }, &format!("coalitions before {}", coalition.id(game))));
            break;
        }
        let ends = match gains(arena, start, coalition) {
            Ok(ends) => ends,
            Err(cut) => {
                found.limits.push(hit(cut, &format!("coalitions before {}", coalition.id(game))));
                break;
            }
        };
        let minimal = !leaving.iter().any(|part| part.is_within(coalition));
        if !ends.is_empty() {
            leaving.push(coalition);
        }
        for (to, path) in ends {
            let by = bringing.entry(to).or_default();
            let needs_all = !by.iter().any(|part| part.is_within(coalition));
            by.push(coalition);
            let to = arena.state(to).clone();
            let sequence = path.iter().map(|hop| (hop.mover, arena.state(hop.to).clone())).collect();
            found.exits.push(Exit { coalition, minimal, needs_all, to, sequence });
        }
    }
    Ok(found)
}

/// `R⁺⁺_H(s)` with a shortest sequence to each, ascending by state.
fn gains(arena: &mut Arena<'_>, start: Met, coalition: Coalition) -> Result<Vec<(Met, Vec<Hop>)>, Cut> {
    let movers = inside(arena, coalition);
    let steps = Steps::legal(&movers);
    let better = |arena: &Arena<'_>, met: Met| coalition.members().all(|a| arena.prefers(a, met, start));
    let mut ends = reached(arena, start, steps, better)?;
    ends.sort_by(|(a, _), (b, _)| arena.state(*a).cmp(arena.state(*b)));
    Ok(ends)
}

/// The movers all of whose parties are members of `coalition`.
pub(crate) fn inside(arena: &Arena<'_>, coalition: Coalition) -> Vec<MoverId> {
    let within = |mover: &MoverId| arena.parties(*mover).iter().all(|party| coalition.contains(*party));
    arena.movers().filter(within).collect()
}

fn hit(cut: Cut, reached: &str) -> LimitHit {
    LimitHit {
        stop: cut.stop,
        what: "the search for coalitions that can leave the state".to_owned(),
        limit: cut.limit_words(),
        reached: reached.to_owned(),
        exact: reached.to_owned(),
    }
}
