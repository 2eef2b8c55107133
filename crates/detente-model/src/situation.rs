//! The situation around the game: a map and a timeline. It changes no verdict.

use crate::{ActorId, BodyId, Expr, Grounds};

/// Who stands where, since when.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Situation {
    /// Alliances and unions.
    pub bodies: Vec<Body>,
    /// Treaties, declarations, drafts.
    pub instruments: Vec<Instrument>,
    /// Mediation formats.
    pub tracks: Vec<Track>,
    /// Relations between two actors.
    pub ties: Vec<Tie>,
    /// What happened when.
    pub events: Vec<Event>,
    /// How it looks after an outcome.
    pub effects: Vec<Effect>,
}

/// An alliance, a union.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Body {
    /// Id in the file.
    pub id: String,
    /// Name.
    pub name: String,
    /// Members, in file order.
    pub members: Vec<ActorId>,
    /// What it rests on.
    pub grounds: Grounds,
}

/// A treaty, a declaration, a draft.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Instrument {
    /// Id in the file.
    pub id: String,
    /// Title.
    pub title: String,
    /// Parties among the actors.
    pub parties: Vec<ActorId>,
    /// Date of signature, `YYYY[-MM[-DD]]`.
    pub signed: Option<String>,
    /// End of its term.
    pub until: Option<String>,
    /// The day on which it lapses unless it is prolonged.
    pub lapses: Option<String>,
    /// Number of clauses.
    pub clauses: Option<u32>,
    /// Where it stands.
    pub status: Option<InstrumentStatus>,
    /// What it rests on.
    pub grounds: Grounds,
}

/// How far a document has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum InstrumentStatus {
    /// A text is being written.
    Draft,
    /// Initialled: the text is fixed, not signed.
    Initialled,
    /// Signed.
    Signed,
    /// In force.
    InForce,
    /// No longer in force.
    Lapsed,
    /// In force, and not applied for now.
    Suspended,
}

impl InstrumentStatus {
    /// All with their words in the file.
    pub const ALL: [(Self, &'static str); 6] = [
        (Self::Draft, "draft"),
        (Self::Initialled, "initialled"),
        (Self::Signed, "signed"),
        (Self::InForce, "in force"),
        (Self::Lapsed, "lapsed"),
        (Self::Suspended, "suspended"),
    ];
}

/// A mediation format.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Track {
    /// Id in the file.
    pub id: String,
    /// Title.
    pub title: String,
    /// Who convenes it.
    pub convenor: Option<ActorId>,
    /// Who negotiates in it.
    pub parties: Vec<ActorId>,
    /// What it rests on.
    pub grounds: Grounds,
}

/// A relation between two actors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tie {
    /// The two.
    pub between: [ActorId; 2],
    /// How they stand.
    pub kind: TieKind,
    /// Whether it is getting better.
    pub mending: bool,
    /// What it rests on.
    pub grounds: Grounds,
}

/// How two actors stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TieKind {
    /// Formal allies (+).
    Alliance,
    /// Partners (+).
    Partnership,
    /// Friendly (+).
    Friendly,
    /// Neither.
    Neutral,
    /// Strained (−).
    Strained,
    /// Hostile (−).
    Hostile,
}

impl TieKind {
    /// All with their words in the file.
    pub const ALL: [(Self, &'static str); 6] = [
        (Self::Alliance, "alliance"),
        (Self::Partnership, "partnership"),
        (Self::Friendly, "friendly"),
        (Self::Neutral, "neutral"),
        (Self::Strained, "strained"),
        (Self::Hostile, "hostile"),
    ];

    /// The sign in Heider's sense: +1, 0 or −1.
    #[must_use]
    pub fn sign(self) -> i8 {
        match self {
            Self::Alliance | Self::Partnership | Self::Friendly => 1,
            Self::Neutral => 0,
            Self::Strained | Self::Hostile => -1,
        }
    }

    /// The word in the file.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Alliance => "alliance",
            Self::Partnership => "partnership",
            Self::Friendly => "friendly",
            Self::Neutral => "neutral",
            Self::Strained => "strained",
            Self::Hostile => "hostile",
        }
    }
}

/// Something that happened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Event {
    /// When, `YYYY[-MM[-DD]]`; empty: an expected event without a date.
    pub on: String,
    /// Last day, for an event of several days.
    pub until: Option<String>,
    /// Whether it is expected only: it has not happened by the date that the case describes.
    pub expected: bool,
    /// What.
    pub title: String,
    /// Who took part.
    pub actors: Vec<ActorId>,
    /// How many events it stands for, where it sums up several.
    pub count: Option<u32>,
    /// The deaths in it: a low, the best and a high estimate.
    pub deaths: Option<[u32; 3]>,
    /// What it rests on.
    pub grounds: Grounds,
}

/// How the situation looks in states that satisfy `when`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effect {
    /// In which states.
    pub when: Expr,
    /// What changes.
    pub change: Change,
    /// What it rests on.
    pub grounds: Grounds,
}

/// A change of the situation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// An actor leaves a body.
    Leaves(BodyId, ActorId),
    /// An actor joins a body.
    Joins(BodyId, ActorId),
    /// A tie becomes another.
    Becomes([ActorId; 2], TieKind),
    /// Anything else, in words.
    Text(String),
}
