//! `detente/compare/1`: versions of a conflict compared (`compare` and `diff`).

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Serialize;

use super::{Answer, CaseInfo, Program, Witness};

super::schema_name!(
    /// `detente/compare/1`.
    "detente/compare/1"
);

/// What `compare` and `diff` print with `--format json`.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Compare {
    /// `detente/compare/1`.
    pub(crate) schema: SchemaName,
    /// Which program wrote this.
    pub(crate) program: Program,
    /// One per version that is compared with the first.
    pub(crate) comparisons: Vec<ComparisonInfo>,
}

/// One version against another.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ComparisonInfo {
    /// What is compared with.
    pub(crate) old: VersionInfo,
    /// What is compared.
    pub(crate) new: VersionInfo,
    /// What is assumed differently.
    pub(crate) changes: Vec<ChangeInfo>,
    /// Questions that both ask.
    pub(crate) questions: Vec<AnswerChange>,
    /// Per concept: which outcomes last before or afterwards only.
    pub(crate) equilibria: IndexMap<String, ShiftInfo>,
}

/// A version.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct VersionInfo {
    /// `as written`, the id of a variant, or a file.
    pub(crate) name: String,
    /// Which case.
    pub(crate) case: CaseInfo,
}

/// One difference of the model.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChangeInfo {
    /// `option`, `rule`, `wish`, `definition`, `move`, `status quo`, …
    pub(crate) about: String,
    /// Whether it was added, removed or changed.
    pub(crate) sign: Sign,
    /// In words.
    pub(crate) text: String,
}

/// How something differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Sign {
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
pub(crate) struct AnswerChange {
    /// Its id.
    pub(crate) id: String,
    /// The answer before.
    pub(crate) before: Answer,
    /// The answer afterwards.
    pub(crate) after: Answer,
    /// The answer afterwards in words.
    pub(crate) text: String,
}

/// What changes under one concept.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ShiftInfo {
    /// How many outcomes last before, in decimal.
    pub(crate) before: String,
    /// How many last afterwards.
    pub(crate) after: String,
    /// How many last afterwards only; null: too many to compare.
    pub(crate) gained_count: Option<String>,
    /// The first of them.
    pub(crate) gained: Option<Vec<MovedInfo>>,
    /// How many last before only; null: too many to compare.
    pub(crate) lost_count: Option<String>,
    /// The first of them.
    pub(crate) lost: Option<Vec<MovedInfo>>,
}

/// An outcome whose verdict changes.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MovedInfo {
    /// State number in decimal: of the new version for what is gained, of the old for what is lost.
    pub(crate) state: String,
    /// Its name.
    pub(crate) name: String,
    /// That it was not, or is no longer, possible; else empty.
    pub(crate) why: String,
    /// The certificate that changed, for the first actor whose verdict is another one; null where it was
    /// not looked for (more than 64 outcomes under a concept, or too much work) or is not the reason.
    pub(crate) turn: Option<TurnInfo>,
}

/// A verdict that is another one, with both reasons.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TurnInfo {
    /// Whose: its id.
    pub(crate) actor: String,
    /// The reason before, in sentences.
    pub(crate) before: String,
    /// The reason now.
    pub(crate) after: String,
    /// The same as data: the verdict in the old version. `verify` checks it as part of a
    /// `detente/certificate/1` about that version's case.
    pub(crate) certificate_before: Witness,
    /// The verdict in the new version.
    pub(crate) certificate_after: Witness,
}
