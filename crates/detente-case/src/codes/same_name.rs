//! # W0509: two things with one name
//!
//! Two outcomes, or two actors, have the same name. Tables and sentences name them by it, and a reader
//! cannot tell which is meant.

use std::ops::Range;

use crate::problem::Problem;

/// The code.
pub const CODE: &str = "W0509";

/// `kind`: "outcome" or "actor".
pub(crate) fn same_name(
    at: &Range<usize>,
    kind: &str,
    id: &str,
    name: &str,
    (other, other_at): (&str, &Range<usize>),
) -> Problem {
    let message = format!("the {kind}s `{other}` and `{id}` are both called “{name}”");
    Problem::warning(CODE, at, message)
        .hint("give each a name of its own: answers name them by it")
        .related(other_at, format!("the other {kind} of this name"))
}
