//! # W0605: a definition with grounds that says nothing without them
//!
//! The name rests on claims. Where they are struck it is not known what it stands for, and every conclusion
//! that uses it is open. `otherwise` says what it then means.

use std::ops::Range;

use crate::problem::Problem;

/// The code.
pub const CODE: &str = "W0605";

pub(crate) fn no_otherwise(at: &Range<usize>, id: &str) -> Problem {
    Problem::warning(CODE, at, format!("without its grounds it is open what `{id}` stands for, and with it every answer that uses it"))
        .hint("add `otherwise = \"…\"`: what it stands for then")
}
