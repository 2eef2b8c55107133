//! # E0210: exactly one of several keys
//!
//! A table says one thing in one of several ways, and this one says none or two: a rule is
//! `never`, `always`, `at_most_one`, `exactly_one`, or `option` with `requires`; an effect is
//! `body` with `leaves` or `joins`, `tie` with `becomes`, or `text`.

use std::ops::Range;

use crate::problem::Problem;

/// The code.
pub const CODE: &str = "E0210";

pub(crate) fn exactly_one(
    at: &Range<usize>,
    table: &str,
    groups: &[&[&str]],
    given: &[&str],
) -> Problem {
    let group = |group: &&[&str]| {
        group.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(" with ")
    };
    let ways = groups.iter().map(group).collect::<Vec<_>>().join(", or ");
    let found = if given.is_empty() {
        "none".to_owned()
    } else {
        given.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(" and ")
    };
    Problem::error(CODE, at, format!("{table} has exactly one of its ways to say what it is; this one has {found}"))
        .hint(format!("write {ways}"))
}
