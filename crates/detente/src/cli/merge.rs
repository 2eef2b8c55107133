//! `detente merge FILES…`: shards of a sample put together.

use std::path::{Path, PathBuf};

use clap::Args;
use serde::Deserialize;

use super::args::{CsvArgs, Format};
use super::{Refusal, Status, files, output, sample};
use detente_study::ask::merge::merge;
use detente_study::say::moving;
use detente_study::wire::Counts;

/// No larger file is read.
const MOST_BYTES: u64 = 1 << 30;

/// Put the shards of a sample together: sums are added exactly
#[derive(Args)]
pub(crate) struct MergeArgs {
    /// What `sample --shard I/N --format json` wrote
    #[arg(value_name = "FILES", required = true)]
    files: Vec<PathBuf>,
    /// How many states, sets and ends to list
    #[arg(long, value_name = "N", default_value_t = 64)]
    list: usize,
    /// Write the shares also as a Parquet file that is not there yet
    #[arg(long, value_name = "FILE", value_parser = sample::parquet_file)]
    parquet: Option<PathBuf>,
    /// The medium of the answer
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    #[command(flatten)]
    csv: CsvArgs,
}

/// The part of a shard that is merged.
#[derive(Deserialize)]
struct Part {
    counts: Option<Counts>,
}

/// Runs the command.
pub(crate) fn run(args: &MergeArgs) -> Result<Status, Refusal> {
    args.csv.style(args.format == Format::Csv)?;
    let mut parts = Vec::new();
    for path in &args.files {
        parts.push((path.display().to_string(), read(path)?));
    }
    let mut answer = merge(parts, args.list)?;
    // As data it is byte for byte what an unbroken run gives that does not look for it.
    if !answer.inputs.is_empty() && !matches!(args.format, Format::Json | Format::Csv) {
        answer.text.push(moving::not_looked_for(moving::Why::Merged));
    }
    sample::write_parquet(&answer, args.parquet.as_deref())?;
    sample::print(&answer, args.format, args.csv.style(args.format == Format::Csv)?)?;
    Ok(output::tell_limits(answer.limits))
}

fn read(path: &Path) -> Result<Counts, Refusal> {
    let bytes = files::read_regular(path, MOST_BYTES).map_err(|why| broken(path, &why))?;
    let part: Part = serde_json::from_slice(&bytes).map_err(|error| broken(path, &error.to_string()))?;
    part.counts.ok_or_else(|| {
        Refusal::usage_with(
            format!("`{}` has no counts that could be added", path.display()),
            "shards are written by `detente sample CASE --shard I/N --format json`",
        )
    })
}

fn broken(path: &Path, why: &str) -> Refusal {
    Refusal::Wrong(format!("`{}` cannot be merged: {why}", path.display()))
}
