//! # W0515: a date that is past
//!
//! A deadline on or before the date that the case describes (`as_of`) does nothing any more, and an event
//! that is expected lies after it. What has happened is an event, and where things stand is the status quo.

use std::ops::Range;

use crate::problem::Problem;

/// The code.
pub const CODE: &str = "W0515";

pub(crate) fn deadline(at: &Range<usize>, id: &str, on: &str, as_of: &str) -> Problem {
    Problem::warning(CODE, at, format!("the deadline `{id}` ({on}) is past on {as_of}, the date of the case: it does nothing"))
        .hint("what it has done belongs into the status quo; that it came due is an event")
}

pub(crate) fn event(at: &Range<usize>, title: &str, on: &str, as_of: &str) -> Problem {
    let title = crate::check::words::short(title);
    Problem::warning(CODE, at, format!("`{title}` is expected, and its date ({on}) is past on {as_of}, the date of the case"))
        .hint("take `expected` out where it happened, or give the date that is expected now")
}
