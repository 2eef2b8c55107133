//! # E0603: the text of a source cannot be read
//!
//! `--sources DIR` was given, the source names a file under `text`, and it is not there or is no
//! text. It is looked for under DIR, beside DIR (when `text` begins with the name of DIR), and in DIR
//! under its bare name.

use std::ops::Range;

use crate::problem::Problem;

/// The code.
pub const CODE: &str = "E0603";

pub(crate) fn no_text(at: &Range<usize>, source: &str, why: &str) -> Problem {
    Problem::error(CODE, at, format!("the text of source `{source}` cannot be read: {why}"))
        .hint("check the path under `text` and the folder given as --sources")
}
