//! # E0702: a part of a `.gmcr` file is missing or of another kind
//!
//! Options, decision makers, conditions and rankings must be there in the form in which GMCR+
//! 0.4 writes them. Derived parts (`payoffs`, `coalitionsFull`, `nodes`) are not read.

use std::ops::Range;

use crate::import::json::start_of;
use crate::problem::Problem;

/// The code.
pub const CODE: &str = "E0702";

pub(crate) fn wrong(at: &Range<usize>, what: &str, expected: &str, there: &str) -> Problem {
    Problem::error(CODE, at, format!("{what} must be {expected}, not {there}"))
        .hint("open it in GMCR+ and save it again")
}

pub(crate) fn missing(at: &Range<usize>, key: &str, of: &str) -> Problem {
    Problem::error(CODE, &start_of(at), format!("{of} lacks {key}"))
        .hint("open it in GMCR+ and save it again")
}
