//! # E0302: an id twice
//!
//! Two things of one kind have the same id, so that a reference to it would be ambiguous. Ids of
//! rules are unique in the case and in each overlay's result, ids of statements for each actor,
//! ids of states in the graph.

use std::ops::Range;

use crate::problem::Problem;

/// The code.
pub const CODE: &str = "E0302";

/// Another `what` has the id already; `what` may say whose ("statement of `az`").
pub(crate) fn duplicate_id(at: &Range<usize>, what: &str, id: &str, first: &Range<usize>) -> Problem {
    let (kind, whose) =
        what.split_once(" of ").map_or((what, String::new()), |(kind, whose)| (kind, format!(" of {whose}")));
    Problem::error(CODE, at, format!("there is another {kind} `{}`{whose}", id.escape_debug()))
        .related(first, "first here")
        .hint("choose another id")
}
