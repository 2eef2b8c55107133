//! `detente/power/1`: what votes are worth.

use detente_model::Conflict;
use schemars::JsonSchema;
use serde::Serialize;

use super::{CaseInfo, LimitInfo, Program};
use crate::find::power::{Place, Vote};
use crate::say::power as say;

super::schema_name!(
    /// `detente/power/1`.
    "detente/power/1"
);

/// What `power --format json` prints.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Power {
    /// `detente/power/1`.
    pub schema: SchemaName,
    /// Which program wrote this.
    pub program: Program,
    /// Which case this is about.
    pub case: CaseInfo,
    /// Every vote, in the order of the case.
    pub votes: Vec<VoteInfo>,
    /// Bounds that were hit.
    pub limits: Vec<LimitInfo>,
}

/// A vote.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VoteInfo {
    /// What is voted on, in words.
    pub title: String,
    /// The act; null for a formula.
    pub act: Option<String>,
    /// Whether it begins the act (else it ends it); null for a formula.
    pub begins: Option<bool>,
    /// The formula; null for an act.
    pub formula: Option<String>,
    /// The votes that suffice.
    pub needs: u64,
    /// How much it takes, and who is worth all or nothing.
    pub text: String,
    /// Who votes.
    pub members: Vec<MemberInfo>,
    /// What the swings are a share of, in decimal; null where a bound was hit.
    #[schemars(regex(pattern = r"^[0-9]+$"))]
    pub swings: Option<String>,
    /// The orders of arrival, in decimal; null where a bound was hit.
    #[schemars(regex(pattern = r"^[0-9]+$"))]
    pub orders: Option<String>,
}

/// Somebody who votes.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MemberInfo {
    /// Which actor.
    pub actor: String,
    /// With how many votes.
    pub votes: u64,
    /// How many sets of the others it turns from losing to winning, in decimal; null where a bound was hit.
    #[schemars(regex(pattern = r"^[0-9]+$"))]
    pub swings: Option<String>,
    /// In how many orders of arrival it decides, in decimal; null where a bound was hit.
    #[schemars(regex(pattern = r"^[0-9]+$"))]
    pub decides: Option<String>,
}

impl Power {
    /// The contract of `votes`.
    #[must_use]
    pub fn of(conflict: &Conflict, votes: &[Vote]) -> Self {
        let id = |at: detente_model::ActorId| {
            conflict.game.actors.get(at.index()).map_or_else(String::new, |actor| actor.id.clone())
        };
        let info = |vote: &Vote| {
            let powers = vote.powers.as_ref().ok();
            let act = |place: &Place| match place {
                Place::Act(act, _) => Some(conflict.game.option_name(*act)),
                Place::Formula(_) => None,
            };
            VoteInfo {
                title: say::title(conflict, vote),
                act: act(&vote.place),
                begins: if let Place::Act(_, begins) = vote.place { Some(begins) } else { None },
                formula: if let Place::Formula(text) = &vote.place { Some(text.clone()) } else { None },
                needs: vote.needs,
                text: say::sentence(conflict, vote),
                members: (vote.members.iter().enumerate())
                    .map(|(at, (actor, votes))| {
                        let power = powers.and_then(|powers| powers.members.get(at));
                        MemberInfo {
                            actor: id(*actor),
                            votes: *votes,
                            swings: power.map(|power| power.swings.to_string()),
                            decides: power.map(|power| power.decides.to_string()),
                        }
                    })
                    .collect(),
                swings: powers.map(|powers| powers.swings.to_string()),
                orders: powers.map(|powers| powers.orders.to_string()),
            }
        };
        Self {
            schema: SchemaName::This,
            program: Program::THIS,
            case: CaseInfo::of(conflict),
            votes: votes.iter().map(info).collect(),
            limits: votes.iter().filter_map(|vote| vote.powers.as_ref().err()).map(Into::into).collect(),
        }
    }
}
