//! Where it can end, for every outcome at once.

use std::collections::HashMap;

use detente_model::{Game, State};

use crate::explicit::improvements::Improvements;
use crate::strong::strong_components;
use crate::{LimitHit, SolveError, Stop, Watch};

/// Where the improvements of single actors can lead.
///
/// # Definition
/// An **ending** is a state that nobody alone improves from, or a set of several states that lead to each other and
/// to nothing else, a cycle: where the chain of [`super::evolve`] absorbs. A **basin** holds the states from
/// which the same endings can be reached; every state lies in exactly one, and reaches at least one ending.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Basins {
    /// The feasible states, ascending.
    pub states: Vec<State>,
    /// The states of each ending by place, ascending; endings by their first state.
    pub endings: Vec<Vec<usize>>,
    /// The one with most states first, ties by the first state.
    pub basins: Vec<Basin>,
}

/// The states from which the same endings can be reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Basin {
    /// Which endings, ascending.
    pub endings: Vec<usize>,
    /// The states by place, ascending.
    pub states: Vec<usize>,
}

/// Every ending of `game`, and for every feasible state which of them it can come to.
///
/// # Complexity
/// One pass over the strongly connected components of the improvements, against the flow: linear in states, actors
/// and arcs (see `Improvements`) times the size of a set of endings. Equal sets are held once.
///
/// # Errors
/// [`SolveError::Stopped`] for more than `most` states, or when the watch says so; otherwise as
/// [`crate::explicit::ranks`].
pub fn basins(game: &Game, most: usize, watch: &dyn Watch) -> Result<Basins, SolveError> {
    let graph = Improvements::new(game, most, watch)?;
    let states = graph.states();
    // Components are numbered against the flow: what one leads to is done before it.
    let component = strong_components(&graph.arcs);
    let count = component.iter().max().map_or(0, |c| *c as usize + 1);
    let mut members: Vec<Vec<u32>> = vec![Vec::new(); count];
    for (node, c) in component.iter().enumerate() {
        members[*c as usize].push(node as u32);
    }
    let mut endings: Vec<Vec<usize>> = Vec::new();
    let mut sets = Sets::default();
    let mut reached: Vec<u32> = Vec::with_capacity(count);
    for (c, nodes) in members.iter().enumerate() {
        if c % 1024 == 0
            && let Some(stop) = watch.stop()
        {
            return Err(stopped(stop));
        }
        let out = nodes.iter().flat_map(|node| &graph.arcs[*node as usize]).map(|to| component[*to as usize]);
        let out = out.filter(|to| *to as usize != c).map(|to| reached[to as usize]);
        let set = out.fold(None, |all, set| Some(all.map_or(set, |all| sets.union(all, set))));
        reached.push(set.unwrap_or_else(|| {
            // Nothing leads out of it. Levels always lead to states, so there are some among its nodes.
            endings.push(nodes.iter().map(|node| *node as usize).filter(|node| *node < states).collect());
            sets.intern(vec![endings.len() as u32 - 1])
        }));
    }
    Ok(sorted(&graph, endings, &sets, &|state| reached[component[state] as usize]))
}

/// Endings by their first state, basins by size.
fn sorted(
    graph: &Improvements,
    endings: Vec<Vec<usize>>,
    sets: &Sets,
    set_of: &dyn Fn(usize) -> u32,
) -> Basins {
    let mut order: Vec<usize> = (0..endings.len()).collect();
    order.sort_by_key(|ending| endings[*ending].first().copied());
    let mut place = vec![0; endings.len()];
    for (at, ending) in order.iter().enumerate() {
        place[*ending] = at;
    }
    let mut by_set: Vec<Vec<usize>> = vec![Vec::new(); sets.all.len()];
    for state in 0..graph.states() {
        by_set[set_of(state) as usize].push(state);
    }
    let mut basins: Vec<Basin> = by_set
        .into_iter()
        .zip(&sets.all)
        .filter(|(states, _)| !states.is_empty())
        .map(|(states, set)| {
            let mut endings: Vec<usize> = set.iter().map(|ending| place[*ending as usize]).collect();
            endings.sort_unstable();
            Basin { endings, states }
        })
        .collect();
    basins.sort_by_key(|basin| (std::cmp::Reverse(basin.states.len()), basin.states.first().copied()));
    Basins {
        states: (0..graph.states()).map(|at| State::from_number(graph.space.number(at))).collect(),
        endings: order.into_iter().map(|ending| endings[ending].clone()).collect(),
        basins,
    }
}

/// Sets of endings, each held once.
#[derive(Default)]
struct Sets {
    all: Vec<Vec<u32>>,
    known: HashMap<Vec<u32>, u32>,
    unions: HashMap<(u32, u32), u32>,
}

impl Sets {
    fn intern(&mut self, set: Vec<u32>) -> u32 {
        let next = self.all.len() as u32;
        if let Some(at) = self.known.get(&set) {
            return *at;
        }
        self.all.push(set.clone());
        self.known.insert(set, next);
        next
    }

    fn union(&mut self, a: u32, b: u32) -> u32 {
        if a == b {
            return a;
        }
        let pair = (a.min(b), a.max(b));
        if let Some(known) = self.unions.get(&pair) {
            return *known;
        }
        let mut both: Vec<u32> = self.all[a as usize].iter().chain(&self.all[b as usize]).copied().collect();
        both.sort_unstable();
        both.dedup();
        let union = self.intern(both);
        self.unions.insert(pair, union);
        union
    }
}

fn stopped(stop: Stop) -> SolveError {
    SolveError::Stopped(LimitHit {
        stop,
        what: "where each outcome can end".to_owned(),
        limit: stop.words().to_owned(),
        reached: "a part of them".to_owned(),
        exact: String::new(),
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::panic, clippy::unwrap_used)]

    use std::collections::BTreeSet;

    use detente_model::Sequences;

    use super::*;
    use crate::Quiet;
    use crate::evolution::{EvolveSettings, evolve};
    use crate::reference::coalition::LiteralCoalitions;
    use crate::testing::{Shape, game};

    /// For each state the set of endings (each as a set of states), by following single improvements of the literal
    /// engine from every state.
    fn by_hand(game: &Game) -> (Vec<State>, Vec<BTreeSet<Vec<usize>>>) {
        let literal = LiteralCoalitions::new(game, Sequences::Legal).unwrap();
        let n = literal.states().len();
        let actors = game.actors.len();
        let steps: Vec<BTreeSet<usize>> =
            (0..n).map(|s| (0..actors).flat_map(|i| literal.gains(&[i], s)).collect()).collect();
        let from: Vec<BTreeSet<usize>> = (0..n)
            .map(|s| {
                let (mut seen, mut to_do) = (BTreeSet::from([s]), vec![s]);
                while let Some(at) = to_do.pop() {
                    to_do.extend(steps[at].iter().copied().filter(|t| seen.insert(*t)));
                }
                seen
            })
            .collect();
        // Absorbing: everything that can be reached leads back.
        let ends = |s: usize| from[s].iter().all(|t| from[*t].contains(&s));
        let of = |s: usize| from[s].iter().filter(|t| ends(**t)).map(|t| from[*t].iter().copied().collect());
        (literal.states().to_vec(), (0..n).map(|s| of(s).collect()).collect())
    }

    #[test]
    fn every_state_reaches_what_following_improvements_by_hand_reaches() {
        let (mut cycles, mut shared, mut compared) = (0, 0, 0);
        for seed in 0..400 {
            let shape = Shape { actors: (2, 4), options: (3, 7), states: (4, 24), ..Shape::default() };
            let game = game(seed, &shape);
            let (states, expected) = by_hand(&game);
            let found = basins(&game, 1 << 10, &Quiet).unwrap();
            assert_eq!(found.states, states, "seed {seed}");
            let mut seen = vec![0; states.len()];
            for basin in &found.basins {
                let endings: BTreeSet<Vec<usize>> =
                    basin.endings.iter().map(|ending| found.endings[*ending].clone()).collect();
                shared += usize::from(endings.len() > 1);
                for state in &basin.states {
                    seen[*state] += 1;
                    assert_eq!(endings, expected[*state], "seed {seed}, state {}", states[*state]);
                    compared += 1;
                }
            }
            assert!(seen.iter().all(|n| *n == 1), "seed {seed}: each state lies in one basin");
            let different: BTreeSet<&Vec<usize>> = found.basins.iter().map(|b| &b.endings).collect();
            assert_eq!(
                different.len(),
                found.basins.len(),
                "seed {seed}: no two basins with the same endings"
            );
            cycles += found.endings.iter().filter(|ending| ending.len() > 1).count();
        }
        assert!(cycles > 5 && shared > 100 && compared > 5000, "{cycles} {shared} {compared}");
    }

    #[test]
    fn basins_are_what_the_chain_comes_to() {
        for seed in 0..60 {
            let game = game(seed, &Shape { options: (6, 8), ..Shape::default() });
            let found = basins(&game, 1 << 12, &Quiet).unwrap();
            for basin in &found.basins {
                let start = &found.states[basin.states[0]];
                let chain = evolve(&game, start, &EvolveSettings::default(), &Quiet).unwrap();
                let ends: BTreeSet<Vec<State>> = chain
                    .absorbing
                    .iter()
                    .map(|a| a.states.iter().map(|s| chain.states[*s].clone()).collect())
                    .collect();
                let mine: BTreeSet<Vec<State>> = basin
                    .endings
                    .iter()
                    .map(|e| found.endings[*e].iter().map(|s| found.states[*s].clone()).collect())
                    .collect();
                assert_eq!(ends, mine, "seed {seed}, from {start}");
            }
        }
    }

    #[test]
    fn too_many_states_are_an_error_that_says_how_many() {
        let game = game(1, &Shape { graph: 0.0, rules: 0, options: (6, 6), ..Shape::default() });
        let Err(SolveError::Stopped(hit)) = basins(&game, 10, &Quiet) else { panic!("not stopped") };
        assert_eq!(
            (hit.limit.as_str(), hit.reached.as_str()),
            ("10 states", "10 states, and there are more")
        );
    }
}
