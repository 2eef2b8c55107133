//! # N0606: sentences of a source that carry nothing
//!
//! Claims stand on most sentences of the text, and on these none. Often that is the author's own conclusion, or a second
//! telling: then nothing is missing. With `--sources DIR` this names them.

use std::ops::Range;

use crate::Severity;
use crate::problem::Problem;

/// The code.
pub const CODE: &str = "N0606";
/// At most so many stretches are named.
const NAMED: usize = 8;

pub(crate) fn silent(at: &Range<usize>, source: &str, stretches: &[(usize, usize)]) -> Problem {
    let mut all: Vec<String> = stretches
        .iter()
        .take(NAMED)
        .map(|(from, to)| if from == to { format!("s{from}") } else { format!("s{from}–{to}") })
        .collect();
    if stretches.len() > NAMED {
        all.push(format!("{} more stretches", stretches.len() - NAMED));
    }
    let one = matches!(stretches, [(from, to)] if from == to);
    let (carry, is) = if one { ("carries", "is that") } else { ("carry", "are they") };
    let conclusion = if one { "the author's conclusion" } else { "the author's own conclusions" };
    let message = format!("in `{source}`, {} {carry} nothing: {is} {conclusion}?", all.join(", "));
    let problem = Problem { at: Some(at.clone()), ..Problem::new(CODE, Severity::Note, message) };
    problem.hint("make a claim of what the case should rest on; nothing to do for the rest")
}
