//! # E0706: a `.gmcr` file that is too large
//!
//! At most 64 MiB, 64 decision makers, 1,024 options, 4,096 preferences each, 65,536 infeasible
//! conditions; with rankings by hand at most 262,144 feasible states, which must be found within
//! a bounded amount of work.

use std::ops::Range;

use crate::Severity;
use crate::import::json::start_of;
use crate::problem::Problem;

/// The code.
pub const CODE: &str = "E0706";

pub(crate) fn too_many(at: Option<&Range<usize>>, what: &str, most: usize) -> Problem {
    let message = format!("there are more than {most} {what}");
    let problem = Problem::new(CODE, Severity::Error, message).hint("is this the right file?");
    Problem { at: at.map(start_of), ..problem }
}

pub(crate) fn states_not_listed() -> Problem {
    let message =
        "the rankings are by ordinal, and the feasible states were not all found within the bound on work";
    Problem::new(CODE, Severity::Error, message)
        .hint("let GMCR+ rank by preference statements instead: then no states need to be listed")
}
