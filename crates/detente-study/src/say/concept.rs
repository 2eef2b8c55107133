//! The concepts of stability in words: what their table says.

use detente_model::{Concept, Game};

/// Its name as a noun: "Sequential stability".
pub fn name(concept: Concept) -> &'static str {
    concept.row().name
}

/// Its short name in tables: `Nash`, `SEQ`.
pub fn short(concept: Concept) -> &'static str {
    concept.row().short
}

/// Its name in a word, for heads of columns: `sequential`.
#[must_use]
pub fn word(concept: Concept) -> &'static str {
    concept.row().word
}

/// Its adjective after a remark: "(sequential)".
pub fn adjective(concept: Concept) -> &'static str {
    concept.row().adjective
}

/// When an outcome is stable for an actor, in one line.
pub fn meaning(concept: Concept) -> &'static str {
    concept.row().sentence
}

/// What equilibria are, behind "outcomes": "that last", under a concept with foresight with what is foreseen.
pub fn lasting(concept: Concept) -> &'static str {
    concept.row().lasting
}

/// The same of one: "that lasts".
#[must_use]
pub fn lasts(concept: Concept) -> String {
    lasting(concept).replacen("that last", "that lasts", 1)
}

/// When an outcome lasts, as a clause: "nobody alone has a reason to leave it".
#[must_use]
pub fn lasts_when(concept: Concept) -> &'static str {
    concept.row().lasts_when
}

/// That a concept which was asked for is left out, and why.
#[must_use]
pub fn refused(concept: Concept, why: &str) -> String {
    format!("{} ({}) is not computed for this case: {why}.", name(concept), short(concept))
}

/// Those of `concepts` that are not possible in the form of `game`, with why.
#[must_use]
pub fn all_refused(game: &Game, concepts: &[Concept]) -> Vec<(Concept, &'static str)> {
    concepts.iter().filter_map(|which| which.undefined_for(game).map(|why| (*which, why))).collect()
}
