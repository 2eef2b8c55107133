//! `detente/rank/1`: an actor's order of outcomes.

use schemars::JsonSchema;
use serde::Serialize;

use super::{CaseInfo, Program};

super::schema_name!(
    /// `detente/rank/1`.
    "detente/rank/1"
);

/// What `rank --format json` prints.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Rank {
    /// `detente/rank/1`.
    pub(crate) schema: SchemaName,
    /// Which program wrote this.
    pub(crate) program: Program,
    /// Which case this is about.
    pub(crate) case: CaseInfo,
    /// Whose order.
    pub(crate) actor: String,
    /// What it wants, most important first; empty for a ranking by states.
    pub(crate) wishes: Vec<Wish>,
    /// The outcomes, best first; null under `--between` and when there are too many to sort.
    pub(crate) order: Option<OrderInfo>,
    /// Under `--between`: the comparison.
    pub(crate) between: Option<BetweenInfo>,
}

/// A wish.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Wish {
    /// Its place, from 1.
    pub(crate) place: usize,
    /// What should hold, as a formula.
    pub(crate) that: String,
    /// Its weight, where wishes are weighed.
    pub(crate) weight: Option<i64>,
    /// Ids of the claims that it rests on.
    pub(crate) because: Vec<String>,
    /// Whether the analyst assumed it.
    pub(crate) assumption: bool,
}

/// Groups of outcomes, best first.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OrderInfo {
    /// How many groups there are.
    pub(crate) count: usize,
    /// The best of them, at most `--list`.
    pub(crate) groups: Vec<Group>,
}

/// Outcomes between which the actor is indifferent.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Group {
    /// From 1, the best.
    pub(crate) rank: usize,
    /// State numbers, ascending, in decimal.
    pub(crate) states: Vec<String>,
    /// The place of the wish that puts it above the next group; null for the last group and where
    /// weights or a ranking decide.
    pub(crate) above_next_by: Option<usize>,
}

/// Two outcomes compared.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct BetweenInfo {
    /// The first, as a state number in decimal.
    pub(crate) first: String,
    /// The second.
    pub(crate) second: String,
    /// Which of them is preferred: `first`, `second`, or null when the actor is indifferent.
    pub(crate) preferred: Option<Preferred>,
    /// The place of the wish that decides; null where none does.
    pub(crate) wish: Option<usize>,
    /// The comparison in words.
    pub(crate) text: String,
}

/// One of two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Preferred {
    /// The first.
    First,
    /// The second.
    Second,
}
