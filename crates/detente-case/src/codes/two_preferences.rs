//! # E0502: two ways to prefer
//!
//! An actor's preference is given in one way: `prefers` (statements, most important first),
//! `weighs` (statements with weights) or `ranking` (groups of states).

use std::ops::Range;

use crate::problem::Problem;

/// The code.
pub const CODE: &str = "E0502";

pub(crate) fn two_preferences(at: &Range<usize>, actor: &str, ways: &[(&str, Range<usize>)]) -> Problem {
    let words: Vec<String> = ways.iter().map(|(way, _)| format!("`{way}`")).collect();
    let mut problem =
        Problem::error(CODE, at, format!("actor `{actor}` prefers in {} ways: {}", ways.len(), words.join(", ")))
            .hint("keep one");
    for (way, at) in ways {
        problem = problem.related(at, format!("`{way}` here"));
    }
    problem
}

pub(crate) fn rest_without_ranking(at: &Range<usize>) -> Problem {
    Problem::error(CODE, at, "`rest` belongs to a list `ranking = [[…], …]`, which this actor does not have")
        .hint("take it out, or give the actor a ranking")
}
