//! # E0103: the file cannot be read
//!
//! The operating system refused to read the file, or reading broke off. The message is its own.

use crate::{Diagnostic, Severity};

/// The code.
pub const CODE: &str = "E0103";

/// The file `file` cannot be read; `reason` is the operating system's.
#[must_use]
pub fn unreadable(file: &str, reason: &str) -> Diagnostic {
    let hint = "check that it is a file that you may read";
    Diagnostic::of_file(CODE, Severity::Error, file, format!("the file cannot be read: {reason}"), Some(hint))
}
