//! `detente import FILE`: another program's file as a case file.

use std::path::PathBuf;

use clap::Args;

use super::args::CaseArg;
use super::{Refusal, Status, files, input, output};

/// Turn another program's file (.gmcr) into a case file
#[derive(Args)]
pub(crate) struct ImportArgs {
    #[command(flatten)]
    file: CaseArg,
    /// Write the case here instead of on standard output; an existing file is never replaced
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Runs the command.
pub(crate) fn run(args: &ImportArgs, quiet: bool) -> Result<Status, Refusal> {
    let loaded = input::load(&args.file)?;
    if !quiet {
        output::tell_diagnostics(&loaded.diagnostics, &loaded.text);
    }
    let text = detente_case::to_toml(&loaded.conflict);
    match &args.output {
        None => output::print(&text)?,
        Some(path) => files::write_new(path, &text)?,
    }
    Ok(Status::Done)
}
