//! `detente forecast score LEDGER`: how good the forecasts were.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::failure;
use crate::cli::{Refusal, Status, output};
use detente_ledger::load;
use detente_study::say::forecast as report;

/// How good the forecasts were: Brier and logarithmic score, baselines, calibration
#[derive(Args)]
pub(super) struct ScoreArgs {
    /// The ledger
    #[arg(value_name = "LEDGER")]
    ledger: PathBuf,
    /// The medium of the answer
    #[arg(long, value_enum, default_value_t)]
    format: ScoreFormat,
}

/// The medium of a score.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum ScoreFormat {
    /// For a reader at a terminal
    #[default]
    Table,
    /// For a program; the schema is checked in under schema/
    Json,
    /// Markdown
    Md,
    /// One HTML file
    Html,
    /// A picture: how often what was given which probability happened
    Svg,
}

/// Runs the command.
pub(super) fn run(args: &ScoreArgs) -> Result<Status, Refusal> {
    let ledger = load(&args.ledger).map_err(failure)?;
    match args.format {
        ScoreFormat::Table => output::print_doc(&report::score(&args.ledger, &ledger))?,
        ScoreFormat::Md => output::print_markdown(&report::score(&args.ledger, &ledger))?,
        ScoreFormat::Html => output::print_html(&report::score(&args.ledger, &ledger))?,
        ScoreFormat::Json => output::print_json(&report::score_json(&args.ledger, &ledger))?,
        ScoreFormat::Svg => output::print(&report::diagram(&args.ledger, &ledger))?,
    }
    Ok(Status::Done)
}
