//! # E0517: a ranking has a state in two groups
//!
//! The groups of a ranking go from best to worst; a state in two of them would be better than
//! itself. Formulas and patterns of different groups must not share a state that the rules allow.

use std::ops::Range;

use crate::problem::Problem;

/// The code.
pub const CODE: &str = "E0517";

pub(crate) fn ranking_overlap(
    at: &Range<usize>,
    actor: &str,
    state: &str,
    groups: (usize, usize),
    first: Option<&Range<usize>>,
) -> Problem {
    let (a, b) = groups;
    let message = format!("the ranking of {actor} has a state in group {a} and again in group {b}: {state}");
    let problem = Problem::error(CODE, at, message).hint("leave it in one of them");
    match first {
        Some(first) => problem.related(first, "here first"),
        None => problem,
    }
}
