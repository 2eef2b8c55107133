//! Symbolic, explicit and reference verdicts agree state by state.

use detente_model::{Concept, Game, Sequences};

use super::options;
use crate::testing::{Shape, agree, game};
use crate::{Engine, GenerateSettings, NotPossible, Quiet, Settings, Solution, SolveError, generate, solve};

fn solved(game: &Game, engine: Engine, sequences: Sequences) -> Solution {
    let settings = Settings { engine, sequences, threads: 1, ..Settings::default() };
    solve(game, &settings, &Quiet).unwrap()
}

fn all_agree(seeds: std::ops::Range<u64>, shape: &Shape) {
    for seed in seeds {
        let game = game(seed, shape);
        for sequences in [Sequences::Legal, Sequences::Single] {
            let ours = solved(&game, Engine::Symbolic, sequences);
            let reference = solved(&game, Engine::Reference, sequences);
            let explicit = solved(&game, Engine::Explicit, sequences);
            for other in [&reference, &explicit] {
                if let Err(difference) = agree(&game, &Concept::DEFAULT, &ours, other) {
                    panic!("seed {seed}, {}: {difference}", sequences.id());
                }
            }
        }
    }
}

#[test]
fn statements_weights_and_rankings() {
    all_agree(0..400, &options());
}

#[test]
fn one_way_options() {
    all_agree(1000..1300, &Shape { one_way: 1.0, ..options() });
}

#[test]
fn rankings_and_ties() {
    all_agree(2000..2150, &Shape { rankings: 0.7, statements: 3, ..options() });
}

#[test]
fn weights() {
    all_agree(3000..3150, &Shape { weights: 0.8, ..options() });
}

/// Acts, conditions, levels, chance events and dates: whatever this engine takes, mover by mover; and it takes a good part.
#[test]
fn acts_and_conditions() {
    let shape = Shape { cannot: 0.0, ..Shape::several() };
    let (mut taken, mut joint, mut agreed) = (0, 0, 0);
    for seed in 4_000..6_000 {
        let game = game(seed, &shape);
        if game.only_own_moves() {
            continue;
        }
        for sequences in [Sequences::Legal, Sequences::Single] {
            let settings =
                Settings { engine: Engine::Symbolic, sequences, threads: 1, ..Settings::default() };
            let ours = match solve(&game, &settings, &Quiet) {
                Ok(ours) => ours,
                Err(SolveError::NotPossible(NotPossible::SymbolicWithOwnConditions)) => continue,
                Err(other) => panic!("seed {seed}: {other}"),
            };
            assert!(ours.limits.is_empty(), "seed {seed}: {:?}", ours.limits);
            let reference = solved(&game, Engine::Reference, sequences);
            if let Err(difference) = agree(&game, &Concept::DEFAULT, &ours, &reference) {
                panic!("seed {seed}, {}: {difference}", sequences.id());
            }
            taken += 1;
            for at in game.actor_count()..game.movers().len() {
                joint += 1;
                let stable = |concept| ours.verdicts.stable_for(concept, at.into()).unwrap().count();
                agreed += usize::from(stable(Concept::Gmr) > stable(Concept::Nash));
            }
        }
    }
    assert!(taken > 1_000 && joint > 2_000 && agreed > 50, "{taken} {joint} {agreed}");
}

/// Games in which both engines are tried: the answer and the choice are the same with any number
/// of threads, and each engine is chosen at times.
#[test]
fn the_choice_does_not_depend_on_threads() {
    let mut symbolic = 0;
    let cases = 24;
    for seed in 0..cases {
        let options = 15 + seed as usize % 4;
        let settings = GenerateSettings {
            actors: 5,
            options,
            statements: 10,
            rules: seed as usize % 3 * 4,
            locality: if seed % 2 == 0 { 5 } else { options },
            seed,
        };
        let game = generate(&settings).unwrap().game;
        let auto = |threads| solve(&game, &Settings { threads, ..Settings::default() }, &Quiet).unwrap();
        let (one, two) = (auto(1), auto(2));
        assert_eq!(one.engine, two.engine, "seed {seed}");
        assert!(one.limits.is_empty());
        symbolic += u64::from(one.engine == Engine::Symbolic);
        let explicit = solved(&game, Engine::Explicit, Sequences::Legal);
        for concept in Concept::DEFAULT {
            let count = |s: &Solution| s.verdicts.equilibria(concept).unwrap().count();
            assert_eq!(count(&one), count(&explicit), "seed {seed}");
        }
    }
    assert!(symbolic > 0 && symbolic < cases, "{symbolic} of {cases}");
}
