//! The reasons as people read them, held by snapshots: the flagship and two published cases, each concept,
//! stable and not. With `INSTA_UPDATE=always` they are written instead of compared.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::Path;
use std::process::Command;

use serde_json::Value;

fn explain(case: &str, state: &str, extra: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_detente"))
        .args(["explain", case, "--state", state, "--quiet"])
        .args(extra)
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."))
        .env("COLUMNS", "100")
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

const ALL: [&str; 2] = ["--concept", "all"];

#[test]
fn the_flagship() {
    for (name, state) in [
        ("today", "sq"),
        ("peace", "4053"),
        ("agreement", "4049"),
        ("hindered", "2001"),
        ("side-deal", "3281"),
    ] {
        insta::assert_snapshot!(
            format!("flagship-{name}"),
            explain("cases/south-caucasus-2023-solo", state, &ALL)
        );
    }
}

#[test]
fn two_published_cases() {
    for (name, state) in [("nothing", "0"), ("withdrawn", "4"), ("strike", "5")] {
        insta::assert_snapshot!(format!("cuba-{name}"), explain("cases/cuban-missile-1962", state, &ALL));
    }
    for (name, state) in [("delay", "sq"), ("deadlock", "18"), ("modified", "#10")] {
        insta::assert_snapshot!(format!("elmira-{name}"), explain("cases/elmira", state, &ALL));
    }
}

/// Read by somebody who never heard of the theory: no ids of options, no formula, no bare state number,
/// whatever the outcome; and both verdicts occur under every concept.
#[test]
fn reasons_have_words_only() {
    let (mut stable, mut open) = (std::collections::BTreeSet::new(), std::collections::BTreeSet::new());
    for (case, states) in [
        (
            "cases/south-caucasus-2023-solo",
            ["sq", "1826", "4053", "4049", "2001", "3281", "1800", "1570"].as_slice(),
        ),
        ("cases/cuban-missile-1962", &["0", "4", "5", "6"]),
        ("cases/elmira", &["sq", "18", "21"]),
        ("cases/north-korea-2017", &["0", "5"]),
    ] {
        for state in states {
            let found: Value =
                serde_json::from_str(&explain(case, state, &["--concept", "all", "--format", "json"]))
                    .unwrap();
            for certificate in found["certificates"].as_array().unwrap() {
                let text = certificate["text"].as_str().unwrap();
                for symbol in ["≻", "&", "|", "->", "_", "  ", " ,", "..", "The West is still better"] {
                    assert!(!text.contains(symbol), "{case} {state}: “{symbol}” in: {text}");
                }
                let word =
                    |word: &str| word.split_once('.').is_some_and(|(a, b)| !a.is_empty() && b.len() > 1);
                assert!(!text.split(' ').any(word), "an id in: {text}");
                // The only numbers that say something are numbers of moves.
                let mut words = text.split(' ').peekable();
                while let Some(word) = words.next() {
                    let counts = words.peek().is_some_and(|next| next.starts_with("moves"));
                    assert!(counts || !word.contains(|c: char| c.is_ascii_digit()), "a number in: {text}");
                }
                let concept = certificate["concept"].as_str().unwrap().to_owned();
                if certificate["stable"] == true { &mut stable } else { &mut open }.insert(concept);
            }
        }
    }
    assert_eq!((stable.len(), open.len()), (6, 6), "{stable:?} {open:?}");
}
