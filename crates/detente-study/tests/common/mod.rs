//! Cases solved, and small readers of what is written for other programs.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, dead_code)]

pub(crate) mod gambit;
pub(crate) mod tex;

use std::sync::Arc;

use detente_engine::{Quiet, Settings};
use detente_study::find::findings::Findings;
use detente_study::{Study, Waiting};

/// A case solved under the default concepts.
pub(crate) fn findings(text: &str) -> Findings {
    findings_with(text, &Settings::default())
}

/// A case solved.
pub(crate) fn findings_with(text: &str, settings: &Settings) -> Findings {
    let read = detente_case::read("case.toml", text.as_bytes());
    let conflict = read.conflict.unwrap_or_else(|| panic!("{:?}", read.diagnostics));
    let quiet: Waiting = Arc::new(Quiet);
    let Ok(study) = Study::solved(conflict, settings.clone(), &quiet) else { panic!("solved") };
    study.found
}

/// The text of a case of the catalogue.
pub(crate) fn catalogue(name: &str) -> String {
    let path = format!("{}/../../cases/{name}/case.toml", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}
