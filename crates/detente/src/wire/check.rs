//! `detente/check/1`: all problems of case files.

use schemars::JsonSchema;
use serde::Serialize;

use super::{DiagnosticInfo, Program};

super::schema_name!(
    /// `detente/check/1`.
    "detente/check/1"
);

/// What `check --format json` prints.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Check {
    /// `detente/check/1`.
    pub(crate) schema: SchemaName,
    /// Which program wrote this.
    pub(crate) program: Program,
    /// All problems of all files, file by file.
    pub(crate) diagnostics: Vec<DiagnosticInfo>,
}

impl Check {
    /// With these problems.
    pub(crate) fn of(diagnostics: Vec<DiagnosticInfo>) -> Self {
        Self { schema: SchemaName::This, program: Program::THIS, diagnostics }
    }
}
