//! # E0501: more than the format allows
//!
//! A case has at most 64 actors, 1,024 options, 4,096 statements per actor, 1,024 variants, and
//! 65,536 states in graph form.

use std::ops::Range;

use crate::problem::Problem;

/// The code.
pub const CODE: &str = "E0501";

pub(crate) fn too_many(at: &Range<usize>, what: &str, count: usize, most: usize) -> Problem {
    Problem::error(CODE, at, format!("{count} {what} are more than the {most} that a case can have"))
        .hint("leave out what changes no answer, or split the case")
}
