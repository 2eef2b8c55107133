//! A conflict, or what was found out about it, in other programs' formats.
//!
//! [`gmcr()`] needs the conflict only. The others write a [`Snapshot`]: plain data that the program
//! fills from verdicts, because this crate does not know the engine.

mod csv;
mod dnf;
mod gmcr;
mod graph;
mod latex;
mod nfg;
pub(crate) mod ranks;
mod snapshot;
#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests;

pub use csv::{csv, line as csv_line};
pub use gmcr::gmcr;
pub use graph::{Arrows, DOT_STATES, GRAPHML_STATES, MOVES, dot, graphml, xml};
pub use latex::latex;
pub use nfg::{PROFILES, nfg};
pub use snapshot::{ActorColumn, ConceptColumn, Move, OptionColumn, Snapshot, StateRow};

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
