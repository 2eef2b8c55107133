//! # E0106: a Python pickle
//!
//! The file begins with the byte 0x80, as Python's pickles do. Programs of the field once saved
//! cases that way. Pickles can run code when they are opened, so they are not read: open the file
//! in the program that wrote it and save it as JSON (`.gmcr`), then `detente import` it.

use crate::{Diagnostic, Severity};

/// The code.
pub const CODE: &str = "E0106";

/// The file `file` is a pickle.
#[must_use]
pub fn pickle(file: &str) -> Diagnostic {
    let hint = "save it again from the program that wrote it, as JSON, then `detente import` it";
    Diagnostic::of_file(CODE, Severity::Error, file, "this is a Python pickle, not a case file", Some(hint))
}
