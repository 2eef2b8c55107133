//! Détente on the command line: `detente COMMAND CASE …`.
//!
//! Start with `cli/mod.rs` (what can be typed) and `cli/solve.rs` (the main job). Facts, sentences and the JSON
//! contracts come from the library `detente-study`; `server/` is the workbench, `guide/` the guide that it shows. The
//! program is a library so that what Python installs as `detente` is the same program.

mod caps;
mod cli;
mod guide;
mod server;
mod system;

/// Runs the program with `args`, the first of which is its name, and says with which status it ends.
///
/// It writes to standard output and standard error and listens for signals: whoever calls it is the process.
pub fn run(args: impl IntoIterator<Item = std::ffi::OsString>) -> u8 {
    cli::run(args)
}
