//! The concepts of stability in words.

use detente_model::Concept;

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
