//! # E0207: control character in a text
//!
//! Names and texts may have any character of Unicode but control characters: those of C0 and C1, and
//! those that turn the direction of a text around (U+202A to U+202E, U+2066 to U+2069), by which a
//! name can read as what it is not. Scripts that run from right to left need none of them. Texts for reading
//! (`says`, `note`, `ask`, `quote`, limits) may have line breaks and tabs.

use std::ops::Range;

use crate::problem::Problem;

/// The code.
pub const CODE: &str = "E0207";

pub(crate) fn control_character(at: &Range<usize>, place: &str, character: char, lines: bool) -> Problem {
    let code = u32::from(character);
    let problem = Problem::error(CODE, at, format!("`{place}` has the control character U+{code:04X}"));
    if !character.is_control() {
        return problem.hint("it turns the direction of the text around, so that it reads as what it is not: take it out");
    }
    if !lines && character == '\n' {
        return problem.hint("it must be one line");
    }
    problem.hint("take it out")
}
