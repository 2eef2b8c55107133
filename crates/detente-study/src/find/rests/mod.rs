//! The facts of a reason, without a word: who can go where by which step, what answers it, which wish or
//! weight decides, which rule or one-way option keeps an actor where it is, and on which parts of the case
//! each of these rests.
//!
//! [`crate::say::reason`] is the one place that tells them.

mod answer;
mod consent;
mod stay;

use std::cmp::Reverse;
use std::collections::BTreeSet;

use detente_engine::{Deciding, Order};
use detente_model::{ActorId, ClaimId, Conflict, Form, Grounds, OptionId, Preference, State};

pub use answer::{Answered, Body, Move, Reason, Silence, Step, Then, reason};
pub use consent::{Between, Offer, consent};
pub use stay::{Hold, Kept, Stay, stay};

/// A part of the case that a reason rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Support {
    /// The statement of an actor, at this place from 0.
    Statement(ActorId, usize),
    /// The weighted statement of an actor, at this place from 0.
    Weighed(ActorId, usize),
    /// The ranking of an actor.
    Ranking(ActorId),
    /// The rule at this place.
    Rule(usize),
    /// The move taken away at this place.
    Cannot(usize),
    /// An option that cannot be undone, or not be taken up again.
    OneWay(OptionId),
    /// The condition at this place under which a switch may rise (`false`) or fall (`true`).
    Condition(OptionId, bool, usize),
}

impl Support {
    /// The wish of `actor` at this place from 0; its ranking, when it has no list of wishes.
    #[must_use]
    pub fn wish(conflict: &Conflict, actor: ActorId, at: usize) -> Self {
        match conflict.game.preferences.get(actor.index()) {
            Some(Preference::Statements(_)) => Self::Statement(actor, at),
            Some(Preference::Weights(_)) => Self::Weighed(actor, at),
            Some(Preference::Ranking(_)) | None => Self::Ranking(actor),
        }
    }

    /// What it rests on, so that it falls when that is struck. `None` for a one-way option: what is said of an
    /// option is for the reader, and no strike makes it go both ways.
    #[must_use]
    pub fn grounds(self, conflict: &Conflict) -> Option<&Grounds> {
        let game = &conflict.game;
        let preference = |actor: ActorId| game.preferences.get(actor.index());
        match self {
            Self::Statement(actor, at) => match preference(actor)? {
                Preference::Statements(list) => list.get(at).map(|s| &s.grounds),
                _ => None,
            },
            Self::Weighed(actor, at) => match preference(actor)? {
                Preference::Weights(list) => list.get(at).map(|w| &w.grounds),
                _ => None,
            },
            Self::Ranking(actor) => match preference(actor)? {
                Preference::Ranking(ranking) => Some(&ranking.grounds),
                _ => None,
            },
            Self::Rule(at) => game.option_form()?.rules.get(at).map(|rule| &rule.grounds),
            Self::Cannot(at) => game.option_form()?.cannot.get(at).map(|cannot| &cannot.grounds),
            Self::Condition(option, ends, at) => {
                let option = game.option_form()?.options.get(option.index())?;
                let conditions = if ends { &option.ends_if } else { &option.begins_if };
                conditions.get(at).map(|condition| &condition.grounds)
            }
            Self::OneWay(_) => None,
        }
    }
}

/// The claims on which `parts` rest, ascending.
#[must_use]
pub fn claims(conflict: &Conflict, parts: &[Support]) -> Vec<ClaimId> {
    let all = parts.iter().filter_map(|part| part.grounds(conflict)).flat_map(|grounds| &grounds.claims);
    all.copied().collect::<BTreeSet<_>>().into_iter().collect()
}

/// Why an actor likes one state more than another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decides {
    /// Who.
    pub actor: ActorId,
    /// What it likes more.
    pub better: State,
    /// What it likes less.
    pub worse: State,
    /// What makes the difference.
    pub by: By,
}

/// What makes the difference between two states for an actor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum By {
    /// The statement at this place from 0: fulfilled in the better one only.
    Statement(usize),
    /// Weighted statements that differ, by place from 0, what weighs most first.
    Weights {
        /// As the actor wants them in the better state only.
        more: Vec<usize>,
        /// As it wants them in the worse state only: together they weigh less.
        less: Vec<usize>,
    },
    /// The ranking.
    Ranking,
}

impl Decides {
    /// The parts of the case that make the difference.
    #[must_use]
    pub fn parts(&self) -> Vec<Support> {
        match &self.by {
            By::Statement(at) => vec![Support::Statement(self.actor, *at)],
            By::Weights { more, less } => {
                more.iter().chain(less).map(|at| Support::Weighed(self.actor, *at)).collect()
            }
            By::Ranking => vec![Support::Ranking(self.actor)],
        }
    }
}

/// What decides that `actor` likes `better` more than `worse`; `None` when it does not.
#[must_use]
pub fn decides(conflict: &Conflict, actor: ActorId, better: &State, worse: &State) -> Option<Decides> {
    let game = &conflict.game;
    let order = Order::new(game, actor)?;
    if !order.compare(better, worse).is_better() {
        return None;
    }
    let by = match order.deciding(better, worse)? {
        Deciding::Statement(at) => By::Statement(at),
        Deciding::Groups(..) => By::Ranking,
        Deciding::Weights(..) => {
            let (Some(Preference::Weights(list)), Form::Options(form)) =
                (game.preferences.get(actor.index()), &game.form)
            else {
                return None;
            };
            let (mut more, mut less) = (Vec::new(), Vec::new());
            for (at, weighed) in list.iter().enumerate().filter(|(_, w)| w.weight != 0) {
                let (in_better, in_worse) =
                    (form.holds(&weighed.that, better), form.holds(&weighed.that, worse));
                if in_better != in_worse {
                    let wanted = in_better == (weighed.weight > 0);
                    if wanted { &mut more } else { &mut less }.push(at);
                }
            }
            let heavy = |at: &usize| Reverse(list[*at].weight.unsigned_abs());
            more.sort_by_key(heavy);
            less.sort_by_key(heavy);
            By::Weights { more, less }
        }
    };
    Some(Decides { actor, better: better.clone(), worse: worse.clone(), by })
}
