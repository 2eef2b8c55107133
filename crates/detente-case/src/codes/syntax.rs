//! # E0110: not TOML
//!
//! The text breaks the grammar of TOML (<https://toml.io>): a bracket that is not closed, a value
//! that is none, a key that stands twice. What comes after may be misread, so missing keys and
//! unknown ids are not reported until this is mended.

use std::ops::Range;

use crate::problem::Problem;

/// The code.
pub const CODE: &str = "E0110";

pub(crate) fn syntax(at: &Range<usize>, message: &str) -> Problem {
    let problem = Problem::error(CODE, at, format!("this is not TOML: {message}"));
    if message.contains("duplicate key") {
        return problem.hint("a key or table stands only once; tables that may repeat have two brackets: [[rule]]");
    }
    if message.contains("recursion") {
        return problem.hint("values are nested too deep");
    }
    problem
}
