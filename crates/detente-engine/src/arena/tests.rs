//! Searches against the literal definition: a walk over pairs of a state and who moved last.

#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use detente_model::{Game, MoverId, State};

use super::{Arena, Steps, reached};
use crate::Quiet;
use crate::testing::{Shape, game};

/// Option form, often with moves taken away and one-way options, few enough options to try all.
fn shape() -> Shape {
    Shape { actors: (2, 4), options: (2, 6), graph: 0.1, one_way: 0.3, cannot: 0.8, ..Shape::default() }
}

/// Acts, conditions and levels; few enough options for a walk from every state.
fn few() -> Shape {
    Shape { actors: (2, 3), options: (1, 3), acts: 2, ..Shape::several() }
}

/// Every state that sequences of `movers` lead to from `start`, with the length of a shortest one. The
/// start itself too, when one returns to it.
fn literal(
    arena: &mut Arena<'_>,
    start: &State,
    movers: &[MoverId],
    improving: bool,
    in_a_row: bool,
) -> BTreeMap<State, usize> {
    let mut found = BTreeMap::new();
    let mut seen: BTreeSet<(State, Option<MoverId>)> = BTreeSet::new();
    let mut next = VecDeque::from([(start.clone(), None, 0)]);
    while let Some((state, last, steps)) = next.pop_front() {
        for &mover in movers.iter().filter(|mover| in_a_row || Some(**mover) != last) {
            let met = arena.meet(&state).unwrap();
            for to in arena.moves(mover, met).unwrap() {
                if improving && !arena.gains(mover, to, met) {
                    continue;
                }
                let to = arena.state(to).clone();
                found.entry(to.clone()).or_insert(steps + 1);
                if seen.insert((to.clone(), Some(mover))) {
                    next.push_back((to, Some(mover), steps + 1));
                }
            }
        }
    }
    found
}

fn states(game: &Game) -> Vec<State> {
    let arena = Arena::new(game, 1 << 12, &Quiet);
    let most = game.graph_form().map_or(1 << game.options().len(), |form| form.states.len() as u64 + 1);
    (0..most).map(State::from_number).filter(|state| arena.is_feasible(state)).collect()
}

#[test]
fn searches_find_what_the_definition_does_by_shortest_ways() {
    let mut found = 0;
    for (seed, shape) in (0..400).map(|seed| (seed, shape())).chain((0..24).map(|s| (s, few()))) {
        let game = game(seed, &shape);
        let everybody: Vec<MoverId> = Arena::new(&game, 1 << 12, &Quiet).movers().collect();
        let movers = &everybody[..everybody.len() - usize::from(seed % 2 == 0)];
        for start in states(&game) {
            for (improving, in_a_row) in [(false, false), (true, false), (false, true), (true, true)] {
                let mut expected =
                    literal(&mut Arena::new(&game, 1 << 12, &Quiet), &start, movers, improving, in_a_row);
                expected.remove(&start);
                let mut arena = Arena::new(&game, 1 << 12, &Quiet);
                let from = arena.meet(&start).unwrap();
                let steps = Steps { improving, in_a_row, ..Steps::legal(movers) };
                let ends = reached(&mut arena, from, steps, |_, _| true).unwrap();
                let got: BTreeMap<State, usize> =
                    ends.iter().map(|(end, path)| (arena.state(*end).clone(), path.len())).collect();
                assert_eq!(
                    got, expected,
                    "seed {seed} from {start}, improving {improving}, in a row {in_a_row}"
                );
                for (end, path) in &ends {
                    let mut at = from;
                    for hop in path {
                        assert!(arena.moves(hop.mover, at).unwrap().contains(&hop.to), "seed {seed}");
                        assert!(!improving || arena.gains(hop.mover, hop.to, at), "seed {seed}");
                        at = hop.to;
                    }
                    assert_eq!(at, *end);
                    assert!(
                        in_a_row || path.windows(2).all(|two| two[0].mover != two[1].mover),
                        "seed {seed}"
                    );
                }
                found += ends.len();
            }
        }
    }
    assert!(found > 50_000, "{found}");
}
