//! Certificates of single states: the right verdict, and the checker accepts them.

use detente_model::{Concept, Sequences, State};

use super::options;
use crate::certificate::{Checker, check};
use crate::symbolic::Candidates;
use crate::testing::{Shape, game};
use crate::{Bounds, Engine, Quiet, Settings, certificate, generate, solve};

fn certificates_hold(seeds: std::ops::Range<u64>, shape: &Shape, listed: usize) {
    let (mut stable, mut sanctioned, mut patterns) = (0, 0, 0);
    for seed in seeds {
        let game = game(seed, shape);
        let mut candidates = Candidates::new(&game, game.option_form().unwrap(), 1 << 26, &Quiet).unwrap();
        candidates.listed = listed;
        for sequences in [Sequences::Legal, Sequences::Single] {
            let settings = Settings { engine: Engine::Reference, sequences, ..Settings::default() };
            let reference = solve(&game, &settings, &Quiet).unwrap();
            let states = reference.verdicts.feasible().first(usize::MAX);
            let mut checker = Checker::new(&game, 1 << 24, &crate::Quiet);
            for concept in Concept::DEFAULT {
                for actor in game.actor_ids() {
                    let verdict = reference.verdicts.stable(concept, actor).unwrap();
                    for state in states.iter().step_by(3) {
                        let one = candidates.certificate(sequences, concept, actor, state).unwrap();
                        let label =
                            format!("seed {seed} {} {} {actor:?} {state}", sequences.id(), concept.id());
                        assert_eq!(one.stable, verdict.contains(state), "{label}");
                        if let Err(fault) = checker.check(&one) {
                            panic!("{label}: {fault:?}\n{one:#?}");
                        }
                        stable += usize::from(one.stable);
                        sanctioned += usize::from(one.improvements.iter().any(|i| !i.sanction.is_empty()));
                        patterns += usize::from(one.improvements.iter().any(|i| i.to.one().is_none()));
                    }
                }
            }
        }
    }
    assert!(stable > 100 && sanctioned > 100, "{stable} {sanctioned}");
    assert_eq!(patterns > 10, listed == 0, "{patterns}");
}

#[test]
fn one_entry_per_improvement() {
    certificates_hold(7000..7120, &options(), usize::MAX);
}

#[test]
fn one_entry_per_pattern() {
    certificates_hold(7200..7320, &options(), 0);
}

#[test]
fn one_way_options() {
    certificates_hold(7400..7460, &Shape { one_way: 1.0, ..options() }, 0);
    certificates_hold(7400..7460, &Shape { one_way: 1.0, ..options() }, usize::MAX);
}

/// Sixty options: the verdicts of the whole solve where it is quick, and the same checker.
#[test]
fn sixty_options() {
    for (seed, locality) in [(1, 6), (2, 60)] {
        let settings =
            generate::GenerateSettings { actors: 6, options: 60, statements: 12, rules: 45, locality, seed };
        let game = generate::generate(&settings).unwrap().game;
        let concepts = vec![Concept::Nash, Concept::Gmr, Concept::Smr];
        let settings = Settings { engine: Engine::Symbolic, concepts, ..Settings::default() };
        let whole = solve(&game, &settings, &Quiet).unwrap();
        let ask = crate::structure::Ask { options: 60, examples: 3, seed, ..Default::default() };
        let mut states: Vec<State> = whole.verdicts.feasible().structure(&ask).unwrap().examples;
        states.extend(game.status_quo.clone());
        let mut search = certificate::Search::new(&game, &Bounds::default(), &Quiet);
        for state in &states {
            for concept in Concept::DEFAULT {
                for actor in game.actor_ids() {
                    let one = search.certificate(Sequences::Legal, concept, actor, state).unwrap();
                    if let Some(set) = whole.verdicts.stable(concept, actor) {
                        assert_eq!(one.stable, set.contains(state), "{} {actor:?} {state}", concept.id());
                    }
                    let checked = check(&game, &one, &crate::Quiet);
                    assert!(checked.is_ok(), "{} {actor:?} {state}: {checked:?}", concept.id());
                }
            }
        }
    }
}
