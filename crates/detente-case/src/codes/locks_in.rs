//! # W0510: a rule that locks somebody in
//!
//! `option = "b.answer"`, `requires = "a.attack"` means that the two are never apart: A cannot stop attacking
//! while B answers, and its war "lasts" because nobody can end it alone. A text that says "once A has
//! attacked, B may answer" means a condition on B's beginning: `begins_if = "a.attack"` at the option.

use std::ops::Range;

use crate::problem::Problem;

/// The code.
pub const CODE: &str = "W0510";

/// `locked`: what cannot be switched, and whether it is on; `who`: whose that is, and who would have to move
/// first.
pub(crate) fn locks_in(
    at: &Range<usize>,
    rule: &str,
    locked: (&str, bool),
    by: &str,
    who: (&str, &str),
) -> Problem {
    let way = if locked.1 { "off" } else { "on" };
    let message = format!(
        "the rule {rule} locks {} in: `{}` cannot be switched {way} while `{by}` is on, so {} would have to move first",
        who.0, locked.0, who.1
    );
    Problem::warning(CODE, at, message)
        .hint("where the text says \"once …\", make it a condition on beginning: `begins_if`; a rule says what can never be apart")
}
