//! # E0601: a quote that is not in its source
//!
//! With `--sources DIR` the words of `quote` are looked for in the text of the claim's source. Line
//! breaks, hyphens at line ends, soft hyphens, runs of blanks, ligatures and composed letters, and the
//! shapes of quotation marks, apostrophes and dashes do not matter; every word does, whole: a quote that
//! begins or ends inside a word is not found. `…`, `...` or `[…]` in a quote stands for words of the same
//! paragraph that are left out. The nearest passage is shown with the number of its sentence, or with the line that has no number
//! (a heading, a signature). A quote that the source has in another place than `at` says is an error too.

use std::ops::Range;

use crate::problem::Problem;

/// The code.
pub const CODE: &str = "E0601";

pub(crate) fn missing(at: &Range<usize>, claim: &str, source: &str, nearest: Option<(String, String)>) -> Problem {
    let problem = Problem::error(CODE, at, format!("the quote of claim `{claim}` is not in the text of `{source}`"));
    match nearest {
        Some((place, passage)) => {
            problem.hint(format!("the nearest passage, in {place}, is “{passage}”"))
        }
        None => problem.hint("nothing in the text comes near it: is it the right source?"),
    }
}

pub(crate) fn inside_word(at: &Range<usize>, claim: &str, word: &str, ends: bool) -> Problem {
    let (how, edge) = if ends { ("ends", "end") } else { ("begins", "begin") };
    let word = crate::check::words::short(word);
    Problem::error(CODE, at, format!("the quote of claim `{claim}` {how} inside a word of the text, “{word}”"))
        .hint(format!("a quote must {edge} with a whole word: the rest of the word can turn its meaning round"))
}

pub(crate) fn invisible(at: &Range<usize>, claim: &str) -> Problem {
    let message = format!("the quote of claim `{claim}` differs from the text only in characters that are not seen");
    Problem::error(CODE, at, message)
        .hint("take out the joiners, direction marks or zero-width spaces: type the words anew, or copy them from the text")
}

pub(crate) fn elsewhere(at: &Range<usize>, claim: &str, found: &str, place: &str) -> Problem {
    let hint = if found.ends_with("not numbered") {
        "leave `at` out, or quote from the sentence that it names"
    } else {
        "change `at`, or quote from the sentence that it names"
    };
    Problem::error(CODE, at, format!("the quote of claim `{claim}` stands in {found}, and `at` says `{place}`")).hint(hint)
}
