//! # E0111: more problems than are listed
//!
//! Of each kind of problem the first 200 are listed. This says how many more there are.

use crate::Severity;
use crate::problem::Problem;

/// The code.
pub const CODE: &str = "E0111";

pub(crate) fn more(code: &str, more: usize, all: usize) -> Problem {
    let message = format!("{more} more problems of code {code} are not listed; there are {all}");
    let severity = match code.as_bytes().first() {
        Some(b'W') => Severity::Warning,
        Some(b'N') => Severity::Note,
        _ => Severity::Error,
    };
    Problem::new(CODE, severity, message).hint("mend those that are listed, then check again")
}
