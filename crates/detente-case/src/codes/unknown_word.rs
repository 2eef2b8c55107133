//! # E0204: unknown word
//!
//! The value must be one of a few fixed words (a kind, a concept, a status), and is another.

use std::ops::Range;

use crate::problem::Problem;
use crate::shape::quoted;

/// The code.
pub const CODE: &str = "E0204";

pub(crate) fn unknown_word(
    at: &Range<usize>,
    place: &str,
    word: &str,
    known: &[&str],
    miss: Option<String>,
) -> Problem {
    let problem = Problem::error(CODE, at, format!("`{place}` cannot be `{}`", word.escape_debug()));
    match miss {
        Some(miss) => problem
            .hint(format!("did you mean `{miss}`? It can be {}", quoted(known)))
            .fix(at, format!("\"{miss}\""), format!("write `{miss}`")),
        None => problem.hint(format!("it can be {}", quoted(known))),
    }
}
