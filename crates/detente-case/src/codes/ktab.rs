//! # E0709: a part of a table of KTAB is missing or of another kind
//!
//! The first line of such a table is the name of the scenario, its description, the number of actors and the number of
//! dimensions; the second is `Actor,Description,Power` and then two columns for each dimension, position and salience.
//! Each other line is an actor. Power is a number from 0 on; positions and saliences are numbers from 0 to 100.

use std::ops::Range;

use crate::problem::Problem;

/// The code.
pub const CODE: &str = "E0709";

pub(crate) fn number(at: &Range<usize>, actor: &str, column: &str, cell: &str, range: &str) -> Problem {
    Problem::error(CODE, at, format!("`{column}` of `{actor}` must be a number {range}, not `{cell}`"))
        .hint("write it in digits, with a point before decimals")
}

pub(crate) fn count(at: &Range<usize>, what: &str, said: &str, there: usize) -> Problem {
    Problem::error(CODE, at, format!("the first line says `{said}` {what}, and there are {there}"))
        .hint("the third cell of the first line is the number of actors, the fourth that of dimensions")
}

pub(crate) fn cells(at: &Range<usize>, actor: &str, all: usize, there: usize) -> Problem {
    Problem::error(CODE, at, format!("the line of `{actor}` has {there} cells, and the head has {all}"))
        .hint("a description with a comma stands in quotes")
}

pub(crate) fn actors(at: &Range<usize>, most: usize) -> Problem {
    Problem::error(CODE, at, format!("there are more than {most} actors"))
        .hint("leave out those with the least power, or join those that act together")
}

pub(crate) fn unreadable(at: &Range<usize>) -> Problem {
    Problem::error(CODE, at, "the table is no UTF-8 text").hint("save it as CSV in UTF-8")
}
