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
pub struct Rank {
    /// `detente/rank/1`.
    pub schema: SchemaName,
    /// Which program wrote this.
    pub program: Program,
    /// Which case this is about.
    pub case: CaseInfo,
    /// Whose order.
    pub actor: String,
    /// What it wants, most important first; empty for a ranking by states.
    pub wishes: Vec<Wish>,
    /// The outcomes, best first; null under `--between` and when there are too many to sort.
    pub order: Option<OrderInfo>,
    /// Under `--between`: the comparison.
    pub between: Option<BetweenInfo>,
}

/// A wish.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Wish {
    /// Its place, from 1.
    pub place: usize,
    /// What should hold, as a formula.
    pub that: String,
    /// Its weight, where wishes are weighed.
    pub weight: Option<i64>,
    /// Ids of the claims that it rests on.
    pub because: Vec<String>,
    /// Whether the analyst assumed it.
    pub assumption: bool,
}

/// Groups of outcomes, best first.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OrderInfo {
    /// How many groups there are.
    pub count: usize,
    /// The best of them, at most `--list`.
    pub groups: Vec<Group>,
}

/// Outcomes between which the actor is indifferent.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// From 1, the best.
    pub rank: usize,
    /// State numbers, ascending, in decimal.
    pub states: Vec<String>,
    /// The place of the wish that puts it above the next group; null for the last group and where
    /// weights or a ranking decide.
    pub above_next_by: Option<usize>,
}

/// Two outcomes compared.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BetweenInfo {
    /// The first, as a state number in decimal.
    pub first: String,
    /// The second.
    pub second: String,
    /// Which of them is preferred: `first`, `second`, or null when the actor is indifferent.
    pub preferred: Option<Preferred>,
    /// The place of the wish that decides; null where none does.
    pub wish: Option<usize>,
    /// The comparison in words.
    pub text: String,
}

/// One of two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Preferred {
    /// The first.
    First,
    /// The second.
    Second,
}
