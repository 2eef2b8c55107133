//! `detente import FILE`: another program's file as a case file.

use std::fs;
use std::path::PathBuf;

use clap::Args;

use super::args::CaseArg;
use super::{Failure, Status, input, output};

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
pub(crate) fn run(args: &ImportArgs, quiet: bool) -> Result<Status, Failure> {
    let loaded = input::load(&args.file)?;
    if !quiet {
        output::tell_diagnostics(&loaded.diagnostics, &loaded.text);
    }
    let text = detente_case::to_toml(&loaded.conflict);
    match &args.output {
        None => output::print(&text)?,
        Some(path) => write_new(path, &text)?,
    }
    Ok(Status::Done)
}

/// Writes a file that is not there yet.
///
/// # Errors
/// [`Failure::Wrong`] when it is there, or cannot be written.
pub(crate) fn write_new(path: &std::path::Path, text: &str) -> Result<(), Failure> {
    use std::io::Write;
    let name = path.display();
    let mut file = fs::OpenOptions::new().write(true).create_new(true).open(path).map_err(|error| {
        if error.kind() == std::io::ErrorKind::AlreadyExists {
            Failure::Wrong(format!("`{name}` is there already: nothing was written"))
        } else {
            Failure::Wrong(format!("`{name}` cannot be written: {error}"))
        }
    })?;
    file.write_all(text.as_bytes())
        .map_err(|error| Failure::Wrong(format!("`{name}` cannot be written: {error}")))
}
