//! `detente merge FILES…`: shards of a sample put together.

use std::path::{Path, PathBuf};

use clap::Args;
use detente_engine::ensemble::Tally;
use detente_engine::{LimitHit, Stop};
use serde::Deserialize;

use super::args::{CsvArgs, Format};
use super::{Refusal, Status, files, output, sample};
use detente_study::say::{moving, sample as report, words};
use detente_study::wire::{Counts, CountsName, DrawnInfo, Frame, Method, Sums};

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
        let counts = read(path)?;
        let tally = counts.tally().map_err(|why| broken(path, &why))?;
        parts.push((path, counts, tally));
    }
    let Some((first, rest)) = parts.split_first() else { return Err(Refusal::usage("no files")) };
    let frame = first.1.frame.clone();
    let mut tally: Tally = first.2.clone();
    let mut drawn: Vec<(DrawnInfo, &Path)> = first.1.drawn.iter().map(|d| (*d, first.0.as_path())).collect();
    for (path, counts, part) in rest {
        let other = (frame.draws != counts.frame.draws).then_some("another number of draws");
        if let Some(what) = other.or_else(|| sample::differs(&counts.frame, &frame)) {
            return Err(Refusal::usage(format!(
                "`{}` is of {what} than `{}`: only shards of one sample can be merged",
                path.display(),
                first.0.display()
            )));
        }
        tally.merge(part);
        drawn.extend(counts.drawn.iter().map(|d| (*d, path.as_path())));
    }
    drawn.sort_unstable();
    for pair in drawn.windows(2) {
        if pair[1].0.from < pair[0].0.to {
            return Err(Refusal::usage(format!(
                "`{}` and `{}` both hold the draw {}: each shard may be named once",
                pair[0].1.display(),
                pair[1].1.display(),
                pair[1].0.from
            )));
        }
    }
    let drawn = joined(drawn.into_iter().map(|(d, _)| d));
    answer(args, frame, &tally, drawn)
}

fn answer(args: &MergeArgs, frame: Frame, tally: &Tally, drawn: Vec<DrawnInfo>) -> Result<Status, Refusal> {
    let counted = report::Counted { frame: &frame, tally, method: Method::Sampled };
    let mut answer = counted.answer(args.list);
    let complete = drawn == [DrawnInfo { from: 0, to: frame.draws }];
    if !complete {
        let count = |n: u64| words::count(&n.into());
        let stretches: Vec<String> = drawn.iter().map(|d| format!("{} to {}", d.from, d.to)).collect();
        let hit = LimitHit {
            stop: Stop::Work,
            what: "merging shards".to_owned(),
            limit: "the shards named".to_owned(),
            reached: format!(
                "{} of {} models (draws {})",
                count(tally.models as u64),
                count(frame.draws),
                words::list(&stretches)
            ),
            exact: "the shares of the models drawn, with their intervals".to_owned(),
        };
        answer.limits.push((&hit).into());
        answer.counts =
            Some(Counts { schema: CountsName::This, frame: frame.clone(), drawn, sums: Sums::of(tally) });
    }
    answer.text = report::lines(&answer);
    // As data it is byte for byte what an unbroken run gives that does not look for it.
    if !frame.inputs.is_empty() && !matches!(args.format, Format::Json | Format::Csv) {
        answer.text.push(moving::not_looked_for(moving::Why::Merged));
    }
    sample::write_parquet(&answer, args.parquet.as_deref())?;
    sample::print(&answer, args.format, args.csv.style(args.format == Format::Csv)?)?;
    Ok(output::tell_limits(answer.limits))
}

/// Stretches that meet become one.
fn joined(drawn: impl Iterator<Item = DrawnInfo>) -> Vec<DrawnInfo> {
    let mut list: Vec<DrawnInfo> = Vec::new();
    for next in drawn.filter(|d| d.from < d.to) {
        match list.last_mut() {
            Some(last) if last.to == next.from => last.to = next.to,
            _ => list.push(next),
        }
    }
    list
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
