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
pub(crate) struct Map {
    /// `detente/map/1`.
    pub(crate) schema: SchemaName,
    /// Which program wrote this.
    pub(crate) program: Program,
    /// Which case this is about.
    pub(crate) case: CaseInfo,
    /// Ids of the actors, in the order that positions below count in.
    pub(crate) actors: Vec<String>,
    /// The situation.
    #[serde(flatten)]
    pub(crate) view: MapView,
}

/// The situation. Actors are positions in the case.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct MapView {
    pub(crate) as_of: Option<String>,
    /// The name of the outcome that it is seen after.
    pub(crate) after: Option<String>,
    pub(crate) ties: Vec<TieView>,
    pub(crate) bodies: Vec<BodyView>,
    pub(crate) tracks: Vec<TrackView>,
    pub(crate) instruments: Vec<InstrumentView>,
    pub(crate) events: Vec<EventView>,
    pub(crate) effects: Vec<EffectView>,
    pub(crate) triads: Vec<TriadView>,
}

/// What a part of the situation rests on.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub(crate) struct BasisView {
    pub(crate) claims: Vec<String>,
    pub(crate) assumption: bool,
    pub(crate) note: Option<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct TieView {
    pub(crate) between: [usize; 2],
    /// alliance, partnership, friendly, neutral, strained, hostile.
    pub(crate) kind: String,
    /// 1, 0 or -1.
    pub(crate) sign: i8,
    pub(crate) mending: bool,
    /// What it was before the outcome, when that changed it.
    pub(crate) was: Option<String>,
    pub(crate) basis: BasisView,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct BodyView {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) members: Vec<usize>,
    /// Who left and who joined by the outcome.
    pub(crate) left: Vec<usize>,
    pub(crate) joined: Vec<usize>,
    pub(crate) basis: BasisView,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct TrackView {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) convenor: Option<usize>,
    pub(crate) parties: Vec<usize>,
    pub(crate) basis: BasisView,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct InstrumentView {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) parties: Vec<usize>,
    pub(crate) signed: Option<String>,
    pub(crate) until: Option<String>,
    pub(crate) clauses: Option<u32>,
    /// draft, initialled, signed, in force, lapsed.
    pub(crate) status: Option<String>,
    pub(crate) basis: BasisView,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct EventView {
    pub(crate) on: String,
    pub(crate) until: Option<String>,
    pub(crate) title: String,
    pub(crate) actors: Vec<usize>,
    /// Whether it was observed after the date of the case.
    pub(crate) later: bool,
    pub(crate) basis: BasisView,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct EffectView {
    pub(crate) when: String,
    pub(crate) text: String,
    /// Whether the outcome brings it about.
    pub(crate) applied: bool,
    pub(crate) basis: BasisView,
}

/// Three actors with ties between each two: at rest when the product of the signs is positive
/// (Heider). A reading of ties, not a forecast.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct TriadView {
    pub(crate) actors: [usize; 3],
    /// Signs between first and second, second and third, first and third.
    pub(crate) signs: [i8; 3],
    pub(crate) at_rest: bool,
    /// Whether it was at rest before, when the outcome changes that.
    pub(crate) was_at_rest: Option<bool>,
    pub(crate) text: String,
}
