//! # E0525: a date that leads nowhere
//!
//! What a deadline switches must be possible wherever it comes due: from every possible state in which
//! `unless` does not hold, the switched state must obey the rules. The message shows one from which it does
//! not. Deadlines need the date that the case describes (`as_of`): those before it do nothing any more.

use std::ops::Range;

use crate::problem::Problem;

/// The code.
pub const CODE: &str = "E0525";

pub(crate) fn not_possible(
    at: &Range<usize>,
    id: &str,
    whose: &str,
    from: &str,
    rule: &str,
    rule_at: Option<&Range<usize>>,
) -> Problem {
    let whose = if whose.is_empty() { String::new() } else { format!(" {whose}") };
    let message =
        format!("the deadline `{id}` leads{whose} to what the rules do not allow: from {from} it breaks the rule {rule}");
    let problem = Problem::error(CODE, at, message)
        .hint("let `then` switch what the rule needs, too, or say with `unless` where nothing happens");
    match rule_at {
        Some(rule_at) => problem.related(rule_at, "the rule"),
        None => problem,
    }
}

pub(crate) fn no_as_of(at: &Range<usize>, id: &str) -> Problem {
    Problem::error(CODE, at, format!("whether the deadline `{id}` is past cannot be known: the case describes no date"))
        .hint("add `as_of = 2025-01-01` under [case]: the date that it describes")
}
