//! # E0524: an act that asks for itself
//!
//! A condition (`begins_if`) is judged at the state *before* the change. One that holds only where the act
//! is on already can never let it begin: an act that needs itself never comes about. (Of an option that asks
//! for itself `check` warns: W0514.)

use std::ops::Range;

use crate::problem::Problem;

/// The code.
pub const CODE: &str = "E0524";

pub(crate) fn asks_for_itself(at: &Range<usize>, name: &str) -> Problem {
    let message = format!("`{name}` can never begin: its condition never holds while it is off");
    Problem::error(CODE, at, message)
        .hint("the condition is judged before the change: ask for what must be so before, not for the thing itself")
}
