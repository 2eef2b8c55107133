//! # E0209: unknown version of the format
//!
//! `format` says by which rules the file is written. This program knows version 1.

use std::ops::Range;

use crate::problem::Problem;

/// The code.
pub const CODE: &str = "E0209";

pub(crate) fn format_version(at: &Range<usize>, version: i64) -> Problem {
    Problem::error(CODE, at, format!("this program does not know version {version} of the case format"))
        .hint("it knows version 1")
        .fix(at, "1", "write 1")
}
