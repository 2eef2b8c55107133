//! # E0514: a question without what it asks about
//!
//! Questions of every kind but `movers`, `deadline` and `said` need an `outcome`, of kind `trust` also a `strike`, of kind
//! `view` also a `view`, and those of kind `said` say `about` what; a view must be one that the case has, and a
//! question from the status quo needs one.

use std::ops::Range;

use crate::problem::Problem;

/// The code.
pub const CODE: &str = "E0514";

pub(crate) fn question_needs(at: &Range<usize>, id: &str, kind: &str, key: &str) -> Problem {
    Problem::error(CODE, at, format!("question `{id}` is of kind `{kind}` and needs `{key}`"))
        .hint(match key {
            "outcome" => "add `outcome = \"…\"`: the id of an [outcome.ID], a defined name or a formula",
            "about" => "add `about = \"ID\"`: the id of a [said.ID]",
            "strike" => "add what is struck: `strike = { claims = [\"…\"] }`",
            _ => "add `view = \"ID\"`: the actor as whom",
        })
}

pub(crate) fn about_nothing(at: &Range<usize>, id: &str, kind: &str) -> Problem {
    Problem::error(CODE, at, format!("question `{id}` is of kind `{kind}`, which is about no deadline and no saying"))
        .hint("take `about` out, or ask with kind `deadline` or `said`")
}

pub(crate) fn no_view(at: &Range<usize>, actor: &str) -> Problem {
    Problem::error(CODE, at, format!("the case has no view of `{actor}`"))
        .hint(format!("say what differs for it under [view.{actor}]"))
}

pub(crate) fn no_status_quo(at: &Range<usize>) -> Problem {
    Problem::error(CODE, at, "the case has no status quo").hint("say where it stands: [status_quo] on = […]")
}
