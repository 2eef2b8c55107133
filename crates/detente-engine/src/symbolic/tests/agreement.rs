//! Symbolic and reference verdicts agree state by state.

use detente_model::{Concept, Game, Sequences};

use super::options;
use crate::testing::{Shape, agree, game};
use crate::{Engine, Quiet, Settings, Solution, solve};

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
            if let Err(difference) = agree(&game, &Concept::DEFAULT, &ours, &reference) {
                panic!("seed {seed}, {}: {difference}", sequences.id());
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
