//! `detente forecast record | resolve | score | verify`: the forecast ledger.

mod record;
mod resolve;
mod score;
mod verify;

use clap::{Args, Subcommand};

use super::{Refusal, Status};
use crate::system::reason;
use detente_ledger::{LedgerError, Moment, When};

/// Write forecasts down, say what came true, and keep the score
#[derive(Args)]
pub(crate) struct ForecastArgs {
    #[command(subcommand)]
    command: ForecastCommand,
}

#[derive(Subcommand)]
enum ForecastCommand {
    Record(record::RecordArgs),
    Resolve(resolve::ResolveArgs),
    Score(score::ScoreArgs),
    Verify(verify::VerifyArgs),
}

/// Who writes an entry, and when.
#[derive(Args, Clone, Debug)]
struct WriterArgs {
    /// Who answers for it
    #[arg(long, value_name = "NAME")]
    author: Option<String>,
    /// Anything else for the reader
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    /// The time of writing instead of the clock's: 2025-12-31T08:00:00Z; else SOURCE_DATE_EPOCH when it is set.
    /// The entry says that its time was given
    #[arg(long, value_name = "TIME")]
    at: Option<Moment>,
}

/// Runs the command.
pub(crate) fn run(args: &ForecastArgs, quiet: bool) -> Result<Status, Refusal> {
    match &args.command {
        ForecastCommand::Record(args) => record::run(args, quiet),
        ForecastCommand::Resolve(args) => resolve::run(args, quiet),
        ForecastCommand::Score(args) => score::run(args),
        ForecastCommand::Verify(args) => verify::run(args),
    }
}

impl WriterArgs {
    /// The time of writing, and what it rests on.
    fn time(&self) -> Result<When, Refusal> {
        if let Some(at) = self.at {
            return Ok(When::At(at));
        }
        match std::env::var_os("SOURCE_DATE_EPOCH") {
            None => Ok(When::Now),
            Some(seconds) => {
                let text = seconds.to_string_lossy();
                let moment = text.parse().ok().and_then(Moment::from_seconds);
                let moment = moment.ok_or_else(|| {
                    Refusal::usage_with(
                        format!("SOURCE_DATE_EPOCH is `{text}`, which is not a time"),
                        "it is a number of seconds since the beginning of 1970; unset it to use the clock",
                    )
                })?;
                Ok(When::At(moment))
            }
        }
    }
}

/// What a program that reads the ledger is told when that fails.
pub(crate) fn failure(error: LedgerError) -> Refusal {
    match error {
        LedgerError::Refused(why) => Refusal::Usage(format!("nothing was recorded: {why}"), None),
        LedgerError::Missing(_) => Refusal::Usage(
            error.to_string(),
            Some("`detente forecast record` makes one with its first forecast".to_owned()),
        ),
        LedgerError::Broken(..) => Refusal::Wrong(format!(
            "{error}. It was left as it is: look at it with `detente forecast verify`, and at its history in git"
        )),
        LedgerError::System(name, done, error) => {
            Refusal::Wrong(format!("`{name}` cannot be {done}: {}", reason(&error)))
        }
        _ => Refusal::Wrong(error.to_string()),
    }
}
