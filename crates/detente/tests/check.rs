//! `detente check`: all problems of several cases at once, as text and as data.

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
    command.args(args).current_dir(root()).env_remove("CLICOLOR_FORCE").output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn json(output: &Output) -> Value {
    let schema = fs::read_to_string(root().join("schema/check.schema.json")).unwrap();
    let validator = jsonschema::validator_for(&serde_json::from_str(&schema).unwrap()).unwrap();
    let value: Value = serde_json::from_slice(&output.stdout).unwrap();
    let errors: Vec<String> = validator.iter_errors(&value).map(|e| e.to_string()).collect();
    assert!(errors.is_empty(), "{errors:?}");
    value
}

const CONTRADICTION: &str = "format = 1\n[case]\ntitle = \"x\"\n[actor.a]\nname = \"A\"\n[actor.a.option]\no = \"O\"\np = \"P\"\n[[rule]]\nalways = \"a.o\"\n[[rule]]\noption = \"a.o\"\nrequires = \"a.p\"\n[[rule]]\nnever = \"a.p\"\n[status_quo]\non = []\n";

#[test]
fn the_catalogue_has_no_errors_and_the_flagship_only_the_traps_of_its_first_edition() {
    let mut args = vec!["check".to_owned()];
    for entry in fs::read_dir(root().join("cases")).unwrap() {
        let path = entry.unwrap().path();
        if path.join("case.toml").is_file() {
            args.push(path.display().to_string());
        }
    }
    assert!(args.len() > 8);
    let output = detente(&args.iter().map(String::as_str).collect::<Vec<_>>());
    let text = out(&output);
    assert!(output.status.success(), "{text}");
    assert!(text.ends_with(" notes\n") && text.contains(&format!("{} cases: ", args.len() - 1)), "{text}");
    assert!(!text.contains("error"), "{text}");
    // It says with rules and single options what the language can now say with acts and conditions.
    let flagship = out(&detente(&["check", "cases/south-caucasus-2023-solo"]));
    let codes = flagship.lines().filter_map(|line| line.strip_prefix("warning[")?.split(']').next());
    let traps = ["W0510", "W0605", "W0606", "W0607"];
    let others: Vec<&str> = codes.filter(|code| !traps.contains(code)).collect();
    assert!(others.is_empty(), "{others:?}\n{flagship}");
}

#[test]
fn several_files_and_statuses() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    fs::write(path("bad.toml"), CONTRADICTION).unwrap();
    let (bad, missing) = (path("bad.toml"), path("missing.toml"));
    let args = ["check", &bad, &missing, "cases/prisoners-dilemma", "--format", "json"];
    let output = detente(&args);
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stderr.is_empty());
    let value = json(&output);
    let list = value["diagnostics"].as_array().unwrap();
    assert_eq!(list[0]["code"], "E0515");
    assert_eq!(list[0]["file"], bad.as_str());
    assert_eq!(list[0]["start"]["line"], 10);
    let message = list[0]["message"].as_str().unwrap();
    assert!(message.contains("`always a.o`, `a.o requires a.p` and `never a.p`"), "{message}");
    assert_eq!(list[1]["code"], "E0101");
    assert_eq!(list.len(), 2);
    // The same explanation from every command that solves.
    for command in
        [vec!["solve"], vec!["rank", "--actor", "a"], vec!["evolve"], vec!["trust"], vec!["coalitions"]]
    {
        let mut args = command.clone();
        args.push(&bad);
        let output = detente(&args);
        assert_eq!(output.status.code(), Some(1), "{command:?}");
        let text = String::from_utf8(output.stderr).unwrap();
        assert!(text.contains("E0515") && text.contains("`a.o requires a.p`"), "{command:?}: {text}");
        assert!(output.stdout.is_empty(), "{command:?}");
    }
}

#[test]
fn warnings_count_when_they_are_denied() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("case.toml");
    fs::write(&path, CONTRADICTION.replace("never = \"a.p\"", "never = \"a.p and not a.p\"")).unwrap();
    // Its status quo breaks a rule: mended first.
    let text = fs::read_to_string(&path).unwrap().replace("on = []", "on = [\"a.o\", \"a.p\"]");
    fs::write(&path, text).unwrap();
    let folder = folder.path().to_str().unwrap();
    let plain = detente(&["check", folder]);
    assert_eq!(plain.status.code(), Some(0), "{}", out(&plain));
    assert!(out(&plain).contains("W0503") && out(&plain).contains("W0507"), "{}", out(&plain));
    let denied = detente(&["check", folder, "--deny", "warnings"]);
    assert_eq!(denied.status.code(), Some(1));
    assert_eq!(out(&denied), out(&plain));
    let quiet = detente(&["check", folder, "--quiet"]);
    assert_eq!((quiet.status.code(), out(&quiet).as_str()), (Some(0), ""));
    assert_eq!(detente(&["check"]).status.code(), Some(2));
    assert_eq!(detente(&["check", folder, "--deny", "nothing"]).status.code(), Some(2));
    assert_eq!(detente(&["check", folder, "--sources", "no-such-folder"]).status.code(), Some(2));
}

#[test]
fn quotes_are_looked_for_in_the_folder_of_sources() {
    let folder = tempfile::tempdir().unwrap();
    let sources = folder.path().join("sources");
    fs::create_dir(&sources).unwrap();
    fs::write(sources.join("talk.txt"), "A title\n\nOne thing is so. Another is not.\n").unwrap();
    let case = folder.path().join("case.toml");
    let text = |quote: &str| {
        format!(
            "format = 1\n[case]\ntitle = \"x\"\n[source.s]\ntitle = \"A title\"\ntext = \"sources/talk.txt\"\n[claim.c]\nsource = \"s\"\nat = \"s2\"\nsays = \"x\"\nquote = \"{quote}\"\n[actor.a.option]\no = {{ text = \"O\", because = [\"c\"] }}\n[status_quo]\non = []\n"
        )
    };
    fs::write(&case, text("Another is not")).unwrap();
    let case = case.to_str().unwrap();
    let good = detente(&["check", case, "--sources", sources.to_str().unwrap()]);
    assert!(good.status.success(), "{}", out(&good));
    let good = detente(&["check", case, "--sources", folder.path().to_str().unwrap()]);
    assert!(good.status.success(), "{}", out(&good));
    fs::write(case, text("Another thing is not")).unwrap();
    assert!(detente(&["check", case]).status.success(), "without the text nothing is verified");
    let bad = detente(&["check", case, "--sources", sources.to_str().unwrap()]);
    assert_eq!(bad.status.code(), Some(1));
    assert!(
        out(&bad).contains("E0601") && out(&bad).contains("in sentence 2, is “Another is not”"),
        "{}",
        out(&bad)
    );
    fs::remove_file(sources.join("talk.txt")).unwrap();
    let gone = detente(&["check", case, "--sources", sources.to_str().unwrap()]);
    assert!(out(&gone).contains("E0603"), "{}", out(&gone));
}

/// What a case says may be otherwise is shown, with its chance, in words and as data.
#[test]
fn uncertain_inputs_are_shown() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("case.toml");
    let text = "format = 1\n[case]\ntitle = \"x\"\n[source.s]\ntitle = \"A talk\"\n[claim.c]\nsource = \"s\"\n\
                says = \"The road is open.\"\nconfidence = 0.75\n[actor.a]\nname = \"Alba\"\n[actor.a.option]\n\
                go = { text = \"Go\", because = [\"c\"] }\nstay = { text = \"Stay\", assumption = true }\n\
                [[actor.a.prefers]]\nid = \"first\"\nthat = \"a.go\"\nassumption = true\n\
                [[actor.a.prefers]]\nid = \"second\"\nthat = \"a.stay\"\nassumption = true\n\
                [[actor.a.order]]\nfirst = [\"second\"]\nshare = 0.3\n[status_quo]\non = []\n";
    fs::write(&path, text).unwrap();
    let path = path.to_str().unwrap();
    let words = out(&detente(&["check", path]));
    assert!(words.contains("0.75  Claim c is right: “The road is open”"), "{words}");
    assert!(words.contains("0.70  What matters most to Alba; else 0.30 first second"), "{words}");
    assert!(!out(&detente(&["check", path, "--quiet"])).contains("0.75"));
    let value = json(&detente(&["check", path, "--format", "json"]));
    let uncertain = value["uncertain"].as_array().unwrap();
    assert_eq!((uncertain.len(), uncertain[0]["file"].as_str()), (1, Some(path)));
    let inputs = uncertain[0]["inputs"].as_array().unwrap();
    let ids: Vec<&str> = inputs.iter().map(|input| input["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["claim:c", "order:a"]);
    assert_eq!(inputs[0]["levels"][0]["chance"], 0.75);
    // A case without any says nothing of it.
    fs::write(path, text.replace("confidence = 0.75\n", "").replace("share = 0.3", "share = 0.0")).unwrap();
    assert!(json(&detente(&["check", path, "--format", "json"]))["uncertain"].is_null());
}
