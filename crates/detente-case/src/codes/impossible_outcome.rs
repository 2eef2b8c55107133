//! # W0505: an outcome that no possible state has
//!
//! No state that the rules allow satisfies the formula, so that a question about it can only be
//! answered by no.

use std::ops::Range;

use crate::problem::Problem;

/// The code.
pub const CODE: &str = "W0505";

pub(crate) fn impossible_outcome(at: &Range<usize>, id: &str) -> Problem {
    Problem::warning(CODE, at, format!("no possible state has the outcome `{id}`"))
        .hint("compare its formula with the rules")
}
