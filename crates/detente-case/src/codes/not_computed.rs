//! # N0504: something that no verdict uses yet
//!
//! `unknown = true` says that the direction of a wish is not known, `strength` how strong it is. Both are
//! kept with the case, and no verdict uses them yet: a wish of unknown direction is taken as it is
//! written, and strong and mild wishes count alike (their order is what counts).

use std::ops::Range;

use crate::Severity;
use crate::problem::Problem;

/// The code.
pub const CODE: &str = "N0504";

pub(crate) fn not_computed(at: &Range<usize>, key: &str, count: usize) -> Problem {
    let wishes = if count == 1 { "one wish has".to_owned() } else { format!("{count} wishes have") };
    let (how, hint) = match key {
        "unknown" => (
            "no verdict uses it yet: such a wish is taken as it is written",
            "to see what hangs on it, write the contrary in a variant, or use `instead` with a share",
        ),
        _ => ("no verdict uses it yet: the order of the wishes is what counts", "put what matters more first"),
    };
    let message = format!("{wishes} `{key}`, and {how}");
    Problem { at: Some(at.clone()), ..Problem::new(CODE, Severity::Note, message) }.hint(hint)
}
