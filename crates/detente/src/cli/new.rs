//! `detente new NAME`: a commented starting case that solves.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use detente_case::{FreshSource, format, fresh_case};

use super::{Refusal, Status, files, input, output};
use crate::system::reason;

/// Longest text that a case is started from.
const MOST_BYTES: u64 = 4 << 20;

/// Write a commented starting case that solves
#[derive(Args)]
pub(crate) struct NewArgs {
    /// The folder to make, with case.toml in it; or a file that ends in .toml. Nothing is replaced
    #[arg(value_name = "NAME")]
    name: PathBuf,
    /// Start from this text: its sentences numbered, with an empty claim for each
    #[arg(long, value_name = "FILE")]
    source: Option<PathBuf>,
}

/// Runs the command.
pub(crate) fn run(args: &NewArgs, quiet: bool) -> Result<Status, Refusal> {
    let is_file = args.name.extension().is_some_and(|end| end == "toml");
    let path = if is_file { args.name.clone() } else { args.name.join(input::CASE_FILE) };
    let text = match &args.source {
        None => fresh_case(&title(&args.name), None),
        Some(source) => from_source(&args.name, source)?,
    };
    if text.len() > format::MAX_BYTES {
        return Err(Refusal::Wrong(format!(
            "the case would have {} bytes, and a case file has at most {} MiB: start from a part of the text",
            text.len(),
            format::MAX_BYTES >> 20
        )));
    }
    // The folder that is made; the ones above it must be there, so that a slip makes no tree.
    if !is_file && !args.name.is_dir() {
        fs::create_dir(&args.name).map_err(|error| {
            Refusal::Wrong(format!("the folder `{}` cannot be made: {}", args.name.display(), reason(&error)))
        })?;
    }
    files::write_new(&path, &text)?;
    if !quiet {
        let shown = path.display();
        output::print(&format!(
            "Wrote `{shown}`. It can be solved as it is:\n\n  detente check {0}\n  detente solve {0}\n",
            args.name.display()
        ))?;
    }
    Ok(Status::Done)
}

fn from_source(name: &Path, source: &Path) -> Result<String, Refusal> {
    let shown = source.display();
    let cannot = |why: String| Refusal::Wrong(format!("the text `{shown}` cannot be read: {why}"));
    let bytes = files::read_regular(source, MOST_BYTES).map_err(cannot)?;
    let text = String::from_utf8(bytes).map_err(|_| cannot("it is not UTF-8 text".to_owned()))?;
    let file = source.file_name().map(|file| file.to_string_lossy().into_owned()).unwrap_or_default();
    Ok(fresh_case(&title(name), Some(FreshSource { file: &file, text: &text })))
}

/// `my-conflict` as a title: `My conflict`.
fn title(name: &Path) -> String {
    let stem =
        name.file_stem().map(|stem| stem.to_string_lossy().replace(['-', '_'], " ")).unwrap_or_default();
    let stem = stem.trim();
    let mut chars = stem.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => "A new case".to_owned(),
    }
}
