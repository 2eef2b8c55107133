//! # W0507: an actor that wants nothing
//!
//! The actor has neither `prefers` nor `weighs` nor a `ranking`. It is then indifferent between all
//! states and every state is stable for it: it never moves, and never stands in anybody's way by
//! its own interest.

use std::ops::Range;

use crate::problem::Problem;

/// The code.
pub const CODE: &str = "W0507";

pub(crate) fn no_wishes(at: &Range<usize>, actor: &str) -> Problem {
    Problem::warning(CODE, at, format!("the actor `{actor}` wants nothing: every state is stable for it"))
        .hint(format!("say what it wants under [[actor.{actor}.prefers]]"))
}
