//! `detente sample CASE`: in what share of the models that could also have been written does it hold?

pub(super) use checkpoint::differs;

mod attribute;
mod checkpoint;
mod draw;

use std::path::{Path, PathBuf};
use std::str::FromStr;

use clap::{Args, ValueEnum};
use detente_engine::ensemble::{SampleError, SampleSettings, Sampler, Tally};
use detente_engine::{LimitHit, Stop};
use detente_model::{Conflict, Sequences};

use super::args::{CaseArg, Concepts, CsvArgs, Format, TimeArg, VariantArg, concepts, readings};
#[cfg(feature = "parquet")]
use super::files;
use super::watch::Clock;
use super::{Refusal, Status, input, output, solver};
use attribute::Behind;
use detente_study::find::shares::COUNTED;
use detente_study::refusal;
use detente_study::say::moving;
use detente_study::say::sample as report;
use detente_study::say::sample::items;
use detente_study::say::written;
use detente_study::show::csv::{self, Style};
use detente_study::wire::{Counts, CountsName, DrawnInfo, Method, PrecisionInfo, Sample, ShardInfo, Sums};
use draw::{Draw, Drawn};

/// Draws when nothing else is asked for.
const DRAWS: u64 = 100_000;
/// The most draws: sums of more would not be whole in every reader of JSON.
const MOST: u64 = 1 << 52;
/// How many states, sets and ends are listed.
const LIST: usize = 64;

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

/// A part of the draws.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Shard {
    /// From 1.
    number: u64,
    of: u64,
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || "write which shard of how many, from 1: 2/7".to_owned();
        let (number, of) = text.split_once('/').ok_or_else(wrong)?;
        let (number, of) = (number.parse().map_err(|_| wrong())?, of.parse().map_err(|_| wrong())?);
        if number >= 1 && number <= of { Ok(Self { number, of }) } else { Err(wrong()) }
    }
}

impl Shard {
    /// Its draws among `draws`.
    fn drawn(self, draws: u64) -> DrawnInfo {
        let cut = |i: u64| (u128::from(draws) * u128::from(i) / u128::from(self.of)) as u64;
        DrawnInfo { from: cut(self.number - 1), to: cut(self.number) }
    }
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
    if args.draws == 0 || args.draws > MOST {
        return Err(Refusal::usage("the number of draws is at least 1 and at most 2^52"));
    }
    let items = items::of(&conflict, args.also.as_deref())?;
    let mut concepts = args.concept.0.clone();
    concepts.extend(items.iter().filter_map(|item| item.concept));
    concepts.sort_unstable();
    concepts.dedup();
    let settings = SampleSettings {
        concepts,
        sequences: Sequences::ALL.into_iter().find(|s| s.id() == args.sequences).unwrap_or_default(),
        targets: items.iter().map(|item| item.states.clone()).collect(),
        given: items.iter().map(|item| item.given.clone()).collect(),
        one_by_one: false,
    };
    let clock = Clock::start(args.time.limit(), quiet);
    clock.turn_to(&conflict.game);
    let sampler = Sampler::new(&conflict, settings, conflict.ensemble_key(args.seed), &*clock)
        .map_err(|error| solver::named(refusal::models(&conflict, &error), &clock))?
        .on_threads(args.threads);
    let frame = items::frame(&sampler, &items, args.seed, args.draws);
    let few = sampler.ensemble.models().is_some_and(|models| models <= COUNTED);
    let exact = few && !args.draw && args.shard.is_none() && args.checkpoint.is_none();
    let mut every = None;
    let (tally, method, drawn) = if exact {
        let mut found = sampler.every_model(&*clock).map_err(|error| failed(&conflict, &error, &clock))?;
        let tally = std::mem::replace(&mut found.tally, sampler.tally());
        if let Some(stop) = found.stopped.filter(|_| tally.models <= 0.0) {
            return Err(failed(&conflict, &SampleError::Stopped(stop), &clock));
        }
        let limits = found.stopped.map(|stop| cut_short(stop, &tally, &clock)).into_iter().collect();
        every = Some(found);
        (tally, Method::Exact, Drawn { next: 0, needed: None, limits })
    } else {
        let range = args.shard.map_or(DrawnInfo { from: 0, to: args.draws }, |shard| shard.drawn(args.draws));
        let draw = Draw {
            conflict: &conflict,
            sampler: &sampler,
            frame: &frame,
            range,
            precision: args.precision,
            checkpoint: args.checkpoint.as_deref(),
            clock: &clock,
        };
        let (tally, drawn) = draw.run()?;
        (tally, Method::Sampled, drawn)
    };
    let counted = report::Counted { frame: &frame, tally: &tally, method };
    let mut sample = counted.answer(args.list);
    sample.limits = drawn.limits.iter().map(Into::into).collect();
    if let Some(asked) = args.precision {
        let reached = counted.widest();
        sample.precision = Some(PrecisionInfo {
            asked,
            reached,
            needed: (method == Method::Sampled).then_some(drawn.needed).flatten(),
        });
    }
    if let Some(shard) = args.shard {
        let drawn = DrawnInfo { from: shard.drawn(args.draws).from, to: drawn.next };
        sample.shard = Some(ShardInfo { shard: shard.number, of: shard.of, drawn });
        sample.counts = Some(Counts {
            schema: CountsName::This,
            frame: frame.clone(),
            drawn: vec![drawn],
            sums: Sums::of(&tally),
        });
    }
    if args.shard.is_none() && args.attribute != Attribute::No && sample.limits.is_empty() {
        let drawn = args.format == SampleFormat::Svg && args.picture != Picture::Shares;
        let asked = args.attribute == Attribute::Yes || drawn;
        let behind =
            Behind { conflict: &conflict, sampler: &sampler, counted, every: every.as_ref(), clock: &clock };
        let (found, hit) = behind.attribute(asked)?;
        sample.attribution = found;
        sample.limits.extend(hit.iter().map(Into::into));
    }
    sample.text = report::lines(&sample);
    // Behind the first line, which says what was counted.
    let dates = written::dates_in_samples(&sampler.ensemble.conflict);
    let second = sample.text.len().min(1);
    sample.text.splice(second..second, dates);
    if sample.attribution.is_none() && !sample.inputs.is_empty() && args.attribute != Attribute::No {
        sample.text.push(moving::not_looked_for(if args.shard.is_some() {
            moving::Why::Shard
        } else if !sample.limits.is_empty() {
            moving::Why::Stopped
        } else {
            moving::Why::Long
        }));
    }
    sample.text.extend(written::not_used(&sampler.ensemble.conflict));
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

fn failed(conflict: &Conflict, error: &SampleError, clock: &Clock) -> Refusal {
    match error {
        SampleError::Stopped(stop) => {
            let mut hit = LimitHit {
                stop: *stop,
                what: "drawing the first models".to_owned(),
                limit: String::new(),
                reached: String::new(),
                exact: String::new(),
            };
            clock.name(&mut hit);
            Refusal::Stopped(Box::new(hit))
        }
        SampleError::Solve(error) => solver::named(refusal::models(conflict, error), clock),
    }
}

fn cut_short(stop: Stop, tally: &Tally, clock: &Clock) -> LimitHit {
    let mut hit = LimitHit {
        stop,
        what: "counting all models".to_owned(),
        limit: String::new(),
        reached: format!("models with {:.1} % of the chance", tally.models * 100.0),
        exact: "each share lies between `low` and `high`, whatever the other models are".to_owned(),
    };
    clock.name(&mut hit);
    hit
}
