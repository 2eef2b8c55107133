//! `detente/check/1`: all problems of case files.

use schemars::JsonSchema;
use serde::Serialize;

use super::{DiagnosticInfo, InputInfo, Program};

super::schema_name!(
    /// `detente/check/1`.
    "detente/check/1"
);

/// What `check --format json` prints.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Check {
    /// `detente/check/1`.
    pub(crate) schema: SchemaName,
    /// Which program wrote this.
    pub(crate) program: Program,
    /// All problems of all files, file by file.
    pub(crate) diagnostics: Vec<DiagnosticInfo>,
    /// What cases say may be otherwise, for cases that say so.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    pub(crate) uncertain: Vec<UncertainInfo>,
}

/// What a case says may be otherwise.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct UncertainInfo {
    /// The file.
    pub(crate) file: String,
    /// Its uncertain inputs, independent of each other.
    pub(crate) inputs: Vec<InputInfo>,
}

impl Check {
    /// With these problems.
    pub(crate) fn of(diagnostics: Vec<DiagnosticInfo>, uncertain: Vec<UncertainInfo>) -> Self {
        Self { schema: SchemaName::This, program: Program::THIS, diagnostics, uncertain }
    }
}
