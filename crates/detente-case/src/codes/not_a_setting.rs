//! # E0404: what is switched is not said as switches
//!
//! What an act switches in the same move (`with`), what a date or a chance event switches (`then`) and what
//! a threat or promise says that is done is a list of settings: options and acts that are on, off (`not`) or
//! at one level (`us.tariff = 30`), joined by `and`, each once. A formula with `or`, a defined name or a
//! range of levels does not say what is switched, and a chance event is nobody's to switch.

use std::ops::Range;

use crate::problem::Problem;

/// The code.
pub const CODE: &str = "E0404";

pub(crate) fn not_a_setting(at: &Range<usize>, key: &str, what: &str) -> Problem {
    Problem::error(CODE, at, format!("`{key}` must say what is switched, and {what} does not"))
        .hint("write options, or `not` options, joined by `and`; of levels `us.tariff = 30`")
}

pub(crate) fn twice(at: &Range<usize>, name: &str) -> Problem {
    Problem::error(CODE, at, format!("`{name}` is switched twice at once")).hint("say once what becomes of it")
}

pub(crate) fn chance(at: &Range<usize>, name: &str) -> Problem {
    Problem::error(CODE, at, format!("`{name}` is a chance event, and nobody switches it"))
        .hint("name an option or an act; what a chance event switches stands under its own `then`")
}
