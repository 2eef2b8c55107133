//! The second part of the language against answers that an independent literal program computed from the
//! definitions: every list and count, slice by slice, mover by mover, reading by reading.
#![allow(clippy::unwrap_used, clippy::panic, clippy::expect_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use detente_engine::coalition::exits;
use detente_engine::ensemble::{SampleSettings, Sampler};
use detente_engine::evolution::{By, Targets, routes};
use detente_engine::trust::{Cause, TrustSettings, strike};
use detente_engine::{Bounds, Engine, Quiet, Settings, Solution, StateSet, solve};
use detente_model::{Concept, Conflict, Game, MoverId, Sequences, State, Step, Strike};
use serde_json::Value;

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/language").join(name)
}

fn case(path: &Path) -> Conflict {
    let found = detente_case::read(&path.display().to_string(), &fs::read(path).unwrap());
    let errors: Vec<_> = found.diagnostics.iter().filter(|d| d.is_error()).collect();
    found.conflict.unwrap_or_else(|| panic!("{}: {errors:#?}", path.display()))
}

fn json(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

fn solved(game: &Game, engine: Engine, sequences: Sequences) -> Solution {
    let settings = Settings { engine, sequences, threads: 1, ..Settings::default() };
    solve(game, &settings, &Quiet).unwrap()
}

/// The conflict in each account, with the name that the reports have for it.
fn accounts(conflict: &Conflict) -> Vec<(String, Conflict)> {
    let accounts = conflict.accounts().unwrap();
    if accounts.is_empty() {
        return vec![("all".to_owned(), conflict.clone())];
    }
    let id = |claim: &detente_model::ClaimId| conflict.evidence.claims[claim.index()].id.clone();
    let one = |account: detente_model::Account| {
        let strike = Strike { claims: account.strikes.iter().map(id).collect(), ..Strike::default() };
        (account.id, conflict.without(&strike).unwrap())
    };
    accounts.into_iter().map(one).collect()
}

fn numbers(set: &dyn StateSet) -> Vec<u64> {
    set.first(usize::MAX).iter().map(|state| state.number().unwrap()).collect()
}

fn listed(value: &Value) -> Vec<u64> {
    value.as_array().map_or_else(Vec::new, |list| list.iter().map(|n| n.as_u64().unwrap()).collect())
}

/// One report against what all engines find.
fn compare(of: &str, conflict: &Conflict, report: &Value) {
    let game = &conflict.game;
    for engine in [Engine::Reference, Engine::Explicit] {
        let solution = solved(game, engine, Sequences::Legal);
        let verdicts = &solution.verdicts;
        let of = format!("{of} by {}", engine.id());
        assert_eq!(verdicts.feasible().count(), report["feasible"].as_u64().unwrap().into(), "{of}");
        let slices = game.slices();
        let expected = report["slices"].as_array().unwrap();
        assert_eq!(slices.len(), expected.len(), "{of}");
        for (at, (slice, expected)) in slices.iter().zip(expected).enumerate() {
            let of = format!("{of}, slice {}", expected["slice"]);
            match &slice.start {
                Some(Err(_)) => {
                    assert!(expected["error"].is_string(), "{of}");
                    continue;
                }
                Some(Ok(start)) => assert_eq!(start.number(), expected["start"].as_u64(), "{of}"),
                None => assert!(expected["start"].is_null(), "{of}"),
            }
            let reach = verdicts.reach_in(at).unwrap();
            assert_eq!(reach.count(), expected["reachable"].as_u64().unwrap().into(), "{of}: within reach");
            for concept in Concept::DEFAULT {
                let of = format!("{of}, {}", concept.id());
                let equilibria = numbers(&*verdicts.equilibria_in(at, concept).unwrap());
                assert_eq!(equilibria, listed(&expected["equilibria"][concept.id()]), "{of}: equilibria");
                let lasting = numbers(&*verdicts.lasting_in(at, concept).unwrap());
                assert_eq!(lasting, listed(&expected["lasts"][concept.id()]), "{of}: what lasts");
                for (mover, states) in expected["stable"][concept.id()].as_object().unwrap() {
                    assert_eq!(stable(game, &solution, at, concept, mover), listed(states), "{of}: {mover}");
                }
            }
        }
        if engine == Engine::Explicit {
            leaving(&of, game, &report["exits"]);
            ways(&of, game, &report["sequences"]);
        }
        for sequences in Sequences::ALL {
            let solution = solved(game, engine, sequences);
            let expected = report["sequence_readings"][sequences.id()].as_object();
            for (concept, states) in expected.into_iter().flatten() {
                let set = solution.verdicts.equilibria(Concept::from_id(concept).unwrap()).unwrap();
                assert_eq!(numbers(&*set), listed(states), "{of}, {}: {concept}", sequences.id());
            }
        }
    }
}

/// How many moves, and how many improvements, lead from the status quo to each equilibrium.
fn ways(of: &str, game: &Game, expected: &Value) {
    let Some(start) = &game.status_quo else { return };
    for (to, expected) in expected.as_object().into_iter().flatten() {
        let target = [State::from_number(to.parse().unwrap())];
        for (by, key) in [(By::Moves, "moves"), (By::Improvements, "improvements")] {
            let found = routes(game, start, Targets::Listed(&target), by, 1 << 16, &Quiet).unwrap();
            // The start itself needs no way.
            let steps = if target[0] == *start { Some(0) } else { found.first().map(|r| r.sequence.len()) };
            let steps = steps.map(|steps| steps as u64);
            assert_eq!(steps, expected[key].as_u64(), "{of}: {key} to {to}");
        }
    }
}

/// Who can leave together, and to what.
fn leaving(of: &str, game: &Game, expected: &Value) {
    for (from, expected) in expected.as_object().into_iter().flatten() {
        let state = State::from_number(from.parse().unwrap());
        let found = exits(game, &state, usize::MAX, &Bounds::default(), &Quiet).unwrap();
        assert_eq!(found.limits, []);
        let mut by_coalition: BTreeMap<String, Vec<u64>> = BTreeMap::new();
        for exit in found.exits {
            by_coalition.entry(exit.coalition.id(game)).or_default().push(exit.to.number().unwrap());
        }
        let expected = expected.as_object().unwrap().iter();
        let expected: BTreeMap<String, Vec<u64>> =
            expected.map(|(coalition, ends)| (coalition.clone(), listed(ends))).collect();
        assert_eq!(by_coalition, expected, "{of}: who can leave {from}");
    }
}

/// The states that are stable for the mover with this id. The reports have one mover for all levels of an act: it is
/// stable where each of ours is.
fn stable(game: &Game, solution: &Solution, slice: usize, concept: Concept, id: &str) -> Vec<u64> {
    let mut sets: Vec<Vec<u64>> = Vec::new();
    for (at, mover) in game.movers().iter().enumerate() {
        let mut name = game.mover_id(mover);
        if let Some(joint) = mover.joint
            && matches!(joint.step, Step::Begin(_))
        {
            let act = &game.option_form().unwrap().acts[joint.act.index()].id;
            let parties = name.rsplit(':').next().unwrap().to_owned();
            name = format!("act.{act}:begin:{parties}");
        }
        if name == id {
            let set = solution.verdicts.stable_in(slice, concept, MoverId::from(at)).unwrap();
            sets.push(numbers(&*set));
        }
    }
    let mut sets = sets.into_iter();
    let first = sets.next().unwrap_or_else(|| panic!("no mover {id}"));
    sets.fold(first, |all, one| all.into_iter().filter(|n| one.contains(n)).collect())
}

#[test]
fn random_models_have_the_expected_answers() {
    for at in 1..=60 {
        let name = format!("model_{at:04}");
        let conflict = case(&folder("random").join(format!("{name}.toml")));
        let report = json(&folder("random").join(format!("{name}.expected.json")));
        for (reading, conflict) in accounts(&conflict) {
            compare(&format!("{name} {reading}"), &conflict, &report["readings"][&reading]);
        }
    }
}

#[test]
fn the_flagship_has_the_expected_answers() {
    let conflict = case(&folder("flagship").join("case.toml"));
    let report = json(&folder("flagship").join("expected.json"));
    for (variant, run) in report["runs"].as_object().unwrap() {
        let conflict = match variant.as_str() {
            "base" => conflict.clone(),
            id => conflict.with_variant(id).unwrap().unwrap_or_else(|e| panic!("{id}: {e:?}")),
        };
        let mut seen = BTreeSet::new();
        for (reading, conflict) in accounts(&conflict) {
            compare(&format!("{variant} {reading}"), &conflict, &run[&reading]);
            seen.insert(reading);
        }
        assert_eq!(seen, run.as_object().unwrap().keys().cloned().collect());
    }
}

/// What dates do, phase by phase.
#[test]
fn dates_lead_where_they_should() {
    let mut dated = 0;
    for at in 1..=60 {
        let name = format!("model_{at:04}");
        let conflict = case(&folder("random").join(format!("{name}.toml")));
        let report = json(&folder("random").join(format!("{name}.expected.json")));
        for (reading, conflict) in accounts(&conflict) {
            let game = &conflict.game;
            let expected = &report["readings"][&reading]["deadlines"];
            let (Some(start), Some(drift)) = (&game.status_quo, expected["drift"].as_array()) else {
                continue;
            };
            assert_eq!(game.deadlines_ahead().count(), drift.len(), "{name}");
            let mut state: State = start.clone();
            for (deadline, expected) in game.deadlines_ahead().zip(drift) {
                assert_eq!(Some(deadline.id.as_str()), expected["deadline"].as_str(), "{name}");
                assert_eq!(state.number(), expected["from"].as_u64(), "{name} {reading}");
                state = game.after(deadline, &state);
                assert_eq!(state.number(), expected["to"].as_u64(), "{name} {reading}");
                dated += 1;
            }
            assert_eq!(game.drift(start, 0).number(), expected["end"].as_u64(), "{name}");
            let Some(found) = detente_study::find::dates::dates(game) else { continue };
            let movers = game.movers();
            let id = |mover: &MoverId| game.mover_id(&movers[mover.index()]);
            let levelled = game.option_form().unwrap().acts.iter().any(|a| a.bits > 1);
            for (phase, expected) in found.phases.iter().zip(expected["phases"].as_array().unwrap()) {
                assert_eq!(phase.until.as_deref(), expected["until"].as_str(), "{name}");
                assert_eq!(phase.from.number(), expected["state"].as_u64(), "{name}");
                assert_eq!(phase.drifts_to.number(), expected["drifts_to"].as_u64(), "{name}");
                if levelled {
                    continue;
                }
                let improvements = expected["improvements"].as_object().unwrap();
                assert_eq!(phase.improvements.len(), improvements.len(), "{name}");
                for (mover, ends) in &phase.improvements {
                    let ends: Vec<(u64, u64)> = ends
                        .iter()
                        .map(|(to, drift)| (to.number().unwrap(), drift.number().unwrap()))
                        .collect();
                    let expected: Vec<(u64, u64)> = improvements[&id(mover)]
                        .as_array()
                        .unwrap()
                        .iter()
                        .map(|end| (end["to"].as_u64().unwrap(), end["drifts_to"].as_u64().unwrap()))
                        .collect();
                    assert_eq!(ends, expected, "{name} {}", id(mover));
                }
            }
            if !levelled {
                let days = expected["last_day"].as_object().unwrap();
                assert_eq!(days.len(), found.last_day.len(), "{name}");
                for (mover, day) in &found.last_day {
                    assert_eq!(day.as_deref(), days[&id(mover)].as_str(), "{name} {}", id(mover));
                }
            }
        }
    }
    assert!(dated > 20, "{dated}");
}

/// How sure: shares over all models, with what they rest on.
#[test]
fn doubts_leave_the_expected_shares() {
    let (mut compared, mut for_want) = (0, 0);
    for at in 1..=60 {
        let name = format!("model_{at:04}");
        let conflict = case(&folder("random").join(format!("{name}.toml")));
        let report = json(&folder("random").join(format!("{name}.expected.json")));
        for (reading, conflict) in accounts(&conflict) {
            let expected = &report["readings"][&reading]["doubt"];
            if expected["exact"] == true {
                for_want += shares(&format!("{name} {reading}"), &conflict, expected);
                compared += 1;
            }
        }
    }
    assert!(compared > 40 && for_want > 0, "{compared} {for_want}");
}

/// Compares the shares of one report; how many of them rest on the want of a motive.
fn shares(of: &str, conflict: &Conflict, expected: &Value) -> usize {
    let mut for_want = 0;
    for question in &conflict.questions {
        let (Some(states), Some(expected)) = (&question.outcome, expected["shares"].get(&question.id)) else {
            continue;
        };
        let concept = question.concept.unwrap_or(Concept::Nash);
        let settings = SampleSettings {
            concepts: vec![concept],
            sequences: Sequences::Legal,
            targets: vec![states.clone()],
            given: vec![question.given.clone()],
            one_by_one: false,
        };
        let sampler = Sampler::new(conflict, settings, [0; 32], &Quiet).unwrap();
        let (tally, stopped) = sampler.enumerate(&Quiet).unwrap();
        assert_eq!(stopped, None);
        let motive = tally.motive[0][0];
        for (key, found) in [
            ("no_status_quo", tally.no_start),
            ("possible", tally.some[0][0]),
            ("certain", tally.all[0][0]),
            ("possible_by_motive", motive[0]),
            ("certain_by_motive", motive[1]),
            ("nothing_lasts", tally.nothing[0][0]),
        ] {
            let expected = expected[key].as_f64().unwrap();
            assert!(
                (found - expected).abs() < 1e-9,
                "{of} {}: {key} is {found}, not {expected}",
                question.id
            );
        }
        for_want += usize::from(expected["possible_for_want"].as_f64().unwrap() > 0.0);
    }
    for_want
}

/// The same of the flagship, whose reference shares were drawn: within four points of each other.
#[test]
fn the_flagships_doubts_leave_the_expected_shares() {
    let conflict = case(&folder("flagship").join("case.toml"));
    let report = json(&folder("flagship").join("expected.json"));
    let mut compared = 0;
    for (reading, conflict) in accounts(&conflict) {
        let expected = &report["runs"]["base"][&reading]["doubt"]["shares"];
        let asked: Vec<_> = conflict
            .questions
            .iter()
            .filter_map(|question| Some((question, question.outcome.clone()?, expected.get(&question.id)?)))
            .collect();
        let mut concepts: Vec<Concept> =
            asked.iter().map(|(question, ..)| question.concept.unwrap_or(Concept::Nash)).collect();
        concepts.sort_unstable();
        concepts.dedup();
        let settings = SampleSettings {
            concepts: concepts.clone(),
            sequences: Sequences::Legal,
            targets: asked.iter().map(|(_, states, _)| states.clone()).collect(),
            given: asked.iter().map(|(question, ..)| question.given.clone()).collect(),
            one_by_one: false,
        };
        let sampler = Sampler::new(&conflict, settings, [7; 32], &Quiet).unwrap();
        let tally = sampler.sample(0..4096, &Quiet).unwrap();
        for (at, (question, _, expected)) in asked.iter().enumerate() {
            let which = concepts.binary_search(&question.concept.unwrap_or(Concept::Nash)).unwrap();
            let motive = tally.motive[which][at];
            for (key, found) in [
                ("possible", tally.some[which][at]),
                ("certain", tally.all[which][at]),
                ("possible_by_motive", motive[0]),
                ("certain_by_motive", motive[1]),
                ("nothing_lasts", tally.nothing[which][at]),
            ] {
                let (found, expected) = (found / tally.models, expected[key].as_f64().unwrap());
                assert!(
                    (found - expected).abs() < 0.04,
                    "{reading} {}: {key} is {found}, not {expected}",
                    question.id
                );
                compared += 1;
            }
        }
    }
    assert!(compared > 50, "{compared}");
}

/// What becomes of answers without some of the evidence, and by what they are overturned.
#[test]
fn strikes_have_the_expected_consequences() {
    let conflict = case(&folder("flagship").join("case.toml"));
    let report = json(&folder("flagship").join("expected.json"));
    let mut compared = 0;
    for (variant, run) in report["runs"].as_object().unwrap() {
        let conflict = match variant.as_str() {
            "base" => conflict.clone(),
            id => conflict.with_variant(id).unwrap().unwrap(),
        };
        for (reading, conflict) in accounts(&conflict) {
            for question in conflict.questions.iter().filter(|q| !q.strike.is_empty()) {
                let expected = &run[&reading]["questions"][&question.id];
                let of = format!("{variant} {reading} {}", question.id);
                let settings = TrustSettings::default();
                let (conclusions, _, run) = strike(&conflict, &question.strike, &settings, &Quiet).unwrap();
                let at = conclusions.iter().position(|c| c.id == question.id).unwrap();
                let then = &run.after.unwrap().conclusions[at];
                assert_eq!(then.status.word(), expected["status"].as_str().unwrap(), "{of}");
                assert_eq!(then.by.map(Cause::word), expected["by"].as_str(), "{of}");
                compared += 1;
            }
        }
    }
    assert!(compared > 40, "{compared}");
    for (name, status) in [
        ("36-definition-struck", "overturned"),
        ("37-definition-open", "open"),
        ("38-struck-option-needed", "open"),
    ] {
        let conflict = case(&folder("tiny").join(format!("{name}.toml")));
        let question = &conflict.questions[0];
        let (conclusions, _, run) =
            strike(&conflict, &question.strike, &TrustSettings::default(), &Quiet).unwrap();
        let at = conclusions.iter().position(|c| c.id == question.id).unwrap();
        let found = match run.after {
            Ok(after) => after.conclusions[at].status.word(),
            Err(why) if why.is_open() => "open",
            Err(why) => panic!("{name}: {why:?}"),
        };
        assert_eq!(found, status, "{name}");
    }
}
