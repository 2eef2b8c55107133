//! # W0603: a claim that says nothing yet
//!
//! `says` is empty: `detente new --source` writes one such claim for each sentence of a text.
//! Write in your own words what the sentence claims, or remove the claim.

use std::ops::Range;

use crate::problem::Problem;

/// The code.
pub const CODE: &str = "W0603";

pub(crate) fn empty_claim(at: &Range<usize>, claim: &str) -> Problem {
    Problem::warning(CODE, at, format!("the claim `{claim}` says nothing yet"))
        .hint("write what the sentence claims, in your own words, or remove the claim")
}
