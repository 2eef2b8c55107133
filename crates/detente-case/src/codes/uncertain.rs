//! # E0521: chances that do not fit
//!
//! Chances of what may be otherwise must make sense together: the shares of an actor's other
//! orders, of its types, or of the statements that may stand in the place of one, sum to at most 1
//! (what is left is the chance of what is written). Orders and statements instead of others are for
//! actors that prefer by statements (`prefers`). Evidence that stands or falls together
//! (`[together.ID]`) names some claims, speakers, kinds or sources, or the assumptions.

use std::ops::Range;

use crate::problem::Problem;

/// The code.
pub const CODE: &str = "E0521";

pub(crate) fn more_than_one(at: &Range<usize>, what: &str, sum: f64) -> Problem {
    Problem::error(CODE, at, format!("the shares of the {what} come to {sum:.3}, which is more than 1"))
        .hint("what they leave to 1 is the chance of what is written: make them smaller")
}

pub(crate) fn no_statements(at: &Range<usize>, actor: &str, key: &str) -> Problem {
    Problem::error(CODE, at, format!("`{key}` is about statements, and `{actor}` does not prefer by statements"))
        .hint("give the actor `prefers`, or another `type` with a list of its own")
}

pub(crate) fn nothing_together(at: &Range<usize>, id: &str) -> Problem {
    Problem::error(CODE, at, format!("nothing stands or falls together in `{id}`"))
        .hint("name some claims, speakers, kinds or sources, or write assumptions = true")
}
