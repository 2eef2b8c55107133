//! `detente/evolve/1`: where it goes from a state.

use schemars::JsonSchema;
use serde::Serialize;

use super::{CaseInfo, LimitInfo, Program};

super::schema_name!(
    /// `detente/evolve/1`.
    "detente/evolve/1"
);

/// What `evolve --format json` prints.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Evolve {
    /// `detente/evolve/1`.
    pub schema: SchemaName,
    /// Which program wrote this.
    pub program: Program,
    /// Which case this is about.
    pub case: CaseInfo,
    /// The start, as a full pattern or by its id.
    pub from: String,
    /// How many states can be reached by moves; null: a bound was hit.
    pub by_moves: Option<usize>,
    /// How many by improvements.
    pub by_improvements: Option<usize>,
    /// States reached by moves that nobody can leave by any move.
    pub dead_ends: Vec<String>,
    /// The likeliest step, then the likeliest after that, and so on.
    pub story: StoryInfo,
    /// Whether it ends elsewhere if groups also move together; null: they do (`--coalitions`).
    pub together: Option<TogetherInfo>,
    /// Where the chain ends, most probable first.
    pub absorbing: Vec<AbsorbingInfo>,
    /// Sets of states that lead back to each other and can be left.
    pub cycles: Vec<Vec<String>>,
    /// Expected number of moves until it ends; null when something was not followed or not settled.
    pub moves: Option<f64>,
    /// Whether the equations of the probabilities were solved; if not, each probability is a lower bound.
    pub settled: bool,
    /// The sum of the errors of the equations as solved: no probability is farther off.
    pub residual: f64,
    /// The probability that is not accounted for: of coming to what was not followed, or not settled.
    pub unfollowed: f64,
    /// A shortest way to each equilibrium (Nash) that can be reached.
    pub shortest: Vec<ShortestInfo>,
    /// Bounds that were hit.
    pub limits: Vec<LimitInfo>,
}

/// Where it ends.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AbsorbingInfo {
    /// The states.
    pub states: Vec<String>,
    /// `equilibrium`, `cycle`, or `held`: a state that is left alone only because those who would leave
    /// it have weight 0.
    pub kind: &'static str,
    /// Who would leave it, but has weight 0; members of a coalition joined by `+`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub held: Vec<String>,
    /// With which probability.
    pub probability: f64,
    /// The same as a fraction, for small chains.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exact: Option<String>,
    /// Of a cycle: the share of time that is spent in each of its states, the most first; absent where that was not
    /// worked out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time: Option<Vec<TimeInfo>>,
    /// Of a cycle: what some of its steps do and others undo.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undone: Option<Vec<UndoesInfo>>,
    /// Expected number of moves, given that it ends there; null when that did not settle.
    pub moves: Option<f64>,
}

/// Where it ends if groups also move together.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TogetherInfo {
    /// Whether in the same outcomes and cycles; null: it was not looked at.
    pub same: Option<bool>,
    /// Where, if elsewhere: a state each, or those of a cycle.
    pub ends: Vec<Vec<String>>,
}

/// The likeliest steps, one after the other.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StoryInfo {
    /// From the start on.
    pub steps: Vec<StoryStep>,
    /// `rests` (nobody would move), `back` (it comes to a state for the second time) or `not_followed` (a bound was hit).
    pub ends: &'static str,
    /// The step, from 0, whose start it comes back to; null: to none.
    pub back_to: Option<usize>,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StoryStep {
    /// Who moves: the id of a mover, the members of a coalition joined by `+`, or `chance.ID`.
    pub mover: String,
    /// Where to.
    pub to: String,
    /// How likely it is to be next.
    pub probability: f64,
}

/// A state of a cycle.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TimeInfo {
    /// Which.
    pub state: String,
    /// The share of time that is spent in it.
    pub share: f64,
}

/// Something that is done and undone in a cycle.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UndoesInfo {
    /// The option, act or chance event.
    pub option: String,
    /// Who switches it on, or raises it.
    pub on: Vec<String>,
    /// Who switches it off, or lowers it.
    pub off: Vec<String>,
}

/// A shortest way.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ShortestInfo {
    /// To which state.
    pub to: String,
    /// `improvements`, `coalitions` or `moves`.
    pub by: &'static str,
    /// Step by step; `actor` joins the members of a coalition by `+`.
    pub sequence: Vec<super::StepInfo>,
}
