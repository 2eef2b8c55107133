//! `detente/sample/1`: shares of models, and what moves them.

use schemars::JsonSchema;
use serde::Serialize;

use super::counts::{Counts, DrawnInfo, InputInfo, SamplingInfo};
use super::{CaseInfo, LimitInfo, Program};

super::schema_name!(
    /// `detente/sample/1`.
    "detente/sample/1"
);

/// What `sample --format json` and `merge --format json` print.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Sample {
    /// `detente/sample/1`.
    pub(crate) schema: SchemaName,
    /// Which program wrote this.
    pub(crate) program: Program,
    /// Which case this is about.
    pub(crate) case: CaseInfo,
    /// `blake3:` and a hash of the game and of how sure each part of it is: what draws are made from.
    pub(crate) ensemble: String,
    /// How each model is solved.
    pub(crate) settings: SamplingInfo,
    /// Whether models were drawn, or all counted with their chance.
    pub(crate) method: Method,
    /// The seed of the draws.
    pub(crate) seed: u64,
    /// How many models were drawn; 0 when all were counted.
    pub(crate) draws: u64,
    /// How many different models there are, in decimal; null: more than 64 bits hold.
    pub(crate) models: Option<String>,
    /// The precision asked for, and what it took.
    pub(crate) precision: Option<PrecisionInfo>,
    /// The report in sentences.
    pub(crate) text: Vec<String>,
    /// What is uncertain.
    pub(crate) inputs: Vec<InputInfo>,
    /// Shares of models, by item and concept.
    pub(crate) shares: Vec<ShareInfo>,
    /// Whether every state that is an equilibrium in some model is among the shares.
    pub(crate) states_complete: bool,
    /// Per concept: which states are equilibria together.
    pub(crate) sets: Vec<SetsInfo>,
    /// Where moves from the status quo end; null without a status quo.
    pub(crate) ends: Option<EndsInfo>,
    /// Shares after 64, 128, 256, … draws and after all: questions under their own concept.
    pub(crate) convergence: Vec<ConvergenceInfo>,
    /// What moves the shares; null when it was not computed.
    pub(crate) attribution: Option<AttributionInfo>,
    /// Which part of the draws this is; null: all of them.
    pub(crate) shard: Option<ShardInfo>,
    /// The counts, for `merge`; null when nothing is left to add.
    pub(crate) counts: Option<Counts>,
    /// Bounds that were hit.
    pub(crate) limits: Vec<LimitInfo>,
}

/// How shares come about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Method {
    /// All models counted with their chance: a share is exact, and `low` and `high` are equal to it.
    Exact,
    /// Models drawn: `low` and `high` are Wilson's 95 % interval.
    Sampled,
}

/// A precision.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PrecisionInfo {
    /// Asked for: the largest half-width of the intervals of questions, outcomes and patterns.
    pub(crate) asked: f64,
    /// The largest half-width at the end.
    pub(crate) reached: f64,
    /// How many draws it took; null: not reached.
    pub(crate) needed: Option<u64>,
}

/// A share with its interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Interval {
    /// The share.
    pub(crate) share: f64,
    /// The lower end.
    pub(crate) low: f64,
    /// The upper end.
    pub(crate) high: f64,
}

/// The share of models in which something holds.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ShareInfo {
    /// Id of a question or an outcome, a pattern, a state, or `any`.
    pub(crate) id: String,
    /// `question`, `outcome`, `pattern`, `equilibrium` (one state), or `any` (there is some equilibrium).
    pub(crate) kind: String,
    /// In words.
    pub(crate) name: String,
    /// Under which concept.
    pub(crate) concept: String,
    /// A question asks this.
    pub(crate) asked: bool,
    /// Models in which some equilibrium has it.
    pub(crate) share: f64,
    /// The lower end of its interval.
    pub(crate) low: f64,
    /// The upper end.
    pub(crate) high: f64,
    /// Models with equilibria in which all have it; null for single states.
    pub(crate) all: Option<Interval>,
}

/// Sets of equilibria under one concept.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SetsInfo {
    /// The concept.
    pub(crate) concept: String,
    /// How many different sets there are.
    pub(crate) distinct: f64,
    /// Whether `distinct` is exact and every set was kept. Otherwise a part of the sets was kept, chosen by a
    /// hash: the shares of those that are listed are exact counts all the same.
    pub(crate) complete: bool,
    /// The most frequent, at most as many as were asked to be listed.
    pub(crate) sets: Vec<SetShareInfo>,
}

/// A set of equilibria.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SetShareInfo {
    /// State numbers or ids; empty: no equilibrium.
    pub(crate) states: Vec<String>,
    /// Names of outcomes in it, each once.
    pub(crate) names: Vec<String>,
    /// The share of models.
    pub(crate) share: f64,
    /// The lower end of its interval.
    pub(crate) low: f64,
    /// The upper end.
    pub(crate) high: f64,
}

/// Where it ends.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct EndsInfo {
    /// The start.
    pub(crate) from: String,
    /// Single states, most frequent first; at most as many as were asked to be listed.
    pub(crate) ends: Vec<EndInfo>,
    /// It never ends.
    pub(crate) moving: Interval,
    /// The status quo is not possible.
    pub(crate) no_start: Interval,
}

/// An end.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct EndInfo {
    /// The state.
    pub(crate) state: String,
    /// Its name.
    pub(crate) name: String,
    /// With which chance.
    pub(crate) share: f64,
    /// The lower end of its interval.
    pub(crate) low: f64,
    /// The upper end.
    pub(crate) high: f64,
}

/// A share on its way.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ConvergenceInfo {
    /// The question.
    pub(crate) id: String,
    /// Under which concept.
    pub(crate) concept: String,
    /// Draws, and the share among them.
    pub(crate) after: Vec<(u64, f64)>,
}

/// What moves the shares.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AttributionInfo {
    /// How many models were drawn for it, of which each was solved again with inputs changed.
    pub(crate) draws: u64,
    /// Per question or outcome.
    pub(crate) of: Vec<MovedShareInfo>,
}

/// What moves one share.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MovedShareInfo {
    /// Id of the question or outcome.
    pub(crate) id: String,
    /// `question`, `outcome` or `pattern`.
    pub(crate) kind: String,
    /// In words.
    pub(crate) name: String,
    /// Under which concept.
    pub(crate) concept: String,
    /// The share in these draws.
    pub(crate) share: Interval,
    /// What moves it: inputs, actors, claims, speakers, sources; within a kind what moves it most comes first.
    pub(crate) factors: Vec<FactorInfo>,
    /// The smallest set of inputs found whose change turns it from likely to unlikely or back; null: none found.
    pub(crate) flip: Option<FlipInfo>,
}

/// One input, or all that hang on one actor, claim, speaker or source.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct FactorInfo {
    /// Id of the input, actor, claim or source; the speaker.
    pub(crate) id: String,
    /// `input`, `actor`, `claim`, `speaker`, `source` or `assumptions`.
    pub(crate) kind: String,
    /// In words.
    pub(crate) text: String,
    /// Ids of its inputs.
    pub(crate) inputs: Vec<String>,
    /// The share when it is known to be so.
    pub(crate) settings: Vec<SettingInfo>,
    /// Total-order Sobol index: the part of the variance in which it has a hand; null: nothing varies.
    pub(crate) total: Option<Interval>,
    /// Shapley value: its fair part of the variance. That of a claim, speaker or source is put together from its
    /// inputs, each divided equally among those that it rests on.
    pub(crate) shapley: Option<Interval>,
}

/// A share, given that something is so.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SettingInfo {
    /// What is so.
    pub(crate) text: String,
    /// The share of models in which the item then holds.
    pub(crate) share: f64,
    /// The lower end of its interval.
    pub(crate) low: f64,
    /// The upper end.
    pub(crate) high: f64,
}

/// A change that turns a share.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct FlipInfo {
    /// What becomes certain.
    pub(crate) changes: Vec<ChangedInput>,
    /// The share then.
    pub(crate) share: Interval,
    /// Whether no smaller set does, as far as the draws can tell.
    pub(crate) smallest: bool,
}

/// An input that becomes certain.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChangedInput {
    /// Its id.
    pub(crate) input: String,
    /// Which, in words.
    pub(crate) to: String,
}

/// A part of the draws.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ShardInfo {
    /// Which shard, from 1.
    pub(crate) shard: u64,
    /// Of how many.
    pub(crate) of: u64,
    /// Its draws.
    pub(crate) drawn: DrawnInfo,
}
