//! # E0510: the status quo breaks a rule
//!
//! The conflict stands in a state that a rule calls impossible. Either the rule is too strong, or
//! the status quo is not what it was.

use std::ops::Range;

use crate::problem::Problem;

/// The code.
pub const CODE: &str = "E0510";

pub(crate) fn status_quo(at: &Range<usize>, rule: &str, rule_at: Option<&Range<usize>>) -> Problem {
    let problem = Problem::error(CODE, at, format!("the status quo breaks the rule {rule}"))
        .hint("change the status quo or the rule");
    match rule_at {
        Some(rule_at) => problem.related(rule_at, "this rule"),
        None => problem,
    }
}
