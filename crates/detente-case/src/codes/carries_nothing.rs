//! # W0608: a conclusion that carries nothing
//!
//! A source concludes something (an assessment, a prediction, a conditional), and no wish, option, condition,
//! rule or question of the case rests on it: only pictures do. Either the case should use its reason, or a
//! question should ask whether it follows.

use std::ops::Range;

use crate::problem::Problem;

/// The code.
pub const CODE: &str = "W0608";

pub(crate) fn carries_nothing(at: &Range<usize>, claim: &str) -> Problem {
    Problem::warning(CODE, at, format!("the conclusion `{claim}` carries nothing: no answer of the case depends on it, and no question asks whether it follows"))
        .hint("let what it concludes from carry a wish or a condition, or ask a question because of it")
}
