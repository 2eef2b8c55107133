//! # W0701: a part of a `.gmcr` file is read in another sense, or left out
//!
//! What it is, and what holds instead, is said in the message: a coalition (each decision maker is
//! solved on its own), preference statements beside a ranking by hand, misperceptions that were to
//! be ignored, an option with both values in one condition (the first counts), control characters
//! in a name (read as blanks).

use std::ops::Range;

use crate::import::json::start_of;
use crate::problem::Problem;

/// The code.
pub const CODE: &str = "W0701";

pub(crate) fn coalition(at: &Range<usize>, names: &[&str]) -> Problem {
    let names = names.join("` and `");
    Problem::warning(CODE, at, format!("the coalition of `{names}` is not used: each is solved on its own"))
}

pub(crate) fn coalitions_incomplete(at: &Range<usize>) -> Problem {
    let message = "`coalitions` leaves out a decision maker, so it means nothing: each is solved on its own";
    Problem::warning(CODE, &start_of(at), message)
}

pub(crate) fn both_values(at: &Range<usize>, option: usize, first: bool) -> Problem {
    let word = if first { "Y" } else { "N" };
    let message =
        format!("option {option} stands in this condition as Y and as N; the first, {word}, counts");
    Problem::warning(CODE, at, message)
}

pub(crate) fn statements_unused(at: &Range<usize>, maker: &str) -> Problem {
    let message = format!(
        "the preference statements of `{maker}` are left out: the file says that rankings are made by hand"
    );
    Problem::warning(CODE, &start_of(at), message)
}

pub(crate) fn misperceptions_ignored(at: &Range<usize>, maker: &str) -> Problem {
    Problem::warning(CODE, &start_of(at), format!("the misperceptions of `{maker}` are left out, as asked"))
}

pub(crate) fn control(at: &Range<usize>) -> Problem {
    Problem::warning(CODE, at, "control characters in this name are read as blanks")
}
