//! `detente/sample/2`: shares of models, and what moves them.

use schemars::JsonSchema;
use serde::Serialize;

use super::counts::{Counts, DrawnInfo, InputInfo, SamplingInfo};
use super::{CaseInfo, LimitInfo, Program};

super::schema_name!(
    /// `detente/sample/2` (1 had `certain` as what is now `asks_certain`).
    "detente/sample/2"
);

/// What `sample --format json` and `merge --format json` print.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Sample {
    /// `detente/sample/2`.
    pub schema: SchemaName,
    /// Which program wrote this.
    pub program: Program,
    /// Which case this is about.
    pub case: CaseInfo,
    /// `blake3:` and a hash of the game and of how sure each part of it is: what draws are made from.
    pub ensemble: String,
    /// How each model is solved.
    pub settings: SamplingInfo,
    /// Whether models were drawn, or all counted with their chance.
    pub method: Method,
    /// The seed of the draws.
    pub seed: u64,
    /// How many models were drawn; 0 when all were counted.
    pub draws: u64,
    /// How many different models there are, in decimal; null: more than 64 bits hold.
    pub models: Option<String>,
    /// The precision asked for, and what it took.
    pub precision: Option<PrecisionInfo>,
    /// The report in sentences.
    pub text: Vec<String>,
    /// What is uncertain.
    pub inputs: Vec<InputInfo>,
    /// Shares of models, by item and concept.
    pub shares: Vec<ShareInfo>,
    /// Whether every state that is an equilibrium in some model is among the shares.
    pub states_complete: bool,
    /// Per concept: which states are equilibria together.
    pub sets: Vec<SetsInfo>,
    /// Where moves from the status quo end; null without a status quo.
    pub ends: Option<EndsInfo>,
    /// Shares after 64, 128, 256, … draws and after all: questions under their own concept.
    pub convergence: Vec<ConvergenceInfo>,
    /// What moves the shares; null when it was not computed.
    pub attribution: Option<AttributionInfo>,
    /// Which part of the draws this is; null: all of them.
    pub shard: Option<ShardInfo>,
    /// The counts, for `merge`; null when nothing is left to add.
    pub counts: Option<Counts>,
    /// Bounds that were hit.
    pub limits: Vec<LimitInfo>,
}

/// How shares come about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Method {
    /// All models counted with their chance: a share is exact, and `low` and `high` are equal to it.
    Exact,
    /// Models drawn: `low` and `high` are Wilson's 95 % interval.
    Sampled,
}

/// A precision.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PrecisionInfo {
    /// Asked for: the largest half-width of the intervals of questions, outcomes and patterns.
    pub asked: f64,
    /// The largest half-width at the end.
    pub reached: f64,
    /// How many draws it took; null: not reached.
    pub needed: Option<u64>,
}

/// A share with its interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Interval {
    /// The share.
    pub share: f64,
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// The share of models in which something holds.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ShareInfo {
    /// Id of a question or an outcome, a pattern, a state, or `any`.
    pub id: String,
    /// `question`, `outcome`, `pattern`, `equilibrium` (one state), or `any` (there is some equilibrium).
    pub kind: String,
    /// In words.
    pub name: String,
    /// Under which concept.
    pub concept: String,
    /// A question asks this.
    pub asked: bool,
    /// The question is whether it is certain: its answer is `certain`, not `possible`.
    pub asks_certain: bool,
    /// Models in which some equilibrium has it.
    pub share: f64,
    /// The lower end of its interval.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// Models with equilibria in which all have it; null for single states.
    pub all: Option<Interval>,
    /// Models in which something that lasts has it, by what it rests on; null for single states and `any`.
    pub possible: Option<BasisInfo>,
    /// Models in which something lasts and all of it has it, by what it rests on; likewise.
    pub certain: Option<BasisInfo>,
    /// Models in which nothing lasts; likewise.
    pub nothing_lasts: Option<f64>,
    /// Models in which the status quo is not possible; likewise.
    pub no_status_quo: Option<f64>,
}

/// A share, and how much of it rests on a motive and how much on the want of one.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BasisInfo {
    /// The share.
    pub share: f64,
    /// The lower end of its interval.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// Of it: models in which somebody's wish holds it there.
    pub motive: f64,
    /// Of it: models in which it lasts only because somebody does not care who would with the missing wishes.
    pub want: f64,
}

impl ShareInfo {
    /// The share that answers: of models in which some equilibrium has it, or, when it is asked whether it is
    /// certain, of those in which there are equilibria and all have it.
    #[must_use]
    pub fn answer(&self) -> Interval {
        let some = Interval { share: self.share, low: self.low, high: self.high };
        if self.asks_certain { self.all.unwrap_or(some) } else { some }
    }
}

/// Sets of equilibria under one concept.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetsInfo {
    /// The concept.
    pub concept: String,
    /// How many different sets there are.
    pub distinct: f64,
    /// Whether `distinct` is exact and every set was kept. Otherwise a part of the sets was kept, chosen by a
    /// hash: the shares of those that are listed are exact counts all the same.
    pub complete: bool,
    /// The most frequent, at most as many as were asked to be listed.
    pub sets: Vec<SetShareInfo>,
}

/// A set of equilibria.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetShareInfo {
    /// State numbers or ids; empty: no equilibrium.
    pub states: Vec<String>,
    /// Names of outcomes in it, each once.
    pub names: Vec<String>,
    /// The share of models.
    pub share: f64,
    /// The lower end of its interval.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// Where it ends.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EndsInfo {
    /// The start.
    pub from: String,
    /// Single states, most frequent first; at most as many as were asked to be listed.
    pub ends: Vec<EndInfo>,
    /// It never ends; in drawn models: it is at no end after 1,000 steps.
    pub moving: Interval,
    /// The status quo is not possible.
    pub no_start: Interval,
}

/// An end.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EndInfo {
    /// The state.
    pub state: String,
    /// Its name.
    pub name: String,
    /// With which chance.
    pub share: f64,
    /// The lower end of its interval.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// A share on its way.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ConvergenceInfo {
    /// The question.
    pub id: String,
    /// Under which concept.
    pub concept: String,
    /// Draws, and the share among them.
    pub after: Vec<(u64, f64)>,
}

/// What moves the shares.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AttributionInfo {
    /// How many of the models drawn, from the first on, were solved again with inputs changed; 0: all models were
    /// counted, and what moves the shares is exact.
    pub draws: u64,
    /// Per question or outcome.
    pub of: Vec<MovedShareInfo>,
}

/// What moves one share.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MovedShareInfo {
    /// Id of the question or outcome.
    pub id: String,
    /// `question`, `outcome` or `pattern`.
    pub kind: String,
    /// In words.
    pub name: String,
    /// Under which concept.
    pub concept: String,
    /// Whether it is the share of models in which all equilibria have it, instead of some.
    pub certain: bool,
    /// The share: the same as under `shares`.
    pub share: Interval,
    /// What moves it: inputs, actors, claims, speakers, sources; within a kind what moves it most comes first.
    pub factors: Vec<FactorInfo>,
    /// The smallest set of inputs found whose change turns it from likely to unlikely or back; null: none found.
    pub flip: Option<FlipInfo>,
}

/// One input, or all that hang on one actor, claim, speaker or source.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FactorInfo {
    /// Id of the input, actor, claim or source; the speaker.
    pub id: String,
    /// `input`, `actor`, `claim`, `speaker`, `source` or `assumptions`.
    pub kind: String,
    /// In words.
    pub text: String,
    /// Ids of its inputs.
    pub inputs: Vec<String>,
    /// The share when it is known to be so.
    pub settings: Vec<SettingInfo>,
    /// Total-order Sobol index: the part of the variance in which it has a hand; null: nothing varies.
    pub total: Option<Interval>,
    /// Shapley value: its fair part of the variance; those of the inputs sum to 1. That of a claim, speaker or source is put together from its
    /// inputs, each divided equally among those that it rests on.
    pub shapley: Option<Interval>,
}

/// A share, given that something is so.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SettingInfo {
    /// What is so.
    pub text: String,
    /// The share of models in which the item then holds.
    pub share: f64,
    /// The lower end of its interval.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// A change that turns a share.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FlipInfo {
    /// What becomes certain.
    pub changes: Vec<ChangedInput>,
    /// The share then.
    pub share: Interval,
    /// Whether no smaller set does, as far as draws can tell (when all models were counted: for sure).
    pub smallest: bool,
}

/// An input that becomes certain.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangedInput {
    /// Its id.
    pub input: String,
    /// Which, in words.
    pub to: String,
}

/// A part of the draws.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ShardInfo {
    /// Which shard, from 1.
    pub shard: u64,
    /// Of how many.
    pub of: u64,
    /// Its draws.
    pub drawn: DrawnInfo,
}
