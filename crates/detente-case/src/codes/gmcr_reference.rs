//! # E0703: a number in a `.gmcr` file points to nothing, or twice to one thing
//!
//! Options and decision makers are counted from 0 in their lists, ordinals from 1 among the
//! feasible states ascending by decimal. Each option belongs to exactly one decision maker, each
//! decision maker to at most one coalition.

use std::ops::Range;

use crate::import::json::start_of;
use crate::problem::Problem;

/// The code.
pub const CODE: &str = "E0703";

pub(crate) fn out_of_range(
    at: &Range<usize>,
    what: &str,
    number: i64,
    least: usize,
    count: usize,
) -> Problem {
    let range = match count {
        0 => "and there are none".to_owned(),
        _ => format!("and these go from {least} to {}", least + count - 1),
    };
    Problem::error(CODE, at, format!("{what} has the number {number}, {range}"))
        .hint("open it in GMCR+, repair the reference and save it again")
}

pub(crate) fn twice(at: &Range<usize>, what: &str, index: usize) -> Problem {
    Problem::error(CODE, at, format!("{what} {index} is named twice"))
        .hint(format!("each {what} belongs in one place; numbers count from 0"))
}

pub(crate) fn no_owner(at: &Range<usize>, index: usize, name: &str) -> Problem {
    Problem::error(CODE, &start_of(at), format!("option {index} (`{name}`) belongs to no decision maker"))
        .hint("add its number to the `options` of one decision maker")
}
