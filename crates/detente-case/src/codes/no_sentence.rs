//! # E0602: a sentence that the source does not have
//!
//! With `--sources DIR` the numbers in `at = "s8"` (or `"s2-3"`) are compared with the text of the
//! source. A sentence ends at a stop of its script (`.`, `?`, `!`, `։`, `؟`, `。`, `।`, …) and its closing
//! marks, not after an abbreviation or initials, and at the end of a paragraph; each clause of a
//! resolution or treaty that begins a line is one of its own. Title, byline, subheadings and signatures
//! (lines of at most eight words without a stop) are not counted.

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
        .hint("title, byline, subheadings and signatures are not counted; the workbench shows the text with its numbers")
}

pub(crate) fn backwards(at: &Range<usize>, place: &str) -> Problem {
    Problem::error(CODE, at, format!("`{place}` ends before it begins")).hint("write the smaller number first")
}
