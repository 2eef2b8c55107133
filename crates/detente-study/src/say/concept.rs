//! The concepts of stability in words.

use detente_model::{Concept, Form, Game};

/// Its name as a noun: "Sequential stability".
pub fn name(concept: Concept) -> &'static str {
    match concept {
        Concept::Nash => "Nash stability",
        Concept::Gmr => "General metarationality",
        Concept::Smr => "Symmetric metarationality",
        Concept::Seq => "Sequential stability",
        Concept::Sseq => "Symmetric sequential stability",
        Concept::Sim => "Simultaneous stability",
    }
}

/// Its short name in tables: `Nash`, `SEQ`.
pub fn short(concept: Concept) -> &'static str {
    match concept {
        Concept::Nash => "Nash",
        Concept::Gmr => "GMR",
        Concept::Smr => "SMR",
        Concept::Seq => "SEQ",
        Concept::Sseq => "SSEQ",
        Concept::Sim => "SIM",
    }
}

/// Its adjective after a remark: "(sequential)".
pub fn adjective(concept: Concept) -> &'static str {
    match concept {
        Concept::Nash => "Nash",
        Concept::Gmr => "general metarational",
        Concept::Smr => "symmetric metarational",
        Concept::Seq => "sequential",
        Concept::Sseq => "symmetric sequential",
        Concept::Sim => "simultaneous",
    }
}

/// When an outcome is stable for an actor, in one line.
pub fn meaning(concept: Concept) -> &'static str {
    match concept {
        Concept::Nash => "Nobody alone can reach an outcome that it prefers.",
        Concept::Gmr => {
            "Whoever leaves alone can be put back: an answer of the others leaves it no better off."
        }
        Concept::Smr => "As GMR, and no further step of its own would get it out of that answer.",
        Concept::Seq => "As GMR, but the others answer only with steps that they themselves prefer.",
        Concept::Sseq => "As SEQ, and no further step of its own would get it out of that answer.",
        Concept::Sim => {
            "Whoever leaves alone is no better off when others who would also leave go at the same time."
        }
    }
}

/// What an equilibrium is: "that nobody alone has reason to leave".
pub fn lasting(concept: Concept) -> &'static str {
    match concept {
        Concept::Nash => "that nobody alone has reason to leave",
        Concept::Gmr => "that last when all fear any answer of the others",
        Concept::Smr => "that last when all fear answers that they could not escape",
        Concept::Seq => "that last when all foresee answers in the others' own interest",
        Concept::Sseq => {
            "that last when all foresee answers in the others' own interest and could not escape them"
        }
        Concept::Sim => "that last when all reckon with others who leave at the same time",
    }
}

/// Why a concept is not possible in the form of `game`; `None` when it is.
#[must_use]
pub fn impossible(game: &Game, concept: Concept) -> Option<&'static str> {
    let graph = matches!(game.form, Form::Graph(_));
    (graph && concept == Concept::Sim).then_some(
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
