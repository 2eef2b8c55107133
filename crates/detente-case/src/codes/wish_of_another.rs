//! # W0606: a wish that cites nothing about its actor
//!
//! The claims under the wish speak of somebody else, and nothing else of this actor rests on them. A wish is
//! a finding about the one who has it: cite what is said of it, or mark the wish as your own.

use std::ops::Range;

use crate::problem::Problem;

/// The code.
pub const CODE: &str = "W0606";

pub(crate) fn wish_of_another(at: &Range<usize>, actor: &str, wish: usize, other: &str) -> Problem {
    let message = format!("wish {wish} of `{actor}` rests on what is said of `{other}`, and on nothing about `{actor}`");
    Problem::warning(CODE, at, message)
        .hint("cite a claim about this actor, or mark the wish as your own: `assumption = true`")
}
