//! Writing a conflict and reading it again gives the same conflict.
#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use std::path::Path;

use detente_case::{read, to_toml};
use proptest::prelude::*;

fn check(conflict: &detente_model::Conflict) {
    let text = to_toml(conflict);
    let read = read("written.toml", text.as_bytes());
    let problems = detente_case::render(&read.diagnostics, &read.text, false);
    let found = read.conflict.unwrap_or_else(|| panic!("{problems}\n{text}"));
    assert_eq!(&found, conflict, "\n{text}");
    assert_eq!(to_toml(&found), text);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]
    #[test]
    fn random_conflicts(seed in any::<u64>()) {
        check(&common::conflict(seed));
    }
}

#[test]
fn random_conflicts_use_the_whole_format() {
    let all: Vec<_> = (0..300).map(common::conflict).collect();
    assert!(all.iter().any(|c| c.game.graph_form().is_some()));
    assert!(all.iter().any(|c| !c.variants.is_empty() && !c.views.is_empty() && !c.questions.is_empty()));
    assert!(all.iter().any(|c| c.variants.iter().any(|v| !v.overlay.add_prefers.is_empty())));
    assert!(all.iter().any(|c| c.variants.iter().any(|v| !v.overlay.strike.is_empty())));
    assert!(all.iter().filter(|c| c.game.status_quo.is_some()).count() > 200);
}

#[test]
fn catalogue() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases");
    let mut count = 0;
    for entry in std::fs::read_dir(cases).unwrap() {
        let path = entry.unwrap().path().join("case.toml");
        if let Ok(bytes) = std::fs::read(&path) {
            let read = read(&path.display().to_string(), &bytes);
            check(&read.conflict.unwrap_or_else(|| panic!("{:#?}", read.diagnostics)));
            count += 1;
        }
    }
    assert!(count >= 8, "{count} cases");
}
