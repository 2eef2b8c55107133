//! # E0504: a pattern that does not fit the options
//!
//! A pattern such as `YN-Y` has one character for every option of the case, in file order: `Y`
//! on, `N` off, `-` either.

use std::ops::Range;

use crate::problem::Problem;

/// The code.
pub const CODE: &str = "E0504";

pub(crate) fn wrong_length(at: &Range<usize>, found: usize, options: usize) -> Problem {
    Problem::error(CODE, at, format!("this pattern has {found} characters; the case has {options} options"))
        .hint("one character for each option, in file order: `Y`, `N` or `-`")
}

pub(crate) fn wrong_character(at: &Range<usize>, found: char) -> Problem {
    Problem::error(CODE, at, format!("a pattern has no `{}`", found.escape_debug()))
        .hint("one character for each option, in file order: `Y`, `N` or `-`; formulas begin with `=`")
}
