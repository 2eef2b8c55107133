//! # E0206: not a date
//!
//! Dates are written as TOML dates (`2023-03-07`) or, where day or month are not known, as texts
//! (`"2023"`, `"2023-03"`). Times of day are not kept. The day must exist.

use std::ops::Range;

use crate::problem::Problem;

/// The code.
pub const CODE: &str = "E0206";

pub(crate) fn bad_date(at: &Range<usize>, text: &str) -> Problem {
    Problem::error(CODE, at, format!("`{}` is no date", text.escape_debug()))
        .hint("write 2023-03-07, \"2023-03\" or \"2023\"")
}
