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
pub struct Check {
    /// `detente/check/1`.
    pub schema: SchemaName,
    /// Which program wrote this.
    pub program: Program,
    /// All problems of all files, file by file.
    pub diagnostics: Vec<DiagnosticInfo>,
    /// What cases say may be otherwise, for cases that say so.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    pub uncertain: Vec<UncertainInfo>,
}

/// What a case says may be otherwise.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UncertainInfo {
    /// The file.
    pub file: String,
    /// Its uncertain inputs, independent of each other.
    pub inputs: Vec<InputInfo>,
}

impl Check {
    /// With these problems.
    pub fn of(diagnostics: Vec<DiagnosticInfo>, uncertain: Vec<UncertainInfo>) -> Self {
        Self { schema: SchemaName::This, program: Program::THIS, diagnostics, uncertain }
    }
}
