//! A forecast to be written down: how likely each answer is, by hand or out of a case, and up to which day that knows
//! what happened; and what became of it.

use std::path::Path;

use detente_engine::Watch;
use detente_ledger::{
    Basis, Content, Day, Draft, Entry, Forecast, Ledger, LedgerError, Measure, Probability, Resolution,
    Source, Status, Void, Withdrawal, append,
};
use detente_model::{Concept, Conflict, OutcomeStates};

use crate::Refusal;
use crate::find::shares::chances::{self, Wanted};
use crate::say::refer;

/// How chances are computed out of a case.
#[derive(Clone, Copy, Debug)]
pub struct Computing {
    /// What a chance is a share of.
    pub measure: Measure,
    /// Under which concept of stability.
    pub concept: Concept,
    /// How many models to draw, where there are more.
    pub draws: u64,
    /// Where the random numbers start.
    pub seed: u64,
}

/// The chances of answers, one each, and what they rest on.
#[derive(Clone, Debug)]
pub struct Chances {
    /// One per answer, in their order; together 1.
    pub chances: Vec<Probability>,
    /// What they rest on.
    pub basis: Basis,
    /// Up to which day the case knows what happened; absent of chances that were typed.
    pub as_of: Option<Day>,
}

/// Chances out of a case: of each answer the outcome that it stands for, as a formula or a name; the one without takes
/// what is left.
///
/// # Errors
/// An outcome that is not known, answers that overlap or leave something out, a bound that was hit.
pub fn computed(
    conflict: &Conflict,
    outcomes: &[Option<String>],
    by: Computing,
    watch: &dyn Watch,
) -> Result<Chances, Refusal> {
    let named = |text: &Option<String>| text.as_ref().map(|text| refer::set(conflict, text)).transpose();
    let targets: Vec<Option<OutcomeStates>> = outcomes.iter().map(named).collect::<Result<_, _>>()?;
    let Computing { measure, concept, draws, seed } = by;
    let wanted = Wanted { outcomes, targets: &targets, measure, concept, draws, seed };
    let (chances, basis) = chances::computed(conflict, &wanted, watch)?;
    let as_of = conflict.about.as_of.as_deref().and_then(|date| date.parse().ok());
    Ok(Chances { chances, basis: Basis::Case(basis), as_of })
}

/// Chances as they were typed; what is left goes to the answer that has none.
///
/// # Errors
/// They add up to more than 1.
pub fn by_hand(typed: &[Option<Probability>]) -> Result<Chances, Refusal> {
    let rest = Probability::rest(typed.iter().copied().flatten())
        .ok_or_else(|| Refusal::usage("the probabilities add up to more than 1"))?;
    let chances = typed.iter().map(|one| one.unwrap_or(rest)).collect();
    Ok(Chances { chances, basis: Basis::Given, as_of: None })
}

/// Why a forecast was not recorded.
#[derive(Debug)]
pub enum Unrecorded {
    /// The day by which it is answered is past, and it does not say that it is hindsight.
    Hindsight(Day),
    /// The ledger does not take it.
    Ledger(LedgerError),
}

/// Adds a forecast to the ledger at `path`, which is made where there is none. Of `draft` what it says is the forecast.
///
/// # Errors
/// The day is past (unless it says so), or the ledger does not take it.
pub fn record(path: &Path, draft: Draft) -> Result<Entry, Unrecorded> {
    if let Content::Forecast(Forecast { resolves, hindsight: false, .. }) = &draft.says
        && *resolves < draft.recorded.day()
    {
        return Err(Unrecorded::Hindsight(*resolves));
    }
    append(path, true, draft).map_err(Unrecorded::Ledger)
}

/// What became of a forecast.
#[derive(Clone, Debug)]
pub enum Became {
    /// This answer came true, settled on this day, as this source says.
    Answer(String, Day, Source),
    /// Nothing can come true any more, for this reason: it is not scored.
    Void(String),
    /// Its last resolution was a mistake, for this reason: it is open again.
    Open(String),
}

/// What to append to `ledger` for what became of one of its forecasts. Whether that may stand there the ledger says when
/// it is appended.
#[must_use]
pub fn resolution(ledger: &Ledger, forecast: &str, became: Became) -> Content {
    let forecast = forecast.to_owned();
    match became {
        Became::Answer(answer, on, source) => {
            Content::Resolution(Resolution { forecast, answer, on, source })
        }
        Became::Void(reason) => Content::Void(Void { forecast, reason }),
        Became::Open(reason) => {
            let entry = match ledger.standing(&forecast).map(|standing| &standing.status) {
                Some(Status::Resolved { entry, .. } | Status::Void { entry, .. }) => *entry as u64 + 1,
                // No entry has this number: it is refused with the reason.
                Some(Status::Open) | None => 0,
            };
            Content::Withdrawal(Withdrawal { forecast, entry, reason })
        }
    }
}
