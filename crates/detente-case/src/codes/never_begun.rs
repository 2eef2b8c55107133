//! # W0514: something that can never begin
//!
//! It is off, and its condition on beginning never holds while it is: it asks for the thing itself, for what
//! the rules exclude, or for what nobody can bring about (by any moves, dates and chance events).

use std::ops::Range;

use crate::check::begins::Never;
use crate::problem::Problem;

/// The code.
pub const CODE: &str = "W0514";

pub(crate) fn never_begun(at: &Range<usize>, name: &str, why: Never) -> Problem {
    let why = match why {
        Never::Itself => "its condition holds only where it is on already",
        Never::Condition => "its condition holds in no possible state",
        Never::Nobody => "its condition asks for what nobody can bring about",
    };
    Problem::warning(CODE, at, format!("`{name}` can never begin: {why}"))
        .hint("a condition is judged before the change: ask for what somebody can bring about before")
}
