//! Whether a ledger holds.

use std::path::Path;

use crate::say::words;
use crate::show::doc::{Doc, Line};
use crate::wire::{BreakInfo, ForecastVerify, KnownHead, LedgerInfo, Program, VerifyName};
use detente_ledger::{Break, Fault, Ledger};

/// A seal that is known from elsewhere, and the entry that has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// Hexadecimal digits.
    pub digits: String,
    /// From 1.
    pub entry: Option<u64>,
}

/// Says whether it holds, and what that does not cover.
pub fn doc(path: &Path, found: Result<&Ledger, &Break>, known: Option<&Known>) -> Doc {
    let mut doc = Doc::default();
    let name = path.display();
    let ledger = match found {
        Err(broken) => {
            if broken.fault == Fault::LineEnds {
                doc.say(Line::new().strong("Not as it was sealed: ").plain(format!("{}.", broken.words)));
                return doc;
            }
            let fault = format!("Broken at entry {}: ", broken.entry);
            doc.say(Line::new().strong(fault).plain(format!("{}.", broken.words)));
            doc.say(format!(
                "Entry {} is line {} of {name}. What stands before it holds; nothing after it was looked at.",
                broken.entry, broken.entry
            ));
            return doc;
        }
        Ok(ledger) => ledger,
    };
    let entries = ledger.entries().len();
    let all = words::counted(&entries.into(), "entry", "entries");
    match known {
        Some(Known { digits, entry: None }) => {
            doc.say(Line::new().strong("Not the ledger that you know: ").plain(format!(
                "none of its {all} has the seal {digits}. It was cut off before that entry, or rewritten."
            )));
            return doc;
        }
        Some(Known { entry: Some(at), .. }) => {
            let since = entries as u64 - at;
            let since = words::counted(&since.into(), "entry", "entries");
            doc.say(Line::new().strong("It holds. ").plain(format!(
                "Entry {at} has the seal that you know: up to there nothing was changed, cut off or put in. {} \
                 added since.",
                if entries as u64 == at + 1 { "1 entry was".to_owned() } else { format!("{since} were") }
            )));
        }
        None if entries == 0 => doc.say("The ledger is empty: there is nothing to check."),
        None => doc.say(
            Line::new()
                .strong("It holds. ")
                .plain(format!("All seals of {all} fit, and each continues the one before.")),
        ),
    }
    if known.is_none() {
        doc.say(
            "What this cannot show: whether entries were cut off at the end, or everything was rewritten with new \
             seals. For that, compare with a head that you know: --head HASH.",
        );
    }
    if let Some(head) = ledger.head() {
        doc.say(Line::new().plain("Head: ").code(head.as_str()));
    }
    doc
}

/// The same for a program.
pub fn json(path: &Path, found: Result<&Ledger, &Break>, known: Option<&Known>) -> ForecastVerify {
    let nothing = || LedgerInfo { file: path.display().to_string(), entries: 0, head: None };
    ForecastVerify {
        schema: VerifyName::This,
        program: Program::THIS,
        ledger: found.map_or_else(|_| nothing(), |ledger| super::info(path, ledger)),
        holds: found.is_ok() && known.is_none_or(|known| known.entry.is_some()),
        broken: found.err().map(|broken| BreakInfo {
            entry: broken.entry,
            fault: broken.fault,
            text: broken.words.clone(),
        }),
        known: known.map(|known| KnownHead { digits: known.digits.clone(), entry: known.entry }),
    }
}
