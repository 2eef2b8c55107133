//! `detente guide -o DIR`: the guide as files, for a browser.

use std::path::{Path, PathBuf};
use std::{fs, io};

use clap::Args;

use super::{Refusal, Status, files, output};
use crate::guide;
use crate::system::reason;

/// Write the guide as HTML files; the workbench has it at /guide
#[derive(Args)]
pub(crate) struct GuideArgs {
    /// The folder to write into: it is made when it is not there; pages of an older guide are replaced
    #[arg(long, short, value_name = "DIR")]
    output: PathBuf,
}

/// Runs the command.
pub(crate) fn run(args: &GuideArgs, quiet: bool) -> Result<Status, Refusal> {
    write(
        &args.output,
        guide::files().iter().map(|(address, file)| (address.as_str(), file.bytes.as_slice())),
    )?;
    if !quiet {
        let index = args.output.join("index.html");
        output::print(&format!("Wrote the guide. It begins with `{}`.\n", index.display()))?;
    }
    Ok(Status::Done)
}

/// Writes `all` below `folder`, each in the place of a file that may be there.
///
/// # Errors
/// A folder cannot be made, or a file not written.
pub(super) fn write<'a>(
    folder: &Path,
    all: impl Iterator<Item = (&'a str, &'a [u8])>,
) -> Result<(), Refusal> {
    let cannot = |path: &Path, error: &io::Error| {
        Refusal::Wrong(format!("the folder `{}` cannot be made: {}", path.display(), reason(error)))
    };
    for (address, bytes) in all {
        let path = folder.join(address);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(|error| cannot(parent, &error))?;
        }
        files::write_over(&path, bytes)?;
    }
    Ok(())
}
