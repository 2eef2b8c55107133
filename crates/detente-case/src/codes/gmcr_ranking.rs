//! # E0705: a ranking by hand that does not have every state once
//!
//! Where a `.gmcr` file says that preferences are made by hand, each decision maker ranks every
//! feasible state, by ordinal, exactly once. An ordinal is the place of a state among the feasible
//! ones, ascending by decimal, from 1; it shifts whenever feasibility changes.

use std::ops::Range;

use crate::Severity;
use crate::import::json::start_of;
use crate::problem::Problem;

/// The code.
pub const CODE: &str = "E0705";

pub(crate) fn twice(at: &Range<usize>, maker: &str, ordinal: i64) -> Problem {
    Problem::error(CODE, at, format!("the ranking of `{maker}` has ordinal {ordinal} twice"))
        .hint("each feasible state stands in a ranking once")
}

pub(crate) fn left_out(at: &Range<usize>, maker: &str, first: &[usize], count: usize) -> Problem {
    let names: Vec<String> = first.iter().map(usize::to_string).collect();
    let more = if count > first.len() { format!(" and {} more", count - first.len()) } else { String::new() };
    let message = format!("the ranking of `{maker}` leaves out ordinal {}{more}", names.join(", "));
    Problem::error(CODE, &start_of(at), message)
        .hint("an ordinal is the place of a state among the feasible ones, ascending by decimal, from 1")
}

pub(crate) fn no_state() -> Problem {
    let message = "the infeasible conditions leave no state, so no ordinal stands for one";
    Problem::new(CODE, Severity::Error, message).hint("take one of the infeasible conditions away")
}
