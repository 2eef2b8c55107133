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
    /// Claims that contradict each other, each pair once, in file order.
    pub contradictions: Vec<(ClaimId, ClaimId)>,
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
    /// How reliable it is and how credible what it says (Admiralty code).
    pub grade: Option<Grade>,
    /// Whose interest it serves: `party` where it is one of the sides.
    pub interest: Option<String>,
    /// Whether who speaks is not named.
    pub anonymous: bool,
    /// Anything else for the reader.
    pub note: Option<String>,
}

impl Eq for Source {}

/// One thing that a source says.
#[derive(Clone, Debug, Default, PartialEq)]
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
    /// Who passed it on, the last first; each is a speaker who can be struck.
    pub heard: Vec<String>,
    /// How reliable it is and how credible (Admiralty code).
    pub grade: Option<Grade>,
    /// Whose interest it serves: `party` where the speaker is one of the sides.
    pub interest: Option<String>,
    /// Whether who speaks is not named.
    pub anonymous: bool,
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
    /// What somebody asks of another.
    Demand,
    /// What somebody offers.
    Offer,
    /// What somebody threatens.
    Threat,
    /// What somebody promises.
    Promise,
    /// That something is not so.
    Denial,
    /// What will happen: a test of the case, not a wish.
    Prediction,
}

/// The Admiralty code: the reliability of a source, A to F, and the credibility of what it says, 1 to 6.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Grade {
    /// `A` (completely reliable) to `E` (unreliable); `F`: cannot be judged.
    pub reliability: char,
    /// `1` (confirmed) to `5` (improbable); `6`: cannot be judged.
    pub credibility: u8,
}

impl Grade {
    /// Reads `B2`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut chars = text.chars();
        let (reliability, credibility) = (chars.next()?, chars.next()?.to_digit(10)?);
        let fits = ('A'..='F').contains(&reliability) && (1..=6).contains(&credibility);
        (fits && chars.next().is_none()).then_some(Self { reliability, credibility: credibility as u8 })
    }

    /// The confidence that a grade stands for where the case gives none: reliability times credibility.
    /// What cannot be judged counts as even.
    #[must_use]
    pub fn confidence(self) -> f64 {
        Grades::default().confidence(self)
    }
}

/// How sure letters and digits of grades make, where a case says it otherwise than usual.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Grades {
    /// Letters and digits with their shares; the others are as usual.
    pub other: Vec<(char, f64)>,
}

impl Eq for Grades {}

impl Grades {
    /// The usual shares: reliability `A` to `F`, credibility `1` to `6`.
    const USUAL: [(char, f64); 12] = [
        ('A', 1.0),
        ('B', 0.9),
        ('C', 0.7),
        ('D', 0.5),
        ('E', 0.2),
        ('F', 0.5),
        ('1', 1.0),
        ('2', 0.85),
        ('3', 0.65),
        ('4', 0.4),
        ('5', 0.15),
        ('6', 0.5),
    ];

    /// The share of a letter or digit.
    #[must_use]
    pub fn share(&self, mark: char) -> f64 {
        let all = self.other.iter().chain(&Self::USUAL);
        all.filter(|(known, _)| *known == mark).map(|(_, share)| *share).next().unwrap_or(0.5)
    }

    /// The confidence that a grade stands for where the case gives none: reliability times credibility.
    #[must_use]
    pub fn confidence(&self, grade: Grade) -> f64 {
        let digit = char::from_digit(u32::from(grade.credibility), 10).unwrap_or('6');
        self.share(grade.reliability) * self.share(digit)
    }
}

impl std::fmt::Display for Grade {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{}", self.reliability, self.credibility)
    }
}

impl ClaimKind {
    /// All kinds with their words in the file.
    pub const ALL: [(Self, &'static str); 12] = [
        (Self::Fact, "fact"),
        (Self::Statement, "statement"),
        (Self::Hope, "hope"),
        (Self::Expectation, "expectation"),
        (Self::Assessment, "assessment"),
        (Self::Conditional, "conditional"),
        (Self::Demand, "demand"),
        (Self::Offer, "offer"),
        (Self::Threat, "threat"),
        (Self::Promise, "promise"),
        (Self::Denial, "denial"),
        (Self::Prediction, "prediction"),
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
            Self::Demand => "demand",
            Self::Offer => "offer",
            Self::Threat => "threat",
            Self::Promise => "promise",
            Self::Denial => "denial",
            Self::Prediction => "prediction",
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
