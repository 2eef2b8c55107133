//! # E0511: an overlay that cannot be applied
//!
//! A variant, a view or the evidence that a question strikes is applied whole or not at all. It
//! fails when it makes the status quo break a rule without giving its own, drops or strikes what
//! is not there, adds statements for an actor that prefers in another way, puts a statement
//! beyond the end of the list or a strong one after one that is not, or lets weights overflow.

use std::ops::Range;

use crate::problem::Problem;

/// The code.
pub const CODE: &str = "E0511";

pub(crate) fn overlay(at: &Range<usize>, name: &str, error: &str, hint: Option<String>) -> Problem {
    Problem::error(CODE, at, format!("{name} cannot be applied: {error}"))
        .maybe_hint(hint)
}
