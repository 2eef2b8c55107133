//! The questions of the flagship, answered by `solve`: who alone, who together, and on whose word.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

fn solve(case: &str, extra: &[&str]) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_detente"))
        .args(["solve", case, "--format", "json", "--quiet"])
        .args(extra)
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn question(answer: &Value, id: &str) -> Value {
    let all = answer["questions"].as_array().unwrap();
    all.iter().find(|q| q["id"] == id).unwrap_or_else(|| panic!("no question {id}")).clone()
}

fn says(question: &Value, parts: &[&str]) {
    let text = question["text"].as_str().unwrap();
    for part in parts {
        assert!(text.contains(part), "no “{part}” in: {text}");
    }
}

const FLAGSHIP: &str = "cases/south-caucasus-2023";

#[test]
fn who_can_move_from_the_status_quo() {
    let movers = question(&solve(FLAGSHIP, &[]), "movers");
    assert_eq!(movers["answer"], "yes");
    // Alone nobody; az+am to 1826; with ru also to 1570; with the West to a peace that holds.
    assert_eq!(movers["states"], json!([1570, 1826, 3857, 3861, 3921, 3925, 4049, 4053]));
    says(
        &movers,
        &[
            "Nobody alone has reason to leave “Today”.",
            "Together: Azerbaijan and Armenia, to “Moscow deal”; ",
            "Azerbaijan, Armenia and Russia, to “Another Moscow deal” or “Moscow deal”; ",
            "Azerbaijan, Armenia and the West, to “Another agreement that holds” (5 such) or “Western peace, guaranteed”.",
        ],
    );
}

#[test]
fn who_can_leave_the_peace_and_whether_that_breaks_it() {
    let blockers = question(&solve(FLAGSHIP, &[]), "blockers");
    assert_eq!((&blockers["answer"], &blockers["states"]), (&json!("partly"), &json!([4053])));
    says(
        &blockers,
        &[
            "Alone: nobody has a reason to leave “Western peace, guaranteed”.",
            "Together: Azerbaijan and Russia, to “Side deal” (2 such); Azerbaijan, Armenia and Russia, to",
            "Azerbaijan, Russia and the West, to “Side deal” (2 such).",
            "None of these breaks it",
            "none of that would last",
        ],
    );
    // Where nothing holds, that is the answer.
    let alone = question(&solve(FLAGSHIP, &["--variant", "article-only"]), "blockers");
    says(&alone, &["None of the", "lasts"]);
}

#[test]
fn what_the_answer_is_worth_without_the_authors_assessments() {
    let trust = question(&solve(FLAGSHIP, &[]), "trust");
    assert_eq!(trust["answer"], "partly");
    says(
        &trust,
        &[
            "704 possible outcomes, of which 52 last",
            "Armenia",
            "What makes “Guarantee the agreement” necessary rests on what is struck alone",
            "c13, c17",
        ],
    );
}

#[test]
fn what_breaks_an_outcome_is_called_so() {
    let elmira = solve("cases/elmira", &[]);
    let end =
        elmira["questions"].as_array().unwrap().iter().find(|q| q["kind"] == "blockers").unwrap().clone();
    assert_eq!(end["answer"], "yes");
    says(
        &end,
        &["Ministry of the Environment and Uniroyal, to “A modified order, accepted”. That breaks it."],
    );
}

#[test]
fn what_cannot_be_computed_names_what_can() {
    for kind in ["price", "view"] {
        let answer = solve(FLAGSHIP, &[]);
        let open =
            answer["questions"].as_array().unwrap().iter().find(|q| q["kind"] == kind).unwrap().clone();
        if open["answer"] == "not_computed" {
            let text = open["text"].as_str().unwrap();
            assert!(text.contains("This version") || text.contains("`detente "), "{text}");
        }
    }
}
