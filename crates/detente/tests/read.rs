//! `detente read`: proposals as JSON, and a draft that `check` accepts and that can be solved.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../detente-read/tests/corpus")
}

fn detente(args: &[&str], folder: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_detente")).args(args).current_dir(folder).output().unwrap()
}

fn texts() -> Vec<PathBuf> {
    let found = fs::read_dir(corpus()).unwrap().map(|entry| entry.unwrap().path());
    found.filter(|path| path.extension().is_some_and(|end| end == "txt")).collect()
}

#[test]
fn readings_obey_their_schema() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schema/read.schema.json");
    let schema: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for text in texts() {
        let out = detente(&["read", text.to_str().unwrap(), "--format", "json"], &corpus());
        assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
        let value: Value = serde_json::from_slice(&out.stdout).unwrap();
        assert!(validator.is_valid(&value), "{}", text.display());
        assert_eq!(value["schema"], "detente/read/1");
    }
}

/// Every draft is accepted; where wishes are taken, `solve` answers.
#[test]
fn drafts_are_accepted_and_solved_once_wishes_are_taken() {
    let folder = tempfile::tempdir().unwrap();
    let mut solved = 0;
    for text in texts() {
        let name = text.file_stem().unwrap().to_string_lossy().into_owned();
        fs::copy(&text, folder.path().join(format!("{name}.txt"))).unwrap();
        let case = format!("{name}.toml");
        let out = detente(&["read", &format!("{name}.txt"), "-o", &case], folder.path());
        assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
        let out = detente(&["check", &case], folder.path());
        assert!(
            out.status.success(),
            "{name}: {}{}",
            String::from_utf8_lossy(&out.stdout),
            String::from_utf8_lossy(&out.stderr)
        );
        let path = folder.path().join(&case);
        let draft = fs::read_to_string(&path).unwrap();
        let taken: Vec<&str> = draft
            .lines()
            .map(|line| {
                let bare = line.strip_prefix("# ").unwrap_or(line);
                let wish = ["[[actor.", "that = ", "because = "].iter().any(|begin| bare.starts_with(begin));
                if wish { bare } else { line }
            })
            .collect();
        if taken.iter().any(|line| line.starts_with("[[actor.")) {
            fs::write(&path, taken.join("\n")).unwrap();
            let out = detente(&["solve", &case], folder.path());
            assert!(out.status.success(), "{name}: {}", String::from_utf8_lossy(&out.stderr));
            assert!(!out.stdout.is_empty());
            solved += 1;
        }
    }
    assert!(solved >= 4, "only {solved} drafts have a wish that can be taken as it is");
}

#[test]
fn what_is_no_text_is_refused_with_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.pdf"), b"%PDF-1.7 \xff\xff").unwrap();
    fs::write(folder.path().join("a.docx"), b"PK\x03\x04....").unwrap();
    fs::write(folder.path().join("a.txt"), b"\xff\xfe\x00").unwrap();
    fs::write(folder.path().join("empty.txt"), b"  \n").unwrap();
    for (file, says) in [
        ("a.pdf", "save it as plain text first"),
        ("a.docx", "save it as plain text first"),
        ("a.txt", "it is not UTF-8 text"),
        ("empty.txt", "no sentence"),
        ("nothing.txt", "cannot be read"),
    ] {
        let out = detente(&["read", file], folder.path());
        assert!(!out.status.success(), "{file}");
        let err = String::from_utf8_lossy(&out.stderr).into_owned();
        assert!(err.contains(says), "{file}: {err}");
    }
}

/// Control characters of a text never reach the terminal.
#[test]
fn nothing_of_a_text_steers_the_terminal() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.txt"), "Peru said \u{1b}[31mno to Chile\u{7}.\n").unwrap();
    let out = detente(&["read", "a.txt"], folder.path());
    assert!(out.status.success());
    assert!(!out.stdout.contains(&0x1b) && !out.stdout.contains(&7));
}
