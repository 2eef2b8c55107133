//! The outcomes that last, one by one, in `detente/solve/1`.

use schemars::JsonSchema;
use serde::Serialize;

use super::StruckInfo;

/// Why outcomes last, who could undo them, on whose word they rest.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LastingInfo {
    /// Under which concept they last: `nash`.
    pub(crate) concept: String,
    /// Whether these are all such outcomes; else there is one for each outcome name, none when a bound cut
    /// the concept short.
    pub(crate) complete: bool,
    /// The outcomes.
    pub(crate) outcomes: Vec<StandingInfo>,
}

/// One outcome that lasts.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct StandingInfo {
    /// Which: a full pattern, or the id in graph form.
    pub(crate) state: String,
    /// Why nobody leaves it alone, in one sentence.
    pub(crate) why: String,
    /// Who could undo it together.
    pub(crate) undone: UndoneInfo,
    /// What it rests on most.
    pub(crate) resting: RestingInfo,
}

/// The smallest coalitions that could undo an outcome to the gain of all their members.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct UndoneInfo {
    /// No part of one of these could.
    pub(crate) coalitions: Vec<UndoingInfo>,
    /// Coalitions of up to so many actors were looked at.
    pub(crate) size: usize,
    /// Whether these are all.
    pub(crate) complete: bool,
}

/// One such coalition.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct UndoingInfo {
    /// Ids of the members.
    pub(crate) coalition: Vec<String>,
    /// How many outcomes it could go to.
    pub(crate) count: usize,
    /// The first 64 of them, as `state`.
    pub(crate) to: Vec<String>,
}

/// Parts of the evidence (single claims, single speakers, the assumptions) that an outcome rests on;
/// empty lists: none alone matters.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RestingInfo {
    /// Without each of these alone it does not last.
    pub(crate) overturned: Vec<StruckInfo>,
    /// Without each of these alone it lasts, but an actor stays for want of any motive.
    pub(crate) unsupported: Vec<StruckInfo>,
    /// How many parts could not be struck alone: the case cannot stand without them, or it was too
    /// much work.
    pub(crate) left_out: usize,
}
