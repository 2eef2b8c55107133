//! The dense engine against the definitions, byte by byte, with every kernel forced.
#![allow(clippy::unwrap_used, clippy::panic)]

use detente_model::{ActorId, Concept, Form, Game, Sequences, State};

use super::*;
use crate::explicit::verdict::bit;
use crate::testing::{Shape, game};
use crate::{Engine, Quiet, Settings};

fn solved(game: &Game, sequences: Sequences, tuning: &Tuning, threads: usize) -> Option<Vec<ActorVerdicts>> {
    let settings = Settings { sequences, ..Settings::default() };
    let form = game.option_form().unwrap();
    let solved = solve_box(game, form, &settings, threads, tuning, &Quiet).unwrap();
    solved.map(|(verdicts, limits)| {
        assert_eq!(limits, []);
        verdicts.actors
    })
}

/// Feasible state numbers, and for each actor the verdict byte of each.
fn by_definition(game: &Game, sequences: Sequences) -> (Vec<u64>, Vec<Vec<u8>>) {
    let settings = Settings { engine: Engine::Reference, sequences, ..Settings::default() };
    let solution = crate::solve(game, &settings, &Quiet).unwrap();
    let numbers: Vec<u64> =
        solution.verdicts.feasible().first(usize::MAX).iter().map(|s| s.number().unwrap()).collect();
    let bytes = game.actor_ids().map(|actor| {
        let sets: Vec<_> =
            Concept::DEFAULT.map(|c| (bit(c), solution.verdicts.stable(c, actor).unwrap())).into();
        let byte = |n: &u64| {
            let state = State::from_number(*n);
            sets.iter().filter(|(_, set)| set.contains(&state)).map(|(bit, _)| bit).sum()
        };
        numbers.iter().map(byte).collect()
    });
    let bytes = bytes.collect();
    (numbers, bytes)
}

/// Every way through the code that this processor allows.
fn tunings() -> Vec<(String, Tuning)> {
    let mut all = vec![];
    for level in Level::available() {
        for least_score in [8, 16, 32] {
            for (name, widest_pairs, most_turns) in
                [("pairs", Some(30), None), ("sorted", Some(0), None), ("ordered", None, Some(0))]
            {
                for least_tile in [6, 12] {
                    let tuning = Tuning {
                        level,
                        widest_pairs,
                        most_turns,
                        least_tile,
                        least_score,
                        least_share: u64::MAX,
                    };
                    all.push((format!("{} {least_score} {name} {least_tile}", level.name()), tuning));
                }
            }
        }
    }
    all
}

/// Verdicts by lists, by place in the list.
fn by_lists(game: &Game, sequences: Sequences) -> Vec<ActorVerdicts> {
    let form = game.option_form().unwrap();
    let settings = Settings { sequences, ..Settings::default() };
    let numbers = lists::list(form, game.actor_count(), &settings.bounds, &Quiet).unwrap();
    lists::solve(game, form, numbers, &settings, &Quiet).unwrap().0.actors
}

fn compare(game: &Game, sequences: Sequences, tunings: &[(String, Tuning)], what: &str) {
    let (numbers, expected) = by_definition(game, sequences);
    for (list, expected) in by_lists(game, sequences).iter().zip(&expected) {
        assert_eq!(&list.bytes, expected, "{what}, {sequences:?}, lists");
    }
    for (name, tuning) in tunings {
        let got = solved(game, sequences, tuning, 1).unwrap();
        for (actor, (got, expected)) in got.iter().zip(&expected).enumerate() {
            for (number, expected) in numbers.iter().zip(expected) {
                let got = got.bytes[*number as usize];
                assert_eq!(got, *expected, "{what}, {sequences:?}, {name}, actor {actor}, state {number}");
            }
        }
    }
}

/// Gives options to random actors, so that those of one actor no longer stand together.
fn scatter(game: &mut Game, seed: u64) {
    let actors = game.actors.len() as u64;
    if let Form::Options(form) = &mut game.form {
        let mut x = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        for option in &mut form.options {
            x ^= x << 13;
            x ^= x >> 7;
            x ^= x << 17;
            option.actor = ActorId((x % actors) as u32);
        }
    }
}

fn shape(options: (usize, usize)) -> Shape {
    Shape { graph: 0.0, cannot: 0.0, options, ..Shape::default() }
}

fn random(seed: u64, shape: &Shape) -> Game {
    let mut game = game(seed, shape);
    if seed % 2 == 1 {
        scatter(&mut game, seed);
    }
    game
}

#[test]
fn small_random_games_agree_with_the_definitions() {
    let tunings = tunings();
    for seed in 0..1000 {
        let game = random(seed, &shape((1, 8)));
        // All ways on some games, a rotating choice of them on the rest.
        let chosen: Vec<_> = if seed % 50 == 0 {
            tunings.clone()
        } else {
            tunings.iter().skip(seed as usize % 11).step_by(11).cloned().collect()
        };
        for sequences in [Sequences::Legal, Sequences::Single] {
            compare(&game, sequences, &chosen, &format!("seed {seed}"));
        }
    }
}
