//! Détente on the command line: `detente COMMAND CASE …`.
//!
//! Start with `cli/mod.rs` (what can be typed) and `cli/solve.rs` (the main job). `report/` turns
//! results into words and pictures, `wire/` holds the types of the JSON contracts.

mod cli;
mod ledger;
mod report;
mod server;
mod wire;

fn main() -> std::process::ExitCode {
    cli::run()
}
