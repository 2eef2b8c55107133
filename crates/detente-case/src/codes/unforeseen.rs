//! # N0503: what was observed is not a possible state of the case
//!
//! No state that the rules allow has what happened afterwards. Looking back, that is a finding
//! about the case: it did not think possible what came.

use std::ops::Range;

use crate::Severity;
use crate::problem::Problem;

/// The code.
pub const CODE: &str = "N0503";

pub(crate) fn unforeseen(at: &Range<usize>, id: &str) -> Problem {
    let message =
        format!("what was observed (`{id}`) is not a possible state of this case: its rules exclude it");
    let mut problem = Problem::new(CODE, Severity::Note, message);
    problem.at = Some(at.clone());
    problem.hint("a finding about the case; or its rules say more than they should")
}
