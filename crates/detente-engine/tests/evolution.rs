//! Where the flagship goes: three starts.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::case;
use detente_engine::Quiet;
use detente_engine::evolution::{By, EvolveSettings, Targets, evolve, routes};
use detente_model::State;

#[test]
fn the_status_quo_the_status_quo_with_coalitions_and_the_side_deal() {
    let conflict = case("south-caucasus-2023-solo");
    let game = &conflict.game;
    let from = |n: u64, coalitions| {
        let settings = EvolveSettings { coalitions, ..EvolveSettings::default() };
        let found = evolve(game, &State::from(n), &settings, &Quiet).unwrap();
        assert_eq!(found.limits, []);
        let sum: f64 = found.absorbing.iter().map(|a| a.probability).sum();
        assert!((sum - 1.0).abs() < 1e-12 && found.residual < 1e-12);
        found
    };
    // Nobody alone moves.
    let alone = from(1792, false);
    assert_eq!((alone.states.len(), alone.moves), (1, 0.0));
    // The first joint move is to the Moscow deal, by the two.
    let together = from(1792, true);
    let first: Vec<(String, u64)> = together
        .steps
        .iter()
        .filter(|s| s.from == 0)
        .map(|s| (s.mover.id(game), together.states[s.to.unwrap()].number().unwrap()))
        .collect();
    assert_eq!(first, [("az+am".to_owned(), 1826)]);
    // No state is proof against every coalition, so nothing absorbs but a cycle.
    assert!(together.absorbing.iter().all(|a| !a.is_equilibrium()));
    // From the side deal single actors lead back to the guaranteed peace, nearly always.
    let side = from(3281, false);
    let ends: Vec<u64> = side.absorbing.iter().map(|a| side.states[a.states[0]].number().unwrap()).collect();
    assert_eq!(ends, [4053, 1826, 1792]);
    assert!(side.absorbing[0].probability > 0.98);
    let ways = routes(
        game,
        &State::from(3281),
        Targets::Listed(&[State::from(4053)]),
        By::Improvements,
        10_000,
        &Quiet,
    )
    .unwrap();
    assert_eq!(ways[0].sequence.len(), 2);
}
