//! C-Nash by diagrams: against the table of states, and against plain Nash where that is the same.

use detente_model::{Concept, Direction, Game};
use num_bigint::BigUint;

use super::options;
use crate::coalition::{Coalition, CoalitionConcept, CoalitionSettings, coalition_nash, table};
use crate::testing::{Shape, game};
use crate::{Bounds, Engine, GenerateSettings, Quiet, Settings, Stop, Watch, generate, solve};

fn agrees(game: &Game, what: &str) -> usize {
    let everybody = Coalition::everybody(game.actors.len());
    let all: Vec<Coalition> = everybody.parts(usize::MAX).collect();
    let ours = coalition_nash(game, &all, 2, &Bounds::default(), &Quiet).unwrap();
    assert!(ours.limits.is_empty(), "{what}");
    let states = ours.feasible().first(usize::MAX);
    let settings =
        CoalitionSettings { concepts: vec![CoalitionConcept::Nash], ..CoalitionSettings::default() };
    let theirs = table(game, &states, &settings, &Quiet).unwrap();
    assert_eq!(theirs.states(), states, "{what}");
    for &h in &all {
        let found = ours.stable(h).unwrap().first(usize::MAX);
        let expected = theirs.stable(CoalitionConcept::Nash, h).unwrap();
        assert!(found.iter().eq(expected), "{what}, {}", h.id(game));
    }
    let proof = ours.proof().unwrap().first(usize::MAX);
    assert!(proof.iter().eq(theirs.proof(CoalitionConcept::Nash).unwrap()), "{what}");
    all.len()
}

/// Rules, ties, one-way options, weights and rankings; up to four actors.
#[test]
fn agrees_with_the_table_of_states() {
    let (mut coalitions, mut one_way) = (0, 0);
    for seed in 0..600 {
        let shape = match seed % 3 {
            0 => options(),
            1 => Shape { one_way: 1.0, ..options() },
            _ => Shape { options: (5, 8), rules: 4, ..options() },
        };
        let game = game(20_000 + seed, &shape);
        one_way += usize::from(game.options().iter().any(|o| o.direction != Direction::Both));
        coalitions += agrees(&game, &format!("seed {seed}"));
    }
    assert!(coalitions > 1_500 && one_way > 100, "{coalitions} {one_way}");
}

#[test]
fn agrees_on_generated_cases_of_twelve_options() {
    for seed in 0..12 {
        let settings =
            GenerateSettings { actors: 4, options: 12, statements: 6, rules: 5, locality: 4, seed };
        agrees(&generate(&settings).unwrap().game, &format!("generated {seed}"));
    }
}

fn large(options: usize) -> Game {
    let settings = GenerateSettings { actors: 4, options, statements: 8, rules: 6, locality: 4, seed: 1 };
    generate(&settings).unwrap().game
}

/// One actor alone: the same as Nash, at a size where nothing is listed.
#[test]
fn single_actors_are_nash_at_forty_options() {
    let game = large(40);
    let alone: Vec<Coalition> = game.actor_ids().map(|a| Coalition::of([a])).collect();
    let ours = coalition_nash(&game, &alone, 1, &Bounds::default(), &Quiet).unwrap();
    let settings =
        Settings { engine: Engine::Symbolic, concepts: vec![Concept::Nash], ..Settings::default() };
    let nash = solve(&game, &settings, &Quiet).unwrap();
    for (h, actor) in alone.iter().zip(game.actor_ids()) {
        let theirs = nash.verdicts.stable(Concept::Nash, actor).unwrap();
        let ours = ours.stable(*h).unwrap();
        assert_eq!(ours.count(), theirs.count());
        assert!(ours.first(200).iter().all(|state| theirs.contains(state)));
    }
    assert_eq!(ours.proof().unwrap().count(), nash.verdicts.equilibria(Concept::Nash).unwrap().count());
}

/// A watch that stops after so many questions.
struct After(std::sync::atomic::AtomicI64);

impl Watch for After {
    fn stop(&self) -> Option<Stop> {
        let left = self.0.fetch_sub(1, std::sync::atomic::Ordering::Relaxed);
        (left <= 0).then_some(Stop::Time)
    }
}

/// What is cut short is named, what is there is exact.
#[test]
fn limits_are_values() {
    let game = large(40);
    let all: Vec<Coalition> = Coalition::everybody(4).parts(4).collect();
    let whole = coalition_nash(&game, &all, 1, &Bounds::default(), &Quiet).unwrap();
    let mut partial = 0;
    for questions in [0, 1, 4, 16, 64, 256] {
        let watch = After(questions.into());
        let Ok(cut) = coalition_nash(&game, &all, 1, &Bounds::default(), &watch) else { continue };
        let done: Vec<Coalition> = all.iter().copied().filter(|h| cut.stable(*h).is_some()).collect();
        for h in &done {
            assert_eq!(cut.stable(*h).unwrap().count(), whole.stable(*h).unwrap().count());
        }
        assert_eq!(cut.limits.is_empty(), cut.proof().is_some());
        if done.len() < all.len() {
            partial += 1;
            assert_eq!(cut.limits[0].stop, Stop::Time);
            let first = all.iter().find(|h| cut.stable(**h).is_none()).unwrap();
            assert!(cut.limits[0].what.contains(&first.id(&game)), "{}", cut.limits[0].what);
        }
    }
    assert!(partial > 0);
    assert!(whole.proof().unwrap().count() < BigUint::from(1_u8) << 40_u8);
}
