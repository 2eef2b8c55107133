//! # E0303: names defined by each other
//!
//! A defined name refers to itself, directly or through others, so that it has no meaning.

use std::ops::Range;

use crate::problem::Problem;

/// The code.
pub const CODE: &str = "E0303";

/// `cycle`: the first names in order of reference, with the places where the next is referred to;
/// `length`: how many there are.
pub(crate) fn define_cycle(at: &Range<usize>, cycle: &[(String, Range<usize>)], length: usize) -> Problem {
    let names: Vec<String> = cycle.iter().map(|(name, _)| format!("`{name}`")).collect();
    let more = if length > cycle.len() { format!(", … ({length} names)") } else { String::new() };
    let message = match cycle {
        [(name, _)] => format!("`{name}` is defined by itself"),
        _ => format!("these names are defined by each other: {}{more}", names.join(", ")),
    };
    let mut problem = Problem::error(CODE, at, message).hint("write one of them without the others");
    for (name, at) in cycle {
        problem = problem.related(at, format!("in the definition of `{name}`"));
    }
    problem
}
