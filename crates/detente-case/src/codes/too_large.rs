//! # E0104: the file is too large
//!
//! A case file has at most 4 MiB. A larger file is not looked at: it is probably not a case.

use crate::format::MAX_BYTES;
use crate::{Diagnostic, Severity};

/// The code.
pub const CODE: &str = "E0104";

/// The file `file` has more than 4 MiB.
#[must_use]
pub fn too_large(file: &str) -> Diagnostic {
    let message = format!("the file is larger than {} MiB, the most a case can have", MAX_BYTES >> 20);
    Diagnostic::of_file(CODE, Severity::Error, file, message, Some("is this the right file?"))
}
