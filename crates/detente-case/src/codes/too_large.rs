//! # E0104: the file is too large
//!
//! A case file has at most 4 MiB. A larger file is not looked at: it is probably not a case.

use crate::format::MAX_BYTES;
use crate::{Diagnostic, Severity};

/// The code.
pub const CODE: &str = "E0104";

/// The file `file` has more than `most` bytes: [`MAX_BYTES`] for a case file.
#[must_use]
pub fn too_large(file: &str, most: usize) -> Diagnostic {
    let what = if most == MAX_BYTES { "the most a case can have" } else { "the most that is read" };
    let message = format!("the file is larger than {} MiB, {what}", most >> 20);
    Diagnostic::of_file(CODE, Severity::Error, file, message, Some("is this the right file?"))
}
