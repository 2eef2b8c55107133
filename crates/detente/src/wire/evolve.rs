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
pub(crate) struct Evolve {
    /// `detente/evolve/1`.
    pub(crate) schema: SchemaName,
    /// Which program wrote this.
    pub(crate) program: Program,
    /// Which case this is about.
    pub(crate) case: CaseInfo,
    /// The start, as a full pattern or by its id.
    pub(crate) from: String,
    /// How many states can be reached by moves; null: a bound was hit.
    pub(crate) by_moves: Option<usize>,
    /// How many by improvements.
    pub(crate) by_improvements: Option<usize>,
    /// States reached by moves that nobody can leave by any move.
    pub(crate) dead_ends: Vec<String>,
    /// Where the chain ends, most probable first.
    pub(crate) absorbing: Vec<AbsorbingInfo>,
    /// Sets of states that lead back to each other and can be left.
    pub(crate) cycles: Vec<Vec<String>>,
    /// Expected number of moves until it ends; null when something was not followed.
    pub(crate) moves: Option<f64>,
    /// The largest error of the equations as solved.
    pub(crate) residual: f64,
    /// The probability of coming to what was not followed.
    pub(crate) unfollowed: f64,
    /// A shortest way to each equilibrium (Nash) that can be reached.
    pub(crate) shortest: Vec<ShortestInfo>,
    /// Bounds that were hit.
    pub(crate) limits: Vec<LimitInfo>,
}

/// Where it ends.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AbsorbingInfo {
    /// The states.
    pub(crate) states: Vec<String>,
    /// `equilibrium` or `cycle`.
    pub(crate) kind: &'static str,
    /// With which probability.
    pub(crate) probability: f64,
    /// The same as a fraction, for small chains.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) exact: Option<String>,
    /// Expected number of moves, given that it ends there.
    pub(crate) moves: f64,
}

/// A shortest way.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ShortestInfo {
    /// To which state.
    pub(crate) to: String,
    /// `improvements`, `coalitions` or `moves`.
    pub(crate) by: &'static str,
    /// Step by step; `actor` joins the members of a coalition by `+`.
    pub(crate) sequence: Vec<super::StepInfo>,
}
