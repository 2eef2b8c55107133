//! Writing a conflict and reading it again gives the same conflict.
#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use std::path::Path;

use detente_case::{read, to_toml};
use proptest::prelude::*;

/// Whether the states of a random conflict fit together: the generator does not look at them, so
/// that its rules may contradict each other and its rankings may have gaps.
fn states_fit(read: &detente_case::Read) -> bool {
    let of_states = |code: &str| matches!(code, "E0515" | "E0516" | "E0517" | "E0524" | "E0525");
    !read.diagnostics.iter().any(|d| of_states(d.code))
}

fn check(conflict: &detente_model::Conflict) -> bool {
    let text = to_toml(conflict);
    let read = read("written.toml", text.as_bytes());
    if !states_fit(&read) {
        return false;
    }
    let problems = &read.diagnostics;
    let found = read.conflict.unwrap_or_else(|| panic!("{problems:?}\n{text}"));
    assert_eq!(&found, conflict, "\n{text}");
    assert_eq!(to_toml(&found), text);
    true
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, max_global_rejects: 10_000, ..ProptestConfig::default() })]
    #[test]
    fn random_conflicts(seed in any::<u64>()) {
        prop_assume!(check(&common::conflict(seed)));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, max_global_rejects: 10_000, ..ProptestConfig::default() })]
    /// Case files in the second part of the language, as people write them: what is read is written and
    /// read again, and is the same.
    #[test]
    fn random_texts(seed in any::<u64>()) {
        let text = common::language::text(seed);
        let read = read("random.toml", text.as_bytes());
        let errors: Vec<_> = read.diagnostics.iter().filter(|d| d.is_error()).collect();
        // What only the feasible states show: the generator does not look at them.
        prop_assume!(!errors.iter().any(|d| matches!(d.code, "E0510" | "E0511" | "E0524" | "E0525")));
        prop_assert!(errors.is_empty(), "{errors:#?}\n{text}");
        prop_assert!(check(&read.conflict.unwrap()));
    }
}

/// Every file of the reference, in each of its variants.
#[test]
fn reference() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/language");
    let mut count = 0;
    for part in ["random", "tiny", "flagship"] {
        for entry in std::fs::read_dir(folder.join(part)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_none_or(|end| end != "toml") {
                continue;
            }
            let Some(conflict) = read("case.toml", &std::fs::read(&path).unwrap()).conflict else { continue };
            assert!(check(&conflict), "{}", path.display());
            for variant in &conflict.variants {
                // A variant written as a case is the same game.
                let changed = conflict.with_variant(&variant.id).unwrap().unwrap();
                let mut alone = changed.clone();
                alone.variants.clear();
                let text = to_toml(&alone);
                let again = read("case.toml", text.as_bytes());
                let again = again.conflict.unwrap_or_else(|| panic!("{:#?}\n{text}", again.diagnostics));
                // What is not there in a variant is then a rule like any other.
                let canonical =
                    |game: &detente_model::Game| game.canonical().replace("rule unavailable", "rule never");
                let (found, expected) = (canonical(&again.game), canonical(&changed.game));
                assert_eq!(found, expected, "{} {}", path.display(), variant.id);
            }
            count += 1;
        }
    }
    assert!(count >= 105, "{count}");
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
            assert!(check(&read.conflict.unwrap_or_else(|| panic!("{:#?}", read.diagnostics))));
            count += 1;
        }
    }
    assert!(count >= 8, "{count} cases");
}
