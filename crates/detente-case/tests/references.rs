//! A new id is a new id everywhere, and nothing is left that refers to what was removed: for every thing of a case that
//! has everything the language has.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::fs;
use std::path::Path;

use detente_case::{Change, change, falls, outline, read};
use serde_json::Value as Json;

/// The example of the page of the case file: it has everything.
fn example() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/case-file.md");
    let page = fs::read_to_string(path).unwrap().replace("\r\n", "\n");
    let blocks = page.split("```toml\n").skip(1);
    blocks.map(|block| block.split("```").next().unwrap()).collect()
}

/// The addresses of everything that has an id.
fn things(text: &str) -> Vec<String> {
    let root = outline(text).unwrap().value;
    let mut all = Vec::new();
    let tables = [
        "source",
        "claim",
        "actor",
        "act",
        "chance",
        "deadline",
        "said",
        "assembly",
        "body",
        "instrument",
        "track",
        "define",
        "outcome",
        "question",
        "variant",
        "reading",
        "together",
        "observed",
    ];
    for table in tables {
        let ids = root.get(table).and_then(Json::as_object).into_iter().flat_map(|all| all.keys());
        all.extend(ids.map(|id| format!("{table}.{id}")));
    }
    for (actor, about) in root["actor"].as_object().unwrap() {
        let options = about.get("option").and_then(Json::as_object).into_iter().flat_map(|all| all.keys());
        all.extend(options.map(|id| format!("actor.{actor}.option.{id}")));
        let wishes = about.get("prefers").and_then(Json::as_array).into_iter().flatten();
        let ids = wishes.filter_map(|wish| wish.get("id")?.as_str());
        all.extend(ids.map(|id| format!("actor.{actor}.prefers[={id}]")));
    }
    let rules = root["rule"].as_array().unwrap().iter().filter_map(|rule| rule.get("id")?.as_str());
    all.extend(rules.map(|id| format!("rule[={id}]")));
    assert!(all.len() > 25, "{all:#?}");
    all
}

fn errors(text: &str) -> Vec<String> {
    let found = read("case", text.as_bytes());
    found.diagnostics.iter().filter(|d| d.is_error()).map(|d| format!("{} {}", d.code, d.message)).collect()
}

#[test]
fn a_new_id_is_a_new_id_everywhere() {
    let text = example();
    assert_eq!(errors(&text), Vec::<String>::new());
    for address in things(&text) {
        let renamed = Change::Rename { address: address.clone(), to: "another-name".to_owned() };
        let changed = change(&text, &[renamed]).unwrap_or_else(|error| panic!("{address}: {error}"));
        assert_eq!(errors(&changed.text), Vec::<String>::new(), "{address}");
        assert!(changed.text.contains("another-name"), "{address}");
    }
}

/// What is missing then is told by other codes than that something is not known: an actor without a wish, an outcome that
/// cannot be.
#[test]
fn nothing_refers_to_what_was_removed() {
    let text = example();
    let root = outline(&text).unwrap().value;
    for address in things(&text) {
        let with: Vec<String> =
            falls(&text, &address).unwrap().into_iter().map(|fall| fall.address).collect();
        let pointer = address.split('.').try_fold(&root, |at, key| match key.split_once("[=") {
            None => at.get(key),
            Some((list, id)) => {
                let id = id.trim_end_matches(']');
                at.get(list)?.as_array()?.iter().find(|one| one.get("id").and_then(Json::as_str) == Some(id))
            }
        });
        let expected = pointer.unwrap_or_else(|| panic!("{address}")).clone();
        let removed = Change::RemoveAll { address: address.clone(), expected, with: with.clone() };
        let changed = change(&text, &[removed]).unwrap_or_else(|error| panic!("{address}: {error}"));
        let unknown: Vec<String> =
            errors(&changed.text).into_iter().filter(|error| error.starts_with("E03")).collect();
        assert_eq!(unknown, Vec::<String>::new(), "{address} with {with:?}\n{}", changed.text);
    }
}
