//! # N0603: something is proposed and not taken
//!
//! `proposed = true` marks what was read from a text, by rules or by a model, and what nobody has looked at yet. It is
//! checked, and then left out: no answer depends on it, and nothing can refer to it. Remove the mark to take it, or delete
//! the whole thing. A claim that is proposed stays, for it carries nothing by itself: what rests on it already, and is not
//! proposed itself, is answered with.

use std::ops::Range;

use crate::Severity;
use crate::problem::Problem;

/// The code.
pub const CODE: &str = "N0603";

pub(crate) fn proposed(at: &Range<usize>, counts: &[(&str, &str, usize)]) -> Problem {
    let all: Vec<String> = counts
        .iter()
        .map(|(one, several, count)| format!("{count} {}", if *count == 1 { one } else { several }))
        .collect();
    let listed = match all.as_slice() {
        [one] => one.clone(),
        [all @ .., last] => format!("{} and {last}", all.join(", ")),
        [] => String::new(),
    };
    let (is, it) = if matches!(counts, [(_, _, 1)]) { ("is", "it") } else { ("are", "them") };
    let but = match counts.iter().find(|(one, ..)| *one == "claim") {
        Some((.., 1)) => ", but for what rests on the claim already",
        Some(_) => ", but for what rests on the claims already",
        None => "",
    };
    let message = format!("{listed} {is} proposed and not taken: no answer depends on {it}{but}");
    let problem = Problem { at: Some(at.clone()), ..Problem::new(CODE, Severity::Note, message) };
    problem.hint("remove `proposed = true` to take one, delete it to refuse it")
}

/// What to do where something refers to it.
pub(crate) const TAKE_FIRST: &str = "it is only proposed: remove its `proposed = true` to take it first";
