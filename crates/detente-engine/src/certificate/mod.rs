//! Certificates: a witness for one verdict, which anybody can check against the definitions.
//!
//! [`build()`] finds a witness by search from the state, [`check()`] validates one. The two share
//! the types of this file and nothing else: `check` knows the definitions only.
//!
//! # What a certificate claims
//! Let `i` be the actor, `s` the state. *Improvements* are the states that `i` can move to from
//! `s` in one step and strictly prefers.
//! * Every improvement is in exactly one entry of `improvements`.
//! * An entry with a `sanction` claims of each of its improvements: the sequence is one that the
//!   opponents may take under the concept and the reading, and it ends in a state that sanctions.
//!   Under nash no entry has one. An entry with an empty sanction claims nothing more.
//! * `stable` claims that every entry has a sanction (nash: that there is no entry).
//! * `unanswered`, present exactly when not `stable`, names an improvement and a set of states,
//!   `closure`, that holds it and every state that the opponents can bring about from it under the
//!   concept and the reading, and in which no state sanctions.
//!
//! A state `t` *sanctions* when `i` likes it no better than `s`; under smr and sseq also every
//! state that `i` can move to from `t` must be no better than `s`.
//!
//! # Patterns
//! Where there are too many states to list, patterns stand for them. In `improvements` and
//! `closure` a pattern stands for the feasible states that match it (in an entry: for the
//! improvements among them). In a step of a sanction a pattern says what the mover's options
//! become: an open cell keeps its value from the state before.

mod build;
mod check;
mod consent;
mod grounds;

use detente_model::{ActorId, Concept, MoverId, OptionId, Pattern, Sequences, State};

use crate::{Deciding, LimitHit};

pub use build::{Search, build};
pub use check::{CHECK_WORK, Checker, Fault, check};
pub use consent::{Consent, Proposal, Refusal};
pub use grounds::{claims, deciding_grounds, path};

/// A witness for the verdict on one state, for one actor, under one concept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// The reading of joint sanctions. Means nothing under nash and sim.
    pub sequences: Sequences,
    /// For whom.
    pub actor: ActorId,
    /// Under which concept.
    pub concept: Concept,
    /// Of which state.
    pub state: State,
    /// The verdict.
    pub stable: bool,
    /// All improvements, each in one entry; from [`build()`]: one entry each, best first.
    pub improvements: Vec<Improvement>,
    /// When not stable: an improvement that no answer sanctions.
    pub unanswered: Option<Unanswered>,
}

/// An improvement, or several that are answered in the same way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Improvement {
    /// Where to.
    pub to: Target,
    /// What makes it better than where the actor stands. `None` only for a pattern whose
    /// improvements are not all decided alike.
    pub gain: Option<Deciding>,
    /// The answer: moves of opponents, one after the other. Under sim: improvements of opponents
    /// from the state itself, at most one each, that are taken together with the improvement.
    /// Empty: no answer is claimed.
    pub sanction: Vec<Step>,
    /// What decides between the state (first) and the end of the sanction (second). `None`:
    /// the actor is indifferent, or there is no sanction, or the ends of a pattern are not all
    /// decided alike.
    pub because: Option<Deciding>,
}

/// One move of a sanction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Who moves: an actor, or several together.
    pub mover: MoverId,
    /// Where to; see the module on patterns.
    pub to: Target,
}

/// Why a state is not stable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unanswered {
    /// The improvement that no answer sanctions.
    pub to: State,
    /// States that hold `to` and all that the opponents can make of it, none of them a sanction.
    pub closure: Vec<Target>,
}

/// One state, or a pattern with at least one open cell.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Target {
    /// This state.
    One(State),
    /// These states; see the module on what that means where.
    Pattern(Pattern),
}

impl Target {
    /// The state, when it is one.
    #[must_use]
    pub fn one(&self) -> Option<&State> {
        match self {
            Self::One(state) => Some(state),
            Self::Pattern(_) => None,
        }
    }

    /// Whether `state` is meant.
    #[must_use]
    pub fn matches(&self, state: &State) -> bool {
        match self {
            Self::One(one) => one == state,
            Self::Pattern(pattern) => pattern.matches(state),
        }
    }

    /// The state that a step to this target leads to from `from`: closed cells are set, open
    /// cells keep their value.
    #[must_use]
    pub fn from_here(&self, from: &State) -> State {
        match self {
            Self::One(state) => state.clone(),
            Self::Pattern(pattern) => {
                let mut state = from.clone();
                for (at, cell) in pattern.cells.iter().enumerate() {
                    if let Some(on) = cell {
                        state.set(OptionId::from(at), *on);
                    }
                }
                state
            }
        }
    }
}

impl From<State> for Target {
    fn from(state: State) -> Self {
        Self::One(state)
    }
}

impl From<Pattern> for Target {
    /// A pattern without open cells is one state.
    fn from(pattern: Pattern) -> Self {
        pattern.single().map_or(Self::Pattern(pattern), Self::One)
    }
}

/// Why there is no certificate.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BuildError {
    /// No such actor.
    #[error("there is no actor at place {}", .0.index() + 1)]
    NoActor(ActorId),
    /// The state is not one of the game.
    #[error("state {0} is not possible under the rules of the case")]
    NotFeasible(State),
    /// The concept is not defined in this form.
    #[error("simultaneous stability is defined in option form only")]
    NotPossible,
    /// A bound was hit.
    #[error("{} stopped at {}", .0.what, .0.limit)]
    Limit(LimitHit),
}

#[cfg(test)]
mod tests;
