//! # E0516: a ranking leaves out a possible state
//!
//! Every state that the rules allow must be in one group of a ranking. Add it to a group, or write
//! `rest = "last"`: then what no group covers comes last.

use std::ops::Range;

use crate::problem::Problem;

/// The code.
pub const CODE: &str = "E0516";

pub(crate) fn ranking_gap(at: &Range<usize>, actor: &str, state: &str) -> Problem {
    let message = format!("the ranking of {actor} leaves out a possible state: {state}");
    Problem::error(CODE, at, message).hint("add it to a group, or write `rest = \"last\"`")
}
