//! # E0506: a move from a state to itself
//!
//! A move leads to another state. To stay needs no move.

use std::ops::Range;

use crate::problem::Problem;

/// The code.
pub const CODE: &str = "E0506";

pub(crate) fn self_move(at: &Range<usize>, state: &str) -> Problem {
    Problem::error(CODE, at, format!("this move leads from `{state}` to itself")).hint("take it out")
}
