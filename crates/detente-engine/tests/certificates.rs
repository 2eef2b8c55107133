//! Every verdict of the catalogue has a certificate that the checker accepts.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::fs;

use common::root;
use detente_engine::certificate::{CHECK_WORK, Checker, Search};
use detente_engine::{Bounds, Engine, Quiet, Settings, solve};
use detente_model::{Concept, Conflict, Form, Sequences};

/// Cases with more states than this have their equilibria and a sample checked.
const ALL: usize = 1 << 10;

fn conflicts() -> Vec<(String, Conflict)> {
    let mut all = Vec::new();
    let mut folders: Vec<_> = fs::read_dir(root("cases")).unwrap().map(|e| e.unwrap().path()).collect();
    folders.sort();
    for folder in folders.iter().filter(|f| f.is_dir()) {
        let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
        files.sort();
        for file in files.iter().filter(|f| f.extension().is_some_and(|e| e == "toml")) {
            if file.file_name().is_some_and(|n| n == "expected.toml") {
                continue;
            }
            let conflict = common::read(file);
            for variant in &conflict.variants {
                let applied = conflict.with_variant(&variant.id).unwrap().unwrap();
                all.push((format!("{} {}", file.display(), variant.id), applied));
            }
            all.push((file.display().to_string(), conflict));
        }
    }
    all
}

#[test]
fn every_verdict_of_the_catalogue_has_a_certificate_that_holds() {
    let mut total = 0;
    for (name, conflict) in conflicts() {
        let game = &conflict.game;
        if game.options().len() > 16 {
            continue;
        }
        let concepts: Vec<Concept> = Concept::ALL
            .into_iter()
            .filter(|c| *c != Concept::Sim || matches!(game.form, Form::Options(_)))
            .collect();
        let mut search = Search::new(game, &Bounds::default());
        let mut checker = Checker::new(game, CHECK_WORK);
        for sequences in Sequences::ALL {
            let settings = Settings { concepts: concepts.clone(), sequences, ..Settings::default() };
            let solution = solve(game, &settings, &Quiet).unwrap();
            let states = solution.verdicts.feasible().first(ALL + 1);
            assert!(states.len() <= ALL, "{name}");
            for concept in &concepts {
                for actor in game.actor_ids() {
                    let stable = solution.verdicts.stable(*concept, actor).unwrap();
                    for state in &states {
                        let certificate = search.certificate(sequences, *concept, actor, state).unwrap();
                        assert_eq!(certificate.stable, stable.contains(state), "{name} {state} {concept:?}");
                        assert_eq!(checker.check(&certificate), Ok(()), "{name} {certificate:#?}");
                        total += 1;
                    }
                }
            }
        }
    }
    assert!(total > 30_000, "{total}");
}

/// Hundreds of thousands of states: the Nash equilibria, and states that nobody chose.
#[test]
fn verdicts_of_a_large_case_have_certificates_that_hold() {
    let conflict = common::case("nile-dam");
    let game = &conflict.game;
    let settings = Settings { engine: Engine::Auto, concepts: vec![Concept::Nash], ..Settings::default() };
    let solution = solve(game, &settings, &Quiet).unwrap();
    let mut states = solution.verdicts.equilibria(Concept::Nash).unwrap().first(3);
    let feasible = solution.verdicts.feasible().first(usize::MAX);
    states.extend(feasible.iter().step_by(feasible.len() / 2).cloned());
    let mut search = Search::new(game, &Bounds::default());
    let mut checker = Checker::new(game, CHECK_WORK);
    let mut unstable = 0;
    for state in &states {
        for actor in game.actor_ids() {
            for concept in [Concept::Nash, Concept::Gmr, Concept::Seq] {
                let certificate = search.certificate(Sequences::Legal, concept, actor, state).unwrap();
                assert_eq!(checker.check(&certificate), Ok(()), "{state} {concept:?}");
                unstable += usize::from(!certificate.stable);
            }
        }
    }
    assert!(unstable > 3, "{unstable}");
}
