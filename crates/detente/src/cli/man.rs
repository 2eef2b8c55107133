//! `detente man -o DIR`: manual pages, one for each command.

use std::path::PathBuf;

use clap::{Args, CommandFactory};
use clap_mangen::Man;

use super::{Cli, Refusal, Status, guide, output};

/// Write the manual pages: `detente.1`, `detente-solve.1`, …
#[derive(Args)]
pub(crate) struct ManArgs {
    /// The folder to write into: it is made when it is not there; older pages are replaced
    #[arg(long, short, value_name = "DIR")]
    output: PathBuf,
}

/// Runs the command.
pub(crate) fn run(args: &ManArgs, quiet: bool) -> Result<Status, Refusal> {
    let mut command = Cli::command();
    command.build();
    let mut pages = Vec::new();
    collect(command, "", &mut pages)?;
    let count = pages.len();
    guide::write(&args.output, pages.iter().map(|(name, page)| (name.as_str(), page.as_slice())))?;
    if !quiet {
        let folder = args.output.display();
        output::print(&format!("Wrote {count} pages. To read one: man {folder}/detente-solve.1\n"))?;
    }
    Ok(Status::Done)
}

/// The page of `command` and those of its own commands, named after the words that are typed.
fn collect(command: clap::Command, before: &str, pages: &mut Vec<(String, Vec<u8>)>) -> Result<(), Refusal> {
    let name = match before {
        "" => command.get_name().to_owned(),
        before => format!("{before}-{}", command.get_name()),
    };
    let below: Vec<_> = command.get_subcommands().filter(|below| !below.is_hide_set()).cloned().collect();
    // What `-h` leaves out stands in the manual as in `--help`.
    let command = command.display_name(name.clone()).mut_args(|argument| argument.hide_short_help(false));
    let mut page = Vec::new();
    Man::new(command).source(concat!("detente ", env!("CARGO_PKG_VERSION"))).render(&mut page)?;
    pages.push((format!("{name}.1"), page));
    below.into_iter().try_for_each(|below| collect(below, &name, pages))
}
