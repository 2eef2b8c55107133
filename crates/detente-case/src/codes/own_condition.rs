//! # W0511: a condition on one's own switches
//!
//! A condition on what the same actor switches orders the steps inside one of its moves and delays nothing:
//! it fulfils the condition and goes on in the same move, nobody gets a moment between, and the first step
//! may be taken back. What must stay together is a rule (`requires`); what needs a pause is a condition on
//! somebody else's switch, or a date.

use std::ops::Range;

use crate::problem::Problem;

/// The code.
pub const CODE: &str = "W0511";

pub(crate) fn own_condition(at: &Range<usize>, name: &str, begins: bool, own: &str, who: &str) -> Problem {
    let word = if begins { "begins" } else { "ends" };
    let message = format!(
        "{who} can fulfil this condition itself (`{own}`) in the same move in which `{name}` {word}: it delays nothing"
    );
    Problem::warning(CODE, at, message)
        .hint("what must stay together is a rule (`requires`); what needs a pause is another's switch or a date")
}
