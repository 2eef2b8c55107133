//! # E0602: a sentence that the source does not have
//!
//! With `--sources DIR` the numbers in `at = "s8"` (or `"s2-3"`) are compared with the text of the
//! source. Title and byline are not counted; a sentence ends at `.`, `?` or `!` before a blank, a
//! line end or a capital letter.

use std::ops::Range;

use crate::problem::Problem;

/// The code.
pub const CODE: &str = "E0602";

pub(crate) fn no_sentence(at: &Range<usize>, place: &str, source: &str, sentences: usize) -> Problem {
    let message = match sentences {
        0 => format!("there is no sentence `{place}`: the text of `{source}` has none"),
        1 => format!("there is no sentence `{place}`: the text of `{source}` has one"),
        _ => format!("there is no sentence `{place}`: the text of `{source}` has {sentences}"),
    };
    Problem::error(CODE, at, message)
        .hint("title and byline are not counted; a sentence ends at . ? or ! before a blank, a line end or a capital letter")
}

pub(crate) fn backwards(at: &Range<usize>, place: &str) -> Problem {
    Problem::error(CODE, at, format!("`{place}` ends before it begins")).hint("write the smaller number first")
}
