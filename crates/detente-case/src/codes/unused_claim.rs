//! # W0602: a claim that nothing rests on
//!
//! No `because` names the claim. Either something in the case should rest on it, or it says
//! something that the case leaves out: then it is worth a word under `limits`.

use std::ops::Range;

use crate::problem::Problem;

/// The code.
pub const CODE: &str = "W0602";

pub(crate) fn unused_claim(at: &Range<usize>, claim: &str) -> Problem {
    Problem::warning(CODE, at, format!("nothing rests on the claim `{claim}`"))
        .hint(format!("name it where it matters: because = [\"{claim}\"]"))
}
