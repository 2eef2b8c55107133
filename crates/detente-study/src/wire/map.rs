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
#[derive(Debug, Serialize, JsonSchema)]
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
#[derive(Debug, Serialize, JsonSchema)]
pub struct MapView {
    pub as_of: Option<String>,
    /// The name of the outcome that it is seen after.
    pub after: Option<String>,
    pub ties: Vec<TieView>,
    pub bodies: Vec<BodyView>,
    pub tracks: Vec<TrackView>,
    pub instruments: Vec<InstrumentView>,
    pub events: Vec<EventView>,
    pub effects: Vec<EffectView>,
    pub triads: Vec<TriadView>,
}

/// What a part of the situation rests on.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct BasisView {
    pub claims: Vec<String>,
    pub assumption: bool,
    pub note: Option<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct TieView {
    pub between: [usize; 2],
    /// alliance, partnership, friendly, neutral, strained, hostile.
    pub kind: String,
    /// 1, 0 or -1.
    pub sign: i8,
    pub mending: bool,
    /// What it was before the outcome, when that changed it.
    pub was: Option<String>,
    pub basis: BasisView,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct BodyView {
    pub id: String,
    pub name: String,
    pub members: Vec<usize>,
    /// Who left and who joined by the outcome.
    pub left: Vec<usize>,
    pub joined: Vec<usize>,
    pub basis: BasisView,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct TrackView {
    pub id: String,
    pub title: String,
    pub convenor: Option<usize>,
    pub parties: Vec<usize>,
    pub basis: BasisView,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct InstrumentView {
    pub id: String,
    pub title: String,
    pub parties: Vec<usize>,
    pub signed: Option<String>,
    pub until: Option<String>,
    pub clauses: Option<u32>,
    /// draft, initialled, signed, in force, lapsed.
    pub status: Option<String>,
    pub basis: BasisView,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct EventView {
    pub on: String,
    pub until: Option<String>,
    pub title: String,
    pub actors: Vec<usize>,
    /// Whether it was observed after the date of the case.
    pub later: bool,
    pub basis: BasisView,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct EffectView {
    pub when: String,
    pub text: String,
    /// Whether the outcome brings it about.
    pub applied: bool,
    pub basis: BasisView,
}

/// Three actors with ties between each two: at rest when the product of the signs is positive
/// (Heider). A reading of ties, not a forecast.
#[derive(Debug, Serialize, JsonSchema)]
pub struct TriadView {
    pub actors: [usize; 3],
    /// Signs between first and second, second and third, first and third.
    pub signs: [i8; 3],
    pub at_rest: bool,
    /// Whether it was at rest before, when the outcome changes that.
    pub was_at_rest: Option<bool>,
    pub text: String,
}
