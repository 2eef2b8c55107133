//! The forecast ledger in words, as data and as a picture.

mod diagram;
mod entry;
mod score;
mod verify;

use std::path::Path;

use crate::wire::LedgerInfo;
use detente_ledger::{Ledger, Scored, scored};

pub use diagram::diagram;
pub use entry::{basis_sentence, entry};
pub use score::{doc as score, json as score_json};
pub use verify::{Known, doc as verify, json as verify_json};

/// What is said of forecasts that were recorded too late.
const HINDSIGHT: &str = "recorded when the answer could be known (hindsight)";

fn info(path: &Path, ledger: &Ledger) -> LedgerInfo {
    LedgerInfo {
        file: path.display().to_string(),
        entries: ledger.entries().len() as u64,
        head: ledger.head().cloned(),
    }
}

/// The resolved forecasts that were recorded in time, and those that were not.
fn in_time<'s, 'l>(all: &'s [Scored<'l>]) -> (Vec<&'s Scored<'l>>, Vec<&'s Scored<'l>>) {
    all.iter().partition(|scored| !scored.hindsight)
}

/// All resolved forecasts.
fn resolved(ledger: &Ledger) -> Vec<Scored<'_>> {
    scored(ledger)
}
