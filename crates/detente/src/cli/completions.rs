//! `detente completions SHELL`: a completion script.

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::{Cli, Refusal, Status, output};

/// Print a completion script for a shell
#[derive(Args)]
pub(crate) struct CompletionsArgs {
    /// For which shell
    #[arg(value_enum)]
    shell: Shell,
}

/// Runs the command.
pub(crate) fn run(args: &CompletionsArgs) -> Result<Status, Refusal> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "detente", &mut script);
    output::print(&String::from_utf8_lossy(&script))?;
    Ok(Status::Done)
}
