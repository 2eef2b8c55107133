//! # W0506: a defined name that nothing uses
//!
//! No rule, statement, ranking, outcome, question or other definition mentions the name.

use std::ops::Range;

use crate::problem::Problem;

/// The code.
pub const CODE: &str = "W0506";

pub(crate) fn unused_definition(at: &Range<usize>, name: &str) -> Problem {
    Problem::warning(CODE, at, format!("nothing uses the defined name `{name}`")).hint("use it or remove it")
}
