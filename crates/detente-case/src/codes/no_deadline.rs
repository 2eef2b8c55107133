//! # N0605: an expected event that no deadline knows
//!
//! The event is expected on a day, and nothing happens in the case on that day; nothing else rests on its claims either. If
//! what can be done changes on that day, it is a deadline; if not, it is part of the picture only.

use std::ops::Range;

use crate::Severity;
use crate::problem::Problem;

/// The code.
pub const CODE: &str = "N0605";

pub(crate) fn no_deadline(at: &Range<usize>, title: &str, on: &str) -> Problem {
    let title = crate::check::words::short(title);
    let message = format!("“{title}” is expected on {on}, and has no deadline: what changes on that day?");
    let problem = Problem { at: Some(at.clone()), ..Problem::new(CODE, Severity::Note, message) };
    problem.hint(format!("if something is switched on or off then, write [deadline.ID] with on = {on}"))
}
