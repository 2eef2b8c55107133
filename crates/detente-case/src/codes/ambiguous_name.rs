//! # W0305: an outcome and a defined name with the same id
//!
//! A question's `outcome` can be the id of an `[outcome]` or a defined name, and here both exist
//! with different meanings. The outcome is meant.

use std::ops::Range;

use crate::problem::Problem;

/// The code.
pub const CODE: &str = "W0305";

pub(crate) fn ambiguous_name(at: &Range<usize>, id: &str, outcome: &Range<usize>, name: &Range<usize>) -> Problem {
    Problem::warning(CODE, at, format!("`{id}` is an outcome and a defined name, which differ; the outcome is meant"))
        .related(outcome, "the outcome")
        .related(name, "the defined name")
        .hint("give one of them another id")
}
