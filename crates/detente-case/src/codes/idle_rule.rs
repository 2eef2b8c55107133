//! # W0503: a rule removes nothing
//!
//! Every state that the rule forbids is forbidden by other rules already, or it forbids none at
//! all. That is no mistake in itself, but often a sign of one: a wrong word in the rule, or a
//! second copy. Rules that a variant needs when it drops others are not reported.

use std::ops::Range;

use crate::problem::Problem;

/// The code.
pub const CODE: &str = "W0503";

pub(crate) fn idle_rule(at: &Range<usize>, rule: &str, from: &str) -> Problem {
    let message = if from.is_empty() {
        format!("the rule {rule} removes nothing: it holds whatever the options are")
    } else {
        format!("the rule {rule} removes nothing: it follows from {from}")
    };
    Problem::warning(CODE, at, message).hint("remove it, or say what it was meant to forbid")
}
