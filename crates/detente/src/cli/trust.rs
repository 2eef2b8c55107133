//! `detente trust CASE`: which conclusions hang on which evidence.

use clap::Args;
use detente_engine::Settings;
use detente_engine::trust::{TrustSettings, trust};

use super::args::{BoundArgs, CaseArg, CsvArgs, Format, VariantArg};
use super::solver::failure;
use super::watch::Clock;
use super::{Refusal, Status, input, output};
use detente_study::say::trust as report;
use detente_study::show::csv;
use detente_study::wire;

/// Which conclusions hang on which claims, speakers, kinds, sources and assumptions
#[derive(Args)]
pub(crate) struct TrustArgs {
    #[command(flatten)]
    case: CaseArg,
    /// Look for sets of claims up to this size that a conclusion cannot do without
    #[arg(long, value_name = "N", default_value_t = 2)]
    size: usize,
    /// How many games to solve at most for each search of sets
    #[arg(long, value_name = "N", default_value_t = 4_000)]
    runs: usize,
    #[command(flatten)]
    variant: VariantArg,
    #[command(flatten)]
    bounds: BoundArgs,
    /// The medium of the answer
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    #[command(flatten)]
    csv: CsvArgs,
}

/// Runs the command.
pub(crate) fn run(args: &TrustArgs, quiet: bool) -> Result<Status, Refusal> {
    let style = args.csv.style(args.format == Format::Csv)?;
    let loaded = input::load(&args.case)?;
    if !quiet {
        output::tell_diagnostics(&loaded.diagnostics, &loaded.text);
    }
    let conflict = loaded.version(&args.variant)?;
    let settings = TrustSettings {
        settings: Settings {
            threads: args.bounds.threads,
            bounds: args.bounds.bounds(),
            ..Settings::default()
        },
        size: args.size,
        runs: args.runs,
        ..TrustSettings::default()
    };
    let clock = Clock::start(args.bounds.time.limit(), quiet);
    clock.turn_to(&conflict.game);
    let mut found =
        trust(&conflict, &settings, &*clock).map_err(|error| failure(&conflict, &error, &clock))?;
    clock.name_all(&mut found.limits);
    match args.format {
        Format::Json => output::print_json(&wire::Trust::of(&conflict, &found))?,
        Format::Table => output::print_doc(&report::doc(&conflict, &found))?,
        Format::Md => output::print_markdown(&report::doc(&conflict, &found))?,
        Format::Html => output::print_html(&report::doc(&conflict, &found))?,
        Format::Csv => {
            let struck = |run: usize| report::struck(&conflict, &found.runs[run].struck);
            output::print(&csv::trust(&wire::Trust::of(&conflict, &found), &struck, style))?;
        }
    }
    Ok(output::ends(&found.limits))
}
