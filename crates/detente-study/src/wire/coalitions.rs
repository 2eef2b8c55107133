//! `detente/coalitions/1`: who can jointly leave what for what.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Serialize;

use super::{CaseInfo, LimitInfo, Program};

super::schema_name!(
    /// `detente/coalitions/1`.
    "detente/coalitions/1"
);

/// What `coalitions --format json` prints.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Coalitions {
    /// `detente/coalitions/1`.
    pub schema: SchemaName,
    /// Which program wrote this.
    pub program: Program,
    /// Which case this is about.
    pub case: CaseInfo,
    /// The reading of the opponents' sequences.
    pub sequences: String,
    /// The state, as a full pattern or by its id; null for the whole conflict.
    pub state: Option<String>,
    /// Who can leave the state together.
    pub exits: Vec<ExitInfo>,
    /// With a state: by concept, the coalitions for which it is stable.
    pub stable: IndexMap<String, Vec<Vec<String>>>,
    /// Without a state: by concept and coalition (`az+am`), the stable states.
    pub table: IndexMap<String, IndexMap<String, SetInfo>>,
    /// By concept, the states that are stable for every coalition looked at.
    pub proof: IndexMap<String, SetInfo>,
    /// Bounds that were hit.
    pub limits: Vec<LimitInfo>,
}

/// A set of states.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetInfo {
    /// How many, in decimal.
    pub count: String,
    /// State numbers, ascending; absent when there are more than `--list`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub states: Option<Vec<u64>>,
}

/// A way to leave the state together.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExitInfo {
    /// Who.
    pub coalition: Vec<String>,
    /// Whether no part of the coalition can leave the state to the gain of all its own members.
    pub minimal: bool,
    /// Whether no part of it can bring about this very end to the gain of all its own members.
    pub needs_all: bool,
    /// To what.
    pub to: String,
    /// By which legal sequence.
    pub sequence: Vec<super::StepInfo>,
}
