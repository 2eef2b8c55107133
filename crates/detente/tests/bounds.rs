//! Bounds on time, memory and work: status 3, and what was stopped is named in words and as data.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
#[cfg(unix)]
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
#[cfg(unix)]
use std::process::Stdio;
use std::process::{Command, Output};

use serde_json::Value;

fn detente(args: &[&str]) -> Output {
    let output = Command::new(env!("CARGO_BIN_EXE_detente")).args(args).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!said.contains("panicked"), "{args:?}: {said}");
    output
}

/// A random case without rules in a file of its own.
fn case(folder: &Path, options: usize, locality: usize) -> String {
    let (options, locality) = (options.to_string(), locality.to_string());
    let args = ["generate", "--actors", "3", "--options", &options, "--rules", "0", "--locality", &locality];
    let path = folder.join(format!("{options}.toml"));
    fs::write(&path, detente(&args).stdout).unwrap();
    path.display().to_string()
}

/// The answer as data, which must obey its schema.
fn json(output: &Output) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schema/solve.schema.json");
    let schema = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let value: Value = serde_json::from_slice(&output.stdout).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<String> = validator.iter_errors(&value).map(|e| e.to_string()).collect();
    assert!(errors.is_empty(), "{errors:?}");
    value
}

/// The only limit, each of whose parts says something; `exact` may be empty.
fn limit(value: &Value) -> (String, String, String, String) {
    let limits = value["limits"].as_array().unwrap();
    assert_eq!(limits.len(), 1, "{limits:?}");
    let part = |key: &str| limits[0][key].as_str().unwrap().to_owned();
    let (what, limit, reached, exact) = (part("what"), part("limit"), part("reached"), part("exact"));
    assert!(!what.is_empty() && !limit.is_empty() && !reached.is_empty(), "{limits:?}");
    (what, limit, reached, exact)
}

#[test]
fn a_bound_on_memory() {
    let folder = tempfile::tempdir().unwrap();
    let case = case(folder.path(), 20, 4);
    let args = ["solve", &case, "--engine", "explicit", "--max-memory", "1M"];
    let output = detente(&args);
    assert_eq!(output.status.code(), Some(3));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("1 MiB") && said.contains("--max-memory") && output.stdout.is_empty(), "{said}");
    let output = detente(&[&args[..], &["--format", "json"]].concat());
    assert_eq!(output.status.code(), Some(3));
    let (what, bound, reached, exact) = limit(&json(&output));
    assert_eq!((bound.as_str(), exact.as_str()), ("1 MiB", ""));
    assert!(what.contains("stability") && reached.contains("MiB"), "{what}; {reached}");
}

#[test]
fn a_bound_on_time() {
    let folder = tempfile::tempdir().unwrap();
    let case = case(folder.path(), 20, 4);
    let output = detente(&["solve", &case, "--engine", "explicit", "--max-time", "0s", "--format", "json"]);
    assert_eq!(output.status.code(), Some(3));
    assert_eq!(limit(&json(&output)).1, "0 s");
}

/// `sim` has no good bound on its work: it has one of its own, and the other concepts stay exact.
#[test]
fn a_bound_on_the_work_of_sim() {
    let flagship = "../../cases/south-caucasus-2023-solo";
    let args = ["solve", flagship, "--concept", "nash,sim", "--format", "json"];
    let whole = json(&detente(&args));
    assert_eq!(whole["limits"].as_array().unwrap().len(), 0);
    assert!(whole["equilibria"]["sim"].is_object());
    let output = detente(&[&args[..], &["--max-work", "300"]].concat());
    assert_eq!(output.status.code(), Some(3));
    let cut = json(&output);
    let (what, bound, _, exact) = limit(&cut);
    assert!(what.contains("sim"), "{what}");
    assert!(bound.contains("300 combinations"), "{bound}");
    assert!(exact.contains("nash"), "{exact}");
    assert_eq!(cut["equilibria"]["nash"], whole["equilibria"]["nash"]);
    assert!(cut["equilibria"]["sim"].is_null(), "what was not finished is not shown as if it were");
    let table = detente(&["solve", flagship, "--concept", "nash,sim", "--max-work", "300"]);
    assert_eq!(table.status.code(), Some(3));
    let said = String::from_utf8([table.stdout, table.stderr].concat()).unwrap();
    assert!(said.contains("300 combinations"), "{said}");
}

/// More states than fit a number of 64 bits, or nearly: counted, not multiplied blindly.
#[test]
fn more_states_than_any_machine_number() {
    let folder = tempfile::tempdir().unwrap();
    for options in [58, 61, 63, 64, 65] {
        let case = case(folder.path(), options, options);
        let output = detente(&["solve", &case, "--concept", "nash", "--max-time", "20s", "--format", "json"]);
        assert!(matches!(output.status.code(), Some(0 | 3)), "{options}");
        let value = json(&output);
        if output.status.code() == Some(0) {
            assert_eq!(value["feasible"]["count"], (1_u128 << options).to_string());
        }
    }
}

/// The table of coalitions asks for the time between concepts and inside them: it ends in time, and what it has is
/// what the whole table has.
#[test]
fn a_table_of_coalitions_ends_in_time_and_is_exact_as_far_as_it_goes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("case.toml");
    let args =
        ["generate", "--actors", "6", "--options", "17", "--statements", "6", "--rules", "2", "--seed", "5"];
    std::fs::write(&path, detente(&args).stdout).unwrap();
    let case = path.to_str().unwrap();
    let rows = |value: &serde_json::Value| value["table"]["c-nash"].as_object().unwrap().clone();
    // As long as a slow machine needs for a first row of it; the whole takes very much longer.
    let seconds = [2, 4, 8, 16, 32];
    let cut = seconds.into_iter().find_map(|seconds| {
        let limit = format!("{seconds}s");
        let output = detente(&["coalitions", case, "--max-time", &limit, "--format", "json"]);
        assert_eq!(output.status.code(), Some(3), "{}", String::from_utf8_lossy(&output.stderr));
        let value: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let limits = value["limits"].as_array().unwrap();
        assert_eq!((limits.len(), &limits[0]["limit"]), (1, &format!("{seconds} s").into()));
        assert_eq!(limits[0]["exact"], "what is shown");
        (!rows(&value).is_empty()).then_some(value)
    });
    let value = cut.unwrap();
    // C-Nash of what is there, by the method for cases of any size.
    let whole = detente(&["coalitions", case, "--concept", "c-nash", "--format", "json"]);
    let whole: serde_json::Value = serde_json::from_slice(&whole.stdout).unwrap();
    let (part, whole) = (rows(&value), rows(&whole));
    assert!(!part.is_empty() && whole.len() == 63, "{} of {}", part.len(), whole.len());
    for (who, set) in part {
        assert_eq!(set["count"], whole[&who]["count"], "{who}");
    }
    let words = String::from_utf8(detente(&["coalitions", case, "--max-time", "2s"]).stdout).unwrap();
    assert!(words.contains("A bound was hit: stability for every coalition: stopped at 2 s"), "{words}");
}

const FLAGSHIP: &str = "../../cases/south-caucasus-2023-solo";

/// Every command that computes, with the media that it has.
fn computing() -> Vec<(Vec<&'static str>, &'static [&'static str])> {
    const TEXT: &[&str] = &["table", "json", "md"];
    const ALL: &[&str] = &["table", "json", "md", "csv"];
    vec![
        (vec!["solve", FLAGSHIP], ALL),
        (vec!["rank", FLAGSHIP, "--actor", "az"], TEXT),
        (vec!["explain", FLAGSHIP, "--state", "sq"], TEXT),
        (vec!["coalitions", FLAGSHIP], TEXT),
        (vec!["evolve", FLAGSHIP, "--coalitions"], &["table", "json", "md", "svg", "dot"]),
        (vec!["trust", FLAGSHIP], TEXT),
        (vec!["evidence", FLAGSHIP], &["table", "md"]),
        (vec!["price", FLAGSHIP], TEXT),
        (vec!["said", "../../cases/chicken"], TEXT),
        (vec!["sample", FLAGSHIP, "--draw"], ALL),
        (vec!["map", FLAGSHIP, "--state", "sq"], &["table", "json", "md", "svg", "dot"]),
        (vec!["compare", FLAGSHIP], TEXT),
        (vec!["diff", FLAGSHIP, FLAGSHIP], TEXT),
    ]
}

#[test]
fn a_status_of_three_never_comes_without_a_word() {
    let named = |args: &[&str]| {
        let output = detente(args);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(3), "{args:?}: {said}");
        assert!(said.contains("stopped at 0 s"), "{args:?} does not say which bound: {said}");
    };
    for (args, media) in computing() {
        for medium in media {
            named(&[&args[..], &["--max-time", "0s", "--quiet", "--format", medium]].concat());
        }
    }
    for to in ["csv", "latex", "dot", "graphml", "nfg"] {
        named(&["export", FLAGSHIP, "--to", to, "--max-time", "0s", "--quiet"]);
    }
}

#[test]
fn every_command_has_a_bound_of_its_own_and_names_it() {
    let commands = computing().into_iter().map(|(args, _)| vec![args[0]]);
    for mut args in commands.chain([vec!["export"], vec!["forecast", "record"]]) {
        args.push("--help");
        let help = String::from_utf8(detente(&args).stdout).unwrap();
        assert!(help.contains("--max-time") && help.contains("[default: 10m]"), "{args:?}: {help}");
    }
    // And it can be lifted.
    assert_eq!(detente(&["rank", FLAGSHIP, "--actor", "az", "--max-time", "none"]).status.code(), Some(0));
}

/// However early it is stopped: it says what was tried, and of the rest that it was not.
#[test]
fn trust_cut_short_says_nothing_of_what_was_not_tried() {
    // How many runs struck one claim, or something else alone, and came to an answer.
    let tried = |value: &Value, single: bool| {
        let runs = value["runs"].as_array().unwrap().iter();
        runs.filter(|run| run["question"].is_null())
            .filter(|run| (run["struck"]["claims"].as_array().is_some_and(|list| list.len() == 1)) == single)
            .filter(|run| run["conclusions"][0]["after"] != "not_computed" && run["error"].is_null())
            .count()
    };
    let ask =
        |more: &[&str]| detente(&[&["trust", FLAGSHIP, "--size", "1", "--format", "json"], more].concat());
    let whole: Value = serde_json::from_slice(&ask(&[]).stdout).unwrap();
    // One claim does, and as long as it was not tried nobody says that none does.
    assert!(
        whole["text"].to_string().contains("without claim c07 (Kamal Aliyev) alone"),
        "{}",
        whole["text"]
    );
    for milliseconds in [1, 2, 4, 8, 16, 32, 64, 128, 256, 512] {
        let output = ask(&["--max-time", &format!("{milliseconds}ms")]);
        // Before the case itself was solved there is nothing to say.
        if output.stdout.is_empty() {
            assert_eq!(output.status.code(), Some(3));
            continue;
        }
        let value: Value = serde_json::from_slice(&output.stdout).unwrap();
        let said = value["text"].to_string();
        for (single, words) in [(true, "No single claim"), (false, "stands without any single")] {
            let all = tried(&value, single) == tried(&whole, single);
            assert!(all || !said.contains(words), "{milliseconds} ms: {said}");
        }
        assert_eq!(output.status.code() == Some(3), value["limits"] != serde_json::json!([]), "{said}");
    }
    let table = detente(&["trust", FLAGSHIP, "--max-time", "60ms"]);
    let said = String::from_utf8_lossy(&table.stdout).into_owned();
    let named = said.is_empty() || said.contains("A bound was hit");
    assert!(table.status.code() == Some(0) || named, "{said}");
}

#[test]
fn comparisons_and_walks_have_their_limits_in_the_answer() {
    let compare = ["compare", FLAGSHIP, "--concept", "nash,sim", "--max-work", "300"];
    let value: Value =
        serde_json::from_slice(&detente(&[&compare[..], &["--format", "json"]].concat()).stdout).unwrap();
    let limits = value["limits"].as_array().unwrap();
    assert!(!limits.is_empty() && limits.iter().all(|hit| hit["what"].as_str().unwrap().contains("sim")));
    let evolve = ["evolve", FLAGSHIP, "--limit", "3"];
    for args in [&compare[..], &evolve] {
        for medium in ["table", "md"] {
            let output = detente(&[args, &["--format", medium]].concat());
            let said = String::from_utf8(output.stdout).unwrap();
            assert_eq!(output.status.code(), Some(3));
            assert!(said.contains("A bound was hit"), "{args:?}, {medium}: {said}");
        }
    }
    let whole = detente(&["compare", FLAGSHIP, "--format", "json"]);
    let whole: Value = serde_json::from_slice(&whole.stdout).unwrap();
    assert_eq!(whole["limits"], serde_json::json!([]));
}

#[test]
fn the_time_that_is_told_is_that_of_the_whole_command() {
    let args = ["solve", FLAGSHIP, "--format", "json"];
    let value = json(&detente(&args));
    let parts = value["timings_ms"].as_object().unwrap();
    for part in ["read", "states", "nash", "questions", "lasting", "patterns", "total"] {
        assert!(parts.contains_key(part), "{part} of {parts:?}");
    }
    let total = parts["total"].as_f64().unwrap();
    let alone =
        ["read", "questions", "lasting", "patterns"].iter().map(|part| parts[*part].as_f64().unwrap());
    assert!(alone.sum::<f64>() <= total, "{parts:?}");
    let bare = || detente(&[&args[..], &["--no-timings"]].concat()).stdout;
    assert_eq!(json(&detente(&[&args[..], &["--no-timings"]].concat()))["timings_ms"], serde_json::json!({}));
    assert_eq!(bare(), bare(), "two runs give the same bytes");
}

/// Ctrl-C and SIGTERM: it stops with what it has, and says by what. Where no terminal is, progress comes in lines.
#[cfg(unix)]
#[test]
fn a_signal_ends_a_command_with_what_it_has() {
    for (signal, name) in [("-INT", "Ctrl-C"), ("-TERM", "SIGTERM")] {
        let args = ["sample", FLAGSHIP, "--draw", "--draws", "1000000000000", "--format", "json"];
        let mut child = Command::new(env!("CARGO_BIN_EXE_detente"))
            .args(args)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // Both are read at once: a full pipe would hold it up.
        let mut stdout = child.stdout.take().unwrap();
        let answer = std::thread::spawn(move || {
            let mut answer = Vec::new();
            stdout.read_to_end(&mut answer).map(|_| answer)
        });
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines().map(Result::unwrap);
        let first = lines.next().unwrap();
        assert!(first.contains(" s  Models: "), "{first}");
        let pid = child.id().to_string();
        assert!(Command::new("kill").args([signal, &pid]).status().unwrap().success());
        let said: Vec<String> = lines.collect();
        let answer = answer.join().unwrap().unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(3), "{said:?}");
        assert!(said.iter().any(|line| line.contains("a bound was hit") && line.contains(name)), "{said:?}");
        let value: Value = serde_json::from_slice(&answer).unwrap();
        assert_eq!(value["limits"][0]["limit"], name);
        assert!(value["draws"].as_u64().unwrap() > 0 && !value["shares"].as_array().unwrap().is_empty());
    }
}

/// What is named as a checkpoint or a shard is read only when it is a file with an end.
#[cfg(unix)]
#[test]
fn pipes_and_endless_files_are_refused_and_never_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    for path in [pipe.to_str().unwrap(), "/dev/zero", "/dev/null"] {
        for args in [&["sample", FLAGSHIP, "--checkpoint", path][..], &["merge", path]] {
            let output = detente(args);
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            assert_eq!(output.status.code(), Some(1), "{args:?}: {said}");
            assert!(said.contains(path) && said.contains("not a regular file"), "{args:?}: {said}");
        }
    }
}

#[test]
fn checks_of_cases_and_of_certificates_end_in_time_and_say_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("certificate.json");
    fs::write(&path, detente(&["explain", FLAGSHIP, "--state", "sq", "--format", "json"]).stdout).unwrap();
    let certificate = path.to_str().unwrap();
    let said = |args: &[&str]| {
        let output = detente(args);
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    assert_eq!(said(&["verify", FLAGSHIP, certificate]).0, Some(0));
    let (status, words) = said(&["verify", FLAGSHIP, certificate, "--max-work", "1"]);
    assert!(status == Some(3) && words.contains("1 steps of work (--max-work allows more"), "{words}");
    for args in [&["verify", FLAGSHIP, certificate][..], &["check", FLAGSHIP]] {
        let (status, words) = said(&[args, &["--max-time", "0s"]].concat());
        assert!(status == Some(3) && words.contains("stopped at 0 s"), "{args:?}: {words}");
        let help = String::from_utf8(detente(&[args[0], "--help"]).stdout).unwrap();
        assert!(help.contains("--max-time") && help.contains("[default: 10m]"), "{help}");
    }
}

/// Of many actors only small coalitions are looked at when nothing is said, and that is said.
#[test]
fn coalitions_that_are_not_looked_at_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("case.toml");
    let args = ["generate", "--actors", "11", "--options", "11", "--statements", "3", "--rules", "2"];
    fs::write(&path, detente(&args).stdout).unwrap();
    let asked = ["coalitions", path.to_str().unwrap(), "--concept", "c-nash"];
    let output = detente(&asked);
    let words = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(3), "{words}");
    assert!(
        words.contains("coalitions of more than 3 actors") && words.contains("--size looks at more"),
        "{words}"
    );
    let all = detente(&[&asked[..], &["--size", "3", "--format", "json"]].concat());
    assert_eq!(all.status.code(), Some(0));
    let value: Value = serde_json::from_slice(&all.stdout).unwrap();
    assert_eq!(value["table"]["c-nash"].as_object().unwrap().len(), 11 + 55 + 165);
}
