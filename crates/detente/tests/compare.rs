//! What changes between versions of a case, and why: the certificate that changed in sentences, held by snapshots
//! (`INSTA_UPDATE=always` writes them), and as data, checked by `verify` against the version that it is about.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::{Value, json};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn detente(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_detente"))
        .args(args)
        .arg("--quiet")
        .current_dir(root())
        .env("COLUMNS", "100")
        .output()
        .unwrap()
}

fn stdout(args: &[&str]) -> String {
    let output = detente(args);
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The catalogue's case with one piece of its text changed.
fn edit(folder: &Path, case: &str, from: &str, to: &str) -> String {
    let text = fs::read_to_string(root().join("cases").join(case).join("case.toml")).unwrap();
    assert_eq!(text.matches(from).count(), 1, "{from}");
    let path = folder.join(format!("{case}.toml"));
    fs::write(&path, text.replace(from, to)).unwrap();
    path.to_str().unwrap().to_owned()
}

/// Uniroyal would now rather abandon than accept a modified order.
const ELMIRA: (&str, &str) = (
    "ranking = [[2], [5], [21], [18], [8, 24, 9, 25], [3], [4], [20], [19]]",
    "ranking = [[2], [5], [8, 24, 9, 25], [21], [18], [3], [4], [20], [19]]",
);
/// Moscow no longer puts the peace above all: it would rather escalate.
const CUBA: (&str, &str) = (
    "[[actor.ussr.prefers]]\nthat = \"not ussr.escalate\"\nbecause",
    "[[actor.ussr.prefers]]\nthat = \"ussr.escalate\"\nbecause",
);

const VARIANTS: [&str; 6] =
    ["article-only", "no-guarantee", "west-withdraws", "russia-distracted", "baku-force", "yerevan-stays"];

/// From `What lasts` on, without the folder of the edited file.
fn why(text: &str) -> &str {
    &text[text.find("What lasts").unwrap()..]
}

#[test]
fn the_flagships_variants_in_sentences() {
    for variant in VARIANTS {
        let text = stdout(&["compare", "cases/south-caucasus-2023-solo", "--variants", variant]);
        insta::assert_snapshot!(format!("flagship-{variant}"), why(&text));
    }
}

#[test]
fn edits_of_two_published_cases_in_sentences() {
    let folder = tempfile::tempdir().unwrap();
    for (case, (from, to)) in [("elmira", ELMIRA), ("cuban-missile-1962", CUBA)] {
        let edited = edit(folder.path(), case, from, to);
        let text = stdout(&["diff", &format!("cases/{case}"), &edited]);
        insta::assert_snapshot!(format!("edited-{case}"), why(&text));
    }
}

/// All certificates that changed in one comparison, each with its verdict turned, as two documents for `verify`.
fn documents(comparison: &Value) -> [Value; 2] {
    let mut lists = [Vec::new(), Vec::new()];
    for (concept, shift) in comparison["equilibria"].as_object().unwrap() {
        for (list, gained) in [("gained", true), ("lost", false)] {
            for moved in shift[list].as_array().unwrap() {
                let turn = &moved["turn"];
                if turn.is_null() {
                    continue;
                }
                let both = [(&turn["certificate_before"], !gained), (&turn["certificate_after"], gained)];
                for (at, (certificate, stable)) in both.into_iter().enumerate() {
                    assert_eq!(certificate["stable"], stable, "{moved}");
                    assert_eq!(
                        (&certificate["actor"], &certificate["concept"]),
                        (&turn["actor"], &json!(concept))
                    );
                    lists[at].push(certificate.clone());
                }
            }
        }
    }
    let version = |which: &str, list: Vec<Value>| {
        json!({
            "schema": "detente/explain/1",
            "program": {"name": "detente", "version": "0"},
            "case": comparison[which]["case"],
            "certificates": list,
        })
    };
    let [before, after] = lists;
    [version("old", before), version("new", after)]
}

/// How many certificates there are; `verify` accepts each in its own case, and none in the other one.
fn verified(folder: &Path, old: &str, new: &str, comparison: &Value) -> usize {
    let documents = documents(comparison);
    let count = documents[0]["certificates"].as_array().unwrap().len();
    for (case, other, document) in [(old, new, &documents[0]), (new, old, &documents[1])] {
        let file = folder.join("certificates.json");
        fs::write(&file, document.to_string()).unwrap();
        let file = file.to_str().unwrap();
        let said = stdout(&["verify", case, file]);
        assert_eq!(said.lines().count(), count, "{said}");
        if case != other {
            assert_eq!(detente(&["verify", other, file]).status.code(), Some(1));
        }
        if count > 0 {
            let mut wrong = document.clone();
            let stable = &mut wrong["certificates"][count - 1]["stable"];
            *stable = json!(!stable.as_bool().unwrap());
            fs::write(file, wrong.to_string()).unwrap();
            let output = detente(&["verify", case, file]);
            assert_eq!(output.status.code(), Some(1));
            let place = format!("certificates[{}].", count - 1);
            assert!(String::from_utf8_lossy(&output.stderr).contains(&place), "{output:?}");
        }
    }
    count
}

#[test]
fn the_flagships_variants_as_data() {
    let folder = tempfile::tempdir().unwrap();
    let case = "cases/south-caucasus-2023-solo";
    let found: Value =
        serde_json::from_str(&stdout(&["compare", case, "--concept", "all", "--format", "json"])).unwrap();
    let list = found["comparisons"].as_array().unwrap();
    assert_eq!(list.iter().map(|c| c["new"]["name"].as_str().unwrap()).collect::<Vec<_>>(), VARIANTS);
    let mut total = 0;
    for comparison in list {
        total += verified(folder.path(), case, case, comparison);
    }
    assert!(total > 300, "{total}");
    // Without a guarantee the West stays at a signed but hindered agreement, because it cannot mend it.
    let gained = &list[1]["equilibria"]["nash"]["gained"];
    assert_eq!((&gained[0]["state"], gained.as_array().unwrap().len()), (&json!("1813"), 1));
    let turn = &gained[0]["turn"];
    assert_eq!((&turn["actor"], &turn["certificate_after"]["improvements"]), (&json!("west"), &json!([])));
    assert_eq!(turn["certificate_before"]["unanswered"]["to"], "YNYNYNNNYYYY");
    // The peace is not possible there: no certificate is about it.
    let lost = &list[1]["equilibria"]["nash"]["lost"][0];
    assert_eq!((&lost["state"], &lost["turn"]), (&json!("4053"), &Value::Null));
    assert_eq!(lost["why"], "it is no longer possible");
}

#[test]
fn edits_of_two_published_cases_as_data() {
    let folder = tempfile::tempdir().unwrap();
    for (case, (from, to)) in [("elmira", ELMIRA), ("cuban-missile-1962", CUBA)] {
        let old = format!("cases/{case}");
        let new = edit(folder.path(), case, from, to);
        let text = stdout(&["diff", &old, &new, "--concept", "all", "--format", "json"]);
        let found: Value = serde_json::from_str(&text).unwrap();
        assert!(verified(folder.path(), &old, &new, &found["comparisons"][0]) > 4, "{text}");
    }
}
