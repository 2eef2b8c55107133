//! # E0213: an empty list
//!
//! The list must have at least one entry to mean anything: the parts of `at_most_one` and
//! `exactly_one`, the states of a graph, the groups of a ranking, the actors of a case.

use std::ops::Range;

use crate::problem::Problem;

/// The code.
pub const CODE: &str = "E0213";

pub(crate) fn empty_list(at: &Range<usize>, place: &str) -> Problem {
    Problem::error(CODE, at, format!("`{place}` is empty")).hint("it needs at least one entry")
}

/// A move of several that only one makes.
pub(crate) fn alone(at: &Range<usize>) -> Problem {
    Problem::error(CODE, at, "a move of several needs two parties at the least")
        .hint("name who moves together; a move of one actor stands under `[[actor.ID.move]]`")
}
