//! # W0601: something that rests on nothing
//!
//! A statement or an option should say what it rests on: `because = ["c07"]` for claims of the
//! sources, or `assumption = true` for the analyst's own. Only what says so can be struck, and only
//! then the case can tell how much of its answer hangs on it. A case without any claim is told once.

use std::ops::Range;

use crate::problem::Problem;

/// The code.
pub const CODE: &str = "W0601";

pub(crate) fn no_grounds(at: &Range<usize>, what: &str) -> Problem {
    Problem::warning(CODE, at, format!("{what} rests on no claim and is not marked as an assumption"))
        .hint("add because = [\"…\"] or assumption = true")
}

pub(crate) fn nothing_at_all(at: &Range<usize>, options: usize, statements: usize) -> Problem {
    let message = format!(
        "the case has no claims: none of its {options} option{} and {statements} statement{} says what it rests on",
        if options == 1 { "" } else { "s" },
        if statements == 1 { "" } else { "s" },
    );
    Problem::warning(CODE, at, message)
        .hint("add [claim.ID] tables and because = [\"ID\"], or mark what is your own with assumption = true")
}
