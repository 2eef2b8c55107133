//! What can be typed: one file per command, and what they share.

use std::ffi::OsString;

use clap::{Parser, Subcommand};

pub(crate) mod args;
mod check;
mod coalitions;
mod compare;
mod completions;
mod evidence;
mod evolve;
mod exit;
mod explain;
mod export;
mod files;
pub(crate) mod forecast;
mod generate;
mod guide;
mod import;
pub(crate) mod input;
mod man;
mod map;
mod merge;
mod new;
mod output;
mod power;
mod price;
mod rank;
mod read;
mod report;
mod said;
mod sample;
mod schema;
mod serve;
mod solve;
mod solver;
mod trust;
mod verify;
mod watch;
mod watch_for;

pub(crate) use detente_study::Refusal;
pub(crate) use exit::Status;

/// The version, with the commit in an optimised build.
const VERSION: &str = match option_env!("DETENTE_VERSION") {
    Some(version) => version,
    None => env!("CARGO_PKG_VERSION"),
};

/// Stability analysis of conflicts: who can do what, who wants what, which outcomes last and why.
#[derive(Parser)]
#[command(
    name = "detente",
    version = VERSION,
    about,
    after_help = "CASE is a case file, a folder that holds case.toml, a .gmcr file, or - for standard input.\n\
                  Exit status: 0 done, 1 the case has errors or a checked thing does not hold, 2 wrong usage, \
                  3 a bound was hit, early or late. A question that is left to another command hits none: its \
                  answer names the command.",
    disable_help_subcommand = true,
    propagate_version = true,
    max_term_width = 100
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    /// Print the answer and errors only: no warnings, no notes, no progress
    #[arg(long, short, global = true)]
    quiet: bool,
}

#[derive(Subcommand)]
enum Command {
    New(new::NewArgs),
    Read(read::ReadArgs),
    Check(check::CheckArgs),
    Solve(solve::SolveArgs),
    Rank(rank::RankArgs),
    Explain(explain::ExplainArgs),
    Verify(verify::VerifyArgs),
    Coalitions(coalitions::CoalitionsArgs),
    Evolve(evolve::EvolveArgs),
    Trust(trust::TrustArgs),
    Power(power::PowerArgs),
    Price(price::PriceArgs),
    Said(said::SaidArgs),
    Sample(sample::SampleArgs),
    WatchFor(watch_for::WatchForArgs),
    Merge(merge::MergeArgs),
    Map(map::MapArgs),
    Evidence(evidence::EvidenceArgs),
    Forecast(forecast::ForecastArgs),
    Compare(compare::CompareArgs),
    Diff(compare::DiffArgs),
    Import(import::ImportArgs),
    Export(export::ExportArgs),
    Report(report::ReportArgs),
    Generate(generate::GenerateArgs),
    Schema(schema::SchemaArgs),
    Serve(serve::ServeArgs),
    Guide(guide::GuideArgs),
    Man(man::ManArgs),
    Completions(completions::CompletionsArgs),
}

/// Runs the program with these arguments.
pub(crate) fn run(args: impl IntoIterator<Item = OsString>) -> u8 {
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(error) => {
            let status = if error.use_stderr() { Status::Usage } else { Status::Done };
            // Nothing is left to tell the error to when even this cannot be printed.
            let _ = error.print();
            return status.into();
        }
    };
    let done = match &cli.command {
        Command::New(args) => new::run(args, cli.quiet),
        Command::Read(args) => read::run(args, cli.quiet),
        Command::Check(args) => check::run(args, cli.quiet),
        Command::Solve(args) => solve::run(args, cli.quiet),
        Command::Rank(args) => rank::run(args, cli.quiet),
        Command::Explain(args) => explain::run(args, cli.quiet),
        Command::Verify(args) => verify::run(args, cli.quiet),
        Command::Coalitions(args) => coalitions::run(args, cli.quiet),
        Command::Evolve(args) => evolve::run(args, cli.quiet),
        Command::Trust(args) => trust::run(args, cli.quiet),
        Command::Power(args) => power::run(args, cli.quiet),
        Command::Price(args) => price::run(args, cli.quiet),
        Command::Said(args) => said::run(args, cli.quiet),
        Command::Sample(args) => sample::run(args, cli.quiet),
        Command::WatchFor(args) => watch_for::run(args, cli.quiet),
        Command::Merge(args) => merge::run(args),
        Command::Map(args) => map::run(args, cli.quiet),
        Command::Evidence(args) => evidence::run(args, cli.quiet),
        Command::Forecast(args) => forecast::run(args, cli.quiet),
        Command::Compare(args) => compare::compare(args, cli.quiet),
        Command::Diff(args) => compare::diff(args, cli.quiet),
        Command::Import(args) => import::run(args, cli.quiet),
        Command::Export(args) => export::run(args, cli.quiet),
        Command::Report(args) => report::run(args, cli.quiet),
        Command::Generate(args) => generate::run(args),
        Command::Schema(args) => schema::run(args),
        Command::Serve(args) => serve::run(args, cli.quiet),
        Command::Guide(args) => guide::run(args, cli.quiet),
        Command::Man(args) => man::run(args, cli.quiet),
        Command::Completions(args) => completions::run(args),
    };
    match done {
        Ok(status) => status.into(),
        Err(failure) => {
            let status = Status::from(&failure);
            output::tell_failure(failure);
            status.into()
        }
    }
}
