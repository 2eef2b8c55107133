//! The whole game laid out for coalitions: states, ranks, and each mover's moves in little space.

use std::collections::HashMap;

use detente_model::{ActorId, Direction, Form, Game, MoverId, OptionId, State};

use super::Coalition;
use crate::Watch;
use crate::arena::{Arena, Cut};

/// States are known by their place in the list.
pub(super) type Place = u32;

/// All states, with ranks and moves.
pub(super) struct Field<'g> {
    pub(super) game: &'g Game,
    pub(super) states: &'g [State],
    /// `ranks[i][s]`: larger is better for `i`, equal is indifferent; from 0 without gaps.
    pub(super) ranks: Vec<Vec<u32>>,
    /// One per mover, the actors first.
    pub(super) moves: Vec<Moves>,
    /// Who takes part in each mover's moves.
    pub(super) parties: Vec<Coalition>,
}

/// The moves of one mover.
pub(super) enum Moves {
    /// Transitive. States with the same class can be moved between freely; besides, all of class
    /// `a` lead to all of class `b` for `(a, b)` in `leads` (one-way options), which is
    /// transitive too.
    Classes { of: Vec<u32>, count: u32, leads: Vec<(u32, u32)> },
    /// Listed: the moves from state `s` are `ends[starts[s]..starts[s + 1]]`.
    Listed { starts: Vec<u32>, ends: Vec<Place> },
}

impl<'g> Field<'g> {
    /// Lays out `game`, whose feasible states are `states`, each once.
    ///
    /// # Errors
    /// More listed moves than 2^31.
    pub(super) fn new(game: &'g Game, states: &'g [State], watch: &dyn Watch) -> Result<Self, Cut> {
        let mut arena = Arena::new(game, states.len(), watch);
        for state in states {
            arena.meet(state)?;
        }
        // States are met in their order: numbers are places (also in graph form, where the arena
        // has met all of them in the order of the list).
        let places: HashMap<&State, Place> =
            states.iter().enumerate().map(|(at, state)| (state, at as Place)).collect();
        let ranks = game
            .actor_ids()
            .map(|actor| {
                let mut levels: Vec<&[u64]> =
                    (0..states.len()).map(|s| arena.score(actor, s as Place)).collect();
                levels.sort_unstable();
                levels.dedup();
                (0..states.len())
                    .map(|s| levels.partition_point(|level| *level < arena.score(actor, s as Place)) as u32)
                    .collect()
            })
            .collect();
        let movers: Vec<MoverId> = arena.movers().collect();
        let parties = movers.iter().map(|m| Coalition::of(arena.parties(*m).iter().copied())).collect();
        let plain = game.only_own_moves();
        let mut moves = Vec::with_capacity(movers.len());
        for mover in movers {
            moves.push(match &game.form {
                Form::Options(_) if plain && arena.is_transitive(mover) => {
                    classes(game, ActorId(mover.0), states)
                }
                _ => {
                    let (mut starts, mut ends) = (vec![0_u32], Vec::new());
                    for state in states {
                        let met = arena.meet(state)?;
                        for to in arena.moves(mover, met)? {
                            ends.extend(places.get(arena.state(to)));
                        }
                        starts.push(u32::try_from(ends.len()).map_err(|_| Cut::beyond(u32::MAX as usize))?);
                    }
                    Moves::Listed { starts, ends }
                }
            });
        }
        Ok(Self { game, states, ranks, moves, parties })
    }

    /// How many states.
    pub(super) fn len(&self) -> usize {
        self.states.len()
    }
}

/// Classes of states that differ in two-way options of `actor` only, and where one-way options
/// lead between them.
fn classes(game: &Game, actor: ActorId, states: &[State]) -> Moves {
    let own: Vec<OptionId> = game.options_of(actor).collect();
    let one_way: Vec<(OptionId, Direction)> = own
        .iter()
        .map(|o| (*o, game.options()[o.index()].direction))
        .filter(|(_, d)| *d != Direction::Both)
        .collect();
    let mut ids: HashMap<State, u32> = HashMap::new();
    let mut keys: Vec<State> = Vec::new();
    let of = states
        .iter()
        .map(|state| {
            let mut key = state.clone();
            for option in own.iter().filter(|o| !one_way.iter().any(|(w, _)| w == *o)) {
                key.set(*option, false);
            }
            let next = ids.len() as u32;
            *ids.entry(key).or_insert_with_key(|key| {
                keys.push(key.clone());
                next
            })
        })
        .collect();
    let mut leads = Vec::new();
    if !one_way.is_empty() {
        // Classes of one group: the same options of everybody else.
        let mut groups: HashMap<State, Vec<u32>> = HashMap::new();
        for (id, key) in keys.iter().enumerate() {
            let mut group = key.clone();
            for option in &own {
                group.set(*option, false);
            }
            groups.entry(group).or_default().push(id as u32);
        }
        let allowed = |a: &State, b: &State| {
            one_way.iter().all(|(o, direction)| direction.allows(a.is_on(*o), b.is_on(*o)))
        };
        for group in groups.values() {
            for &a in group {
                for &b in group {
                    if a != b && allowed(&keys[a as usize], &keys[b as usize]) {
                        leads.push((a, b));
                    }
                }
            }
        }
        leads.sort_unstable();
    }
    Moves::Classes { of, count: keys.len() as u32, leads }
}
