//! # N0506: a doubt whose rest is indifference
//!
//! With the rest of the chance that `confidence` leaves, an actor wants the contrary where its wish is one
//! thing. A wish that joins several things has no contrary that anybody means ("leaves only with a
//! guarantee" turned round is "leaves without one"), so there the actor does not care. `otherwise` writes out
//! what is meant.

use std::ops::Range;

use crate::Severity;
use crate::problem::Problem;

/// The code.
pub const CODE: &str = "N0506";

pub(crate) fn rest_indifferent(at: &Range<usize>, count: usize) -> Problem {
    let message = match count {
        1 => "one doubtful wish joins several things and so has no contrary: with the rest of the chance its actor does not care".to_owned(),
        count => format!(
            "{count} doubtful wishes join several things and so have no contrary: with the rest of the chance their actors do not care"
        ),
    };
    Problem { at: Some(at.clone()), ..Problem::new(CODE, Severity::Note, message) }
        .hint("say what it wants then: `otherwise = \"indifferent\"`, or a wish of its own by `instead`")
}
