//! # E0601: a quote that is not in its source
//!
//! With `--sources DIR` the words of `quote` are looked for in the text of the claim's source. Line
//! breaks, runs of blanks, and the shapes of quotation marks, apostrophes and dashes do not matter; every word
//! does. The nearest passage is shown with the number of its sentence. A quote that the source has
//! in another sentence than `at` says is an error too.

use std::ops::Range;

use crate::problem::Problem;

/// The code.
pub const CODE: &str = "E0601";

pub(crate) fn missing(at: &Range<usize>, claim: &str, source: &str, nearest: Option<(usize, String)>) -> Problem {
    let problem = Problem::error(CODE, at, format!("the quote of claim `{claim}` is not in the text of `{source}`"));
    match nearest {
        Some((sentence, passage)) => {
            problem.hint(format!("the nearest passage, in sentence {sentence}, is “{passage}”"))
        }
        None => problem.hint("nothing in the text comes near it: is it the right source?"),
    }
}

pub(crate) fn elsewhere(at: &Range<usize>, claim: &str, found: &str, place: &str) -> Problem {
    Problem::error(CODE, at, format!("the quote of claim `{claim}` stands in {found}, and `at` says `{place}`"))
        .hint("change `at`, or quote from the sentence that it names")
}
