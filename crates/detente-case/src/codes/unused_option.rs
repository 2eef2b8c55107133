//! # W0501: an option that nothing else mentions
//!
//! No rule, statement, ranking, definition, outcome or question uses the option: it doubles the
//! number of states and changes no verdict. Say who cares about it, or remove it.

use std::ops::Range;

use crate::problem::Problem;

/// The code.
pub const CODE: &str = "W0501";

pub(crate) fn unused_option(at: &Range<usize>, option: &str) -> Problem {
    Problem::warning(CODE, at, format!("nothing else mentions the option `{option}`"))
        .hint("say who wants it or what it needs, or remove it")
}
