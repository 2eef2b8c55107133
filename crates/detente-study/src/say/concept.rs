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

/// Its adjective after a remark: "(sequential)".
pub fn adjective(concept: Concept) -> &'static str {
    concept.row().adjective
}

/// When an outcome is stable for an actor, in one line.
pub fn meaning(concept: Concept) -> &'static str {
    concept.row().sentence
}

/// What an equilibrium is: "that nobody alone has reason to leave".
pub fn lasting(concept: Concept) -> &'static str {
    concept.row().lasting
}

/// Why a concept is not possible in the form of `game`; `None` when it is.
#[must_use]
pub fn impossible(game: &Game, concept: Concept) -> Option<&'static str> {
    if concept.at_once() && game.graph_form().is_none() && !game.only_own_moves() {
        return Some(
            "steps at the same time are defined for single moves of actors, not where several act together",
        );
    }
    (!concept.is_defined_in(&game.form)).then_some(
        "steps at the same time can be combined where an outcome is made of options, not where outcomes are listed",
    )
}

/// That a concept which was asked for is left out, and why.
#[must_use]
pub fn refused(concept: Concept, why: &str) -> String {
    format!("{} ({}) is not computed for this case: {why}.", name(concept), short(concept))
}

/// Those of `concepts` that are not possible in the form of `game`, with why.
#[must_use]
pub fn all_refused(game: &Game, concepts: &[Concept]) -> Vec<(Concept, &'static str)> {
    concepts.iter().filter_map(|which| impossible(game, *which).map(|why| (*which, why))).collect()
}
