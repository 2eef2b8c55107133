//! # E0301: unknown id
//!
//! The id names nothing: there is no such actor, option, claim, source, rule, statement, body,
//! state, outcome or defined name. A reference to nothing is an error everywhere, also in
//! overlays, so that no part of a case is silently without effect.

use std::ops::Range;

use crate::problem::Problem;

/// The code.
pub const CODE: &str = "E0301";

/// There is no `what` with this id. The range is that of the id itself, without quotes.
pub(crate) fn unknown_id(at: &Range<usize>, what: &str, id: &str, miss: Option<String>) -> Problem {
    let problem = Problem::error(CODE, at, format!("there is no {what} `{}`", id.escape_debug()));
    match miss {
        Some(miss) => {
            problem.hint(format!("did you mean `{miss}`?")).fix(at, miss.clone(), format!("write `{miss}`"))
        }
        None => problem,
    }
}
