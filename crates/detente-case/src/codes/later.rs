//! # W0516: an event after the date of the case
//!
//! What happened stands on or before the date that the case describes (`as_of`). An event after it is either expected, or
//! the case has been overtaken: then its date moves on, and with it where things stand (`[status_quo]`).

use std::ops::Range;

use crate::problem::Problem;

/// The code.
pub const CODE: &str = "W0516";

pub(crate) fn later(at: &Range<usize>, title: &str, on: &str, as_of: &str) -> Problem {
    let title = crate::check::words::short(title);
    Problem::warning(
        CODE,
        at,
        format!("`{title}` is said to have happened on {on}, after {as_of}, the date of the case"),
    )
    .hint("move `as_of` on, and say where things stand since; or let it be `expected`")
}
