//! # E0526: readings that do not fit
//!
//! Where claims contradict each other (`contradicts`), a reading keeps as many of them as can stand
//! together. There are at most 64. `[reading.ID] keeps = […]` names one: it must fit exactly one of them,
//! and one that has no other name; `drops = […]` adds one without these claims, and what it leaves must not
//! contradict itself.

use std::ops::Range;

use crate::problem::Problem;

/// The code.
pub const CODE: &str = "E0526";

pub(crate) fn too_many(at: &Range<usize>, most: usize) -> Problem {
    Problem::error(CODE, at, format!("the claims that contradict each other can be read in more than {most} ways"))
        .hint("take out contradictions that change nothing, or group the claims that are told together")
}

pub(crate) fn fits(at: &Range<usize>, id: &str, count: usize, drops: bool) -> Problem {
    let (message, hint) = match (drops, count) {
        (true, _) => (
            format!("what the reading `{id}` leaves still contradicts itself"),
            "drop one claim of each pair at the least",
        ),
        (false, 0) => (
            format!("no reading keeps all that `{id}` names: they contradict each other"),
            "name claims that can stand together",
        ),
        (false, 1) => (format!("the reading `{id}` has another name already"), "keep one of the names"),
        (false, count) => (
            format!("`{id}` does not say which of {count} readings it is"),
            "name more of the claims in dispute under `keeps`",
        ),
    };
    Problem::error(CODE, at, message).hint(hint)
}

pub(crate) fn undisputed(at: &Range<usize>, claim: &str) -> Problem {
    Problem::error(CODE, at, format!("no claim contradicts `{claim}`, so every reading keeps it"))
        .hint("name claims in dispute; what contradicts what is said by `contradicts` of a claim")
}
