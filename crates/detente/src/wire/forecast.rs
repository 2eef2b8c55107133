//! `detente/forecast/score/1` and `detente/forecast/verify/1`. What `record` and `resolve` print is the entry
//! that they wrote, `detente/forecast/entry/1`: it is defined with the ledger.

use schemars::JsonSchema;
use serde::Serialize;

use super::Program;
use crate::ledger::{AnswerChance, Day, Fault, Moment, Seal, Source};

/// The name of the contract of a score.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub(crate) enum ScoreName {
    /// `detente/forecast/score/1`.
    #[serde(rename = "detente/forecast/score/1")]
    This,
}

/// The name of the contract of a verification.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub(crate) enum VerifyName {
    /// `detente/forecast/verify/1`.
    #[serde(rename = "detente/forecast/verify/1")]
    This,
}

/// Which ledger this is about.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LedgerInfo {
    /// As it was named on the command line.
    pub(crate) file: String,
    /// How many entries hold.
    pub(crate) entries: u64,
    /// The seal of the last of them; null when there is none.
    pub(crate) head: Option<Seal>,
}

/// What `forecast verify --format json` prints.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ForecastVerify {
    /// `detente/forecast/verify/1`.
    pub(crate) schema: VerifyName,
    /// Which program wrote this.
    pub(crate) program: Program,
    /// Which ledger. When it is broken its entries and head are not counted: 0 and null.
    pub(crate) ledger: LedgerInfo,
    /// Whether all seals hold, and the head that was asked for is there.
    pub(crate) holds: bool,
    /// The first entry that does not hold.
    pub(crate) broken: Option<BreakInfo>,
    /// The head that was asked for.
    pub(crate) known: Option<KnownInfo>,
}

/// Where a ledger is broken.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct BreakInfo {
    /// The place of the entry, from 1: also the line.
    pub(crate) entry: u64,
    /// Which kind of break.
    pub(crate) fault: Fault,
    /// In words.
    pub(crate) text: String,
}

/// A seal that is known from elsewhere.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct KnownInfo {
    /// Its hexadecimal digits, as many as were typed.
    pub(crate) digits: String,
    /// The entry that has it; null when none has, or the ledger is broken.
    pub(crate) entry: Option<u64>,
}

/// What `forecast score --format json` prints.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ForecastScore {
    /// `detente/forecast/score/1`.
    pub(crate) schema: ScoreName,
    /// Which program wrote this.
    pub(crate) program: Program,
    /// Which ledger.
    pub(crate) ledger: LedgerInfo,
    /// All forecasts, in the order in which they were recorded.
    pub(crate) forecasts: Vec<ForecastInfo>,
    /// Those recorded before the answer could be known.
    pub(crate) foresight: Option<SummaryInfo>,
    /// Those recorded when the answer could be known: no evidence of foresight.
    pub(crate) hindsight: Option<SummaryInfo>,
}

/// A forecast and what became of it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ForecastInfo {
    /// Its id.
    pub(crate) id: String,
    /// The question.
    pub(crate) question: String,
    /// Its entry, from 1.
    pub(crate) entry: u64,
    /// When it was recorded.
    pub(crate) recorded: Moment,
    /// By which day it is answered.
    pub(crate) resolves: Day,
    /// The answers with their probabilities.
    pub(crate) answers: Vec<AnswerChance>,
    /// What became of it.
    pub(crate) status: StatusInfo,
    /// What came true.
    pub(crate) answer: Option<String>,
    /// Who says so, or why it is void.
    pub(crate) source: Option<Source>,
    /// Why it is void.
    pub(crate) reason: Option<String>,
    /// Whether it was recorded when the answer could be known; null while it is open.
    pub(crate) hindsight: Option<bool>,
    /// Brier score.
    pub(crate) brier: Option<f64>,
    /// Logarithmic score; null also when it is infinite, see `impossible`.
    pub(crate) log: Option<f64>,
    /// Whether what came true had been given the probability 0.
    pub(crate) impossible: bool,
}

/// What became of a forecast.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum StatusInfo {
    /// Nothing yet.
    Open,
    /// An answer came true.
    Resolved,
    /// It is not scored.
    Void,
}

/// Resolved forecasts together.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SummaryInfo {
    /// How many.
    pub(crate) forecasts: usize,
    /// Whether they are enough to say anything about skill and calibration.
    pub(crate) enough: bool,
    /// Mean Brier score, from 0 (best) to 2.
    pub(crate) brier: f64,
    /// Its standard error; null for a single forecast.
    pub(crate) brier_error: Option<f64>,
    /// Mean logarithmic score, from 0 (best); null when it is infinite.
    pub(crate) log: Option<f64>,
    /// How many had given what came true the probability 0.
    pub(crate) impossible: usize,
    /// What forecasts without knowledge would have scored.
    pub(crate) baselines: Vec<BaselineInfo>,
    /// How many events the calibration rests on.
    pub(crate) events: usize,
    /// How often events of similar probability happened; bins without events are left out.
    pub(crate) calibration: Vec<BinInfo>,
    /// The parts of the mean squared error of the events.
    pub(crate) partition: PartitionInfo,
}

/// A forecast without knowledge.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct BaselineInfo {
    /// `uniform` or `climatology`.
    pub(crate) baseline: String,
    /// Its mean Brier score.
    pub(crate) brier: f64,
    /// Its mean logarithmic score.
    pub(crate) log: f64,
    /// `1 − brier/baseline`; null when the baseline is perfect.
    pub(crate) brier_skill: Option<f64>,
    /// `1 − log/baseline`; null when the baseline is perfect or the score infinite.
    pub(crate) log_skill: Option<f64>,
}

/// Events of similar probability.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct BinInfo {
    /// From this probability.
    pub(crate) from: f64,
    /// To this.
    pub(crate) to: f64,
    /// How many.
    pub(crate) events: usize,
    /// How many happened.
    pub(crate) happened: usize,
    /// Their mean probability.
    pub(crate) mean: f64,
    /// Wilson's interval at 95 % for the share that happened: from.
    pub(crate) low: f64,
    /// To.
    pub(crate) high: f64,
}

/// Reliability − resolution + uncertainty is the mean squared error of the events.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PartitionInfo {
    /// How far shares lie from probabilities: 0 is best.
    pub(crate) reliability: f64,
    /// How far shares lie from their mean: more is better.
    pub(crate) resolution: f64,
    /// How uncertain the events were by themselves.
    pub(crate) uncertainty: f64,
}
