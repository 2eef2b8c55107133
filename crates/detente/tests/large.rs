//! Cases with more outcomes than can be listed, through the program.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::Path;
use std::process::{Command, Output};

fn detente(args: &[&str]) -> Output {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    Command::new(env!("CARGO_BIN_EXE_detente")).args(args).current_dir(root).output().unwrap()
}

/// C-Nash where outcomes cannot be listed: a generated case of 40 options; what is left out is a limit.
#[test]
fn coalitions_of_a_large_case() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("large.toml");
    let args =
        ["generate", "--actors", "4", "--options", "40", "--statements", "8", "--rules", "4", "--seed", "3"];
    std::fs::write(&path, detente(&args).stdout).unwrap();
    let case = path.to_str().unwrap();
    let one = detente(&["coalitions", case, "--concept", "c-nash", "--format", "json"]);
    assert_eq!(one.status.code(), Some(0), "{}", String::from_utf8_lossy(&one.stderr));
    let value: serde_json::Value = serde_json::from_slice(&one.stdout).unwrap();
    let rows = value["table"]["c-nash"].as_object().unwrap();
    assert_eq!((rows.len(), value["limits"].as_array().unwrap().len()), (15, 0));
    let count = |set: &serde_json::Value| set["count"].as_str().unwrap().parse::<u128>().unwrap();
    let proof = count(&value["proof"]["c-nash"]);
    assert!(rows.values().all(|set| count(set) >= proof));
    // One actor alone: as `solve` has it.
    let solved = detente(&["solve", case, "--concept", "nash", "--format", "json"]);
    let solved: serde_json::Value = serde_json::from_slice(&solved.stdout).unwrap();
    for (actor, set) in solved["stability"]["nash"].as_object().unwrap() {
        assert_eq!(rows[actor]["count"], set["count"], "{actor}");
    }
    let all = detente(&["coalitions", case]);
    assert_eq!(all.status.code(), Some(3));
    let words = String::from_utf8(all.stdout).unwrap();
    assert!(words.contains("A bound was hit: c-gmr, c-smr, c-seq"), "{words}");
}

/// Simultaneous stability beyond the explicit engine is a limit that is named, not silence.
#[test]
fn sim_without_an_engine_for_it_is_a_limit() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("large.toml");
    let args = ["generate", "--actors", "4", "--options", "50", "--statements", "6", "--seed", "1"];
    std::fs::write(&path, detente(&args).stdout).unwrap();
    let solved = detente(&[
        "solve",
        path.to_str().unwrap(),
        "--concept",
        "nash,sim",
        "--engine",
        "auto",
        "--format",
        "json",
    ]);
    assert_eq!(solved.status.code(), Some(3));
    let value: serde_json::Value = serde_json::from_slice(&solved.stdout).unwrap();
    let limits = value["limits"].as_array().unwrap();
    assert_eq!(limits.len(), 1, "{limits:?}");
    assert!(
        limits[0]["what"].as_str().unwrap().contains("sim")
            && limits[0]["exact"].as_str().unwrap().contains("nash")
    );
    assert!(value["equilibria"].get("nash").is_some() && value["equilibria"].get("sim").is_none());
}

/// The three large cases of the catalogue: about a screen at 100 columns, and it says where the rest is.
#[test]
fn large_answers_fit_a_screen() {
    for case in ["nile-dam", "south-caucasus-2025", "climate-finance"] {
        let solved = detente(&["solve", &format!("cases/{case}"), "--engine", "symbolic"]);
        assert_eq!(solved.status.code(), Some(0), "{case}");
        let words = String::from_utf8(solved.stdout).unwrap();
        let lines = words.lines().count();
        // With what to check first: a tall screen.
        assert!(lines <= 72, "{case}: {lines} lines");
        assert!(words.contains("--all says everything"), "{case}");
    }
}
