//! # E0101: there is no such file
//!
//! The path that was given names no file. A case is a file, or a folder that holds `case.toml`.

use crate::{Diagnostic, Severity};

/// The code.
pub const CODE: &str = "E0101";

/// There is no file `file`.
#[must_use]
pub fn missing_file(file: &str) -> Diagnostic {
    let hint = "give a case file, a folder that holds `case.toml`, or `-` for standard input";
    Diagnostic::of_file(CODE, Severity::Error, file, "there is no such file", Some(hint))
}
