//! What actors say that they will do or want done, and what could move them.

use crate::{ActorId, Expr, Grounds, OptionForm, OptionId};

/// A threat, a promise, a demand, an offer: `[said.ID]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// Id in the file.
    pub id: String,
    /// What kind of saying.
    pub kind: SaidKind,
    /// Who says it.
    pub by: ActorId,
    /// To whom.
    pub to: Vec<ActorId>,
    /// Threat, promise: when.
    pub when: Option<Expr>,
    /// Threat, promise: what the speaker will do; demand, offer: what is asked or given.
    pub then: Expr,
    /// What it would cost to have it said so that it is believed.
    pub lever: Option<Lever>,
    /// What it rests on.
    pub grounds: Grounds,
}

/// Kinds of sayings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SaidKind {
    /// What the speaker will do if it is not obeyed.
    Threat,
    /// What the speaker will do if it is met.
    Promise,
    /// What it asks.
    Demand,
    /// What it gives.
    Offer,
}

impl SaidKind {
    /// All with their words in the file.
    pub const ALL: [(Self, &'static str); 4] = [
        (Self::Threat, "threat"),
        (Self::Promise, "promise"),
        (Self::Demand, "demand"),
        (Self::Offer, "offer"),
    ];
}

impl SaidKind {
    /// The word in the file.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Threat => "threat",
            Self::Promise => "promise",
            Self::Demand => "demand",
            Self::Offer => "offer",
        }
    }
}

impl Said {
    /// What carrying it out sets: `then` as switches, in a thing with levels also those that the chain takes along
    /// (what is to be at least so high is raised no further, what is to be at most so high lowered no further).
    /// `None`: `then` is not one conjunction of things that are so or not so.
    #[must_use]
    pub fn settings(&self, form: &OptionForm) -> Option<Vec<(OptionId, bool)>> {
        let mut all = Vec::new();
        for (switch, on) in self.then.literals()? {
            all.push((switch, on));
            let chain = form.scale_of(switch).into_iter().flat_map(|scale| scale.switches());
            let along = chain.filter(|other| if on { other.0 < switch.0 } else { other.0 > switch.0 });
            all.extend(along.map(|other| (other, on)));
        }
        Some(all)
    }
}

/// That an incentive could bring something about, and at what cost.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lever {
    /// The cost, in the case's own unit.
    pub cost: f64,
}

impl Eq for Lever {}

/// A wish that an incentive could change: `[[lever]]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WishLever {
    /// Whose wish.
    pub actor: ActorId,
    /// The id of the wish.
    pub wish: String,
    /// At what cost.
    pub lever: Lever,
    /// What it rests on.
    pub grounds: Grounds,
}
