//! # E0512: weights that can overflow
//!
//! The weights of an actor are summed over the statements that hold in a state. Sums are whole
//! numbers of 64 bits; these could pass that.

use std::ops::Range;

use crate::problem::Problem;

/// The code.
pub const CODE: &str = "E0512";

pub(crate) fn weights(at: &Range<usize>, actor: &str) -> Problem {
    Problem::error(CODE, at, format!("the weights of `{actor}` can overflow 64 bits")).hint("use smaller weights")
}
