//! # E0513: a strong statement after one that is not
//!
//! An actor's strong statements come before all its others; else "much preferred" would not be
//! transitive.

use std::ops::Range;

use crate::problem::Problem;

/// The code.
pub const CODE: &str = "E0513";

pub(crate) fn strong_order(at: &Range<usize>, actor: &str, mild: &Range<usize>) -> Problem {
    Problem::error(CODE, at, format!("this statement of `{actor}` is strong, and comes after one that is not"))
        .related(mild, "this one is not strong")
        .hint("move it before all that are not strong")
}
