//! # W0508: a rule that no single actor's step can cross
//!
//! The rules tie options of several actors together so that nobody can change its part alone: `a.sign
//! iff b.sign` with neither on today. Actors move one at a time, so what lies on the other side of such
//! rules cannot be reached from the status quo, by any steps of anybody one after the other, although the
//! rules allow it. What several do together is said as one act of theirs (`[act.ID]`, `parties = ["a", "b"]`),
//! without a rule that ties solo options together.
//!
//! Looked at are rules of at most 12 options: each alone, two that share an option, and all that hang together.

use std::ops::Range;

use crate::problem::Problem;

/// The code.
pub const CODE: &str = "W0508";

/// `there`: what differs from today, in words; `rules`: the rules in words, several of them or not.
pub(crate) fn joint_rule(at: &Range<usize>, there: &str, rules: &str, several: bool) -> Problem {
    let rules_are = if several { "the rules" } else { "the rule" };
    let message = format!(
        "nobody can reach {there} from today, by steps of the actors one after the other: no step of a single actor can cross {rules_are} {rules}"
    );
    Problem::warning(CODE, at, message).hint(
        "say what they do together as one act: [act.ID] with `parties = […]`, in the place of the options and of the rule",
    )
}
