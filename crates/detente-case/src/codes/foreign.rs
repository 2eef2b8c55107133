//! # E0112: a file of another program
//!
//! The file is none of Détente's: a game of Gambit, a graph, a table, a document. It is known by how it
//! begins, or by its name. A text document can be the source of a case: save its text as plain text.
//! Files of GMCR+ (`.gmcr`) are read.

use crate::foreign::Foreign;
use crate::problem::Problem;
use crate::{Diagnostic, Severity};

/// The code.
pub const CODE: &str = "E0112";

pub(crate) fn foreign(file: &str, found: Foreign) -> Diagnostic {
    Diagnostic::of_file(CODE, Severity::Error, file, format!("this is {}", found.what), Some(found.hint))
}

pub(crate) fn problem(found: Foreign) -> Problem {
    Problem::new(CODE, Severity::Error, format!("this is {}", found.what)).hint(found.hint)
}
