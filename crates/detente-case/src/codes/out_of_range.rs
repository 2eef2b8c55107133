//! # E0208: number out of range
//!
//! The number is too small or too large for what it stands for. Confidences are from 0 to 1;
//! weights and numbers of states have 64 bits; places of statements begin with 1.

use std::ops::Range;

use crate::problem::Problem;

/// The code.
pub const CODE: &str = "E0208";

pub(crate) fn out_of_range(at: &Range<usize>, place: &str, range: &str) -> Problem {
    Problem::error(CODE, at, format!("`{place}` must be a number {range}"))
}
