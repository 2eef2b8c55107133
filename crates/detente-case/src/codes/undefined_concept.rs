//! # E0528: a question under a concept that is not defined for the case
//!
//! Simultaneous stability (`sim`) is about steps that single actors take at the same time: it is defined where
//! outcomes are made of options that actors switch for themselves, not for listed outcomes (`[graph]`), and not where
//! several act together or moves hang on conditions.

use std::ops::Range;

use crate::problem::Problem;

/// The code.
pub const CODE: &str = "E0528";

pub(crate) fn undefined_concept(at: &Range<usize>, question: &str, concept: &str, why: &str) -> Problem {
    Problem::error(CODE, at, format!("question `{question}` asks under `{concept}`, which is not defined here: {why}"))
        .hint("take `concept` out, or ask under `nash`, `gmr`, `smr`, `seq` or `sseq`")
}
