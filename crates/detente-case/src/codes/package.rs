//! # W0512: a package that no act names
//!
//! Two acts of the same parties are two moves. Where each alone is bad for one of them and both together are
//! good for both, nobody makes the first step: a package is a move only if an act says so. Name the one in
//! `with` of the other, or make a third act of both.

use std::ops::Range;

use crate::problem::Problem;

/// The code.
pub const CODE: &str = "W0512";

pub(crate) fn package(at: &Range<usize>, one: &str, other: &str) -> Problem {
    let message = format!(
        "the acts `{one}` and `{other}` have the same parties, and neither names the other: they can be agreed one after the other only"
    );
    Problem::warning(CODE, at, message)
        .hint(format!("where they are meant as one package, write `with = \"act.{other}\"`, or make one act of both"))
}
