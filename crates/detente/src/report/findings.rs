//! A solved conflict, with what reports ask of it again and again.

use std::cmp::Ordering;

use detente_engine::{Order, Solution, StateSet};
use detente_model::{ActorId, Concept, Conflict, OutcomeStates, State};
use num_bigint::BigUint;

use super::states;

/// A conflict (the case as written, or a variant of it) with its verdicts.
pub(crate) struct Findings {
    /// What was solved.
    pub(crate) conflict: Conflict,
    /// What was found.
    pub(crate) solution: Solution,
}

/// An actor that would leave some of the states looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Leaver {
    /// Who.
    pub(crate) actor: ActorId,
    /// How many of the states it would leave.
    pub(crate) states: BigUint,
}

impl Findings {
    /// The feasible states.
    pub(crate) fn feasible(&self) -> Box<dyn StateSet + '_> {
        self.solution.verdicts.feasible()
    }

    /// The equilibria of `concept`; `None` when they were not computed.
    pub(crate) fn equilibria(&self, concept: Concept) -> Option<Box<dyn StateSet + '_>> {
        self.solution.verdicts.equilibria(concept)
    }

    /// How many feasible states are in `outcome`.
    pub(crate) fn count(&self, outcome: &OutcomeStates) -> BigUint {
        self.feasible().among(outcome).count()
    }

    /// How many equilibria of `concept` are in `outcome`.
    pub(crate) fn count_lasting(&self, concept: Concept, outcome: &OutcomeStates) -> Option<BigUint> {
        Some(self.equilibria(concept)?.among(outcome).count())
    }

    /// The actors that could gain by a step of their own from states of `outcome`, in file order.
    /// `None` when Nash stability was not computed.
    pub(crate) fn leavers(&self, outcome: &OutcomeStates) -> Option<Vec<Leaver>> {
        let all = self.count(outcome);
        let mut found = Vec::new();
        for actor in self.conflict.game.actor_ids() {
            let stays = self.solution.verdicts.stable(Concept::Nash, actor)?.among(outcome).count();
            if stays < all {
                found.push(Leaver { actor, states: &all - stays });
            }
        }
        Some(found)
    }

    /// What `actor` prefers to `from` and can reach by a step of its own, best first, ties by
    /// state number; `None` when there are too many steps to look at.
    pub(crate) fn improvements(&self, actor: ActorId, from: &State) -> Option<Vec<State>> {
        let game = &self.conflict.game;
        let order = Order::new(game, actor)?;
        let mut better: Vec<State> = states::moves(game, actor, from)?
            .into_iter()
            .filter(|to| order.compare(to, from) == Ordering::Greater)
            .collect();
        better.sort_by(|a, b| order.compare(b, a));
        Some(better)
    }
}
