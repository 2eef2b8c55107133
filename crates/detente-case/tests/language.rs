//! The second part of the language: every conflict of `tests/language` is read as it is meant, switch by
//! switch, and what cannot be meant is an error.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};

use detente_case::read;
use detente_model::{Conflict, State, Switch, Values};
use serde_json::{Value, json};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/language").join(name)
}

fn cases(name: &str) -> Vec<PathBuf> {
    let files = fs::read_dir(folder(name)).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> =
        files.filter(|path| path.extension().is_some_and(|e| e == "toml")).collect();
    files.sort();
    files
}

fn problems(path: &Path) -> (Option<Conflict>, Vec<String>) {
    let found = read(&path.display().to_string(), &fs::read(path).unwrap());
    let errors = found.diagnostics.iter().filter(|d| d.is_error());
    (found.conflict, errors.map(|d| format!("{} {}", d.code, d.message)).collect())
}

fn good(path: &Path) -> Conflict {
    let (conflict, errors) = problems(path);
    conflict.unwrap_or_else(|| panic!("{}: {errors:#?}", path.display()))
}

fn level(values: &Values, at: usize) -> Value {
    match values {
        Values::Numbers(list) => json!(list[at]),
        Values::Names(list) => json!(list[at]),
    }
}

fn same(a: &Value, b: &Value) -> bool {
    a == b || a.as_f64().is_some() && a.as_f64() == b.as_f64()
}

/// The report of a conflict against what was read.
fn compare(conflict: &Conflict, report: &Value, of: &str) {
    let game = &conflict.game;
    let form = game.option_form().unwrap();
    let things: Vec<_> = game.things().collect();
    let switches = report["switches"].as_array().unwrap();
    assert_eq!(things.len(), switches.len(), "{of}");
    for (thing, expected) in things.iter().zip(switches) {
        assert_eq!(game.option_name(*thing), expected["id"].as_str().unwrap(), "{of}");
        let kind = match form.options[thing.index()].of {
            Switch::Option => "option",
            Switch::Act(_) => "act",
            Switch::Chance(_) => "chance",
        };
        assert_eq!(kind, expected["kind"].as_str().unwrap(), "{of}");
    }
    let bits = report["bits"].as_array().unwrap();
    assert_eq!(form.options.len(), bits.len(), "{of}");
    let mut expected_movers = Vec::new();
    for mover in report["movers"].as_array().unwrap() {
        expected_movers.push(mover["id"].as_str().unwrap().to_owned());
    }
    let movers: Vec<String> = game.movers().iter().map(|mover| game.mover_id(mover)).collect();
    // The literal program has one mover for all levels of an act.
    let levelled = form.acts.iter().any(|act| form.scale_of(act.first).is_some());
    if !levelled {
        assert_eq!(movers, expected_movers, "{of}");
    }
    if let Some(status_quo) = report["status_quo"].as_u64() {
        assert_eq!(game.status_quo.as_ref().unwrap_or(&State::default()).number(), Some(status_quo), "{of}");
    }
    let count = 1_u64 << form.options.len();
    let feasible = (0..count).filter(|n| form.broken_rule(&State::from_number(*n)).is_none()).count();
    assert_eq!(Some(feasible as u64), report["feasible"].as_u64(), "{of}");
    for (number, values) in report["states"].as_object().unwrap() {
        let state = State::from_number(number.parse().unwrap());
        assert_eq!(form.broken_rule(&state), None, "{of} {number}");
        for (thing, expected) in things.iter().zip(switches) {
            let found = match form.scale_of(*thing) {
                None => json!(state.is_on(*thing)),
                Some(scale) => scale.value(&state).map_or(json!(false), |at| level(&scale.values, at)),
            };
            let there = &values[expected["id"].as_str().unwrap()];
            assert!(same(&found, there), "{of} {number} {found} {there}");
        }
    }
    if let Some(drift) = report["deadlines"]["drift"].as_array() {
        let found: Vec<Value> = game.deadlines_ahead().map(|d| json!([d.id, d.on])).collect();
        let there: Vec<Value> = drift.iter().map(|d| json!([d["deadline"], d["on"]])).collect();
        assert_eq!(found, there, "{of}");
        let from = game.status_quo.clone().unwrap_or_default();
        assert_eq!(game.drift(&from, 0).number(), report["deadlines"]["end"].as_u64(), "{of}");
    }
}

#[test]
fn random_models_are_read_switch_by_switch() {
    let cases = cases("random");
    assert_eq!(cases.len(), 60);
    for path in cases {
        let conflict = good(&path);
        let expected = path.with_extension("expected.json");
        let expected: Value = serde_json::from_str(&fs::read_to_string(expected).unwrap()).unwrap();
        let report = &expected["readings"]["all"];
        compare(&conflict, report, &path.display().to_string());
    }
}

#[test]
fn conflicts_of_one_idea_are_read_or_say_what_is_wrong() {
    let cases = cases("tiny");
    assert!(cases.len() >= 48);
    let wrong = [("08", "E0523"), ("12", "E0524"), ("15", "E0525"), ("39", "E0522")];
    for path in cases {
        let name = path.file_name().unwrap().to_str().unwrap();
        let (conflict, errors) = problems(&path);
        match wrong.iter().find(|(number, _)| name.starts_with(&format!("{number}-"))) {
            None => assert!(conflict.is_some(), "{name}: {errors:#?}"),
            Some((_, code)) => {
                assert!(
                    conflict.is_none() && errors.len() == 1 && errors[0].starts_with(code),
                    "{name}: {errors:#?}"
                );
            }
        }
    }
}

#[test]
fn the_flagship_is_read_in_all_its_readings_and_variants() {
    let conflict = good(&folder("flagship/case.toml"));
    let expected = fs::read_to_string(folder("flagship/expected.json")).unwrap();
    let expected: Value = serde_json::from_str(&expected).unwrap();
    let accounts = conflict.accounts().unwrap();
    for (variant, runs) in expected["runs"].as_object().unwrap() {
        let here = match variant.as_str() {
            "base" => conflict.clone(),
            id => conflict.with_variant(id).unwrap().unwrap(),
        };
        let runs = runs.as_object().unwrap();
        assert_eq!(runs.len(), accounts.len());
        for (account, (id, report)) in accounts.iter().zip(runs) {
            assert_eq!(&account.id, id);
            let claims = account.strikes.iter().map(|c| conflict.evidence.claims[c.index()].id.clone());
            let strike = detente_model::Strike { claims: claims.collect(), ..Default::default() };
            compare(&here.without(&strike).unwrap(), report, &format!("{variant} {id}"));
        }
    }
}
