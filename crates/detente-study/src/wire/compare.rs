//! `detente/compare/1`: versions of a conflict compared (`compare` and `diff`).

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Serialize;

use super::{Answer, CaseInfo, LimitInfo, Program, Witness, answer};

super::schema_name!(
    /// `detente/compare/1`.
    "detente/compare/1"
);

/// What `compare` and `diff` print with `--format json`.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Compare {
    /// `detente/compare/1`.
    pub schema: SchemaName,
    /// Which program wrote this.
    pub program: Program,
    /// One per version that is compared with the first.
    pub comparisons: Vec<ComparisonInfo>,
    /// Bounds that were hit: versions that are missing, or verdicts in them.
    pub limits: Vec<LimitInfo>,
}

/// One version against another.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ComparisonInfo {
    /// What is compared with.
    pub old: VersionInfo,
    /// What is compared.
    pub new: VersionInfo,
    /// What changed in the world: the date of the case, events, ties, bodies, documents, tracks.
    pub world: Vec<ChangeInfo>,
    /// What changed in the evidence: sources and claims.
    pub evidence: Vec<ChangeInfo>,
    /// What is assumed differently.
    pub changes: Vec<ChangeInfo>,
    /// Questions that both ask.
    pub questions: Vec<AnswerChange>,
    /// Per concept: which outcomes last before or afterwards only.
    pub equilibria: IndexMap<String, ShiftInfo>,
}

/// A version.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VersionInfo {
    /// `as written`, the id of a variant, or a file.
    pub name: String,
    /// Which case.
    pub case: CaseInfo,
}

/// One difference of the model.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeInfo {
    /// `option`, `rule`, `wish`, `definition`, `move`, `status quo`, …
    pub about: String,
    /// Whether it was added, removed or changed.
    pub sign: Sign,
    /// In words.
    pub text: String,
}

/// How something differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Sign {
    /// There only afterwards.
    Added,
    /// There only before.
    Removed,
    /// Another one.
    Changed,
}

/// A question with both answers.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswerChange {
    /// Its id.
    pub id: String,
    /// The answer before.
    #[serde(serialize_with = "answer::word")]
    #[schemars(with = "answer::Word")]
    pub before: Answer,
    /// The answer afterwards.
    #[serde(serialize_with = "answer::word")]
    #[schemars(with = "answer::Word")]
    pub after: Answer,
    /// The answer afterwards in words.
    pub text: String,
}

/// What changes under one concept.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ShiftInfo {
    /// How many outcomes last before, in decimal.
    pub before: String,
    /// How many last afterwards.
    pub after: String,
    /// How many last afterwards only; null: too many to compare.
    pub gained_count: Option<String>,
    /// The first of them.
    pub gained: Option<Vec<MovedInfo>>,
    /// How many last before only; null: too many to compare.
    pub lost_count: Option<String>,
    /// The first of them.
    pub lost: Option<Vec<MovedInfo>>,
}

/// An outcome whose verdict changes.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MovedInfo {
    /// State number in decimal: of the new version for what is gained, of the old for what is lost.
    pub state: String,
    /// Its name.
    pub name: String,
    /// That it was not, or is no longer, possible; else empty.
    pub why: String,
    /// The certificate that changed, for the first actor whose verdict is another one; null where it was
    /// not looked for (more than 64 outcomes under a concept, or too much work) or is not the reason.
    pub turn: Option<TurnInfo>,
}

/// A verdict that is another one, with both reasons.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TurnInfo {
    /// Whose: its id.
    pub actor: String,
    /// The reason before, in sentences.
    pub before: String,
    /// The reason now.
    pub after: String,
    /// The same as data: the verdict in the old version. `verify` checks it as part of a
    /// `detente/certificate/1` about that version's case.
    pub certificate_before: Witness,
    /// The verdict in the new version.
    pub certificate_after: Witness,
}
