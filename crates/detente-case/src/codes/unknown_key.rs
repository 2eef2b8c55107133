//! # E0201: unknown key
//!
//! The table has a key that the format does not know. Every key is known, so that a misspelt one
//! is never silently without effect. The known keys are listed in the case reference.

use std::ops::Range;

use crate::problem::Problem;
use crate::shape::quoted;

/// The code.
pub const CODE: &str = "E0201";

pub(crate) fn unknown_key(
    at: &Range<usize>,
    table: &str,
    key: &str,
    known: &[&str],
    miss: Option<String>,
) -> Problem {
    let problem = Problem::error(CODE, at, format!("{table} has no key `{}`", key.escape_debug()));
    if table == "the case file" && matches!(key, "option" | "prefers" | "weighs" | "ranking" | "cannot" | "move") {
        return problem.hint(format!("it belongs to an actor: [actor.ID.{key}]"));
    }
    if table == "a rule" && matches!(key, "if" | "then" | "when" | "unless") {
        return problem.hint("a rule with a condition is one formula: always = \"a.x implies b.y\"");
    }
    if matches!(key, "options") && table == "an actor" {
        return problem.hint("each option has a name and a text: [actor.ID.option] sign = \"Sign the agreement\"");
    }
    match miss {
        Some(miss) => problem
            .hint(format!("did you mean `{miss}`?"))
            .fix(at, miss.clone(), format!("write `{miss}`")),
        None => problem.hint(format!("it can have {}", quoted(known))),
    }
}
