//! The JSON contracts: schemas are fresh, real outputs obey them, and the same input gives the same
//! bytes.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

fn detente(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_detente")).args(args).current_dir(root()).output().unwrap()
}

fn stdout(args: &[&str]) -> String {
    let output = detente(args);
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn validator(name: &str) -> jsonschema::Validator {
    let path = root().join(format!("schema/{name}.schema.json"));
    let schema: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    jsonschema::draft202012::meta::validate(&schema).unwrap();
    jsonschema::validator_for(&schema).unwrap()
}

fn obeys(validator: &jsonschema::Validator, what: &str, text: &str) -> Value {
    let value: Value = serde_json::from_str(text).unwrap_or_else(|e| panic!("{what}: {e}\n{text}"));
    let errors: Vec<String> =
        validator.iter_errors(&value).map(|e| format!("{} at {}", e, e.instance_path())).collect();
    assert!(errors.is_empty(), "{what}: {}", errors.join("\n"));
    value
}

/// Small cases of the catalogue: folder names.
const SMALL: [&str; 8] = [
    "chicken",
    "cuban-missile-1962",
    "elmira",
    "elmira-nine-states",
    "north-korea-2017",
    "prisoners-dilemma",
    "south-caucasus-2023-solo",
    "syria-iraq-1975",
];

/// The case file, and outputs with a schema of their own.
const OUTPUTS: [&str; 21] = [
    "case",
    "solve",
    "check",
    "rank",
    "compare",
    "map",
    "forecast-entry",
    "forecast-score",
    "forecast-verify",
    "sample",
    "certificate",
    "explain",
    "coalitions",
    "evolve",
    "trust",
    "power",
    "price",
    "said",
    "read",
    "watch",
    "import",
];

/// With `DETENTE_BLESS=1` the checked-in schemas are written instead of compared.
#[test]
fn schemas_are_fresh() {
    for name in OUTPUTS {
        let schema = stdout(&["schema", name]);
        let path = root().join(format!("schema/{name}.schema.json"));
        if std::env::var_os("DETENTE_BLESS").is_some() {
            fs::write(&path, &schema).unwrap();
        }
        let found = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
        assert_eq!(found, schema, "{name}.schema.json is stale: run the tests once with DETENTE_BLESS=1");
    }
}

#[test]
fn real_answers_obey_the_schema() {
    let solve = validator("solve");
    for case in SMALL {
        let path = format!("cases/{case}");
        for extra in [
            vec![],
            vec!["--list", "0"],
            vec!["--concept", "nash", "--sequences", "once", "--compare-readings"],
        ] {
            let mut args = vec!["solve", path.as_str(), "--format", "json"];
            args.extend(extra);
            let value = obeys(&solve, &format!("{args:?}"), &stdout(&args));
            assert_eq!(value["schema"], "detente/solve/2");
            let graph = value["options"].as_array().unwrap().is_empty();
            assert_eq!(value.get("state_names").is_some(), graph, "{case}");
        }
    }
}

/// With sayings under two concepts, and without any.
#[test]
fn real_sayings_obey_the_schema() {
    let said = validator("said");
    for (case, extra, count) in [
        ("chicken", &[][..], 4),
        ("chicken", &["--concept", "seq", "--sequences", "single", "--list", "0"][..], 4),
        ("elmira", &[][..], 0),
        ("elmira-nine-states", &[][..], 0),
    ] {
        let path = format!("cases/{case}");
        let args = [&["said", &path, "--format", "json"], extra].concat();
        let value = obeys(&said, &format!("{args:?}"), &stdout(&args));
        let sayings = value["said"].as_array().unwrap();
        assert_eq!(sayings.len(), count, "{args:?}");
        for saying in sayings {
            assert!(
                saying["complete"].as_bool().unwrap() && !saying["because"].as_array().unwrap().is_empty()
            );
            let listed = saying["cases"].as_array().unwrap().len();
            let expected = if extra.is_empty() { saying["count"].as_u64().unwrap() as usize } else { 0 };
            assert_eq!(listed, expected, "{saying}");
        }
        assert_eq!(value["pairs"].as_array().unwrap().len(), if count > 0 { 2 } else { 0 });
    }
}

/// By all models and by some that are drawn, with what has been seen and without.
#[test]
fn real_signs_obey_the_schema() {
    let watch = validator("watch");
    let flagship = "cases/south-caucasus-2023";
    for extra in [
        &["--reading", "the-two-decide", "--draws", "256"][..],
        &["--reading", "moscow-decides", "--draws", "256", "--concept", "gmr", "--list", "1"][..],
    ] {
        let args = [&["watch-for", flagship, "--format", "json"], extra].concat();
        let value = obeys(&watch, &format!("{args:?}"), &stdout(&args));
        let signs = value["signs"].as_array().unwrap();
        let settles = |sign: &Value| sign["settles"].as_f64().unwrap();
        assert!(
            !signs.is_empty() && signs.windows(2).all(|pair| settles(&pair[0]) >= settles(&pair[1])),
            "{value}"
        );
        for sign in signs {
            let share = |key: &str| sign[key].as_f64().unwrap();
            let p = share("expected");
            let expected = p * (1.0 - p) * (share("if_seen") - share("if_not")).powi(2);
            assert!((settles(sign) - expected).abs() < 1e-9, "{sign}");
        }
    }
}

/// Votes by an assembly, and a case without any.
#[test]
fn real_powers_obey_the_schema() {
    let power = validator("power");
    for (case, votes) in [("spain-2023", true), ("chicken", false)] {
        let args = ["power", &format!("cases/{case}"), "--format", "json"];
        let value = obeys(&power, &format!("{args:?}"), &stdout(&args));
        let found = value["votes"].as_array().unwrap();
        assert_eq!(!found.is_empty(), votes, "{case}");
        for vote in found {
            let number = |value: &Value| value.as_str().unwrap().parse::<u128>().unwrap();
            let members = vote["members"].as_array().unwrap();
            let decided: u128 = members.iter().map(|member| number(&member["decides"])).sum();
            let swings: u128 = members.iter().map(|member| number(&member["swings"])).sum();
            // Somebody decides in every order in which all votes together suffice.
            let all: u64 = members.iter().map(|member| member["votes"].as_u64().unwrap()).sum();
            let enough = all >= vote["needs"].as_u64().unwrap();
            assert_eq!(decided, if enough { number(&vote["orders"]) } else { 0 }, "{vote}");
            assert_eq!(swings, number(&vote["swings"]), "{vote}");
        }
    }
}

/// Found, not found, of a state by its number, with costs, cut short.
#[test]
fn real_prices_obey_the_schema() {
    let price = validator("price");
    for (case, extra, status) in [
        ("south-caucasus-2023-solo", &["--most", "1"][..], 0),
        (
            "south-caucasus-2023-solo",
            &["--variant", "article-only", "--most", "1", "--cost", "forbid=2"][..],
            0,
        ),
        ("south-caucasus-2023-solo", &["--outcome", "sq", "--aim", "never,possible", "--most", "1"][..], 0),
        ("south-caucasus-2023-solo", &["--games", "50"][..], 3),
        ("syria-iraq-1975", &[][..], 0),
        ("elmira-nine-states", &[][..], 0),
    ] {
        let path = format!("cases/{case}");
        let args = [&["price", &path, "--format", "json"], extra].concat();
        let output = detente(&args);
        assert_eq!(
            output.status.code(),
            Some(status),
            "{args:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        let value = obeys(&price, &format!("{args:?}"), &String::from_utf8(output.stdout).unwrap());
        assert_eq!(value["limits"].as_array().unwrap().is_empty(), status == 0, "{args:?}");
        for aim in value["aims"].as_array().unwrap() {
            let ways = aim["ways"].as_array().unwrap();
            assert_eq!(aim["cost"].as_u64().is_some_and(|cost| cost > 0), !ways.is_empty(), "{aim}");
            assert!(ways.iter().all(|way| !way["changes"].as_array().unwrap().is_empty()), "{aim}");
        }
        if extra.contains(&"possible") {
            let of = |aim: &str| {
                value["aims"].as_array().unwrap().iter().find(|a| a["aim"] == aim).unwrap()["cost"].clone()
            };
            assert_eq!((of("possible"), of("never")), (0.into(), 1.into()));
        }
    }
}

/// Drawn, counted, cut into shards and merged.
#[test]
fn real_samples_obey_the_schema() {
    let sample = validator("sample");
    let folder = tempfile::tempdir().unwrap();
    let mut shards = Vec::new();
    for case in ["chicken", "elmira-nine-states", "south-caucasus-2023-solo"] {
        let path = format!("cases/{case}");
        for extra in [&["--draws", "640"][..], &["--draws", "200", "--concept", "nash", "--shard", "2/2"]] {
            let args = [&["sample", &path, "--format", "json", "--attribute", "no"], extra].concat();
            let text = stdout(&args);
            let value = obeys(&sample, &format!("{args:?}"), &text);
            let method = if case == "south-caucasus-2023-solo" || extra.contains(&"--shard") {
                "sampled"
            } else {
                "exact"
            };
            assert_eq!(value["method"], method, "{case}");
            for share in value["shares"].as_array().unwrap() {
                let of = |key: &str| share[key].as_f64().unwrap();
                assert!(0.0 <= of("low") && of("low") <= of("share"), "{share}");
                assert!(of("share") <= of("high") && of("high") <= 1.0, "{share}");
            }
            if extra.contains(&"--shard") {
                let file = folder.path().join(format!("{case}.json"));
                fs::write(&file, &text).unwrap();
                shards.push(file);
            }
        }
    }
    let small = folder.path().join("small.toml");
    let text = "format = 1\n[case]\ntitle = \"Small\"\n[actor.a]\nname = \"A\"\n[actor.a.option]\no = \"O\"\n\
                [[actor.a.prefers]]\nthat = \"a.o\"\nassumption = true\nconfidence = 0.75\n\
                [question.q]\nask = \"Will it last?\"\nkind = \"share\"\noutcome = \"a.o\"\n";
    fs::write(&small, text).unwrap();
    let text = stdout(&["sample", small.to_str().unwrap(), "--format", "json"]);
    let value = obeys(&sample, "attribution", &text);
    // Alone, it decides everything that varies: with the rest of the chance the actor wants the contrary.
    let all =
        value["shares"].as_array().unwrap().iter().find(|s| s["id"] == "q" && s["asked"] == true).unwrap();
    assert_eq!((&all["share"], &all["all"]["share"]), (&0.75.into(), &0.75.into()));
    assert_eq!((&all["possible"]["motive"], &all["possible"]["want"]), (&0.75.into(), &0.0.into()));
    assert_eq!(value["attribution"]["of"][0]["share"]["share"], 0.75);
    let half = detente(&["merge", shards[2].to_str().unwrap(), "--format", "json"]);
    assert_eq!(half.status.code(), Some(3), "one shard of two is not all");
    let value = obeys(&sample, "merged", std::str::from_utf8(&half.stdout).unwrap());
    assert_eq!(value["draws"], 100);
    assert_eq!(value["limits"].as_array().unwrap().len(), 1);
}

#[test]
fn a_case_with_errors_has_only_its_diagnostics() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bad.toml");
    fs::write(&path, "format = 1\n[case]\ntitle = \"x\"\n[actor.a]\nname = \"A\"\n[actor.a.option]\no = \"O\"\n[[rule]]\nnever = \"a.p\"\n").unwrap();
    let output = detente(&["solve", path.to_str().unwrap(), "--format", "json"]);
    assert_eq!(output.status.code(), Some(1));
    let value = obeys(&validator("solve"), "errors", std::str::from_utf8(&output.stdout).unwrap());
    let keys: BTreeSet<&str> = value.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(keys, BTreeSet::from(["schema", "program", "diagnostics"]));
    let problem = &value["diagnostics"][0];
    assert_eq!(problem["severity"], "error");
    assert_eq!(problem["start"]["line"], 9);
    assert!(problem["start"]["byte"].as_u64().unwrap() < problem["end"]["byte"].as_u64().unwrap());
    assert!(!output.stderr.is_empty(), "people are told too");
}

/// A schema that accepts everything proves nothing.
#[test]
fn the_schema_rejects_what_is_not_an_answer() {
    let solve = validator("solve");
    let good: Value = serde_json::from_str(&stdout(&["solve", "cases/chicken", "--format", "json"])).unwrap();
    assert!(solve.is_valid(&good));
    for key in good.as_object().unwrap().keys() {
        let mut bad = good.clone();
        bad.as_object_mut().unwrap().remove(key);
        assert!(!solve.is_valid(&bad), "without {key}");
        let mut bad = good.clone();
        bad[key] = Value::Bool(true);
        assert!(!solve.is_valid(&bad), "{key} = true");
    }
    let mut bad = good.clone();
    bad["more"] = Value::Null;
    assert!(!solve.is_valid(&bad), "an unknown key");
    for (pointer, value) in [
        ("/schema", Value::from("detente/solve/1")),
        ("/feasible/count", Value::from("four")),
        ("/feasible/states/0", Value::from(-1)),
        ("/equilibria/nash/patterns/0", Value::from("YX")),
        ("/questions/0/answer", Value::from("perhaps")),
        ("/case/digest", Value::from("md5:00")),
    ] {
        let mut bad = good.clone();
        *bad.pointer_mut(pointer).unwrap_or_else(|| panic!("{pointer}")) = value;
        assert!(!solve.is_valid(&bad), "{pointer}");
    }
}

/// A ledger with every kind of entry, given by hand and computed, open, resolved, void, and a broken one.
#[test]
fn forecasts_obey_their_schemas() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("l.jsonl");
    let ledger = path.to_str().unwrap();
    let entry = validator("forecast-entry");
    let record = |id: &str, more: &[&str]| {
        let mut args =
            vec!["forecast", "record", ledger, "--id", id, "--question", "?", "--by", "2099-01-01"];
        args.extend(["--at", "2026-01-01", "--format", "json"]);
        args.extend(more);
        obeys(&entry, id, &stdout(&args))
    };
    let flagship = "cases/south-caucasus-2023-solo";
    record("hand", &["--yes", "0.25", "--author", "A. N.", "--note", "n"]);
    record("drawn", &["--case", flagship, "--yes", "holds", "--draws", "500"]);
    record("never", &["--case", "cases/chicken", "--answer", "a=0", "--rest", "b", "--measure", "drawn"]);
    record("other", &["--answer", "a=0", "--answer", "b=0.5", "--rest", "c"]);
    let resolve = |id: &str, more: &[&str]| {
        let mut args = vec!["forecast", "resolve", ledger, id, "--at", "2026-02-01", "--format", "json"];
        args.extend(more);
        obeys(&entry, id, &stdout(&args))
    };
    resolve("hand", &["--answer", "no", "--source", "s", "--dated", "2026-01", "--on", "2026-01-31"]);
    resolve("drawn", &["--void", "v"]);
    resolve("other", &["--answer", "a", "--source", "s", "--dated", "2026-01-02", "--url", "u"]);
    resolve("drawn", &["--withdraw", "w"]);
    for line in fs::read_to_string(&path).unwrap().lines() {
        let value = obeys(&entry, "a line of the ledger", line);
        for key in value.as_object().unwrap().keys() {
            let mut bad = value.clone();
            bad[key] = Value::Bool(true);
            assert!(!entry.is_valid(&bad), "{key} = true");
        }
    }
    let verify = validator("forecast-verify");
    let args = ["forecast", "verify", ledger, "--format", "json"];
    obeys(&verify, "verify", &stdout(&args));
    let score = validator("forecast-score");
    let scored = obeys(&score, "score", &stdout(&["forecast", "score", ledger, "--format", "json"]));
    assert_eq!(scored["foresight"]["log"], Value::Null, "what happened had been called impossible");
    assert_eq!(scored["foresight"]["impossible"], 1);
    let kept = format!("{flagship}/forecasts.jsonl");
    obeys(&score, "flagship", &stdout(&["forecast", "score", &kept, "--format", "json"]));
    fs::write(&path, "{}\n").unwrap();
    let broken = detente(&args);
    assert_eq!(broken.status.code(), Some(1));
    let value = obeys(&verify, "broken", std::str::from_utf8(&broken.stdout).unwrap());
    assert_eq!(value["broken"]["fault"], "malformed");
}

/// The text without the one part that may differ.
fn without_timings(text: &str) -> &str {
    &text[..text.find("\"timings_ms\"").unwrap()]
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    for case in SMALL {
        let path = format!("cases/{case}");
        let texts: Vec<String> = ["1", "2", "2", "0"]
            .iter()
            .map(|threads| {
                stdout(&["solve", &path, "--format", "json", "--concept", "all", "--threads", threads])
            })
            .collect();
        for text in &texts[1..] {
            assert_eq!(without_timings(text), without_timings(&texts[0]), "{case}");
        }
        let tables: Vec<String> =
            ["1", "2"].iter().map(|threads| stdout(&["solve", &path, "--threads", threads])).collect();
        assert_eq!(tables[0], tables[1], "{case}");
    }
}

/// The keys in the order of the contract: people read it too.
#[test]
fn keys_come_in_the_order_of_the_contract() {
    let text = stdout(&["solve", "cases/south-caucasus-2023-solo", "--format", "json"]);
    let keys: Vec<&str> = text
        .lines()
        .filter_map(|line| line.strip_prefix("  \"")?.split_once('"').map(|(key, _)| key))
        .collect();
    assert_eq!(
        keys,
        [
            "schema",
            "program",
            "case",
            "settings",
            "actors",
            "options",
            "movers",
            "readings",
            "feasible",
            "stability",
            "equilibria",
            "lasts",
            "slices",
            "headline",
            "lasting",
            "questions",
            "diagnostics",
            "limits",
            "timings_ms"
        ]
    );
    let timings = &text[text.find("\"timings_ms\"").unwrap()..];
    let place = |key: &str| timings.find(&format!("\"{key}\"")).unwrap_or_else(|| panic!("{key}: {timings}"));
    assert!(
        place("read") < place("states") && place("states") < place("nash") && place("nash") < place("total")
    );
}

#[test]
fn the_flagship_has_the_numbers_of_the_contract() {
    let value: Value =
        serde_json::from_str(&stdout(&["solve", "cases/south-caucasus-2023-solo", "--format", "json"]))
            .unwrap();
    assert_eq!(value["feasible"]["count"], "128");
    assert_eq!(value["equilibria"]["nash"]["states"], serde_json::json!([1792, 1826, 4053]));
    assert_eq!(value["equilibria"]["nash"]["fixed"]["ru.broker"], true);
    assert_eq!(value["equilibria"]["nash"]["patterns_complete"], true);
    for (concept, count) in [("nash", "3"), ("gmr", "87"), ("smr", "84"), ("seq", "47"), ("sseq", "43")] {
        assert_eq!(value["equilibria"][concept]["count"], count);
    }
    assert_eq!(value["questions"][0]["answer"], "yes");
    assert_eq!(value["questions"][0]["states"], serde_json::json!([4053]));
    assert_eq!(value["case"]["variant"], Value::Null);

    let listless: Value = serde_json::from_str(&stdout(&[
        "solve",
        "cases/south-caucasus-2023-solo",
        "--format",
        "json",
        "--list",
        "2",
    ]))
    .unwrap();
    assert!(listless["feasible"].get("states").is_none());
    assert_eq!(listless["equilibria"]["nash"]["count"], "3");
    assert!(listless["equilibria"]["nash"]["patterns"].as_array().unwrap().len() <= 2);
    assert_eq!(listless["equilibria"]["nash"]["patterns_complete"], false);
}

/// Comments and prose do not change the digest; a wish does.
#[test]
fn the_digest_is_of_the_game() {
    let folder = tempfile::tempdir().unwrap();
    let digest = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        let value: Value =
            serde_json::from_str(&stdout(&["solve", path.to_str().unwrap(), "--format", "json"])).unwrap();
        value["case"]["digest"].as_str().unwrap().to_owned()
    };
    let text = fs::read_to_string(root().join("cases/chicken/case.toml")).unwrap();
    let one = digest("a.toml", &text);
    assert!(one.starts_with("blake3:") && one.len() == 7 + 64);
    let title = text.lines().find(|line| line.starts_with("title")).unwrap();
    assert_eq!(digest("b.toml", &text.replace(title, "title = \"Other\" # comment")), one);
    let wish = text.lines().find(|line| line.starts_with("that")).map(str::to_owned);
    if let Some(wish) = wish {
        assert_ne!(digest("c.toml", &text.replacen(&wish, "that = \"true\"", 1)), one);
    }
}
