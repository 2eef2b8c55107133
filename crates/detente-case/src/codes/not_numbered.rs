//! # N0602: lines of a source that are not numbered
//!
//! Sentence numbers (`at = "s8"`) count sentences. A subheading or a signature (a line of at most eight
//! words without a stop) and what stands before the first sentence are not counted. With `--sources
//! DIR` this names them, so that nothing of a text is left out unseen.

use std::ops::Range;

use crate::Severity;
use crate::problem::Problem;

/// The code.
pub const CODE: &str = "N0602";
/// At most so many lines are named.
const NAMED: usize = 6;

pub(crate) fn not_numbered(at: &Range<usize>, source: &str, lines: &[String]) -> Problem {
    let mut named: Vec<String> =
        lines.iter().take(NAMED).map(|line| format!("“{}”", crate::check::words::short(line))).collect();
    if lines.len() > NAMED {
        named.push(format!("{} more", lines.len() - NAMED));
    }
    let message = match lines.len() {
        1 => format!("one line of the text of `{source}` is not numbered: {}", named[0]),
        count => format!("{count} lines of the text of `{source}` are not numbered: {}", named.join(", ")),
    };
    let problem = Problem { at: Some(at.clone()), ..Problem::new(CODE, Severity::Note, message) };
    problem.hint("headings and signatures (at most eight words without a stop) are not sentences")
}
