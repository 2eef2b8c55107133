//! Parts that all contracts share.

use detente_case::Diagnostic;
use detente_engine::{LimitHit, Stop};
use detente_model::{Concept, Conflict};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::say::concept;

/// Which program wrote this.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Program {
    /// `detente`.
    pub name: &'static str,
    /// Its version.
    pub version: &'static str,
}

impl Program {
    /// This program.
    pub const THIS: Self = Self { name: "detente", version: env!("CARGO_PKG_VERSION") };
}

/// Which case this is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CaseInfo {
    /// Title.
    pub title: String,
    /// Id of the variant; null for the case as written.
    pub variant: Option<String>,
    /// `blake3:` and a hash of the game of that variant: options, rules, moves, preferences.
    /// Comments and prose do not change it.
    #[schemars(regex(pattern = r"^blake3:[0-9a-f]{64}$"))]
    pub digest: String,
}

impl CaseInfo {
    /// About `conflict`.
    pub fn of(conflict: &Conflict) -> Self {
        Self {
            title: conflict.about.title.clone(),
            variant: conflict.variant.clone(),
            digest: conflict.game.digest(),
        }
    }
}

/// A problem of a case file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DiagnosticInfo {
    /// Stable code.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, in one sentence.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
    /// The file, as it was named on the command line.
    pub file: String,
    /// The first place; null for a problem of the file as a whole.
    pub start: Option<PlaceInfo>,
    /// One past the last place.
    pub end: Option<PlaceInfo>,
}

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The case cannot be used.
    Error,
    /// Probably not meant.
    Warning,
    /// Worth knowing.
    Note,
}

/// A place in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlaceInfo {
    /// From 1.
    pub line: usize,
    /// In characters, from 1.
    pub column: usize,
    /// From 0.
    pub byte: usize,
}

impl From<&Diagnostic> for DiagnosticInfo {
    fn from(diagnostic: &Diagnostic) -> Self {
        let place = |place: detente_case::Place| PlaceInfo {
            line: place.line,
            column: place.column,
            byte: place.byte,
        };
        Self {
            code: diagnostic.code,
            severity: match diagnostic.severity {
                detente_case::Severity::Error => Severity::Error,
                detente_case::Severity::Warning => Severity::Warning,
                detente_case::Severity::Note => Severity::Note,
            },
            message: diagnostic.message.clone(),
            hint: diagnostic.hint.clone(),
            file: diagnostic.file.clone(),
            start: diagnostic.span.map(|span| place(span.start)),
            end: diagnostic.span.map(|span| place(span.end)),
        }
    }
}

/// A concept that was asked for and is not possible for the case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NotPossibleInfo {
    /// Its id.
    pub concept: String,
    /// Why, in a sentence.
    pub why: String,
}

impl NotPossibleInfo {
    /// Those of `concepts` that are not possible for `conflict`.
    pub fn of(conflict: &Conflict, concepts: &[Concept]) -> Vec<Self> {
        let refused = concept::all_refused(&conflict.game, concepts).into_iter();
        refused
            .map(|(which, why)| Self { concept: which.id().to_owned(), why: concept::refused(which, why) })
            .collect()
    }
}

/// A bound that was hit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LimitInfo {
    /// What was being computed.
    pub what: String,
    /// The bound.
    pub limit: String,
    /// How far it came.
    pub reached: String,
    /// What is exact all the same.
    pub exact: String,
}

impl From<&LimitHit> for LimitInfo {
    fn from(hit: &LimitHit) -> Self {
        let limit = match hit.stop {
            Stop::Time if hit.limit.is_empty() => "time".to_owned(),
            Stop::Cancelled if hit.limit.is_empty() => "cancelled".to_owned(),
            _ => hit.limit.clone(),
        };
        Self { what: hit.what.clone(), limit, reached: hit.reached.clone(), exact: hit.exact.clone() }
    }
}
