//! # W0504: the rules leave an option no choice
//!
//! In every state that the rules allow the option is off, or in every one it is on. It is then no
//! option: a fact belongs in the text of the case, or a rule is stronger than it was meant to be.

use std::ops::Range;

use crate::problem::Problem;

/// The code.
pub const CODE: &str = "W0504";

pub(crate) fn fixed_option(at: &Range<usize>, option: &str, on: bool) -> Problem {
    let word = if on { "always" } else { "never" };
    Problem::warning(CODE, at, format!("the rules allow only states in which `{option}` is {word} on"))
        .hint("weaken the rules, or remove the option")
}
