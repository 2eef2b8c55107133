//! Questions that the case asks, their answers, and the reading of joint sanctions.

use crate::{ActorId, Concept, Grounds, OutcomeStates, State, Strike};

/// A question: `[question.ID]`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Question {
    /// Id in the file.
    pub id: String,
    /// In words.
    pub ask: String,
    /// What is asked.
    pub kind: QuestionKind,
    /// Of which outcome (a formula, a defined name or an `[outcome]`).
    pub outcome: Option<OutcomeStates>,
    /// How the file writes the outcome (`holds`, or a formula), for answers in words.
    pub outcome_text: Option<String>,
    /// Under which concept; `None`: [`Concept::Nash`].
    pub concept: Option<Concept>,
    /// Restricts the question to what lasts and shows this.
    pub given: Option<OutcomeStates>,
    /// How the file writes what is given.
    pub given_text: Option<String>,
    /// Kind said: the id of what is said; kind deadline: of the deadline (`None`: all).
    pub about: Option<String>,
    /// From which state; `None`: the status quo.
    pub from: Option<State>,
    /// As whom.
    pub view: Option<ActorId>,
    /// Kind trust: what is struck.
    pub strike: Strike,
    /// What raises it (for the reader: a question never falls).
    pub grounds: Grounds,
}

/// Kinds of question.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum QuestionKind {
    /// Some equilibrium has the outcome.
    #[default]
    Possible,
    /// There are equilibria, and all have it.
    Certain,
    /// Who, alone or together, can leave it, and does that break it?
    Blockers,
    /// Who can leave the start, and to what?
    Movers,
    /// The least change that makes or breaks it.
    Price,
    /// The share of sampled models in which it is an equilibrium.
    Share,
    /// Does the answer survive without some of the evidence?
    Trust,
    /// What follows in the conflict as an actor sees it?
    View,
    /// What happens by a date if nobody acts, and who can change it?
    Deadline,
    /// Is a threat or a promise believable, and does it work?
    Said,
}

impl QuestionKind {
    /// All with their words in the file.
    pub const ALL: [(Self, &'static str); 10] = [
        (Self::Possible, "possible"),
        (Self::Certain, "certain"),
        (Self::Blockers, "blockers"),
        (Self::Movers, "movers"),
        (Self::Price, "price"),
        (Self::Share, "share"),
        (Self::Trust, "trust"),
        (Self::View, "view"),
        (Self::Deadline, "deadline"),
        (Self::Said, "said"),
    ];

    /// The word in the file.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Possible => "possible",
            Self::Certain => "certain",
            Self::Blockers => "blockers",
            Self::Movers => "movers",
            Self::Price => "price",
            Self::Share => "share",
            Self::Trust => "trust",
            Self::View => "view",
            Self::Deadline => "deadline",
            Self::Said => "said",
        }
    }
}

/// The answer to a question.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Answer {
    /// Yes.
    Yes,
    /// No.
    No,
    /// In part.
    Partly,
    /// What the question takes as given holds in nothing that lasts: there is nothing to say.
    SaysNothing,
    /// Not computed.
    #[default]
    NotComputed,
}

impl Answer {
    /// All, with their words in JSON.
    pub const ALL: [(Self, &'static str); 5] = [
        (Self::Yes, "yes"),
        (Self::No, "no"),
        (Self::Partly, "partly"),
        (Self::SaysNothing, "says_nothing"),
        (Self::NotComputed, "not_computed"),
    ];

    /// The word in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Partly => "partly",
            Self::SaysNothing => "says_nothing",
            Self::NotComputed => "not_computed",
        }
    }
}

impl From<bool> for Answer {
    fn from(value: bool) -> Self {
        if value { Self::Yes } else { Self::No }
    }
}

/// How long opponents may answer: the reading of joint sanctions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Sequences {
    /// Legal sequences: nobody twice in a row (Fang, Hipel & Kilgour 1993).
    #[default]
    Legal,
    /// Every opponent at most once.
    Once,
    /// One move of one opponent.
    Single,
}

impl Sequences {
    /// All, default first.
    pub const ALL: [Self; 3] = [Self::Legal, Self::Once, Self::Single];

    /// The word on the command line and in JSON.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Legal => "legal",
            Self::Once => "once",
            Self::Single => "single",
        }
    }
}
