//! Détente on the command line: `detente COMMAND CASE …`.
//!
//! Start with `cli/mod.rs` (what can be typed) and `cli/solve.rs` (the main job). Facts, sentences and the JSON
//! contracts come from the library `detente-study`; `server/` is the workbench.

mod caps;
mod cli;
mod document;
mod server;
mod system;

fn main() -> std::process::ExitCode {
    cli::run()
}
