//! # E0505: not a state
//!
//! A state is given by its number (the sum of 2^k over the options that are on, the first option
//! of the file being number 0), by a pattern without `-`, by the list of options that are on, or
//! in graph form by its id. The number must be one that the options can form.

use std::ops::Range;

use crate::problem::Problem;

/// The code.
pub const CODE: &str = "E0505";

pub(crate) fn too_large(at: &Range<usize>, number: &str, options: usize) -> Problem {
    Problem::error(CODE, at, format!("there is no state {number}: the case has {options} options"))
        .hint(format!("numbers of states go from 0 to 2^{options} − 1"))
}

pub(crate) fn no_graph_state(at: &Range<usize>, number: &str, states: usize) -> Problem {
    Problem::error(CODE, at, format!("there is no state {number}: the graph has {states}"))
        .hint("in graph form, states are numbered from 1 in the order of the list")
}

pub(crate) fn several(at: &Range<usize>, text: &str) -> Problem {
    Problem::error(CODE, at, format!("`{text}` stands for several states"))
        .hint("write `Y` or `N` for every option")
}

pub(crate) fn not_a_state(at: &Range<usize>, text: &str) -> Problem {
    Problem::error(CODE, at, format!("`{}` is not a state", text.escape_debug()))
        .hint("write the list of options that are on, a number or a pattern; a question may also begin at \"status_quo\"")
}
