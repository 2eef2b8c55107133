//! # N0601: a source that no claim cites
//!
//! The source is listed, and no claim is from it. That is as it should be for what was only
//! consulted.

use std::ops::Range;

use crate::Severity;
use crate::problem::Problem;

/// The code.
pub const CODE: &str = "N0601";

pub(crate) fn unused_source(at: &Range<usize>, source: &str) -> Problem {
    let mut problem = Problem::new(CODE, Severity::Note, format!("no claim is from the source `{source}`"));
    problem.at = Some(at.clone());
    problem.hint("nothing to do, when the source was only consulted")
}
