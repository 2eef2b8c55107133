//! `detente/price/1`: the deeds, and the least change, that make an outcome last, or no longer let it.

use detente_engine::price::{Change, Costs, Deed};
use detente_model::{ActorId, Concept, Conflict, Preference};
use schemars::JsonSchema;
use serde::Serialize;

use super::{CaseInfo, LimitInfo, Program};
use crate::find::deeds::{Gain, Plan, Plans, Standing};
use crate::say::{deeds as say, names};

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
    /// The answer in sentences: for each aim what can be done, and what it would take otherwise.
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
    /// What can be done for it without anybody changing its mind; null: it was not asked, or it is met as things are.
    pub deeds: Option<DeedsInfo>,
    /// Games that were solved, but for those of deeds.
    pub games: usize,
    /// All ways at that cost (at least these, when a bound was hit).
    pub ways: Vec<PriceWay>,
}

/// The sets of deeds that meet the aim.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DeedsInfo {
    /// All sets of up to so many deeds were tried.
    pub upto: usize,
    /// How many single deeds there are.
    pub single: usize,
    /// Games that were solved for them.
    pub games: usize,
    /// The sets of which no part meets the aim, by who would carry them out.
    pub plans: Vec<PlanInfo>,
}

/// A set of deeds that together meet the aim.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlanInfo {
    /// In words.
    pub text: String,
    /// Whether those who have to act would want to, in words; may be empty.
    pub willing: String,
    /// Why the others go along, in words; may be empty.
    pub others: String,
    /// `wanted` (those who have to act would, of themselves), `paid` (where an incentive pays for what they do not want)
    /// or `unwanted`.
    pub standing: String,
    /// What it costs: the costs of the levers, 1 for a deed without.
    pub cost: f64,
    /// Whether the case has a lever on each of the deeds.
    pub levers: bool,
    /// Whether the outcome is still possible after it.
    pub possible: bool,
    /// The deeds.
    pub deeds: Vec<DeedInfo>,
    /// What each actor has of it, in file order.
    pub gains: Vec<PlanGain>,
    /// How many outcomes last then (decimal).
    pub lasts: String,
    /// The first of them by name.
    pub names: Vec<String>,
}

/// What an actor has of it that something else lasts.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlanGain {
    /// Who.
    pub actor: String,
    /// `gains`, `loses`, `same`, `mixed` or `unknown`.
    pub gain: String,
}

/// One deed.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DeedInfo {
    /// `reason`, `offer`, `keep`, `give_up`, `believe`, `put_off`, `not_wait` or `compensate`.
    pub deed: String,
    /// Who would do it; of what is in nobody's hands, who could see to it.
    pub by: Vec<String>,
    /// The actor that gets the reason or the compensation.
    pub actor: Option<String>,
    /// The option or act, of a level its thing.
    pub option: Option<String>,
    /// The level that it is to stand above (not above), where it has levels; null: at all.
    pub above: Option<String>,
    /// The saying that is counted on.
    pub said: Option<String>,
    /// The date that is put off.
    pub deadline: Option<String>,
    /// The wish that no longer matters, by its id.
    pub wish: Option<String>,
}

impl DeedsInfo {
    /// Of `conflict`.
    pub fn of(conflict: &Conflict, concept: Concept, plans: &Plans) -> Self {
        let plans_of = plans.list.iter().map(|plan| PlanInfo::of(conflict, concept, plan)).collect();
        Self { upto: plans.upto, single: plans.single, games: plans.games, plans: plans_of }
    }
}

impl PlanInfo {
    fn of(conflict: &Conflict, concept: Concept, plan: &Plan) -> Self {
        let word = |all: &[(Gain, &str)], gain: Gain| {
            all.iter().find(|(other, _)| *other == gain).map_or("", |(_, word)| *word).to_owned()
        };
        let standing = Standing::ALL.iter().find(|(standing, _)| *standing == plan.standing);
        let actors = &conflict.game.actors;
        let gains = plan
            .gains
            .iter()
            .zip(actors)
            .map(|(gain, actor)| PlanGain { actor: actor.id.clone(), gain: word(&Gain::ALL, *gain) });
        Self {
            text: say::plan(conflict, plan),
            willing: say::willing(conflict, plan),
            others: say::others(conflict, concept, plan),
            standing: standing.map_or("", |(_, word)| *word).to_owned(),
            cost: plan.set.cost,
            levers: plan.set.levers,
            possible: plan.set.possible,
            deeds: plan
                .set
                .deeds
                .iter()
                .zip(&plan.by)
                .map(|(deed, by)| DeedInfo::of(conflict, *deed, by))
                .collect(),
            gains: gains.collect(),
            lasts: plan.count.to_string(),
            names: names::briefly(conflict, &plan.first),
        }
    }
}

impl DeedInfo {
    fn of(conflict: &Conflict, deed: Deed, by: &[ActorId]) -> Self {
        let game = &conflict.game;
        let id = |actor: ActorId| game.actors.get(actor.index()).map(|actor| actor.id.clone());
        let mut info = Self {
            deed: String::new(),
            by: by.iter().filter_map(|actor| id(*actor)).collect(),
            actor: None,
            option: None,
            above: None,
            said: None,
            deadline: None,
            wish: None,
        };
        let (word, switch) = match deed {
            Deed::Reason(actor, switch, _) => {
                info.actor = id(actor);
                ("reason", Some(switch))
            }
            Deed::Offer(switch) => ("offer", Some(switch)),
            Deed::Keep(switch) => ("keep", Some(switch)),
            Deed::GiveUp(switch) => ("give_up", Some(switch)),
            Deed::NotWait(switch, ..) => ("not_wait", Some(switch)),
            Deed::Believe(at) => {
                info.said = conflict.said.get(at).map(|said| said.id.clone());
                ("believe", None)
            }
            Deed::PutOff(at) => {
                info.deadline = game.deadlines.get(at).map(|date| date.id.clone());
                ("put_off", None)
            }
            Deed::Compensate(actor, place) => {
                info.actor = id(actor);
                info.wish = match game.preferences.get(actor.index()) {
                    Some(Preference::Statements(list)) => list.get(place).and_then(|one| one.id.clone()),
                    Some(Preference::Weights(list)) => list.get(place).and_then(|one| one.id.clone()),
                    _ => None,
                };
                ("compensate", None)
            }
        };
        word.clone_into(&mut info.deed);
        info.option = switch.map(|switch| game.option_name(switch));
        let form = game.option_form();
        info.above = switch.and_then(|switch| {
            let scale = form?.scale_of(switch)?;
            let bit = switch.index() - scale.first.index();
            let below = if scale.can_be_off() { bit.checked_sub(1)? } else { bit };
            Some(scale.values.word(below))
        });
        info
    }
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
    /// The wish, by its place from 1 (one over levels counts as one); null for `add` and `forbid`.
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
