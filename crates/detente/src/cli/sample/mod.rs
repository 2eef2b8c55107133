//! `detente sample CASE`: in what share of the models that could also have been written does it hold?

mod checkpoint;

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::args::{CaseArg, Concepts, CsvArgs, Format, TimeArg, VariantArg, concepts, reading, readings};
#[cfg(feature = "parquet")]
use super::files;
use super::watch::Clock;
use super::{Refusal, Status, input, output};
use checkpoint::Checkpoint;
use detente_study::ask::sample::{self as ask, Ask, DRAWS, Keep, LIST, Shard};
use detente_study::say::sample as report;
use detente_study::show::csv::{self, Style};
use detente_study::wire::Sample;

/// Uncertainty: in what share of the models that the case's doubts leave open an outcome lasts
#[derive(Args)]
pub(crate) struct SampleArgs {
    #[command(flatten)]
    case: CaseArg,
    #[command(flatten)]
    variant: VariantArg,
    /// How many models to draw
    #[arg(long, value_name = "N", default_value_t = DRAWS)]
    draws: u64,
    /// Draw until every share of a question or outcome is known to within this: 0.01 is one point
    #[arg(long, value_name = "HALF-WIDTH", conflicts_with_all = ["draws", "shard"], value_parser = precision)]
    precision: Option<f64>,
    /// Draw also when all models are few enough to be counted
    #[arg(long)]
    draw: bool,
    /// Where the random numbers start
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Which concepts of stability: a list of nash, gmr, smr, seq, sseq, sim, or all
    #[arg(long, value_name = "LIST", default_value = "nash,gmr,smr,seq,sseq", value_parser = concepts)]
    concept: Concepts,
    /// How long opponents may answer: by legal sequences, each at most once, or by a single move
    #[arg(long, value_name = "WHICH", default_value = "legal", value_parser = readings())]
    sequences: String,
    /// Count this too: patterns such as YN--, state numbers, on:…, options, ids of outcomes, defines or what was
    /// observed, each also after "not ", separated by commas
    #[arg(long, value_name = "LIST", allow_hyphen_values = true)]
    also: Option<String>,
    /// Say what moves the shares: `auto` when that is quick
    #[arg(long, value_enum, default_value_t, num_args = 0..=1, default_missing_value = "yes")]
    attribute: Attribute,
    /// Only this part of the draws, for `merge`: 2/7 is the second of seven
    #[arg(long, value_name = "I/N")]
    shard: Option<Shard>,
    /// Keep what was counted in this file, and go on from it when it is there
    #[arg(long, value_name = "FILE")]
    checkpoint: Option<PathBuf>,
    /// How many states, sets and ends to list
    #[arg(long, value_name = "N", default_value_t = LIST)]
    list: usize,
    /// How many threads; 0 takes one per core
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    threads: usize,
    #[command(flatten)]
    time: TimeArg,
    /// The medium of the answer
    #[arg(long, value_enum, default_value_t)]
    format: SampleFormat,
    #[command(flatten)]
    csv: CsvArgs,
    /// Which picture, with --format svg
    #[arg(long, value_enum, default_value_t)]
    picture: Picture,
    /// Write the shares also as a Parquet file that is not there yet
    #[arg(long, value_name = "FILE", value_parser = parquet_file)]
    parquet: Option<PathBuf>,
    /// Draw what moves this question or outcome (tornado), or what this input does (sweep); by id
    #[arg(long, value_name = "ID")]
    of: Option<String>,
}

/// The medium.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum SampleFormat {
    /// For a reader at a terminal
    #[default]
    Table,
    /// For a program; the schema is checked in under schema/
    Json,
    /// One row per share, for a spreadsheet
    Csv,
    /// Markdown
    Md,
    /// One HTML file
    Html,
    /// A picture
    Svg,
}

/// A picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Picture {
    /// Shares with their intervals
    #[default]
    Shares,
    /// What each input makes of one share when it is certain
    Tornado,
    /// What the confidence of one input, from 0 to 1, makes of all shares
    Sweep,
}

/// Whether to look for what moves the shares.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Attribute {
    /// When it is quick.
    #[default]
    Auto,
    Yes,
    No,
}

fn precision(text: &str) -> Result<f64, String> {
    let half: f64 = text.trim().parse().map_err(|_| "write a half-width like 0.01".to_owned())?;
    if half > 0.000_01 && half < 0.5 {
        Ok(half)
    } else {
        Err("a half-width is above 0.00001 and below 0.5".to_owned())
    }
}

/// A file for shares as Parquet.
///
/// # Errors
/// This program cannot write it.
pub(super) fn parquet_file(path: &str) -> Result<PathBuf, String> {
    if cfg!(feature = "parquet") {
        Ok(path.into())
    } else {
        Err("this program was built without it: build it with `--features parquet`, or take --format csv"
            .to_owned())
    }
}

/// Runs the command.
pub(crate) fn run(args: &SampleArgs, quiet: bool) -> Result<Status, Refusal> {
    let style = args.csv.style(args.format == SampleFormat::Csv)?;
    let loaded = input::load(&args.case)?;
    if !quiet {
        output::tell_diagnostics(&loaded.diagnostics, &loaded.text);
    }
    let conflict = loaded.version(&args.variant)?;
    let drawn = args.format == SampleFormat::Svg && args.picture != Picture::Shares;
    let ask = Ask {
        draws: args.draws,
        precision: args.precision,
        draw: args.draw,
        seed: args.seed,
        concepts: args.concept.0.clone(),
        sequences: reading(&args.sequences),
        also: args.also.clone(),
        attribute: match args.attribute {
            Attribute::No => ask::Attribute::No,
            Attribute::Yes => ask::Attribute::Yes,
            Attribute::Auto if drawn => ask::Attribute::Yes,
            Attribute::Auto => ask::Attribute::Auto,
        },
        shard: args.shard,
        list: args.list,
        threads: args.threads,
    };
    let clock = Clock::start(args.time.limit(), quiet);
    clock.turn_to(&conflict.game);
    let checkpoint = args.checkpoint.as_deref().map(Checkpoint);
    let keep = checkpoint.as_ref().map(|checkpoint| checkpoint as &dyn Keep);
    let sample = ask::sample(&conflict, &ask, keep, &*clock)?;
    write_parquet(&sample, args.parquet.as_deref())?;
    match args.format {
        SampleFormat::Svg => output::print(&draw_picture(args, &sample)?)?,
        SampleFormat::Table => print(&sample, Format::Table, style)?,
        SampleFormat::Json => print(&sample, Format::Json, style)?,
        SampleFormat::Csv => print(&sample, Format::Csv, style)?,
        SampleFormat::Md => print(&sample, Format::Md, style)?,
        SampleFormat::Html => print(&sample, Format::Html, style)?,
    }
    Ok(output::tell_limits(sample.limits))
}

/// Writes the shares to `path`, when there is one.
pub(super) fn write_parquet(sample: &Sample, path: Option<&Path>) -> Result<(), Refusal> {
    #[cfg(feature = "parquet")]
    if let Some(path) = path {
        let bytes = report::parquet(sample)
            .map_err(|error| Refusal::Wrong(format!("`{}` cannot be written: {error}", path.display())))?;
        files::write_new(path, bytes)?;
    }
    #[cfg(not(feature = "parquet"))]
    let _ = (sample, path);
    Ok(())
}

/// Prints the answer in its medium.
pub(super) fn print(sample: &Sample, format: Format, style: Style) -> Result<(), Refusal> {
    match format {
        Format::Json => output::print_json(sample),
        Format::Table => output::print_doc(&report::doc(sample)),
        Format::Md => output::print_markdown(&report::doc(sample)),
        Format::Html => output::print_html(&report::doc(sample)),
        Format::Csv => output::print(&csv::sample(sample, style)),
    }
}

fn draw_picture(args: &SampleArgs, sample: &Sample) -> Result<String, Refusal> {
    let of = args.of.as_deref();
    let none = |what: &str, ids: Vec<&str>| {
        Refusal::usage_with(
            of.map_or_else(
                || "nothing in the case is doubtful, or nothing is asked".to_owned(),
                |id| format!("there is no {what} `{id}`"),
            ),
            format!("there are {}", ids.join(", ")),
        )
    };
    match args.picture {
        Picture::Shares => Ok(report::picture::shares(sample)),
        Picture::Tornado => report::picture::tornado(sample, of).ok_or_else(|| {
            let of = sample.attribution.iter().flat_map(|a| &a.of);
            none("question or outcome", of.map(|moved| moved.id.as_str()).collect())
        }),
        Picture::Sweep => report::picture::sweep(sample, of).ok_or_else(|| {
            let two = sample.inputs.iter().filter(|input| input.levels.len() == 2);
            none("input with two levels", two.map(|input| input.id.as_str()).collect())
        }),
    }
}
