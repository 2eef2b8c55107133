//! `detente/map/1`: the situation, who stands where, since when, now or after an outcome. The page
//! draws it from the same [`MapView`].

use schemars::JsonSchema;
use serde::Serialize;

use super::{CaseInfo, Program};

super::schema_name!(
    /// `detente/map/1`.
    "detente/map/1"
);

/// What `map --format json` prints.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Map {
    /// `detente/map/1`.
    pub schema: SchemaName,
    /// Which program wrote this.
    pub program: Program,
    /// Which case this is about.
    pub case: CaseInfo,
    /// Ids of the actors, in the order that positions below count in.
    pub actors: Vec<String>,
    /// The situation.
    #[serde(flatten)]
    pub view: MapView,
}

/// The situation. Actors are positions in the case.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct MapView {
    /// The date of the case.
    pub as_of: Option<String>,
    /// The name of the outcome that it is seen after.
    pub after: Option<String>,
    /// The ties between two actors.
    pub ties: Vec<TieView>,
    /// The bodies with their members.
    pub bodies: Vec<BodyView>,
    /// The negotiation tracks.
    pub tracks: Vec<TrackView>,
    /// The documents.
    pub instruments: Vec<InstrumentView>,
    /// What happened, and what is expected.
    pub events: Vec<EventView>,
    /// Events that stand for several, counted by month; a series for each source.
    pub counts: Vec<CountsView>,
    /// What outcomes bring about.
    pub effects: Vec<EffectView>,
    /// Three actors with ties between each two.
    pub triads: Vec<TriadView>,
    /// How many more of them there are, with very many actors.
    pub triads_more: usize,
}

/// What a part of the situation rests on.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct BasisView {
    /// Ids of the claims.
    pub claims: Vec<String>,
    /// Whether it is the analyst's own assumption.
    pub assumption: bool,
    /// A note of the analyst.
    pub note: Option<String>,
}

/// A tie between two actors.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct TieView {
    /// The two actors.
    pub between: [usize; 2],
    /// alliance, partnership, friendly, neutral, strained, hostile.
    pub kind: String,
    /// 1, 0 or -1.
    pub sign: i8,
    /// Whether it is getting better.
    pub mending: bool,
    /// What it was before the outcome, when that changed it.
    pub was: Option<String>,
    /// What it rests on.
    pub basis: BasisView,
}

/// A body: an organisation or alliance with members.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct BodyView {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its members.
    pub members: Vec<usize>,
    /// Who left by the outcome.
    pub left: Vec<usize>,
    /// Who joined by the outcome.
    pub joined: Vec<usize>,
    /// What it rests on.
    pub basis: BasisView,
}

/// A negotiation track.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct TrackView {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Who convenes it.
    pub convenor: Option<usize>,
    /// Who negotiates.
    pub parties: Vec<usize>,
    /// What it rests on.
    pub basis: BasisView,
}

/// A document: a treaty, a statement, a draft.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct InstrumentView {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Whose document it is.
    pub parties: Vec<usize>,
    /// When it was signed.
    pub signed: Option<String>,
    /// When it ends.
    pub until: Option<String>,
    /// How many clauses it has.
    pub clauses: Option<u32>,
    /// draft, initialled, signed, in force, lapsed.
    pub status: Option<String>,
    /// What it rests on.
    pub basis: BasisView,
}

/// An event.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct EventView {
    /// When.
    pub on: String,
    /// Its last day, where it lasted.
    pub until: Option<String>,
    /// What happened.
    pub title: String,
    /// Who took part.
    pub actors: Vec<usize>,
    /// How many events it stands for, where it sums up several.
    pub count: Option<u32>,
    /// The deaths in it: a low, the best and a high estimate.
    pub deaths: Option<[u32; 3]>,
    /// Whether it was observed after the date of the case.
    pub later: bool,
    /// What it rests on.
    pub basis: BasisView,
}

/// What a source counts, month by month.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct CountsView {
    /// The title of the source.
    pub source: String,
    /// The most events of a month.
    pub most: u64,
    /// The months with events, in order.
    pub months: Vec<MonthView>,
    /// All of it in a sentence.
    pub text: String,
}

/// What is counted in a month.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct MonthView {
    /// `YYYY-MM`; `YYYY` where the month is not known.
    pub on: String,
    /// How many events.
    pub count: u64,
    /// The deaths in them: a low, the best and a high estimate.
    pub deaths: Option<[u64; 3]>,
    /// The same in words.
    pub text: String,
}

/// What an outcome brings about.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct EffectView {
    /// The condition, in words.
    pub when: String,
    /// What follows.
    pub text: String,
    /// Whether the outcome brings it about.
    pub applied: bool,
    /// What it rests on.
    pub basis: BasisView,
}

/// Three actors with ties between each two: at rest when the product of the signs is positive
/// (Heider). A reading of ties, not a forecast.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct TriadView {
    /// The three.
    pub actors: [usize; 3],
    /// Signs between first and second, second and third, first and third.
    pub signs: [i8; 3],
    /// Whether the product of the signs is positive.
    pub at_rest: bool,
    /// Whether it was at rest before, when the outcome changes that.
    pub was_at_rest: Option<bool>,
    /// The same in a sentence.
    pub text: String,
}
