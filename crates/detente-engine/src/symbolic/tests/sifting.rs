//! Another order of variables changes no set and no verdict.

use detente_model::{Concept, Game, Sequences};

use super::options;
use crate::symbolic::board::{self, Board};
use crate::symbolic::diagram::{Diagrams, Frozen, Shelf};
use crate::symbolic::sequential::full::{Found, Problem, unstable};
use crate::testing::{Shape, game};
use crate::{GenerateSettings, Quiet, generate};

const MEMORY: u64 = 1 << 28;

/// The game in a store of its own, with the number of its options.
fn compiled(game: &Game) -> (Diagrams<'static>, Board, usize) {
    let form = game.option_form().unwrap();
    let mut d = Diagrams::new(MEMORY, &Quiet);
    let (mut formulas, mut board) = board::rules(&mut d, game, form).unwrap();
    for (actor, preference) in game.actor_ids().zip(&game.preferences) {
        board.add(&mut d, &mut formulas, game, actor, preference).unwrap();
    }
    (d, board, form.options.len())
}

/// The truth of each root where variable `v` is `on(v)`.
fn truths(sets: &Frozen, on: impl Fn(u32) -> bool) -> Vec<bool> {
    let mut values = vec![true];
    let value = |values: &[bool], edge: u32| values[(edge >> 1) as usize] ^ (edge & 1 == 1);
    for &(level, low, high) in &sets.nodes {
        values.push(value(&values, if on(level) { high } else { low }));
    }
    sets.roots.iter().map(|&root| value(&values, root)).collect()
}

/// Sifted, every set has the same members, and there are no more nodes than before; brought back,
/// it is the same set.
#[test]
fn sets_are_what_they_were() {
    let mut moved = 0;
    for seed in 0..120 {
        let shape = match seed % 3 {
            0 => options(),
            1 => Shape { one_way: 1.0, ..options() },
            _ => Shape { weights: 0.5, rankings: 0.5, ..options() },
        };
        let (mut d, board, count) = compiled(&game(40_000 + seed, &shape));
        let sets = board.sets();
        let before = d.freeze(&sets);
        let mut shelf = Shelf::new(&before, count, MEMORY);
        let nodes = shelf.used();
        assert_eq!(nodes, before.nodes.len() + 1, "seed {seed}");
        shelf.sift(&Quiet).unwrap();
        let after = shelf.freeze();
        let pairs = shelf.pairs();
        assert_eq!(shelf.used(), after.nodes.len() + 1, "seed {seed}");
        assert!(shelf.used() <= nodes, "seed {seed}");
        moved += usize::from(pairs.iter().enumerate().any(|(at, &pair)| at != pair));
        // SplitMix64: 64 assignments of all variables and copies.
        let mut state = seed;
        for _ in 0..64 {
            state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut bits = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            bits ^= bits >> 27;
            let old = truths(&before, |level| bits >> (level % 64) & 1 == 1);
            let new = truths(&after, |level| {
                let old = 2 * pairs[(level / 2) as usize] as u32 + level % 2;
                bits >> (old % 64) & 1 == 1
            });
            assert_eq!(old, new, "seed {seed}");
        }
        let mut back: Vec<usize> = (0..count).collect();
        back.sort_by_key(|&position| pairs[position]);
        let mut again = Shelf::new(&after, count, MEMORY);
        again.arrange(&back, &Quiet).unwrap();
        assert_eq!(d.thaw(&again.freeze()).unwrap(), sets, "seed {seed}");
    }
    assert!(moved > 60, "{moved}");
}

fn found(game: &Game, order_after: u64, concept: Concept, sequences: Sequences) -> Vec<Found> {
    let (d, board, _) = compiled(game);
    let frozen = board.freeze(&d);
    let mut order = Vec::new();
    let actors = 0..game.actors.len();
    let mut run = |actor| {
        let problem = Problem { board: &frozen, actor, with: None, concept, sequences, order_after };
        let found = unstable(problem, &order, MEMORY, &Quiet);
        // The next actor begins with the order in which this one ended.
        order.clone_from(&found.order);
        assert_eq!(found.halt, None);
        found
    };
    actors.map(&mut run).collect()
}

/// A search that looks for another order at every turn finds the states that a search finds which never
/// does.
#[test]
fn the_search_finds_the_same_in_any_order() {
    let mut arranged = 0;
    let mut hold = |game: &Game, what: &str| {
        let (mut d, ..) = compiled(game);
        for concept in [Concept::Seq, Concept::Sseq] {
            for sequences in [Sequences::Legal, Sequences::Single] {
                let often = found(game, 0, concept, sequences);
                let never = found(game, u64::MAX, concept, sequences);
                for (often, never) in often.iter().zip(&never) {
                    let same = d.thaw(&often.unstable).unwrap() == d.thaw(&never.unstable).unwrap();
                    assert!(same, "{what}, {}, {}", concept.id(), sequences.id());
                    arranged += usize::from(often.order != never.order);
                }
            }
        }
    };
    for seed in 0..150 {
        let shape = if seed % 2 == 0 { options() } else { Shape { one_way: 1.0, ..options() } };
        hold(&game(41_000 + seed, &shape), &format!("seed {seed}"));
    }
    for seed in 0..6 {
        let settings =
            GenerateSettings { actors: 4, options: 14, statements: 8, rules: 3, locality: 5, seed };
        hold(&generate(&settings).unwrap().game, &format!("generated {seed}"));
    }
    assert!(arranged > 300, "{arranged}");
}
