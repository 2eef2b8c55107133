//! # E0304: the same twice in a list
//!
//! A list names one thing twice where each can stand only once: options of a status quo, members
//! of a body, claims under `because`, ids to drop.

use std::ops::Range;

use crate::problem::Problem;

/// The code.
pub const CODE: &str = "E0304";

pub(crate) fn repeated(at: &Range<usize>, id: &str) -> Problem {
    Problem::error(CODE, at, format!("`{}` is in this list already", id.escape_debug())).hint("take one out")
}

pub(crate) fn against_itself(at: &Range<usize>, id: &str) -> Problem {
    Problem::error(CODE, at, format!("the claim `{id}` contradicts itself")).hint("name another claim")
}

pub(crate) fn with_itself(at: &Range<usize>, id: &str) -> Problem {
    Problem::error(CODE, at, format!("`{id}` is on both sides of this tie"))
        .hint("a tie is between two different actors")
}
