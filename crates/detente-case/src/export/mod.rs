//! A conflict in other programs' formats. What was found out about one is written by `detente-study`, which knows the
//! engine.

mod beyond;
mod dnf;
mod gmcr;
pub(crate) mod ranks;
#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests;

pub use beyond::beyond;
pub use gmcr::gmcr;

/// A file for another program.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exported {
    /// The text of the file.
    pub text: String,
    /// What the format has no place for, a few words each.
    pub left_out: Vec<String>,
}

/// Why a conflict cannot be said in a format: every reason, one sentence each.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.join("; "))]
pub struct CannotExport(pub Vec<String>);
