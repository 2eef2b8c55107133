//! # E0207: control character in a text
//!
//! Names and texts may have any character of Unicode but control characters. Texts for reading
//! (`says`, `note`, `ask`, `quote`, limits) may have line breaks and tabs.

use std::ops::Range;

use crate::problem::Problem;

/// The code.
pub const CODE: &str = "E0207";

pub(crate) fn control_character(at: &Range<usize>, place: &str, character: char, lines: bool) -> Problem {
    let code = u32::from(character);
    let problem = Problem::error(CODE, at, format!("`{place}` has the control character U+{code:04X}"));
    if !lines && character == '\n' {
        return problem.hint("it must be one line");
    }
    problem.hint("take it out")
}
