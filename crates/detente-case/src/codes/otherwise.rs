//! # E0527: the rest of a chance
//!
//! `otherwise` says what becomes of the rest of the chance that `confidence` leaves: of a wish
//! `"contrary"`, `"indifferent"`, or shares of both that add up with the confidence to 1; of a definition
//! what it then stands for. It needs a confidence, and the confidence of a definition needs it.

use std::ops::Range;

use crate::problem::Problem;

/// The code.
pub const CODE: &str = "E0527";

pub(crate) fn no_confidence(at: &Range<usize>) -> Problem {
    Problem::error(CODE, at, "`otherwise` is about the rest of a chance, and the wish is certain")
        .hint("add `confidence = 0.8`, or take `otherwise` out")
}

pub(crate) fn sum(at: &Range<usize>, confidence: f64, contrary: f64, indifferent: f64) -> Problem {
    let sum = confidence + contrary + indifferent;
    Problem::error(
        CODE,
        at,
        format!("the confidence {confidence} and the shares {contrary} (contrary) and {indifferent} (indifferent) come to {sum:.3}"),
    )
    .hint("together they must come to 1")
}

pub(crate) fn no_otherwise(at: &Range<usize>, id: &str) -> Problem {
    Problem::error(CODE, at, format!("`{id}` has a confidence, and it is not said what it stands for otherwise"))
        .hint("add `otherwise = \"…\"`: the formula that it then stands for")
}
