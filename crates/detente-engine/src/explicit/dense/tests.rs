//! The dense engine against the definitions, byte by byte, with every kernel forced.
#![allow(clippy::unwrap_used, clippy::panic)]

use detente_model::{ActorId, Concept, Form, Game, Sequences, State};

use super::*;
use crate::explicit::verdict::bit;
use crate::testing::{Shape, game, gray};
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

/// Boxes of many lines, and groups wider than pairs are compared in: against lists, which the games
/// above compare with the definitions.
#[test]
fn larger_boxes_agree_with_lists() {
    let tunings = tunings();
    let mut wide = 0;
    for seed in 0..60 {
        let mut game = random(seed, &shape((9, 13)));
        if seed % 3 == 0
            && let Form::Options(form) = &mut game.form
        {
            // Nearly all to one actor.
            form.options.iter_mut().skip(1).for_each(|option| option.actor = ActorId(1));
        }
        let form = game.option_form().unwrap();
        let most = game.actor_ids().map(|a| form.options.iter().filter(|o| o.actor == a).count()).max();
        wide += usize::from(most > Some(8));
        let sequences = [Sequences::Legal, Sequences::Single][seed as usize % 2];
        let expected = by_lists(&game, sequences);
        let numbers = lists::list(form, game.actor_count(), &Settings::default().bounds, &Quiet).unwrap();
        let mut chosen: Vec<_> = tunings.iter().skip(seed as usize % 13).step_by(13).cloned().collect();
        chosen.push(("default".to_owned(), Tuning { least_share: u64::MAX, ..Tuning::default() }));
        for (name, tuning) in chosen {
            for (threads, tuning) in
                [(1, tuning.clone()), (3, tuning)].into_iter().take(1 + seed as usize % 2)
            {
                let got = solved(&game, sequences, &tuning, threads).unwrap();
                for (actor, (got, expected)) in got.iter().zip(&expected).enumerate() {
                    let got: Vec<u8> = numbers.iter().map(|n| got.bytes[*n as usize]).collect();
                    assert_eq!(got, expected.bytes, "seed {seed}, {sequences:?}, {name}, actor {actor}");
                }
            }
        }
    }
    assert!(wide > 10, "{wide}");
}

/// Counts how often it is asked: once in every turn of an opponent.
#[derive(Default)]
struct Asked(std::sync::atomic::AtomicUsize);

impl Watch for Asked {
    fn stop(&self) -> Option<Stop> {
        self.0.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        None
    }
}

/// Improvements that wind through a Gray code: right by the definitions, in no more turns than
/// the bound allows, where without the bound there would be as many as the code is long.
#[test]
fn a_gray_code_is_closed_state_by_state() {
    for widths in [&[7][..], &[3, 4], &[2, 2, 3]] {
        let game = gray(1, widths);
        let default = Tuning { least_tile: 6, ..Tuning::default() };
        compare(&game, Sequences::Legal, &[("default".to_owned(), default.clone())], "Gray code");
        let form = game.option_form().unwrap();
        let asked = |most_turns| {
            let tuning = Tuning { most_turns, ..default.clone() };
            let asked = Asked::default();
            let settings = Settings::default();
            let (verdicts, _) = solve_box(&game, form, &settings, 1, &tuning, &asked).unwrap().unwrap();
            (verdicts.actors.iter().map(|a| a.bytes.clone()).collect::<Vec<_>>(), asked.0.into_inner())
        };
        let (bounded, few) = asked(None);
        let (followed, many) = asked(Some(usize::MAX));
        assert_eq!(bounded, followed);
        // Two slices of 2^8 states, and 2^6 of the steps by the later actors change what is carried on.
        assert!(many > 200 && few < many, "{widths:?}: {few} and {many} turns");
    }
}
