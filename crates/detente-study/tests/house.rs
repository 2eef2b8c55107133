//! The house keeps its walls: what may know what, read off the sources.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The sources below `folder` with this ending, tests left out, as (path, code without comments).
fn sources(folder: &str, ending: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut open = vec![root().join(folder)];
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        } else if path.extension().is_some_and(|end| end == ending) && path.file_stem().unwrap() != "tests" {
            let text = fs::read_to_string(&path).unwrap();
            // What stands behind `#[cfg(test)]` at the end of a file is its test.
            let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
            let lines = code
                .lines()
                .filter(|line| !["//", "/*", "*"].iter().any(|mark| line.trim_start().starts_with(mark)));
            found.push((path.display().to_string(), lines.collect::<Vec<_>>().join("\n")));
        }
    }
    assert!(!found.is_empty(), "there is nothing below {folder}");
    found
}

/// Fails with every place in which one of `words` stands.
fn never(folder: &str, ending: &str, words: &[&str], why: &str) {
    let mut broken = Vec::new();
    for (path, code) in sources(folder, ending) {
        for (at, line) in code.lines().enumerate() {
            if let Some(word) = words.iter().find(|word| line.contains(**word)) {
                broken.push(format!("{path}, about line {}: `{word}` in: {}", at + 1, line.trim()));
            }
        }
    }
    assert!(broken.is_empty(), "{why}:\n{}", broken.join("\n"));
}

#[test]
fn facts_know_no_sentences() {
    never("crates/detente-study/src/find", "rs", &["crate::say", "super::say"], "find/ has answers as types");
}

#[test]
fn sentences_compute_no_verdicts() {
    never(
        "crates/detente-study/src/say",
        "rs",
        &["detente_engine::solve(", "engine::solve;", "solve(&"],
        "say/ tells what was found; solving is for find/ and Study",
    );
}

#[test]
fn model_and_engine_know_no_surroundings() {
    let words = [
        "std::fs",
        "std::io",
        "std::env",
        "std::net",
        "std::process",
        "Instant",
        "SystemTime",
        "println!",
        "eprintln!",
    ];
    for folder in ["crates/detente-model/src", "crates/detente-engine/src"] {
        never(folder, "rs", &words, "model and engine know no file, no terminal and no clock");
    }
    never(
        "crates/detente-engine/src",
        "rs",
        &["detente_study", "detente_ledger"],
        "the engine knows no words",
    );
}

#[test]
fn reading_knows_no_surroundings() {
    let words =
        ["std::fs", "std::io", "std::env", "std::net", "std::process", "Instant", "SystemTime", "println!"];
    never("crates/detente-read/src", "rs", &words, "reading knows no file, no terminal and no clock");
}

#[test]
fn the_library_talks_to_nobody() {
    for folder in ["crates/detente-study/src", "crates/detente-ledger/src"] {
        let words = ["println!", "eprintln!", "axum", "tokio", "clap", "std::env::", "indicatif"];
        never(folder, "rs", &words, "only the program talks to terminals and browsers");
    }
}

#[test]
fn one_way_from_a_case_to_its_verdicts() {
    let words = ["detente_engine::solve(", "detente_engine::solve;"];
    for folder in ["crates/detente/src/cli", "crates/detente/src/server"] {
        never(folder, "rs", &words, "the program solves by detente_study::Study");
    }
}

#[test]
fn the_server_and_the_page_hold_no_sentence_about_stability() {
    let words = [
        "no reason to leave",
        "has no reason",
        "would leave",
        "reason to leave",
        "held back",
        "can answer",
        "step to answer",
        "sanction",
        "better off",
        "stable for",
        "rests on the logic",
    ];
    never("crates/detente/src/server", "rs", &words, "sentences about stability are made in say/");
    // The page has headings and labels of its own, and no sentence: what somebody would do at an outcome, what becomes
    // of it, what a coalition gains, what a concept means and on what a reason rests come with the answer.
    let words = [
        words.as_slice(),
        &[
            "someone would leave",
            "someone leaves",
            "obody alone",
            "} stays",
            "allStay",
            "joint improvement",
            "ogether would",
            "gains what",
            "metarational",
            "of runs",
            "restsOnClaims",
            "holds without support",
        ],
    ]
    .concat();
    for ending in ["ts", "svelte"] {
        never("web/src", ending, &words, "the page shows what the server says");
    }
}

#[test]
fn every_crate_has_a_readme() {
    for entry in fs::read_dir(root().join("crates")).unwrap() {
        let folder = entry.unwrap().path();
        let text = fs::read_to_string(folder.join("README.md"))
            .unwrap_or_else(|_| panic!("{} has no README.md", folder.display()));
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        assert!(
            text.starts_with(&format!("# {name}\n")),
            "the README of {name} does not begin with its name"
        );
    }
}

/// The code map of ARCHITECTURE.md names every crate, and every folder and file at the root of the libraries.
#[test]
fn the_code_map_is_complete() {
    let map = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let named: BTreeSet<&str> = map.split(|c: char| !(c.is_alphanumeric() || "-_/.".contains(c))).collect();
    let mut names: Vec<String> = Vec::new();
    for folder in [
        "crates",
        "crates/detente-model/src",
        "crates/detente-study/src",
        "crates/detente-engine/src",
        "crates/detente-case/src",
    ] {
        for entry in fs::read_dir(root().join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            if path.is_dir() {
                names.push(format!("{name}/"));
            } else if name != "lib" {
                names.push(name);
            }
        }
    }
    let missing: Vec<&String> = names.iter().filter(|name| !named.contains(name.as_str())).collect();
    assert!(missing.is_empty(), "the code map of ARCHITECTURE.md does not name {missing:?}");
}

/// Every path that ARCHITECTURE.md names in code is there, from the root or below the sources of a crate.
#[test]
fn every_path_of_the_architecture_is_there() {
    let map = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let mut places = vec![root()];
    for entry in fs::read_dir(root().join("crates")).unwrap() {
        let folder = entry.unwrap().path();
        places.extend([folder.join("src"), folder]);
    }
    for folder in ["detente-engine/src", "detente-case/src", "detente-study/src"] {
        places.push(root().join("crates").join(folder).join("symbolic"));
    }
    let there = |path: &str| {
        places.iter().any(|place| {
            let at = place.join(path);
            at.exists() || at.with_extension("rs").is_file() || place.join(format!("{path}.rs")).is_file()
        })
    };
    let lost: Vec<&str> = map
        .lines()
        .flat_map(|line| line.split('`').skip(1).step_by(2))
        .map(|code| code.split("::").next().unwrap_or(code).trim_end_matches('/'))
        .filter(|code| {
            code.contains('/') && code.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_./".contains(&b))
        })
        .filter(|code| !there(code))
        .collect();
    assert!(lost.is_empty(), "ARCHITECTURE.md names what is not there: {lost:?}");
}
