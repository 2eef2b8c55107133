//! # E0302: an id twice
//!
//! Two things of one kind have the same id, so that a reference to it would be ambiguous. Ids of
//! rules are unique in the case and in each overlay's result, ids of statements for each actor,
//! ids of states in the graph.

use std::ops::Range;

use crate::problem::Problem;

/// The code.
pub const CODE: &str = "E0302";

pub(crate) fn duplicate_id(at: &Range<usize>, what: &str, id: &str, first: &Range<usize>) -> Problem {
    Problem::error(CODE, at, format!("there is another {what} `{id}`"))
        .related(first, "first here")
        .hint("choose another id")
}
