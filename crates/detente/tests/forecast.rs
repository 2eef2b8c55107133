//! `detente forecast`: the ledger through the program, and the flagship's own ledger.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

fn detente(args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_detente"));
    command.args(args).current_dir(root()).env_remove("SOURCE_DATE_EPOCH").output().unwrap()
}

fn out(args: &[&str]) -> String {
    let output = detente(args);
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn refused(args: &[&str], status: i32, why: &str) {
    let output = detente(args);
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(status), "{args:?}: {told}");
    assert!(told.contains(why), "{args:?}: {told}");
}

fn json(args: &[&str]) -> Value {
    let mut args = args.to_vec();
    args.extend(["--format", "json"]);
    serde_json::from_str(&out(&args)).unwrap()
}

fn record<'a>(ledger: &'a str, id: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    let mut args = vec!["forecast", "record", ledger, "--id", id, "--question", "Will it happen?"];
    args.extend(["--by", "2099-12-31", "--at", "2026-01-01"]);
    args.extend(more);
    args
}

const SOURCE: [&str; 6] = ["--at", "2026-03-01", "--source", "It did", "--dated", "2026-02-03"];

#[test]
fn a_forecast_from_its_writing_to_its_score() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("l.jsonl");
    let ledger = path.to_str().unwrap();
    let said = out(&record(ledger, "a", &["--yes", "70%", "--author", "A. N."]));
    assert!(said.contains("70 %") && said.contains("given by hand"), "{said}");
    let entry =
        json(&record(ledger, "b", &["--answer", "war=0.2", "--answer", "peace=0.5", "--rest", "neither"]));
    assert_eq!(entry["says"]["forecast"]["answers"][2]["probability"], 0.3);
    assert_eq!(entry["entry"], 2);
    let score = out(&["forecast", "score", ledger]);
    assert!(score.contains("2 forecasts, none of them resolved"), "{score}");
    let mut resolve = vec!["forecast", "resolve", ledger, "a", "--answer", "yes"];
    resolve.extend(SOURCE);
    assert!(out(&resolve).contains("settled on 3 February 2026"));
    refused(&resolve, 2, "is resolved already: entry 3 says `yes`");
    resolve[3] = "c";
    refused(&resolve, 2, "the ledger has no forecast `c`");
    let score = json(&["forecast", "score", ledger]);
    assert_eq!(score["foresight"]["forecasts"], 1);
    assert_eq!(score["hindsight"], Value::Null);
    assert!((score["foresight"]["brier"].as_f64().unwrap() - 0.18).abs() < 1e-12);
    let words = out(&["forecast", "score", ledger]);
    assert!(words.contains("Too few to say.") && words.contains("1 forecast is resolved"), "{words}");
    let void =
        ["forecast", "resolve", ledger, "b", "--void", "No such country any more", "--at", "2026-03-01"];
    assert!(out(&void).contains("will not be scored"));
    let back = ["forecast", "resolve", ledger, "b", "--withdraw", "It is there", "--at", "2026-03-01"];
    assert!(out(&back).contains("open again: entry 4 is taken back"));
    assert!(out(&["forecast", "verify", ledger]).contains("All seals of 5 entries fit"));
}

#[test]
fn a_time_to_come_is_refused_and_the_ledger_stays_open() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("l.jsonl");
    let ledger = path.to_str().unwrap();
    let mut ahead = record(ledger, "a", &["--yes", "0.5"]);
    let at = ahead.iter().position(|arg| *arg == "--at").unwrap();
    ahead[at + 1] = "2099-01-01";
    refused(&ahead, 2, "2099-01-01T00:00:00Z, is still to come");
    assert!(!path.exists());
    out(&record(ledger, "a", &["--yes", "0.5"]));
    refused(&ahead, 2, "a forecast `a` already");
    ahead[4] = "b";
    refused(&ahead, 2, "is still to come");
    out(&record(ledger, "b", &["--yes", "0.5"]));
}

#[test]
fn changed_line_ends_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("l.jsonl");
    let ledger = path.to_str().unwrap();
    out(&record(ledger, "a", &["--yes", "0.5"]));
    let text = fs::read_to_string(&path).unwrap().replace('\n', "\r\n");
    fs::write(&path, &text).unwrap();
    let verify = detente(&["forecast", "verify", ledger]);
    assert_eq!(verify.status.code(), Some(1));
    let words = String::from_utf8(verify.stdout).unwrap();
    assert!(words.contains("line ends are CR LF") && words.contains("dos2unix"), "{words}");
    assert!(!words.contains("Broken at entry"), "{words}");
    let value = detente(&["forecast", "verify", ledger, "--format", "json"]);
    let value: Value = serde_json::from_slice(&value.stdout).unwrap();
    assert_eq!(value["broken"]["fault"], "line_ends", "{value}");
    refused(&record(ledger, "b", &["--yes", "0.5"]), 1, "not as it was sealed");
    assert_eq!(fs::read_to_string(&path).unwrap(), text, "it is left alone");
}

#[test]
fn verify_names_the_entry_and_knows_a_head() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("l.jsonl");
    let ledger = path.to_str().unwrap();
    let heads: Vec<String> = ["a", "b", "c"]
        .iter()
        .map(|id| json(&record(ledger, id, &["--yes", "0.5"]))["seal"].as_str().unwrap().to_owned())
        .collect();
    let verify = |head: &str| json(&["forecast", "verify", ledger, "--head", head]);
    assert_eq!(verify(&heads[2])["known"]["entry"], 3);
    assert_eq!(verify(&heads[1]["sha256:".len()..][..16])["known"]["entry"], 2);
    let whole = fs::read(&path).unwrap();
    let second = whole.split_inclusive(|b| *b == b'\n').take(2).collect::<Vec<_>>().concat();
    fs::write(&path, &second).unwrap();
    assert!(out(&["forecast", "verify", ledger]).contains("cut off at the end"));
    let cut = detente(&["forecast", "verify", ledger, "--head", &heads[2]]);
    assert_eq!(cut.status.code(), Some(1));
    assert!(String::from_utf8(cut.stdout).unwrap().contains("Not the ledger that you know"));
    let mut changed = whole;
    let place = second.len() + 20;
    changed[place] ^= 1;
    fs::write(&path, &changed).unwrap();
    let broken = detente(&["forecast", "verify", ledger]);
    assert_eq!(broken.status.code(), Some(1));
    let words = String::from_utf8(broken.stdout).unwrap();
    assert!(words.contains("Broken at entry 3"), "{words}");
    refused(&record(ledger, "d", &["--yes", "0.5"]), 1, "is broken at entry 3");
    assert_eq!(fs::read(&path).unwrap(), changed, "a broken ledger is left alone");
}

#[test]
fn wrong_arguments_are_refused_and_nothing_is_made() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("l.jsonl");
    let ledger = path.to_str().unwrap();
    let case = "cases/south-caucasus-2023-solo";
    for (more, why) in [
        (vec!["--yes", "1.2"], "it lies between 0 and 1"),
        (vec!["--yes", "holds"], "name the case with --case"),
        (vec!["--answer", "a=0.5", "--answer", "b=0.6"], "add up to more than 1"),
        (vec!["--answer", "a=0.5", "--answer", "b=0.4"], "add up to 0.9, not to 1"),
        (vec!["--answer", "a"], "`a` has no value"),
        (vec!["--yes", "hold", "--case", case], "did you mean `holds`?"),
        (
            vec!["--answer", "a=signed", "--rest", "b", "--answer", "c=moscow-deal", "--case", case],
            "--measure",
        ),
        (
            vec!["--answer", "a=signed", "--answer", "b=holds", "--case", case, "--measure", "end"],
            "only one can come true",
        ),
        (
            vec!["--answer", "a=signed", "--answer", "b=moscow-deal", "--case", case, "--measure", "end"],
            "add --rest",
        ),
        (vec!["--yes", "signed", "--case", case, "--variant", "nowhere"], "has no variant `nowhere`"),
    ] {
        refused(&record(ledger, "x", &more), 2, why);
    }
    let past =
        ["forecast", "record", ledger, "--id", "x", "--question", "?", "--by", "2020-01-01", "--yes", "0.5"];
    refused(&past, 2, "add --hindsight");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    refused(&["forecast", "score", ledger], 2, "there is no ledger");
    let folder = folder.path().to_str().unwrap();
    refused(&record(folder, "x", &["--yes", "0.5"]), 1, "is not a regular file");
}

/// Two programs at once: what both were told is in the ledger, and it holds.
#[test]
fn two_programs_at_once_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("l.jsonl");
    let ledger = path.to_str().unwrap();
    let ids: Vec<String> = (0..8).map(|k| format!("f{k}")).collect();
    let children: Vec<_> = ids
        .iter()
        .map(|id| {
            let args = record(ledger, id, &["--yes", "0.5"]);
            Command::new(env!("CARGO_BIN_EXE_detente")).args(args).spawn().unwrap()
        })
        .collect();
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    let verified = json(&["forecast", "verify", ledger]);
    assert_eq!((&verified["holds"], &verified["ledger"]["entries"]), (&Value::from(true), &Value::from(8)));
}

/// Where all models are looked at, the probability is the sum of their chances: 0.9 · 0.8 by hand.
#[test]
fn computed_probabilities_agree_with_a_case_solved_by_hand() {
    let folder = tempfile::tempdir().unwrap();
    let case = folder.path().join("c.toml");
    let wish = |that: &str, sure: &str| {
        format!("[[actor.a.prefers]]\nthat = \"{that}\"\nconfidence = {sure}\nassumption = true\n")
    };
    let text = format!(
        "format = 1\n[case]\ntitle = \"t\"\nas_of = 2025-05-05\n[actor.a]\nname = \"A\"\n[actor.a.option]\no = \"O\"\np = \"P\"\n\
         [status_quo]\non = []\n{}{}",
        wish("a.o", "0.9"),
        wish("not a.p", "0.8")
    );
    fs::write(&case, text).unwrap();
    let path = folder.path().join("l.jsonl");
    let (ledger, case) = (path.to_str().unwrap(), case.to_str().unwrap());
    let chance = |id: &str, measure: &str, outcome: &str| {
        let entry = json(&record(ledger, id, &["--case", case, "--measure", measure, "--yes", outcome]));
        let forecast = &entry["says"]["forecast"];
        assert_eq!(forecast["basis"]["case"]["method"]["exact"]["models"], 4);
        assert_eq!(forecast["as_of"], "2025-05-05");
        forecast["answers"][0]["probability"].as_f64().unwrap()
    };
    // The wish for `o` stands: all equilibria have it. Else its contrary is wanted: none has.
    assert_eq!(chance("all", "all", "a.o"), 0.9);
    assert_eq!(chance("some", "some", "a.o"), 0.9);
    assert_eq!(chance("drawn", "drawn", "a.o"), 0.9);
    assert_eq!(chance("not", "all", "not a.p"), 0.8);
    // From nothing the walk ends at `o` alone when that is wanted, and `p` is not.
    assert_eq!(chance("end", "end", "on:a.o"), 0.72);
    let answers = ["--answer", "both=on:a.o,a.p", "--answer", "one=on:a.o", "--rest", "none"];
    let mut more = vec!["--case", case, "--measure", "drawn"];
    more.extend(answers);
    let entry = json(&record(ledger, "three", &more));
    let p = |at: usize| entry["says"]["forecast"]["answers"][at]["probability"].as_f64().unwrap();
    // o is wanted in 0.9, not p in 0.8: both = 0.9 · 0.2, one = 0.9 · 0.8.
    assert_eq!((p(0), p(1), p(2)), (0.18, 0.72, 0.1));
}

fn without_seals(ledger: &str) -> Vec<Value> {
    let strip = |line: &str| {
        let mut value: Value = serde_json::from_str(line).unwrap();
        let entry = value.as_object_mut().unwrap();
        for key in ["program", "previous", "seal"] {
            assert!(entry.remove(key).is_some());
        }
        value
    };
    ledger.lines().map(strip).collect()
}

/// The flagship's ledger holds, and its script makes the same entries again. A new version of the program or
/// the case: run `scripts/forecasts`.
#[test]
fn the_flagships_ledger_is_what_its_script_writes() {
    let kept = root().join("cases/south-caucasus-2023-solo/forecasts.jsonl");
    let folder = tempfile::tempdir().unwrap();
    let made = folder.path().join("forecasts.jsonl");
    let script = Command::new(root().join("scripts/forecasts"))
        .arg(&made)
        .env("DETENTE", env!("CARGO_BIN_EXE_detente"))
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert!(script.status.success(), "{}", String::from_utf8_lossy(&script.stderr));
    let (made, old) = (fs::read_to_string(made).unwrap(), fs::read_to_string(&kept).unwrap());
    assert_eq!(without_seals(&made), without_seals(&old), "run scripts/forecasts");
    let version = format!("\"version\":\"{}\"", env!("CARGO_PKG_VERSION"));
    if old.lines().all(|line| line.contains(&version)) {
        assert_eq!(made, old);
    }
    let kept = kept.to_str().unwrap();
    assert_eq!(json(&["forecast", "verify", kept])["holds"], true);
    let score = json(&["forecast", "score", kept]);
    assert_eq!(score["foresight"], Value::Null, "the case was written with hindsight");
    assert_eq!(
        score["hindsight"]["forecasts"].as_u64(),
        score["forecasts"].as_array().map(|f| f.len() as u64)
    );
    assert_eq!(score["hindsight"]["enough"], false);
    let words = out(&["forecast", "score", kept]);
    assert!(words.contains("No evidence of foresight.") && words.contains("hindsight"), "{words}");
    let picture = out(&["forecast", "score", kept, "--format", "svg"]);
    assert!(picture.starts_with("<svg ") && picture.contains("(hindsight)") && picture.ends_with("</svg>\n"));
}
