//! Détente on the command line: `detente COMMAND CASE …`.
//!
//! Start with `cli/mod.rs` (what can be typed) and `cli/solve.rs` (the main job). Facts, sentences and the JSON
//! contracts come from the library `detente-study`; `server/` is the workbench, `guide/` the guide that it shows. The
//! program is a library so that what Python installs as `detente` is the same program.

use std::ffi::{OsStr, OsString};

use detente_study::Refusal;

mod caps;
mod cli;
mod document;
mod guide;
mod server;
mod system;

/// Runs the program with `args`, the first of which is its name, and says with which status it ends.
///
/// It writes to standard output and standard error and listens for signals: whoever calls it is the process.
pub fn run(args: impl IntoIterator<Item = OsString>) -> u8 {
    cli::run(args)
}

/// A case that a file holds.
pub struct CaseFile {
    /// The case as written.
    pub conflict: detente_model::Conflict,
    /// Warnings and notes.
    pub diagnostics: Vec<detente_case::Diagnostic>,
    /// The text of the file.
    pub text: String,
    /// Whether it is another program's.
    pub foreign: bool,
}

/// Reads the case that `path` names as every command does: a case file, a folder that holds `case.toml`, or a `.gmcr` file.
///
/// # Errors
/// [`Refusal::Case`] with all problems, that of a file that is not there among them.
pub fn read_case(path: &OsStr) -> Result<CaseFile, Refusal> {
    let case = cli::input::load(&cli::args::CaseArg { case: path.to_owned(), ignore_misperceptions: false })?;
    let foreign = cli::input::is_gmcr(case.text.as_bytes());
    Ok(CaseFile { conflict: case.conflict, diagnostics: case.diagnostics, text: case.text, foreign })
}
