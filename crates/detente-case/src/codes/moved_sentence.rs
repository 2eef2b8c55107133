//! # W0604: a sentence number that names another sentence now
//!
//! Sentences are counted anew: abbreviations (`Gen.`, `U.S.`) end none, stops of every script do,
//! clauses of resolutions and treaties are sentences of their own, subheadings and signatures are not
//! counted. The number under `at` was right before and names another sentence now. The message gives the
//! new number. Where a claim quotes words from a sentence whose new number it gives, or where claims share
//! more words with the sentences that their numbers name now than with those of before, the case is taken
//! to count anew, and this is not said.

use std::ops::Range;

use crate::problem::Problem;

/// The code.
pub const CODE: &str = "W0604";

pub(crate) fn moved_sentence(
    at: &Range<usize>,
    claim: &str,
    place: &str,
    (first, last): (usize, usize),
    words: &str,
) -> Problem {
    let now = if first == last { format!("s{first}") } else { format!("s{first}-{last}") };
    let message = format!(
        "sentences are counted in another way than before: what claim `{claim}` cites as `{place}` is `{now}` now (“{words}”)"
    );
    Problem::warning(CODE, at, message)
        .hint(format!("write at = \"{now}\"; if the number is already the new one, quote some words of the sentence"))
        .fix(at, format!("\"{now}\""), format!("write `{now}`"))
}
