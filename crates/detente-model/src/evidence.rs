//! What the conflict was modelled from: sources and claims, and what rests on them.

use std::collections::BTreeSet;

use crate::{ClaimId, SourceId};

/// Everything the model cites.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    /// In file order.
    pub sources: Vec<Source>,
    /// In file order.
    pub claims: Vec<Claim>,
}

/// A text, a speech, a record.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Source {
    /// Id in the file.
    pub id: String,
    /// Title.
    pub title: String,
    /// Who wrote it.
    pub author: Option<String>,
    /// Outlet or publisher.
    pub publisher: Option<String>,
    /// Date of publication, `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    pub date: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// Path of the text, relative to the `--sources` folder's parent, where the user has it.
    pub text: Option<String>,
    /// How sure that it can be relied on, 0..1, for sampling.
    pub confidence: Option<f64>,
    /// Anything else for the reader.
    pub note: Option<String>,
}

impl Eq for Source {}

/// One thing that a source says.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// Id in the file.
    pub id: String,
    /// Where it is from.
    pub source: SourceId,
    /// Sentence, page or paragraph in the source.
    pub at: Option<String>,
    /// The claim in the analyst's words.
    pub says: String,
    /// The source's author, or a named person.
    pub speaker: Option<String>,
    /// Who reports the speaker's words.
    pub reported_by: Option<String>,
    /// What kind of utterance it is.
    pub kind: Option<ClaimKind>,
    /// Verbatim words, checked against the text where it is at hand.
    pub quote: Option<String>,
    /// How sure, 0..1, for sampling.
    pub confidence: Option<f64>,
    /// Anything else for the reader.
    pub note: Option<String>,
}

impl Eq for Claim {}

/// Kinds of claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ClaimKind {
    /// Something that happened or is so.
    Fact,
    /// Somebody's declaration.
    Statement,
    /// Something that somebody hopes for.
    Hope,
    /// Something that somebody expects.
    Expectation,
    /// Somebody's judgement.
    Assessment,
    /// What would follow from something.
    Conditional,
}

impl ClaimKind {
    /// All kinds with their words in the file.
    pub const ALL: [(Self, &'static str); 6] = [
        (Self::Fact, "fact"),
        (Self::Statement, "statement"),
        (Self::Hope, "hope"),
        (Self::Expectation, "expectation"),
        (Self::Assessment, "assessment"),
        (Self::Conditional, "conditional"),
    ];

    /// The word in the file.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Fact => "fact",
            Self::Statement => "statement",
            Self::Hope => "hope",
            Self::Expectation => "expectation",
            Self::Assessment => "assessment",
            Self::Conditional => "conditional",
        }
    }
}

/// What a part of the model rests on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grounds {
    /// Claims that support it; may be empty.
    pub claims: Vec<ClaimId>,
    /// The analyst's own: falls when assumptions are struck.
    pub assumption: bool,
    /// The thing as a clause for sentences about it: `the agreement holds`.
    pub says: Option<String>,
    /// That it is not so, as a clause: `the agreement does not hold`.
    pub says_not: Option<String>,
    /// Anything else for the reader.
    pub note: Option<String>,
}

impl Grounds {
    /// Whether what rests on this falls when the claims `struck` are struck, and the assumptions
    /// when `assumptions` is set: all its claims are struck (and it has some), or it is assumed.
    #[must_use]
    pub fn fall(&self, struck: &BTreeSet<ClaimId>, assumptions: bool) -> bool {
        assumptions && self.assumption
            || !self.claims.is_empty() && self.claims.iter().all(|claim| struck.contains(claim))
    }
}
