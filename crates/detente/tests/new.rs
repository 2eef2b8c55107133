//! `detente new`: a starting case that solves, never over another file.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn detente(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_detente")).args(args).current_dir(folder).output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn a_new_case_has_no_problems_and_solves() {
    let folder = tempfile::tempdir().unwrap();
    let made = detente(folder.path(), &["new", "my-conflict"]);
    assert!(made.status.success(), "{}", err(&made));
    assert!(out(&made).contains("detente solve my-conflict"));
    let checked = detente(folder.path(), &["check", "my-conflict", "--deny", "warnings"]);
    assert_eq!(out(&checked), "my-conflict/case.toml: no problems\n");
    let solved = detente(folder.path(), &["solve", "my-conflict"]);
    assert!(solved.status.success(), "{}", err(&solved));
    assert!(out(&solved).contains("My conflict") && out(&solved).contains("Can an agreement last?"));
    let variant = detente(folder.path(), &["solve", "my-conflict", "--variant", "no-threat"]);
    assert!(variant.status.success(), "{}", err(&variant));
    assert_eq!(fs::read_dir(folder.path().join("my-conflict")).unwrap().count(), 1, "nothing is left behind");
}

#[test]
fn nothing_is_replaced() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("kept.toml"), "mine").unwrap();
    fs::create_dir(folder.path().join("there")).unwrap();
    fs::write(folder.path().join("there/case.toml"), "mine too").unwrap();
    for name in ["kept.toml", "there"] {
        let refused = detente(folder.path(), &["new", name]);
        assert_eq!(refused.status.code(), Some(1));
        assert!(err(&refused).contains("is there already: nothing was written"), "{}", err(&refused));
    }
    assert_eq!(fs::read_to_string(folder.path().join("kept.toml")).unwrap(), "mine");
    assert_eq!(fs::read_to_string(folder.path().join("there/case.toml")).unwrap(), "mine too");
    // A folder without a case is used; a path that is not there is not made up.
    fs::create_dir(folder.path().join("empty")).unwrap();
    assert!(detente(folder.path(), &["new", "empty"]).status.success());
    assert_eq!(detente(folder.path(), &["new", "no/such/place"]).status.code(), Some(1));
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("nowhere", folder.path().join("link.toml")).unwrap();
        assert_eq!(detente(folder.path(), &["new", "link.toml"]).status.code(), Some(1));
        assert!(!folder.path().join("nowhere").exists());
    }
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert!(left.iter().all(|name| !name.to_string_lossy().ends_with(".tmp")), "{left:?}");
}

#[test]
fn a_text_becomes_numbered_claims() {
    let folder = tempfile::tempdir().unwrap();
    let text = "A report from the border\n\nBoth sides “agree”. They\nwait!Nobody \u{7} moves\\?\n";
    fs::write(folder.path().join("report one.txt"), text).unwrap();
    let made = detente(folder.path(), &["new", "case.toml", "--source", "report one.txt"]);
    assert!(made.status.success(), "{}", err(&made));
    let case = fs::read_to_string(folder.path().join("case.toml")).unwrap();
    for part in [
        "title = \"A report from the border\"",
        "text = \"report one.txt\"",
        "# s1: Both sides “agree”.\n[claim.c01]\nsource = \"text\"\nat = \"s1\"\nsays = \"\"\n",
        "# s2: They wait!\n[claim.c02]",
        "# s3: Nobody  moves\\?\n[claim.c03]",
    ] {
        assert!(case.contains(part), "{part}\n{case}");
    }
    assert!(!case.contains("c04"));
    let checked = detente(folder.path(), &["check", "case.toml", "--sources", "."]);
    assert!(checked.status.success(), "{}", out(&checked));
    assert!(out(&checked).ends_with("3 warnings\n"), "{}", out(&checked));
    assert!(detente(folder.path(), &["solve", "case.toml"]).status.success());
    let none = detente(folder.path(), &["new", "x", "--source", "nothing.txt"]);
    assert_eq!(none.status.code(), Some(1));
    assert!(!folder.path().join("x").exists());
    fs::write(folder.path().join("latin1.txt"), b"\xe9").unwrap();
    let latin = detente(folder.path(), &["new", "x", "--source", "latin1.txt"]);
    assert!(err(&latin).contains("not UTF-8"), "{}", err(&latin));
}
