//! # E0515: the rules contradict each other
//!
//! No combination of options obeys all rules, so there is no possible state and nothing to solve.
//! The message names a smallest set of rules to blame: every one of them is needed for the
//! contradiction, so that it is solved by taking away or weakening any one of them (there may be a
//! second contradiction behind it). It is looked for in the case as written and in every variant
//! and view.

use std::ops::Range;

use crate::problem::Problem;

/// The code.
pub const CODE: &str = "E0515";

/// `whose`: empty, or "in variant `x`"; `rules` in words.
pub(crate) fn contradictory_rules(
    at: &Range<usize>,
    whose: &str,
    rules: &str,
    count: usize,
    minimal: bool,
) -> Problem {
    let comma = if whose.is_empty() { "" } else { ", " };
    let message = match count {
        0 => format!("{whose}{comma}no combination of options is possible"),
        1 => format!("{whose}{comma}no combination of options obeys the rule {rules}"),
        _ => format!(
            "{whose}{comma}the rules contradict each other: no combination of options obeys all of {rules}"
        ),
    };
    let hint = match (count, minimal) {
        (0 | 1, _) => "change or remove it",
        (_, true) => "each of them is needed for the contradiction: change or remove one",
        (_, false) => {
            "change or remove one of them; the smallest set was not found within the bound on the work"
        }
    };
    Problem::error(CODE, at, message).hint(hint)
}
