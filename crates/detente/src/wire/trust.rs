//! `detente/trust/1`: what the conclusions rest on.

use schemars::JsonSchema;
use serde::Serialize;

use super::{CaseInfo, LimitInfo, Program};

super::schema_name!(
    /// `detente/trust/1`.
    "detente/trust/1"
);

/// What `trust --format json` prints.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Trust {
    /// `detente/trust/1`.
    pub(crate) schema: SchemaName,
    /// Which program wrote this.
    pub(crate) program: Program,
    /// Which case this is about.
    pub(crate) case: CaseInfo,
    /// The summary in sentences.
    pub(crate) text: Vec<String>,
    /// On all evidence.
    pub(crate) before: OutcomeInfo,
    /// Solved again, one thing struck at a time.
    pub(crate) runs: Vec<RunInfo>,
    /// Minimal sets of claims without which a conclusion changes.
    pub(crate) sets: Vec<SetInfo>,
    /// For each conclusion, claims that suffice.
    pub(crate) bodies: Vec<BodyInfo>,
    /// Bounds that were hit.
    pub(crate) limits: Vec<LimitInfo>,
}

/// Counts in decimal.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OutcomeInfo {
    /// Feasible states.
    pub(crate) feasible: String,
    /// Equilibria.
    pub(crate) equilibria: String,
    /// States stable for each actor.
    pub(crate) stable: Vec<String>,
}

/// One run.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RunInfo {
    /// What is struck.
    pub(crate) struck: StruckInfo,
    /// The question that asks for it.
    pub(crate) question: Option<String>,
    /// Why the case cannot stand without it; then the rest is empty.
    pub(crate) error: Option<String>,
    /// Feasible states, in decimal.
    pub(crate) feasible: Option<String>,
    /// Equilibria, in decimal.
    pub(crate) equilibria: Option<String>,
    /// States stable for each actor, in decimal.
    pub(crate) stable: Vec<String>,
    /// Rules that fell, by place from 1.
    pub(crate) rules_fallen: Vec<usize>,
    /// Actors left without any statement.
    pub(crate) actors_without_motive: Vec<String>,
    /// What becomes of each conclusion.
    pub(crate) conclusions: Vec<ConclusionInfo>,
}

/// What is struck.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct StruckInfo {
    /// Claims.
    pub(crate) claims: Vec<String>,
    /// Speakers.
    pub(crate) speakers: Vec<String>,
    /// Kinds.
    pub(crate) kinds: Vec<String>,
    /// Sources.
    pub(crate) sources: Vec<String>,
    /// The analyst's assumptions.
    pub(crate) assumptions: bool,
}

impl From<&detente_model::Strike> for StruckInfo {
    fn from(strike: &detente_model::Strike) -> Self {
        Self {
            claims: strike.claims.clone(),
            speakers: strike.speakers.clone(),
            kinds: strike.kinds.iter().map(|kind| kind.word().to_owned()).collect(),
            sources: strike.sources.clone(),
            assumptions: strike.assumptions,
        }
    }
}

/// What becomes of a conclusion.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ConclusionInfo {
    /// The question, or `nash:` and a state number.
    pub(crate) id: String,
    /// `yes`, `no` or `not_computed`.
    pub(crate) before: &'static str,
    /// The same after the strike.
    pub(crate) after: &'static str,
    /// `supported`, `unsupported` or `overturned`.
    pub(crate) status: &'static str,
}

/// Claims without which a conclusion changes.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SetInfo {
    /// The conclusion.
    pub(crate) id: String,
    /// The claims.
    pub(crate) claims: Vec<String>,
    /// What becomes of it.
    pub(crate) status: &'static str,
}

/// Claims that suffice for a conclusion.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct BodyInfo {
    /// The conclusion.
    pub(crate) id: String,
    /// The claims.
    pub(crate) claims: Vec<String>,
    /// Whether no smaller set suffices.
    pub(crate) smallest: bool,
}
