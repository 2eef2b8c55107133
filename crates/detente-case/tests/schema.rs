//! The JSON Schema of the case file accepts what the reader accepts, and refuses what has another
//! shape.
#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use std::path::Path;

use detente_case::{FreshSource, case_schema, fresh_case, read, to_toml};
use serde_json::Value;

fn validator() -> jsonschema::Validator {
    let schema = case_schema();
    jsonschema::draft202012::meta::validate(&schema).unwrap();
    jsonschema::validator_for(&schema).unwrap()
}

/// TOML as JSON: dates become texts.
fn json(value: &toml::Value) -> Value {
    match value {
        toml::Value::Datetime(date) => date.to_string().into(),
        toml::Value::Array(list) => list.iter().map(json).collect(),
        toml::Value::Table(table) => {
            Value::Object(table.iter().map(|(key, value)| (key.clone(), json(value))).collect())
        }
        toml::Value::String(text) => text.as_str().into(),
        toml::Value::Integer(number) => (*number).into(),
        toml::Value::Float(number) => (*number).into(),
        toml::Value::Boolean(value) => (*value).into(),
    }
}

fn errors(validator: &jsonschema::Validator, text: &str) -> Vec<String> {
    let value: toml::Value = toml::from_str(text).unwrap();
    let value = json(&value);
    validator.iter_errors(&value).map(|e| format!("{e} at {}", e.instance_path())).collect()
}

#[test]
fn what_reads_obeys_the_schema() {
    let validator = validator();
    let mut count = 0;
    for folder in std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases")).unwrap() {
        let path = folder.unwrap().path().join("case.toml");
        if let Ok(text) = std::fs::read_to_string(&path) {
            assert_eq!(errors(&validator, &text), [""; 0], "{}", path.display());
            count += 1;
        }
    }
    assert!(count >= 8, "{count}");
    for part in ["random", "tiny", "flagship"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/language").join(part);
        for file in std::fs::read_dir(folder).unwrap() {
            let path = file.unwrap().path();
            if path.extension().is_some_and(|end| end == "toml") {
                let text = std::fs::read_to_string(&path).unwrap();
                assert_eq!(errors(&validator, &text), [""; 0], "{}", path.display());
            }
        }
    }
    for seed in 0..500 {
        for text in [to_toml(&common::conflict(seed)), common::language::text(seed)] {
            assert_eq!(errors(&validator, &text), [""; 0], "{text}");
        }
    }
    let source = FreshSource { file: "a.txt", text: "One. Two." };
    for text in [fresh_case("x", None), fresh_case("x", Some(source))] {
        assert_eq!(errors(&validator, &text), [""; 0], "{text}");
    }
}

/// A schema that accepts everything proves nothing: one mistake of shape each.
#[test]
fn what_has_another_shape_does_not() {
    let validator = validator();
    let good = fresh_case("x", None);
    for (old, new) in [
        ("format = 1", "format = \"1\""),
        ("format = 1\n", ""),
        ("title = \"x\"", "titel = \"x\""),
        ("[actor.a]", "[actor.A]"),
        ("moves = \"on_only\"", "moves = \"on\""),
        ("on = [\"a.threaten\"]", "on = [\"threaten\"]"),
        ("never = \"b.sign and b.withdraw\"", "never = \"b.sign\"\nalways = \"a.sign\""),
        ("kind = \"possible\"", "kind = \"likely\""),
        ("that = \"agreed\"", "that = 3"),
        ("that = \"agreed\"", "that = \"agreed\"\nleast = \"a.sign\""),
        ("[status_quo]", "[act.deal]\ntext = \"D\"\nparties = [\"a\"]\nbegins = \"both\"\n[status_quo]"),
        ("[status_quo]", "[deadline.d]\non = \"2025\"\nthen = {}\n[status_quo]"),
    ] {
        assert!(good.contains(old), "{old}");
        let bad = good.replacen(old, new, 1);
        assert!(read("bad", bad.as_bytes()).conflict.is_none(), "the reader refuses {new}");
        assert!(!errors(&validator, &bad).is_empty(), "the schema refuses {new}");
    }
}
