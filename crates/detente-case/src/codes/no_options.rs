//! # E0503: nobody can do anything
//!
//! A case needs at least one option (option form) or a list of states (graph form): without
//! either there is one state and nothing to analyse.

use std::ops::Range;

use crate::problem::Problem;

/// The code.
pub const CODE: &str = "E0503";

pub(crate) fn no_options(at: &Range<usize>) -> Problem {
    Problem::error(CODE, at, "no actor has an option")
        .hint("write what an actor can do under [actor.ID.option], or list states under [graph]")
}
