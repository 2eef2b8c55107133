//! Bounds on time, memory and work: status 3, and what was stopped is named in words and as data.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

fn detente(args: &[&str]) -> Output {
    let output = Command::new(env!("CARGO_BIN_EXE_detente")).args(args).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!said.contains("panicked"), "{args:?}: {said}");
    output
}

/// A random case without rules in a file of its own.
fn case(folder: &Path, options: usize, locality: usize) -> String {
    let (options, locality) = (options.to_string(), locality.to_string());
    let args = ["generate", "--actors", "3", "--options", &options, "--rules", "0", "--locality", &locality];
    let path = folder.join(format!("{options}.toml"));
    fs::write(&path, detente(&args).stdout).unwrap();
    path.display().to_string()
}

/// The answer as data, which must obey its schema.
fn json(output: &Output) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schema/solve.schema.json");
    let schema = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let value: Value = serde_json::from_slice(&output.stdout).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<String> = validator.iter_errors(&value).map(|e| e.to_string()).collect();
    assert!(errors.is_empty(), "{errors:?}");
    value
}

/// The only limit, each of whose parts says something; `exact` may be empty.
fn limit(value: &Value) -> (String, String, String, String) {
    let limits = value["limits"].as_array().unwrap();
    assert_eq!(limits.len(), 1, "{limits:?}");
    let part = |key: &str| limits[0][key].as_str().unwrap().to_owned();
    let (what, limit, reached, exact) = (part("what"), part("limit"), part("reached"), part("exact"));
    assert!(!what.is_empty() && !limit.is_empty() && !reached.is_empty(), "{limits:?}");
    (what, limit, reached, exact)
}

#[test]
fn a_bound_on_memory() {
    let folder = tempfile::tempdir().unwrap();
    let case = case(folder.path(), 20, 4);
    let args = ["solve", &case, "--engine", "explicit", "--max-memory", "1M"];
    let output = detente(&args);
    assert_eq!(output.status.code(), Some(3));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("1 MiB") && said.contains("--max-memory") && output.stdout.is_empty(), "{said}");
    let output = detente(&[&args[..], &["--format", "json"]].concat());
    assert_eq!(output.status.code(), Some(3));
    let (what, bound, reached, exact) = limit(&json(&output));
    assert_eq!((bound.as_str(), exact.as_str()), ("1 MiB", ""));
    assert!(what.contains("stability") && reached.contains("MiB"), "{what}; {reached}");
}

#[test]
fn a_bound_on_time() {
    let folder = tempfile::tempdir().unwrap();
    let case = case(folder.path(), 20, 4);
    let output = detente(&["solve", &case, "--engine", "explicit", "--max-time", "0s", "--format", "json"]);
    assert_eq!(output.status.code(), Some(3));
    assert_eq!(limit(&json(&output)).1, "0 s");
}

/// `sim` has no good bound on its work: it has one of its own, and the other concepts stay exact.
#[test]
fn a_bound_on_the_work_of_sim() {
    let flagship = "../../cases/south-caucasus-2023";
    let args = ["solve", flagship, "--concept", "nash,sim", "--format", "json"];
    let whole = json(&detente(&args));
    assert_eq!(whole["limits"].as_array().unwrap().len(), 0);
    assert!(whole["equilibria"]["sim"].is_object());
    let output = detente(&[&args[..], &["--max-work", "300"]].concat());
    assert_eq!(output.status.code(), Some(3));
    let cut = json(&output);
    let (what, bound, _, exact) = limit(&cut);
    assert!(what.contains("sim"), "{what}");
    assert!(bound.contains("300 combinations"), "{bound}");
    assert!(exact.contains("nash"), "{exact}");
    assert_eq!(cut["equilibria"]["nash"], whole["equilibria"]["nash"]);
    assert!(cut["equilibria"]["sim"].is_null(), "what was not finished is not shown as if it were");
    let table = detente(&["solve", flagship, "--concept", "nash,sim", "--max-work", "300"]);
    assert_eq!(table.status.code(), Some(3));
    let said = String::from_utf8([table.stdout, table.stderr].concat()).unwrap();
    assert!(said.contains("300 combinations"), "{said}");
}

/// More states than fit a number of 64 bits, or nearly: counted, not multiplied blindly.
#[test]
fn more_states_than_any_machine_number() {
    let folder = tempfile::tempdir().unwrap();
    for options in [58, 61, 63, 64, 65] {
        let case = case(folder.path(), options, options);
        let output = detente(&["solve", &case, "--concept", "nash", "--max-time", "20s", "--format", "json"]);
        assert!(matches!(output.status.code(), Some(0 | 3)), "{options}");
        let value = json(&output);
        if output.status.code() == Some(0) {
            assert_eq!(value["feasible"]["count"], (1_u128 << options).to_string());
        }
    }
}

/// The table of coalitions asks for the time between concepts and inside them: it ends in time, and what it has is
/// what the whole table has.
#[test]
fn a_table_of_coalitions_ends_in_time_and_is_exact_as_far_as_it_goes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("case.toml");
    let args =
        ["generate", "--actors", "6", "--options", "17", "--statements", "6", "--rules", "2", "--seed", "5"];
    std::fs::write(&path, detente(&args).stdout).unwrap();
    let case = path.to_str().unwrap();
    let output = detente(&["coalitions", case, "--max-time", "2s", "--format", "json"]);
    assert_eq!(output.status.code(), Some(3), "{}", String::from_utf8_lossy(&output.stderr));
    let value: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let limits = value["limits"].as_array().unwrap();
    assert_eq!((limits.len(), &limits[0]["limit"]), (1, &"2 s".into()));
    assert_eq!(limits[0]["exact"], "what is shown");
    // C-Nash of what is there, by the method for cases of any size.
    let whole = detente(&["coalitions", case, "--concept", "c-nash", "--format", "json"]);
    let whole: serde_json::Value = serde_json::from_slice(&whole.stdout).unwrap();
    let rows = |value: &serde_json::Value| value["table"]["c-nash"].as_object().unwrap().clone();
    let (part, whole) = (rows(&value), rows(&whole));
    assert!(!part.is_empty() && whole.len() == 63, "{} of {}", part.len(), whole.len());
    for (who, set) in part {
        assert_eq!(set["count"], whole[&who]["count"], "{who}");
    }
    let words = String::from_utf8(detente(&["coalitions", case, "--max-time", "2s"]).stdout).unwrap();
    assert!(words.contains("A bound was hit: stability for every coalition: stopped at 2 s"), "{words}");
}
