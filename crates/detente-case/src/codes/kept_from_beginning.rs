//! # W0513: a rule that keeps an act from beginning
//!
//! The act cannot begin while a party's own switch is so, because a rule forbids both together: no peace
//! while A fires. A would have to stop first, alone, and trust that the others then sign. Where the act
//! itself ends it, say so: `with = "not a.fire"`.

use std::ops::Range;

use crate::problem::Problem;

/// The code.
pub const CODE: &str = "W0513";

pub(crate) fn kept(
    at: &Range<usize>,
    rule: &str,
    act: &str,
    own: (&str, bool),
    who: &str,
    literal: &str,
) -> Problem {
    let state = if own.1 { "on" } else { "off" };
    let message = format!(
        "the rule {rule} keeps the act `{act}` from beginning while `{}` is {state}: {who} would have to move first, alone",
        own.0
    );
    Problem::warning(CODE, at, message)
        .hint(format!("where the act itself changes that, write `with = \"{literal}\"`"))
}
