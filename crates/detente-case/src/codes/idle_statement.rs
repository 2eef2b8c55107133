//! # W0502: a statement never decides
//!
//! A statement decides between two possible states when all statements before it are equally true
//! in both and it is not. This one never does: it holds in every possible state, in none, or only
//! where an earlier statement has decided already. A weighed statement decides nothing when it
//! holds everywhere or nowhere, or when its weight is 0.

use std::ops::Range;

use crate::problem::Problem;

/// The code.
pub const CODE: &str = "W0502";

pub(crate) fn idle_statement(at: &Range<usize>, actor: &str, why: &str) -> Problem {
    Problem::warning(CODE, at, format!("this statement of `{actor}` never decides: {why}"))
        .hint("remove it, or change it or its place")
}
