//! On whose word an outcome rests most: the claims and speakers without which it does not last, or
//! lasts only for want of a motive.

use detente_engine::Watch;
use detente_engine::trust::{Leaning, Status, lean};
use detente_model::{Conflict, State, Strike};

use crate::find::headline::strikes;
use crate::say::{trust, words};
use crate::wire::{RestingInfo, StruckInfo};

/// Claims, or speakers, that are named one by one.
const NAMED: usize = 4;

/// What one outcome rests on most.
#[derive(Clone, Debug, Default)]
pub struct Resting {
    /// Without each of these alone, somebody would leave it, or it is not possible.
    overturned: Vec<Strike>,
    /// Without each of these alone it lasts, but somebody stays for want of any motive.
    unsupported: Vec<Strike>,
    /// Parts of the evidence that could not be looked at alone: the case cannot stand without them, or
    /// it was too much work.
    left_out: usize,
    /// Whether there is any evidence to strike.
    any: bool,
}

/// For each of `states`.
pub(super) fn of(conflict: &Conflict, states: &[State], watch: &dyn Watch) -> Vec<Resting> {
    let strikes = strikes(conflict);
    let any = !conflict.evidence.claims.is_empty();
    let (found, left_out) = lean(conflict, states, &strikes, watch);
    let with = |at: usize, status: Status| {
        // Where nothing can be concluded without a part, the outcome goes with it, too.
        let goes = |found: Status| match found {
            Status::Open => Status::Overturned,
            other => other,
        };
        let hit = |leaning: &&Leaning| leaning.statuses.get(at).copied().map(goes) == Some(status);
        found.iter().filter(hit).map(|leaning| leaning.struck.clone()).collect()
    };
    (0..states.len())
        .map(|at| Resting {
            overturned: with(at, Status::Overturned),
            unsupported: with(at, Status::Unsupported),
            left_out,
            any,
        })
        .collect()
}

impl Resting {
    /// In words; empty when the case has no evidence and no assumption matters.
    pub(super) fn words(&self, conflict: &Conflict) -> String {
        let mut parts = Vec::new();
        if let Some(list) = named(conflict, &self.overturned) {
            parts.push(format!("It would not last without {list}"));
        }
        if let Some(list) = named(conflict, &self.unsupported) {
            parts.push(format!("without {list}, somebody would stay only for lack of a motive"));
        }
        let single = |strikes: &[Strike]| strikes.iter().any(|strike| !strike.claims.is_empty());
        if self.any && !single(&self.overturned) && !single(&self.unsupported) {
            let speaker =
                self.overturned.iter().chain(&self.unsupported).any(|strike| !strike.speakers.is_empty());
            parts.insert(
                0,
                if speaker {
                    "No single claim carries it"
                } else {
                    "No single claim and no single speaker carries it"
                }
                .to_owned(),
            );
        }
        if parts.is_empty() {
            return String::new();
        }
        let mut text = format!("{}.", words::capital(&parts.join("; ")));
        if self.left_out > 0 {
            let left = words::counted(&self.left_out.into(), "part", "parts");
            text.push_str(&format!(" ({left} of the evidence could not be struck alone.)"));
        }
        text
    }

    /// For a program.
    pub(super) fn info(&self, _conflict: &Conflict) -> RestingInfo {
        let list = |strikes: &[Strike]| strikes.iter().map(StruckInfo::from).collect();
        RestingInfo {
            overturned: list(&self.overturned),
            unsupported: list(&self.unsupported),
            left_out: self.left_out,
        }
    }
}

/// Claims by id and speaker, then speakers, then the assumptions, a few of each; `None` when there are none.
pub(crate) fn named(conflict: &Conflict, strikes: &[Strike]) -> Option<String> {
    few(conflict, strikes, NAMED)
}

/// As [`named`], at most so many of each.
pub(crate) fn few(conflict: &Conflict, strikes: &[Strike], most: usize) -> Option<String> {
    let mut list = Vec::new();
    for (part, one, many) in [
        (
            strikes.iter().filter(|strike| !strike.claims.is_empty()).collect::<Vec<_>>(),
            "more claim",
            "more claims",
        ),
        (
            strikes.iter().filter(|strike| !strike.speakers.is_empty()).collect(),
            "more speaker",
            "more speakers",
        ),
        (strikes.iter().filter(|strike| strike.assumptions).collect(), "more", "more"),
    ] {
        list.extend(part.iter().take(most).map(|strike| trust::struck(conflict, strike)));
        if part.len() > most {
            list.push(words::counted(&(part.len() - most).into(), one, many));
        }
    }
    (!list.is_empty()).then(|| words::either(&list))
}
