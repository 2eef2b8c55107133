//! # N0502: a part of the check was not finished
//!
//! Whether rules contradict each other, whether a statement decides and the like is found by a
//! search whose work is bounded. The bound was hit: what is reported is right, and there may be more.

use crate::Severity;
use crate::problem::Problem;

/// The code.
pub const CODE: &str = "N0502";

pub(crate) fn unfinished(what: &str) -> Problem {
    Problem::new(CODE, Severity::Note, format!("the check of {what} was not finished within its bound on the work"))
        .hint("simplify rules and formulas; what is reported is right, and there may be more")
}
