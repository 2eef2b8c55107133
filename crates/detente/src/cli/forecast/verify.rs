//! `detente forecast verify LEDGER`: whether a ledger was tampered with.

use std::path::PathBuf;

use clap::Args;

use super::failure;
use crate::cli::args::TextFormat;
use crate::cli::{Refusal, Status, output};
use detente_ledger::{LedgerError, load};
use detente_study::say::forecast::{self as report, Known};

/// Check the seals of a ledger, and that nothing was cut off
#[derive(Args)]
pub(super) struct VerifyArgs {
    /// The ledger
    #[arg(value_name = "LEDGER")]
    ledger: PathBuf,
    /// The seal of an entry that you know from elsewhere: the ledger must still have it. Its first 16 digits are enough
    #[arg(long, value_name = "HASH", value_parser = hash)]
    head: Option<String>,
    /// The medium of the answer
    #[arg(long, value_enum, default_value_t)]
    format: TextFormat,
}

/// Reads `sha256:` (or nothing) and at least 16 hexadecimal digits.
fn hash(text: &str) -> Result<String, String> {
    let digits = text.strip_prefix("sha256:").unwrap_or(text).to_ascii_lowercase();
    if (16..=64).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        Ok(digits)
    } else {
        Err("write at least the first 16 of the 64 hexadecimal digits of a seal".to_owned())
    }
}

/// Runs the command.
pub(super) fn run(args: &VerifyArgs) -> Result<Status, Refusal> {
    let found = match load(&args.ledger) {
        Ok(ledger) => Ok(ledger),
        Err(LedgerError::Broken(_, broken)) => Err(broken),
        Err(error) => return Err(failure(error)),
    };
    let known = args.head.as_ref().map(|digits| Known {
        digits: digits.clone(),
        entry: found.as_ref().ok().and_then(|ledger| {
            let seal = |entry: &detente_ledger::Entry| entry.seal.digits().starts_with(digits.as_str());
            ledger.entries().iter().rposition(seal).map(|at| at as u64 + 1)
        }),
    });
    match args.format {
        TextFormat::Json => {
            output::print_json(&report::verify_json(&args.ledger, found.as_ref(), known.as_ref()))?;
        }
        TextFormat::Table => {
            output::print_doc(&report::verify(&args.ledger, found.as_ref(), known.as_ref()))?;
        }
        TextFormat::Html => {
            output::print_html(&report::verify(&args.ledger, found.as_ref(), known.as_ref()))?;
        }
        TextFormat::Md => {
            output::print_markdown(&report::verify(&args.ledger, found.as_ref(), known.as_ref()))?;
        }
    }
    let holds = found.is_ok() && known.is_none_or(|known| known.entry.is_some());
    Ok(if holds { Status::Done } else { Status::Wrong })
}
