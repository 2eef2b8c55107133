//! # W0607: the claim says "if", the rule says "only if"
//!
//! The claim is a conditional: what would follow, or become possible, once something is so. The rule requires
//! it wherever the option is on, which is the converse, and ties both for good. "Once signed, Armenia can
//! leave" is a condition on leaving (`begins_if = "signed"`), no rule.

use std::ops::Range;

use crate::problem::Problem;

/// The code.
pub const CODE: &str = "W0607";

pub(crate) fn converse(at: &Range<usize>, rule: &str, claim: &str) -> Problem {
    Problem::warning(CODE, at, format!("the claim `{claim}` says \"if\", and the rule {rule} says \"only if\""))
        .hint("where something becomes possible once something else is so, write `begins_if` at the option")
}
