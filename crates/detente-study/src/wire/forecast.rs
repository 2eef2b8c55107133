//! `detente/forecast/score/1` and `detente/forecast/verify/1`. What `record` and `resolve` print is the entry
//! that they wrote, `detente/forecast/entry/1`: it is defined with the ledger.

use schemars::JsonSchema;
use serde::Serialize;

use super::Program;
use detente_ledger::{AnswerChance, Day, Fault, Moment, Seal, Source};

/// The name of the contract of a score.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub enum ScoreName {
    /// `detente/forecast/score/1`.
    #[serde(rename = "detente/forecast/score/1")]
    This,
}

/// The name of the contract of a verification.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub enum VerifyName {
    /// `detente/forecast/verify/1`.
    #[serde(rename = "detente/forecast/verify/1")]
    This,
}

/// Which ledger this is about.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LedgerInfo {
    /// As it was named on the command line.
    pub file: String,
    /// How many entries hold.
    pub entries: u64,
    /// The seal of the last of them; null when there is none.
    pub head: Option<Seal>,
}

/// What `forecast verify --format json` prints.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ForecastVerify {
    /// `detente/forecast/verify/1`.
    pub schema: VerifyName,
    /// Which program wrote this.
    pub program: Program,
    /// Which ledger. When it is broken its entries and head are not counted: 0 and null.
    pub ledger: LedgerInfo,
    /// Whether all seals hold, and the head that was asked for is there.
    pub holds: bool,
    /// The first entry that does not hold.
    pub broken: Option<BreakInfo>,
    /// The head that was asked for.
    pub known: Option<KnownInfo>,
}

/// Where a ledger is broken.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BreakInfo {
    /// The place of the entry, from 1: also the line.
    pub entry: u64,
    /// Which kind of break.
    pub fault: Fault,
    /// In words.
    pub text: String,
}

/// A seal that is known from elsewhere.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KnownInfo {
    /// Its hexadecimal digits, as many as were typed.
    pub digits: String,
    /// The entry that has it; null when none has, or the ledger is broken.
    pub entry: Option<u64>,
}

/// What `forecast score --format json` prints.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ForecastScore {
    /// `detente/forecast/score/1`.
    pub schema: ScoreName,
    /// Which program wrote this.
    pub program: Program,
    /// Which ledger.
    pub ledger: LedgerInfo,
    /// All forecasts, in the order in which they were recorded.
    pub forecasts: Vec<ForecastInfo>,
    /// Those recorded before the answer could be known.
    pub foresight: Option<SummaryInfo>,
    /// Those recorded when the answer could be known: no evidence of foresight.
    pub hindsight: Option<SummaryInfo>,
}

/// A forecast and what became of it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ForecastInfo {
    /// Its id.
    pub id: String,
    /// The question.
    pub question: String,
    /// Its entry, from 1.
    pub entry: u64,
    /// When it was recorded.
    pub recorded: Moment,
    /// By which day it is answered.
    pub resolves: Day,
    /// The answers with their probabilities.
    pub answers: Vec<AnswerChance>,
    /// What became of it.
    pub status: StatusInfo,
    /// What came true.
    pub answer: Option<String>,
    /// Who says so, or why it is void.
    pub source: Option<Source>,
    /// Why it is void.
    pub reason: Option<String>,
    /// Whether it was recorded when the answer could be known; null while it is open.
    pub hindsight: Option<bool>,
    /// Brier score.
    pub brier: Option<f64>,
    /// Logarithmic score; null also when it is infinite, see `impossible`.
    pub log: Option<f64>,
    /// Whether what came true had been given the probability 0.
    pub impossible: bool,
}

/// What became of a forecast.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum StatusInfo {
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
pub struct SummaryInfo {
    /// How many.
    pub forecasts: usize,
    /// Whether they are enough to say anything about skill and calibration.
    pub enough: bool,
    /// Mean Brier score, from 0 (best) to 2.
    pub brier: f64,
    /// Its standard error; null for a single forecast.
    pub brier_error: Option<f64>,
    /// Mean logarithmic score, from 0 (best); null when it is infinite.
    pub log: Option<f64>,
    /// How many had given what came true the probability 0.
    pub impossible: usize,
    /// What forecasts without knowledge would have scored.
    pub baselines: Vec<BaselineInfo>,
    /// How many events the calibration rests on.
    pub events: usize,
    /// How often events of similar probability happened; bins without events are left out.
    pub calibration: Vec<BinInfo>,
    /// The parts of the mean squared error of the events.
    pub partition: PartitionInfo,
}

/// A forecast without knowledge.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BaselineInfo {
    /// `uniform` or `climatology`.
    pub baseline: String,
    /// Its mean Brier score.
    pub brier: f64,
    /// Its mean logarithmic score.
    pub log: f64,
    /// `1 − brier/baseline`; null when the baseline is perfect.
    pub brier_skill: Option<f64>,
    /// `1 − log/baseline`; null when the baseline is perfect or the score infinite.
    pub log_skill: Option<f64>,
}

/// Events of similar probability.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BinInfo {
    /// From this probability.
    pub from: f64,
    /// To this.
    pub to: f64,
    /// How many.
    pub events: usize,
    /// How many happened.
    pub happened: usize,
    /// Their mean probability.
    pub mean: f64,
    /// Wilson's interval at 95 % for the share that happened: from.
    pub low: f64,
    /// To.
    pub high: f64,
}

/// Reliability − resolution + uncertainty is the mean squared error of the events.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PartitionInfo {
    /// How far shares lie from probabilities: 0 is best.
    pub reliability: f64,
    /// How far shares lie from their mean: more is better.
    pub resolution: f64,
    /// How uncertain the events were by themselves.
    pub uncertainty: f64,
}
