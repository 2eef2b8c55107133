//! The outcomes that last, one by one, in `detente/solve/2`.

use schemars::JsonSchema;
use serde::Serialize;

use super::StruckInfo;

/// Why outcomes last, who could undo them, on whose word they rest.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LastingInfo {
    /// Under which concept they last: `nash`.
    pub concept: String,
    /// Whether these are all such outcomes; else there is one for each outcome name, none when a bound cut
    /// the concept short.
    pub complete: bool,
    /// The outcomes.
    pub outcomes: Vec<StandingInfo>,
}

/// One outcome that lasts.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StandingInfo {
    /// Which: a full pattern, or the id in graph form.
    pub state: String,
    /// Why nobody leaves it alone, in one sentence.
    pub why: String,
    /// Who could undo it together.
    pub undone: UndoneInfo,
    /// What it rests on most.
    pub resting: RestingInfo,
}

/// The smallest coalitions that could undo an outcome to the gain of all their members.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UndoneInfo {
    /// No part of one of these could.
    pub coalitions: Vec<UndoingInfo>,
    /// Coalitions of up to so many actors were looked at.
    pub size: usize,
    /// Whether these are all.
    pub complete: bool,
}

/// One such coalition.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UndoingInfo {
    /// Ids of the members.
    pub coalition: Vec<String>,
    /// How many outcomes it could go to.
    pub count: usize,
    /// The first 64 of them, as `state`.
    pub to: Vec<String>,
}

/// Parts of the evidence (single claims, single speakers, the assumptions) that an outcome rests on;
/// empty lists: none alone matters.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RestingInfo {
    /// Without each of these alone it does not last.
    pub overturned: Vec<StruckInfo>,
    /// Without each of these alone it lasts, but an actor stays for want of any motive.
    pub unsupported: Vec<StruckInfo>,
    /// How many parts could not be struck alone: the case cannot stand without them, or it was too
    /// much work.
    pub left_out: usize,
}
