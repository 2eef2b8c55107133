//! # E0212: a path that leads outside
//!
//! The path of a source's text is relative, with `/` between its parts and without `..`: a case
//! file from elsewhere must not make the program open other files.

use std::ops::Range;

use crate::problem::Problem;

/// The code.
pub const CODE: &str = "E0212";

pub(crate) fn outside_path(at: &Range<usize>, path: &str) -> Problem {
    Problem::error(CODE, at, format!("`{}` is not a path inside the folder of sources", path.escape_debug()))
        .hint("write a relative path without `..`, such as \"sources/article.txt\"")
}
