//! What the program does with the cases of `tests/malformed`, and with what cannot lie there: it ends
//! with status 1, says on standard error what is wrong, and never panics.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/malformed").canonicalize().unwrap()
}

fn detente(args: &[&str]) -> Output {
    let output = Command::new(env!("CARGO_BIN_EXE_detente"))
        .args(args)
        .env_remove("CLICOLOR_FORCE")
        .env_remove("NO_COLOR")
        .output()
        .unwrap();
    assert!(!err(&output).contains("panicked"), "{args:?}: {}", err(&output));
    output
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// A diagnostic as `tests/malformed` writes it: code, place, sentence, what to do.
type Expected = (String, String, String, Option<String>);

fn expected(path: &Path) -> Vec<Expected> {
    let mut list: Vec<Expected> = Vec::new();
    for line in fs::read_to_string(path).unwrap().lines() {
        if let Some(hint) = line.strip_prefix("  help: ") {
            list.last_mut().unwrap().3 = Some(hint.to_owned());
        } else if !line.starts_with("  ") {
            let (code, rest) = line.split_once(' ').unwrap();
            let (_, rest) = rest.split_once(" at ").unwrap();
            let (place, message) = rest.split_once(": ").unwrap();
            list.push((code.to_owned(), place.to_owned(), message.to_owned(), None));
        }
    }
    list
}

fn found(output: &Output) -> Vec<Expected> {
    let value: Value = serde_json::from_slice(&output.stdout).unwrap();
    let text = |value: &Value| value.as_str().map(ToOwned::to_owned);
    let list = value["diagnostics"].as_array().unwrap().iter();
    list.map(|d| {
        let place = match &d["start"] {
            Value::Null => "the file".to_owned(),
            start => format!("{}:{}", start["line"], start["column"]),
        };
        (text(&d["code"]).unwrap(), place, text(&d["message"]).unwrap(), text(&d["hint"]))
    })
    .collect()
}

#[test]
fn malformed_cases_end_with_one_and_say_why() {
    let mut cases = 0;
    for entry in fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        let (case, sources) = match path.extension().and_then(|end| end.to_str()) {
            Some("toml" | "gmcr") => (path.clone(), None),
            Some(_) => continue,
            None => (path.join("case.toml"), Some(path.display().to_string())),
        };
        cases += 1;
        let name = path.display().to_string();
        let expected = expected(&case.with_extension("expected"));
        let mut args = vec!["check", &name, "--format", "json"];
        args.extend(sources.iter().flat_map(|folder| ["--sources", folder]));
        let checked = detente(&args);
        let lint = path.file_name().unwrap().to_str().unwrap().starts_with("lint-");
        assert_eq!(checked.status.code(), Some(i32::from(!lint)), "{name}");
        let found = found(&checked);
        assert_eq!(found.len(), expected.len(), "{name}: {found:?}");
        for (found, expected) in found.iter().zip(&expected) {
            // The program also says where it looked for a text.
            let message = expected.2.trim_end_matches('.');
            assert!(found.2.starts_with(message), "{name}: {found:?} is not {expected:?}");
            assert_eq!((&found.0, &found.1, &found.3), (&expected.0, &expected.1, &expected.3), "{name}");
        }
        args.truncate(2);
        args.extend(sources.iter().flat_map(|folder| ["--sources", folder]));
        let checked = detente(&args);
        assert_eq!(checked.status.code(), Some(i32::from(!lint)), "{name}");
        assert!(expected.iter().all(|(code, ..)| out(&checked).contains(code)), "{name}: {}", out(&checked));
        if sources.is_some() || lint {
            // Without the texts there is nothing wrong; and what is probably not meant can be solved.
            continue;
        }
        let solved = detente(&["solve", &name]);
        assert_eq!(solved.status.code(), Some(1), "{name}");
        assert!(out(&solved).is_empty(), "{name}: {}", out(&solved));
        assert!(expected.iter().all(|(code, ..)| err(&solved).contains(code)), "{name}: {}", err(&solved));
    }
    assert!(cases >= 60, "{cases}");
}

/// Ends with `code` and this diagnostic, in words and as data.
fn fails(path: &str, code: &str, says: &str) {
    let solved = detente(&["solve", path]);
    assert_eq!(solved.status.code(), Some(1), "{path}");
    assert!(err(&solved).contains(code) && err(&solved).contains(says), "{path}: {}", err(&solved));
    assert!(out(&solved).is_empty());
    let checked = detente(&["check", path, "--format", "json"]);
    assert_eq!(checked.status.code(), Some(1), "{path}");
    let found = found(&checked);
    assert_eq!((found.len(), found[0].0.as_str()), (1, code), "{path}: {found:?}");
    assert!(found[0].3.is_some(), "says nothing of what to do: {found:?}");
}

#[test]
fn what_cannot_be_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    fails(&path("missing.toml"), "E0101", "no such file");
    fails(folder.path().to_str().unwrap(), "E0102", "holds no `case.toml`");
    for name in ["large.toml", "large.gmcr"] {
        fs::File::create(path(name)).unwrap().set_len(100 << 20).unwrap();
        fails(&path(name), "E0104", "larger than");
    }
    // A real file of 100 MB, not one of holes, through standard input too.
    fs::write(path("full.toml"), vec![b'#'; 100 << 20]).unwrap();
    fails(&path("full.toml"), "E0104", "larger than 4 MiB");
    let full = fs::File::open(path("full.toml")).unwrap();
    let piped =
        Command::new(env!("CARGO_BIN_EXE_detente")).args(["solve", "-"]).stdin(full).output().unwrap();
    assert_eq!(piped.status.code(), Some(1));
    assert!(err(&piped).contains("E0104"), "{}", err(&piped));
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("secret.toml");
    fs::write(&path, "format = 1\n").unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o0)).unwrap();
    // The administrator may read everything.
    if fs::read(&path).is_err() {
        fails(path.to_str().unwrap(), "E0103", "permission denied");
    }
    #[cfg(target_os = "linux")]
    fails("/proc/self/mem", "E0103", "cannot be read");
}
