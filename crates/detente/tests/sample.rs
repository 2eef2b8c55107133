//! Samples from the command line: the same anywhere, broken off and resumed, cut short and valid.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

/// Two actors, sixteen outcomes, more models than are counted.
fn case(folder: &Path, doubt: &str) -> PathBuf {
    let mut text = String::from(
        "format = 1\n[case]\ntitle = \"Doubtful\"\n[actor.a]\nname = \"A\"\n[actor.a.option]\np = \"P\"\nq = \"Q\"\n\
         [actor.b]\nname = \"B\"\n[actor.b.option]\nr = \"R\"\ns = \"S\"\n[status_quo]\non = []\n\
         [outcome.joint]\nname = \"Both\"\non = \"a.p and b.r\"\n\
         [question.share]\nask = \"Does it last?\"\nkind = \"share\"\noutcome = \"joint\"\nconcept = \"seq\"\n",
    );
    let wishes = [
        "a.p and b.r",
        "a.q iff b.s",
        "not a.q",
        "b.r or a.p",
        "a.p iff b.s",
        "b.s",
        "a.q or b.r",
        "not b.r",
    ];
    for (actor, shift) in [("a", 0), ("b", 3)] {
        for at in 0..8 {
            let wish = wishes[(at + shift) % wishes.len()];
            text += &format!(
                "[[actor.{actor}.prefers]]\nthat = \"{wish}\"\nassumption = true\nconfidence = {doubt}\n"
            );
        }
    }
    let path = folder.join(format!("case-{doubt}.toml"));
    fs::write(&path, text).unwrap();
    path
}

/// What moves the shares has its own test.
fn command(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_detente"));
    let plain = args[0] == "sample" && !args.contains(&"--attribute");
    command
        .args(args)
        .args(["--quiet"])
        .args(if plain { &["--attribute", "no"][..] } else { &[] })
        .stdin(Stdio::null());
    command
}

fn run(args: &[&str]) -> Output {
    command(args).output().unwrap()
}

fn stdout(args: &[&str]) -> String {
    let output = run(args);
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn refused(args: &[&str], status: i32, words: &str) {
    let output = run(args);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(status), "{args:?}: {said}");
    assert!(said.contains(words), "{args:?}: {said}");
}

/// Waits until the file is there: some draws are counted.
fn wait(child: &mut Child, file: &Path) {
    let begun = Instant::now();
    while !file.exists() {
        assert!(begun.elapsed() < Duration::from_secs(120), "no checkpoint");
        assert!(child.try_wait().unwrap().is_none(), "it ended before it was stopped");
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn threads_and_shards_give_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    // 1 - 0.71 is a number that a careless reader of JSON gets wrong in the last digit.
    let case = case(folder.path(), "0.71");
    let case = case.to_str().unwrap();
    let base = ["sample", case, "--draws", "3001", "--format", "json"];
    let whole = stdout(&[&base[..], &["--threads", "1"]].concat());
    assert_eq!(whole, stdout(&[&base[..], &["--threads", "2"]].concat()));
    assert_ne!(whole, stdout(&[&base[..], &["--seed", "2"]].concat()));
    for shards in [1, 7] {
        let mut files: Vec<PathBuf> = Vec::new();
        for i in 1..=shards {
            let text = stdout(&[&base[..], &["--shard", &format!("{i}/{shards}")]].concat());
            let file = folder.path().join(format!("{i}-of-{shards}.json"));
            fs::write(&file, text).unwrap();
            files.push(file);
        }
        files.reverse();
        let names: Vec<&str> = files.iter().map(|f| f.to_str().unwrap()).collect();
        // Byte for byte (what moves the shares needs the case and is not in either).
        let merged = stdout(&[&["merge", "--format", "json"], &names[..]].concat());
        assert_eq!(merged, whole, "{shards} shards");
        // For a reader: that it is in neither is said.
        let told = stdout(&[&["merge"], &names[..]].concat());
        assert!(told.contains("What moves the shares was not looked for"), "{told}");
    }
    let twice = folder.path().join("1-of-7.json");
    let other = folder.path().join("1-of-1.json");
    let name = |path: &PathBuf| path.to_str().unwrap().to_owned();
    refused(&["merge", &name(&twice), &name(&twice)], 2, "each shard may be named once");
    refused(&["merge", &name(&twice), &name(&other)], 2, "both hold the draw");
    refused(&["merge", case], 1, "cannot be merged");
    let changed = fs::read_to_string(&twice).unwrap().replacen("\"empty\": 0", "\"empty\": \"x\"", 1);
    fs::write(&other, changed).unwrap();
    refused(&["merge", &name(&other)], 1, "cannot be merged");
}

#[test]
fn a_killed_run_that_goes_on_is_an_unbroken_one() {
    let folder = tempfile::tempdir().unwrap();
    let case = case(folder.path(), "0.71");
    let case = case.to_str().unwrap();
    let kept = folder.path().join("kept.json");
    let file = kept.to_str().unwrap();
    let mut child = command(&["sample", case, "--draws", "1000000000", "--checkpoint", file])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    wait(&mut child, &kept);
    // SIGKILL: nothing can be tidied up.
    child.kill().unwrap();
    child.wait().unwrap();
    let counts: Value = serde_json::from_str(&fs::read_to_string(&kept).unwrap()).unwrap();
    let done = counts["drawn"][0]["to"].as_u64().unwrap();
    assert!(done > 0);
    let draws = (done + 1_500).to_string();
    let base = ["sample", case, "--draws", &draws, "--format", "json"];
    let resumed = stdout(&[&base[..], &["--checkpoint", file]].concat());
    assert_eq!(resumed, stdout(&base));
    assert_eq!(resumed, stdout(&[&base[..], &["--checkpoint", file]].concat()), "all is there already");
    for doubt in ["0.07", "0.29", "0.57", "0.58", "0.93"] {
        let case = self::case(folder.path(), doubt);
        let file = folder.path().join(doubt);
        let go = |draws: &str| {
            let (case, file) = (case.to_str().unwrap(), file.to_str().unwrap());
            stdout(&["sample", case, "--draws", draws, "--checkpoint", file, "--format", "json"])
        };
        go("64");
        assert_eq!(
            go("128"),
            stdout(&["sample", case.to_str().unwrap(), "--draws", "128", "--format", "json"]),
            "{doubt}"
        );
    }

    let few = ["sample", case, "--draws", "64", "--checkpoint", file];
    refused(&few, 2, "at least as many draws");
    refused(&[&base[..], &["--checkpoint", file, "--seed", "2"]].concat(), 2, "another seed");
    refused(&[&base[..], &["--checkpoint", file, "--concept", "nash,seq"]].concat(), 2, "other concepts");
    let other = self::case(folder.path(), "0.61");
    refused(&["sample", other.to_str().unwrap(), "--checkpoint", file], 2, "another case");
    fs::write(&kept, "{").unwrap();
    refused(&few, 1, "not a checkpoint that can be used");
}

#[cfg(unix)]
#[test]
fn ctrl_c_gives_what_there_is() {
    let folder = tempfile::tempdir().unwrap();
    let case = case(folder.path(), "0.7");
    let case = case.to_str().unwrap();
    let kept = folder.path().join("kept.json");
    let mut child = command(&["sample", case, "--draws", "1000000000", "--format", "json"])
        .args(["--checkpoint", kept.to_str().unwrap()])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    wait(&mut child, &kept);
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(3));
    let partial: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(partial["limits"][0]["limit"], "Ctrl-C");
    let draws = partial["draws"].as_u64().unwrap().to_string();
    let whole: Value =
        serde_json::from_str(&stdout(&["sample", case, "--draws", &draws, "--format", "json"])).unwrap();
    for key in ["draws", "shares", "sets", "ends", "convergence"] {
        assert_eq!(partial[key], whole[key], "{key}");
    }
}

#[test]
fn few_models_are_counted_and_many_draws_come_near() {
    let folder = tempfile::tempdir().unwrap();
    let path = case(folder.path(), "0.8");
    // Only six doubts are left.
    let mut left = 0;
    let text: Vec<String> = (fs::read_to_string(&path).unwrap().lines())
        .filter(|line| {
            !line.starts_with("confidence") || {
                left += 1;
                left <= 6
            }
        })
        .map(str::to_owned)
        .collect();
    fs::write(&path, text.join("\n")).unwrap();
    let case = path.to_str().unwrap();
    let exact: Value = serde_json::from_str(&stdout(&["sample", case, "--format", "json"])).unwrap();
    assert_eq!((&exact["method"], &exact["models"]), (&"exact".into(), &"64".into()));
    let drawn: Value =
        serde_json::from_str(&stdout(&["sample", case, "--draw", "--draws", "4000", "--format", "json"]))
            .unwrap();
    let (mut off, mut all) = (0, 0);
    for share in drawn["shares"].as_array().unwrap() {
        let same = |other: &&Value| ["id", "kind", "concept"].iter().all(|key| other[key] == share[key]);
        let Some(exact) = exact["shares"].as_array().unwrap().iter().find(same) else { continue };
        assert_eq!(exact["low"], exact["high"]);
        let number = |v: &Value, key: &str| v[key].as_f64().unwrap();
        let (share, half) = (number(share, "share"), number(share, "high") - number(share, "low"));
        all += 1;
        // Twice the width of the interval: four standard deviations.
        off += u32::from((share - number(exact, "share")).abs() > half);
    }
    assert!(all > 20 && off == 0, "{off} of {all}");
}

#[test]
fn a_precision_is_reached_with_as_many_draws_as_it_says() {
    let folder = tempfile::tempdir().unwrap();
    let case = case(folder.path(), "0.7");
    let case = case.to_str().unwrap();
    let base = ["sample", case, "--precision", "0.015", "--format", "json"];
    let value: Value = serde_json::from_str(&stdout(&base)).unwrap();
    let needed = value["precision"]["needed"].as_u64().unwrap();
    assert_eq!(value["draws"], needed);
    assert!(value["precision"]["reached"].as_f64().unwrap() <= 0.015);
    // No share needs more than one half does.
    assert!((1_024..=4_400).contains(&needed), "{needed}");
    refused(&["sample", case, "--precision", "2"], 2, "half-width");
    refused(&["sample", case, "--shard", "3/2"], 2, "2/7");
    refused(&["sample", case, "--also", "#3"], 2, "differ from model to model");
}

/// A wish that decides alone, and one that decides nothing.
#[test]
fn what_moves_a_share_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("case.toml");
    let text = "format = 1\n[case]\ntitle = \"Doubtful\"\n\
                [source.s]\ntitle = \"A paper\"\nauthor = \"Writer\"\n\
                [claim.c]\nsource = \"s\"\nsays = \"A wants it\"\nspeaker = \"author\"\nkind = \"assessment\"\n\
                [actor.a]\nname = \"A\"\n[actor.a.option]\no = \"O\"\n[actor.b]\nname = \"B\"\n[actor.b.option]\np = \"P\"\n\
                [[actor.a.prefers]]\nthat = \"a.o\"\nbecause = [\"c\"]\nconfidence = 0.7\n\
                [[actor.a.prefers]]\nthat = \"not a.o\"\nassumption = true\n\
                [[actor.b.prefers]]\nthat = \"b.p\"\nassumption = true\nconfidence = 0.6\n\
                [question.q]\nask = \"Will it last?\"\nkind = \"share\"\noutcome = \"a.o\"\n";
    fs::write(&path, text).unwrap();
    let base = ["sample", path.to_str().unwrap(), "--attribute", "yes", "--format"];
    let value: Value =
        serde_json::from_str(&stdout(&[&base[..], &["json", "--threads", "1"]].concat())).unwrap();
    let again: Value =
        serde_json::from_str(&stdout(&[&base[..], &["json", "--threads", "2"]].concat())).unwrap();
    assert_eq!(value, again);
    let moved = &value["attribution"]["of"][0];
    let factor = |kind: &str, id: &str| {
        let all = moved["factors"].as_array().unwrap();
        all.iter()
            .find(|f| f["kind"] == kind && f["id"] == id)
            .unwrap_or_else(|| panic!("{kind} {id}"))
            .clone()
    };
    assert_eq!(value["attribution"]["draws"], 0, "four models: all are counted");
    for (kind, id, part) in [
        ("input", "statement:a:1", 1.0),
        ("input", "statement:b:1", 0.0),
        ("actor", "a", 1.0),
        ("actor", "b", 0.0),
        ("claim", "c", 1.0),
        ("speaker", "Writer", 1.0),
        ("source", "s", 1.0),
        ("assumptions", "assumptions", 0.0),
    ] {
        let found = factor(kind, id);
        for index in ["total", "shapley"] {
            let share = found[index]["share"].as_f64().unwrap();
            assert!((share - part).abs() < 1e-9, "{kind} {id} {index}: {share}");
        }
    }
    let given = factor("input", "statement:a:1");
    assert_eq!((&given["settings"][0]["share"], &given["settings"][1]["share"]), (&1.0.into(), &0.0.into()));
    let flip = &moved["flip"];
    assert_eq!(flip["smallest"], true);
    assert_eq!(flip["changes"], serde_json::json!([{ "input": "statement:a:1", "to": "the contrary" }]));
    for picture in ["shares", "tornado", "sweep"] {
        let svg = stdout(&[&base[..], &["svg", "--picture", picture]].concat());
        assert!(svg.starts_with("<svg") && svg.trim_end().ends_with("</svg>"), "{svg}");
        assert!(!svg.contains("NaN") && !svg.contains("inf"), "{picture}");
    }
    let csv = stdout(&[&base[..], &["csv"]].concat());
    assert_eq!(csv.lines().filter(|line| line.starts_with("question,q,")).count(), 5, "one row per concept");
    refused(&[&base[..], &["svg", "--picture", "tornado", "--of", "x"]].concat(), 2, "there is no question");
}

fn sampled(folder: &Path, text: &str, args: &[&str]) -> Value {
    let path = folder.join("asked.toml");
    fs::write(&path, text).unwrap();
    let base = ["sample", path.to_str().unwrap(), "--attribute", "yes", "--format", "json"];
    serde_json::from_str(&stdout(&[&base[..], args].concat())).unwrap()
}

/// Two agreeable outcomes, of which one is asked about; and a game of hide and seek, in which nothing lasts.
#[test]
fn certain_is_answered_by_all_that_lasts() {
    let folder = tempfile::tempdir().unwrap();
    let case = |other: &str, share: &str| {
        format!(
            "format = 1\n[case]\ntitle = \"C\"\n[actor.a]\n[actor.a.option]\nx = \"Do x\"\n[actor.b]\n[actor.b.option]\n\
             y = \"Do y\"\n[outcome.none]\non = \"not a.x and not b.y\"\n[status_quo]\non = []\n\
             [[actor.a.prefers]]\nthat = \"a.x iff b.y\"\n[[actor.b.prefers]]\nthat = \"{other}\"\n\
             [[actor.a.prefers]]\nthat = \"not a.x\"\nconfidence = {share}\n\
             [question.must]\nask = \"Is it certain?\"\nkind = \"certain\"\noutcome = \"none\"\n\
             [question.can]\nask = \"Can it be?\"\nkind = \"possible\"\noutcome = \"none\"\n"
        )
    };
    let asked = |value: &Value, id: &str| {
        let shares = value["shares"].as_array().unwrap();
        let found = shares.iter().find(|s| s["id"] == id && s["asked"] == true).unwrap();
        (
            found["share"].as_f64().unwrap(),
            found["all"]["share"].as_f64().unwrap(),
            found["asks_certain"].clone(),
        )
    };
    let both = sampled(folder.path(), &case("a.x iff b.y", "0.5"), &[]);
    assert_eq!(asked(&both, "must"), (1.0, 0.0, true.into()));
    assert_eq!(asked(&both, "can"), (1.0, 0.0, false.into()));
    let said = |value: &Value, words: &str| {
        let lines: Vec<&str> =
            value["text"].as_array().unwrap().iter().map(|l| l.as_str().unwrap()).collect();
        assert!(lines.iter().any(|line| line.contains(words)), "{words}: {lines:#?}");
    };
    said(&both, "Is it certain? It is certain in none of the models");
    said(&both, "Can it be? It holds in all models");
    let nothing = sampled(folder.path(), &case("not (a.x iff b.y)", "0.5"), &[]);
    assert_eq!(asked(&nothing, "must"), (0.0, 0.0, true.into()), "nothing lasts: nothing is certain");
    let moved = nothing["attribution"]["of"].as_array().unwrap();
    assert_eq!(moved[0]["id"], "must");
    assert_eq!((&moved[0]["certain"], &moved[0]["share"]["share"]), (&true.into(), &0.0.into()));
}

/// Just above one half: the side is that of the share that is told, from draws as from all models, and what turns it
/// takes it to the other.
#[test]
fn a_flip_begins_on_the_side_that_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let case = "format = 1\n[case]\ntitle = \"Flip\"\n[actor.a]\n[actor.a.option]\nx = \"X\"\n[actor.b]\n\
                [actor.b.option]\ny = \"Y\"\n[outcome.done]\nname = \"Done\"\non = \"a.x\"\n[[actor.a.prefers]]\n\
                that = \"not a.x\"\nconfidence = 0.49\n[[actor.b.prefers]]\nthat = \"b.y\"\n[status_quo]\non = []\n\
                [question.q]\nask = \"Is it done?\"\nkind = \"share\"\noutcome = \"done\"\n";
    for (method, args) in
        [("exact", &[][..]), ("sampled", &["--draw"]), ("sampled", &["--draw", "--draws", "700"])]
    {
        let value = sampled(folder.path(), case, args);
        assert_eq!(value["method"], method);
        let moved = &value["attribution"]["of"][0];
        let asked = |s: &&Value| s["id"] == "q" && s["asked"] == true;
        let share = value["shares"].as_array().unwrap().iter().find(asked).unwrap();
        for key in ["share", "low", "high"] {
            assert_eq!(share[key], moved["share"][key], "one number, one computation: {key}");
        }
        let side = |share: &Value| share.as_f64().unwrap() >= 0.5;
        assert_ne!(side(&moved["share"]["share"]), side(&moved["flip"]["share"]["share"]), "{args:?}");
    }
}

/// A pipe would be waited for, a device has no end: neither is a checkpoint or a shard.
#[cfg(unix)]
#[test]
fn pipes_and_devices_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let case = case(folder.path(), "0.7");
    let pipe = folder.path().join("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    for file in [pipe.to_str().unwrap(), "/dev/zero"] {
        let words = "it is not a regular file";
        refused(&["sample", case.to_str().unwrap(), "--draws", "64", "--checkpoint", file], 1, words);
        refused(&["merge", file], 1, words);
    }
}

/// Struck, a claim supports nothing: what rests on it and on another stands with the other only.
#[test]
fn struck_evidence_supports_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let case = "format = 1\n[case]\ntitle = \"Struck\"\n[source.s]\ntitle = \"S\"\n[claim.c]\nsource = \"s\"\nsays = \"C\"\n\
                confidence = 0.75\n[claim.d]\nsource = \"s\"\nsays = \"D\"\n[actor.a]\n[actor.a.option]\nx = \"X\"\n[actor.b]\n\
                [actor.b.option]\ny = \"Y\"\n[outcome.done]\non = \"not a.x\"\n[[actor.a.prefers]]\nthat = \"a.x\"\n\
                because = [\"c\", \"d\"]\n[[actor.b.prefers]]\nthat = \"b.y\"\nassumption = true\n[status_quo]\non = []\n\
                [variant.less]\ntitle = \"Without D\"\nstrike = { claims = [\"d\"] }\n\
                [question.q]\nask = \"Can it stay?\"\nkind = \"share\"\noutcome = \"done\"\n";
    let share = |args: &[&str]| {
        let value = sampled(folder.path(), case, args);
        let asked = |s: &&Value| s["id"] == "q" && s["asked"] == true;
        value["shares"].as_array().unwrap().iter().find(asked).unwrap()["share"].as_f64().unwrap()
    };
    assert_eq!(share(&[]), 0.0, "d stands for sure");
    assert_eq!(share(&["--variant", "less"]), 0.25, "c alone stands in three of four");
}

/// What "none of it" of a source or a claim comes to is what the case comes to when it cannot be relied on at all: the
/// choices in it stay open.
#[test]
fn the_rows_of_a_source_say_what_the_case_without_it_says() {
    let folder = tempfile::tempdir().unwrap();
    let case = "format = 1\n[case]\ntitle = \"S\"\n[source.s]\ntitle = \"S\"\nconfidence = 0.8\n\
                [claim.c]\nsource = \"s\"\nsays = \"C\"\nconfidence = 0.9\n[actor.a]\n[actor.a.option]\nx = \"X\"\n\
                [actor.b]\n[actor.b.option]\ny = \"Y\"\n[outcome.both]\nname = \"Both\"\non = \"a.x and b.y\"\n\
                [[actor.a.prefers]]\nid = \"w\"\nthat = \"a.x\"\nbecause = [\"c\"]\n\
                [[actor.a.instead]]\nof = \"w\"\nthat = \"not a.x\"\nshare = 0.25\n\
                [[actor.b.prefers]]\nthat = \"a.x iff b.y\"\nconfidence = 0.7\n[status_quo]\non = []\n\
                [question.q]\nask = \"?\"\nkind = \"share\"\noutcome = \"both\"\nconcept = \"nash\"\n";
    let value = sampled(folder.path(), case, &[]);
    let asked = |s: &&Value| s["id"] == "q" && s["asked"] == true;
    let share = |value: &Value| {
        value["shares"].as_array().unwrap().iter().find(asked).unwrap()["share"].as_f64().unwrap()
    };
    let factors = value["attribution"]["of"][0]["factors"].as_array().unwrap();
    let fallen =
        case.replace("confidence = 0.8", "confidence = 0.0").replace("confidence = 0.9", "confidence = 0.0");
    let (mut rows, without) = (0, share(&sampled(folder.path(), &fallen, &[])));
    assert!((without - 0.75).abs() < 1e-9, "but for the one in four who want the contrary: {without}");
    for factor in factors.iter().filter(|factor| factor["kind"] == "source" || factor["kind"] == "claim") {
        let settings = factor["settings"].as_array().unwrap();
        let texts: Vec<&str> = settings.iter().map(|s| s["text"].as_str().unwrap()).collect();
        assert_eq!(texts, ["all of it is as written", "none of it stands, other choices left open"]);
        assert_eq!(settings[0]["share"], 1.0, "{factor}");
        assert!((settings[1]["share"].as_f64().unwrap() - without).abs() < 1e-9, "{factor}, not {without}");
        rows += 1;
    }
    assert_eq!(rows, 2);
    let told = value["text"].to_string();
    assert!(told.contains("what a wants in place of") && !told.contains("whether what"), "{told}");
}

#[test]
fn a_case_that_is_too_large_is_refused_with_the_limit() {
    let folder = tempfile::tempdir().unwrap();
    for (options, words) in [("18", "65,536"), ("70", "at most 64")] {
        let text = stdout(&["generate", "--options", options, "--rules", "0"]);
        let path = folder.path().join(format!("{options}.toml"));
        fs::write(&path, text).unwrap();
        refused(&["sample", path.to_str().unwrap()], 3, words);
    }
}

/// The same rows as the JSON, of a sample and of merged shards, with where they come from; never over another file.
#[cfg(feature = "parquet")]
#[test]
fn parquet_holds_the_shares() {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::RowAccessor;

    let folder = tempfile::tempdir().unwrap();
    let case = case(folder.path(), "0.8");
    let (case, whole, merged) =
        (case.to_str().unwrap(), folder.path().join("whole.parquet"), folder.path().join("merged.parquet"));
    let sample = ["sample", case, "--draws", "2000", "--draw", "--format", "json"];
    let json = stdout(&[&sample[..], &["--parquet", whole.to_str().unwrap()]].concat());
    let json: Value = serde_json::from_str(&json).unwrap();
    let shards: Vec<PathBuf> = (1..=3)
        .map(|i| {
            let shard = stdout(&[&sample[..], &["--shard", &format!("{i}/3")]].concat());
            let path = folder.path().join(format!("{i}.json"));
            fs::write(&path, shard).unwrap();
            path
        })
        .collect();
    let mut merge = vec!["merge", "--parquet", merged.to_str().unwrap()];
    merge.extend(shards.iter().map(|path| path.to_str().unwrap()));
    stdout(&merge);
    assert_eq!(fs::read(&whole).unwrap(), fs::read(&merged).unwrap());

    let reader = SerializedFileReader::new(fs::File::open(&whole).unwrap()).unwrap();
    let origin = reader.metadata().file_metadata().key_value_metadata().unwrap();
    let said = |key: &str| origin.iter().find(|kv| kv.key == key).unwrap().value.clone().unwrap();
    assert_eq!(said("ensemble"), json["ensemble"]);
    assert_eq!(
        (said("schema").into(), said("case").into()),
        (json["schema"].clone(), json["case"]["digest"].clone())
    );
    assert_eq!((said("seed"), said("draws"), said("method")), ("1".into(), "2000".into(), "sampled".into()));
    let rows: Vec<_> = reader.get_row_iter(None).unwrap().map(Result::unwrap).collect();
    let shares = json["shares"].as_array().unwrap();
    assert_eq!(rows.len(), shares.len());
    assert!(shares.iter().any(|s| s["all"].is_null()) && shares.iter().any(|s| s["all"].is_object()));
    for (row, share) in rows.iter().zip(shares) {
        for (at, key) in ["kind", "id", "name", "concept"].into_iter().enumerate() {
            assert_eq!(row.get_string(at).unwrap(), share[key].as_str().unwrap());
        }
        assert_eq!(row.get_bool(4).unwrap(), share["asked"].as_bool().unwrap());
        for (at, key) in ["share", "low", "high"].into_iter().enumerate() {
            assert_eq!(row.get_double(5 + at).unwrap(), share[key].as_f64().unwrap());
            assert_eq!(row.get_double(8 + at).ok(), share["all"][key].as_f64());
        }
    }
    refused(&["sample", case, "--parquet", whole.to_str().unwrap()], 1, "is there already");
}

/// A program without it says how to have it.
#[cfg(not(feature = "parquet"))]
#[test]
fn parquet_is_refused_where_it_was_not_built() {
    let folder = tempfile::tempdir().unwrap();
    let case = case(folder.path(), "0.8");
    refused(&["sample", case.to_str().unwrap(), "--parquet", "x.parquet"], 2, "--features parquet");
}
