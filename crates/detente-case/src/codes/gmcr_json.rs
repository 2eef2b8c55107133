//! # E0701: a `.gmcr` file that is not JSON
//!
//! The file of GMCR+ is one JSON object in UTF-8. The place is where reading stopped.

use std::ops::Range;

use crate::problem::Problem;

/// The code.
pub const CODE: &str = "E0701";

pub(crate) fn not_json(at: &Range<usize>, message: &str) -> Problem {
    Problem::error(CODE, at, message).hint("a .gmcr file of GMCR+ is one JSON object")
}
