//! # E0102: a folder without a case
//!
//! The path names a folder that holds no `case.toml`.

use crate::{Diagnostic, Severity};

/// The code.
pub const CODE: &str = "E0102";

/// The folder `file` holds no case.
#[must_use]
pub fn directory(file: &str) -> Diagnostic {
    let hint = "`detente new NAME` writes a starting case";
    Diagnostic::of_file(CODE, Severity::Error, file, "this folder holds no `case.toml`", Some(hint))
}
