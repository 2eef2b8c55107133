//! `detente/price/1`: the least change that makes an outcome last, or no longer lets it.

use detente_engine::price::{Change, Costs};
use detente_model::Conflict;
use schemars::JsonSchema;
use serde::Serialize;

use super::{CaseInfo, LimitInfo, Program};

super::schema_name!(
    /// `detente/price/1`.
    "detente/price/1"
);

/// What `price --format json` prints.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Price {
    /// `detente/price/1`.
    pub schema: SchemaName,
    /// Which program wrote this.
    pub program: Program,
    /// Which case this is about.
    pub case: CaseInfo,
    /// The question that it answers; null when an outcome was named.
    pub question: Option<String>,
    /// The outcome in words.
    pub outcome: String,
    /// Under which concept.
    pub concept: String,
    /// What each kind of change costs.
    pub costs: CostsInfo,
    /// The highest cost that was looked at.
    pub most: u32,
    /// The answer in sentences, one per aim.
    pub text: Vec<String>,
    /// What was found, for each aim that is not met as things are, or was asked for.
    pub aims: Vec<AimInfo>,
    /// Bounds that were hit.
    pub limits: Vec<LimitInfo>,
}

/// What each kind of change costs.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CostsInfo {
    /// A wish is given up.
    pub drop: u32,
    /// A wish is turned round.
    pub flip: u32,
    /// A wish moves to another place.
    #[serde(rename = "move")]
    pub shift: u32,
    /// An actor comes to wish the outcome, or that it is not so.
    pub add: u32,
    /// An option is never on.
    pub forbid: u32,
}

impl From<Costs> for CostsInfo {
    fn from(costs: Costs) -> Self {
        Self { drop: costs.drop, flip: costs.flip, shift: costs.shift, add: costs.add, forbid: costs.forbid }
    }
}

/// The least change for one aim.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AimInfo {
    /// `possible` (some equilibrium has the outcome), `certain` (there are equilibria, and all have it) or `never`.
    pub aim: String,
    /// The least cost at which it is met, 0 as things are; null: none was found.
    pub cost: Option<u32>,
    /// Everything that costs less than this was tried without success; 0: nothing was.
    pub below: u32,
    /// Games that were solved.
    pub games: usize,
    /// All ways at that cost (at least these, when a bound was hit).
    pub ways: Vec<PriceWay>,
}

/// A set of changes that together meet the aim.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PriceWay {
    /// In words.
    pub text: String,
    /// Whether the outcome is still possible after it.
    pub possible: bool,
    /// The changes.
    pub changes: Vec<PriceChange>,
}

/// One change of what an actor wants or can do.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PriceChange {
    /// `drop`, `flip`, `move`, `add` or `forbid`.
    pub change: String,
    /// Whose wish; null for `forbid`.
    pub actor: Option<String>,
    /// The wish, by its place from 1; null for `add` and `forbid`.
    pub place: Option<usize>,
    /// Its place afterwards, from 1; for `move` and `add`.
    pub to: Option<usize>,
    /// The option, for `forbid`.
    pub option: Option<String>,
}

impl PriceChange {
    /// Of `conflict`.
    pub fn of(conflict: &Conflict, change: Change) -> Self {
        let (word, actor, place, to, option) = match change {
            Change::Drop { actor, place } => ("drop", Some(actor), Some(place), None, None),
            Change::Flip { actor, place } => ("flip", Some(actor), Some(place), None, None),
            Change::Move { actor, place, to } => ("move", Some(actor), Some(place), Some(to), None),
            Change::Add { actor, to } => ("add", Some(actor), None, Some(to), None),
            Change::Forbid(option) => ("forbid", None, None, None, Some(option)),
        };
        let game = &conflict.game;
        Self {
            change: word.to_owned(),
            actor: actor.and_then(|actor| game.actors.get(actor.index())).map(|actor| actor.id.clone()),
            place: place.map(|place| place + 1),
            to: to.map(|to| to + 1),
            option: option.map(|option| game.option_name(option)),
        }
    }
}
