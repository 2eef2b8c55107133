//! # E0401: a formula that cannot be read
//!
//! Formulas are made of options (`az.sign`), defined names (`holds`), `true`, `false`,
//! `not` (`!`), `and` (`&`), `or` (`|`), `implies` (`->`), `iff` (`<->`) and parentheses; `not`
//! binds tightest, then `and`, `or`, `implies`, `iff`. They are at most 256 deep. A hyphen
//! belongs to a name only when a letter or digit follows.

use std::ops::Range;

use crate::problem::Problem;
use crate::statement::Mistake;

/// The code.
pub const CODE: &str = "E0401";

/// `at`: the bytes of the mistake in the file.
pub(crate) fn formula(at: &Range<usize>, mistake: &Mistake) -> Problem {
    let problem = Problem::error(CODE, at, mistake.message.clone()).maybe_hint(mistake.hint.clone());
    match mistake.instead {
        Some(word) if !at.is_empty() => problem.fix(at, word, format!("write `{word}`")),
        _ => problem,
    }
}
