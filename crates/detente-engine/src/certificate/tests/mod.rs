#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod consent;
mod mutations;
mod patterns;

use detente_model::{Concept, Form, Game, Sequences};

use super::{CHECK_WORK, Certificate, Checker, Search};
use crate::testing::{Shape, game};
use crate::{Bounds, Engine, Quiet, Settings, solve};

/// The concepts that are defined in the form of the game.
fn concepts(game: &Game) -> Vec<Concept> {
    let plain = matches!(game.form, Form::Options(_)) && game.only_own_moves();
    Concept::ALL.into_iter().filter(|c| *c != Concept::Sim || plain).collect()
}

/// Every verdict of the literal engine on `game` has a certificate that the checker accepts;
/// `each` sees them. Returns how many.
fn every_verdict(game: &Game, sequences: Sequences, mut each: impl FnMut(&Certificate)) -> usize {
    let concepts = concepts(game);
    let settings =
        Settings { engine: Engine::Reference, concepts: concepts.clone(), sequences, ..Settings::default() };
    let solution = solve(game, &settings, &Quiet).unwrap();
    let states = solution.verdicts.feasible().first(usize::MAX);
    let mut search = Search::new(game, &Bounds::default(), &Quiet);
    let mut checker = Checker::new(game, CHECK_WORK, &crate::Quiet);
    let mut count = 0;
    for concept in concepts {
        for actor in game.actor_ids() {
            let stable = solution.verdicts.stable(concept, actor).unwrap();
            for state in &states {
                let certificate = search.certificate(sequences, concept, actor, state).unwrap();
                // Verdicts are told as long as chance events stand as today.
                let told = game.slices()[0].has(state);
                assert!(
                    !told || certificate.stable == stable.contains(state),
                    "{sequences:?} {certificate:#?}"
                );
                if let Err(fault) = checker.check(&certificate) {
                    panic!("{fault:?}\n{certificate:#?}");
                }
                each(&certificate);
                count += 1;
            }
        }
    }
    count
}

fn reading(seed: u64) -> Sequences {
    Sequences::ALL[seed as usize % 3]
}

#[test]
fn every_verdict_of_random_games_has_a_certificate_that_holds() {
    let total: usize = std::thread::scope(|scope| {
        let worker = |part: u64| {
            scope.spawn(move || {
                (0..1000)
                    .map(|k| {
                        let seed = 2 * k + part;
                        every_verdict(&game(seed, &Shape::default()), reading(seed), |_| {})
                    })
                    .sum::<usize>()
            })
        };
        [worker(0), worker(1)].into_iter().map(|w| w.join().unwrap()).sum()
    });
    assert!(total > 100_000, "{total}");
}
