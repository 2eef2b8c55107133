//! How an engineer embeds Détente: a case from a file, in two versions, with answers, what lasts, and reasons.
//!
//! ```sh
//! cargo run -p detente-study --example embed -- cases/south-caucasus-2023-solo/case.toml
//! ```

use std::process::ExitCode;

use detente_engine::{Quiet, Settings};
use detente_model::{Concept, Strike};
use detente_study::say::names;
use detente_study::{Refusal, Study, Version};

fn main() -> ExitCode {
    let Some(path) = std::env::args().nth(1) else {
        eprintln!("embed: name a case file");
        return ExitCode::from(2);
    };
    let bytes = match std::fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) => {
            eprintln!("embed: {path} cannot be read: {error}");
            return ExitCode::FAILURE;
        }
    };
    // All problems at once, each with its place.
    let read = detente_case::read(&path, &bytes);
    for problem in &read.diagnostics {
        eprintln!("{}: {}", problem.code, problem.message);
    }
    let Some(conflict) = read.conflict else { return ExitCode::FAILURE };
    match tell(&conflict) {
        Ok(()) => ExitCode::SUCCESS,
        Err(refusal) => {
            eprintln!("embed: {}", refusal.sentence());
            ExitCode::FAILURE
        }
    }
}

fn tell(conflict: &detente_model::Conflict) -> Result<(), Refusal> {
    let settings = Settings { concepts: vec![Concept::Nash, Concept::Seq], ..Settings::default() };
    // `Quiet` never stops; a program with a deadline brings its own `Watch`.
    let watch: detente_study::Waiting = std::sync::Arc::new(Quiet);
    let study = Study::of(conflict, &Version::default(), &settings, &watch)?;
    println!("{}", conflict.about.title);
    for reply in study.answers() {
        println!("  {} {}", reply.ask, reply.text);
    }
    // What nobody alone would leave, by name.
    for state in study.found.equilibria(Concept::Nash).map_or_else(Vec::new, |set| set.first(10)) {
        println!("  lasts: {}", names::outcome(study.conflict(), &state));
    }
    // Bounds that were hit are part of the answer.
    for hit in &study.found.solution.limits {
        println!("  bound: {} {}", hit.what, hit.limit);
    }

    let Some(claim) = conflict.evidence.claims.first() else { return Ok(()) };
    let strike = Strike { claims: vec![claim.id.clone()], ..Strike::default() };
    let without = Study::of(conflict, &Version { strike, ..Version::default() }, &settings, &watch)?;
    println!("Without the claim {}:", claim.id);
    for reply in without.answers() {
        println!("  {} {}", reply.ask, reply.text);
    }
    Ok(())
}
