//! A solved conflict, with what reports ask of it again and again.

use std::sync::Arc;

use detente_engine::{Level, LimitHit, Order, Settings, Solution, SolveError, StateSet, Watch};
use detente_model::{ActorId, Concept, Conflict, Expr, MoverId, OutcomeStates, State};
use num_bigint::BigUint;

use crate::find::caps::MOVES;
use crate::find::states;
use crate::find::together::Memo;

/// Whoever waits for the answers: time, a signal to stop, a page that was closed. One for everything that is asked.
pub type Waiting = Arc<dyn Watch + Send + Sync>;

/// A conflict (the case as written, or a variant of it) with its verdicts.
pub struct Findings {
    /// What was solved.
    pub conflict: Conflict,
    /// What was found.
    pub solution: Solution,
    /// Who could leave which outcome together, as far as somebody has asked.
    pub joint: Memo,
    /// Asked by everything that is computed from here on.
    pub watch: Waiting,
}

/// A conflict that could not be solved.
#[derive(Clone, Debug, PartialEq)]
pub struct Unsolved {
    /// Which.
    pub conflict: Conflict,
    /// Why not.
    pub error: SolveError,
}

/// Somebody who would leave some of the states looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaver {
    /// Who: an actor, or several by an act.
    pub mover: MoverId,
    /// How many of the states they would leave.
    pub states: BigUint,
}

/// Who would leave, of how many states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leavers {
    /// Who, by mover.
    pub list: Vec<Leaver>,
    /// How many states were looked at.
    pub of: BigUint,
}

impl Leavers {
    /// Those who would leave most of them first.
    #[must_use]
    pub fn most_first(mut self) -> Self {
        self.list.sort_by(|a, b| b.states.cmp(&a.states).then(a.mover.cmp(&b.mover)));
        self
    }
}

impl Findings {
    /// Solves `conflict`; this is the one place outside the engine that does. What is asked further asks `watch`.
    ///
    /// # Errors
    /// As [`detente_engine::solve()`]; the conflict comes back with it.
    pub fn solve(conflict: Conflict, settings: &Settings, watch: &Waiting) -> Result<Self, Box<Unsolved>> {
        match detente_engine::solve(&conflict.game, settings, &**watch) {
            Ok(solution) => Ok(Self::new(conflict, solution, Arc::clone(watch))),
            Err(error) => Err(Box::new(Unsolved { conflict, error })),
        }
    }

    /// What was found about `conflict`; what is asked of it further asks `watch`.
    pub fn new(conflict: Conflict, solution: Solution, watch: Waiting) -> Self {
        Self { conflict, solution, joint: Memo::default(), watch }
    }

    /// Whether nobody waits any longer for `what` ("the question `q`"): the bound that was hit.
    pub fn stopped(&self, what: &str) -> Option<LimitHit> {
        self.watch.stop().map(|stop| LimitHit {
            stop,
            what: what.to_owned(),
            limit: stop.words().to_owned(),
            reached: String::new(),
            exact: "what is said of everything else".to_owned(),
        })
    }

    /// The feasible states.
    pub fn feasible(&self) -> Box<dyn StateSet + '_> {
        self.solution.verdicts.feasible()
    }

    /// The equilibria of `concept`; `None` when they were not computed.
    pub fn equilibria(&self, concept: Concept) -> Option<Box<dyn StateSet + '_>> {
        self.solution.verdicts.equilibria(concept)
    }

    /// What lasts under `concept`: the equilibria within reach of where things stand that no date undoes; `None` when
    /// that was not computed. Questions are answered from it.
    pub fn lasting(&self, concept: Concept) -> Option<Box<dyn StateSet + '_>> {
        self.solution.verdicts.lasting(concept)
    }

    /// How many feasible states are in `outcome`.
    pub fn count(&self, outcome: &OutcomeStates) -> BigUint {
        self.feasible().among(outcome).count()
    }

    /// How many of what lasts under `concept` is in `outcome`.
    pub fn count_lasting(&self, concept: Concept, outcome: &OutcomeStates) -> Option<BigUint> {
        Some(self.lasting(concept)?.among(outcome).count())
    }

    /// Who would leave some of the states of `outcome` under `which`, alone or with others by an act, in the order of
    /// [`detente_model::Game::movers`]; of those in which chance events stand as today. `None` when that was not
    /// computed, or there are none.
    pub fn leavers(&self, which: Concept, outcome: &OutcomeStates) -> Option<Leavers> {
        let outcome = &self.as_today(outcome);
        let of = self.count(outcome);
        if of == BigUint::ZERO {
            return None;
        }
        let mut list = Vec::new();
        for mover in (0..self.conflict.game.movers().len()).map(MoverId::from) {
            let stays = self.solution.verdicts.stable_for(which, mover)?.among(outcome).count();
            if stays < of {
                list.push(Leaver { mover, states: &of - stays });
            }
        }
        Some(Leavers { list, of })
    }

    /// The states of `outcome` in which chance events stand as today.
    fn as_today(&self, outcome: &OutcomeStates) -> OutcomeStates {
        let here = self.conflict.game.slices().swap_remove(0).here;
        match outcome {
            OutcomeStates::Formula(that) => {
                let as_is = here.into_iter().map(|(chance, on)| {
                    let happened = Expr::Option(chance);
                    if on { happened } else { happened.negate() }
                });
                OutcomeStates::Formula(Expr::And(std::iter::once(that.clone()).chain(as_is).collect()))
            }
            OutcomeStates::Listed(states) => {
                let as_is = |state: &&State| here.iter().all(|(chance, on)| state.is_on(*chance) == *on);
                OutcomeStates::Listed(states.iter().filter(as_is).cloned().collect())
            }
        }
    }

    /// Whether `actor` would leave `from` by a step of its own, by its verdict: known also where there are too many steps to
    /// look at where to. `None` when no verdict was computed.
    pub fn leaves(&self, actor: ActorId, from: &State) -> Option<bool> {
        Some(!self.solution.verdicts.stable_for(Concept::Nash, MoverId(actor.0))?.contains(from))
    }

    /// What `actor` prefers to `from` and can reach by a step of its own, best first, ties by
    /// state number; `None` when there are too many steps to look at.
    pub fn improvements(&self, actor: ActorId, from: &State) -> Option<Vec<State>> {
        let mut better = self.better(actor, from)?;
        better.sort_by(|a, b| b.0.cmp(&a.0));
        Some(better.into_iter().map(|(_, to)| to).collect())
    }

    /// What all parties of `mover` prefer to `from` and it can reach in one step: the best for the first of them.
    pub fn best(&self, mover: MoverId, from: &State) -> Option<State> {
        let game = &self.conflict.game;
        if mover.index() < game.actors.len() {
            // Of those that stand highest the last one is taken, so they come in reverse.
            let better = self.better(ActorId(mover.0), from)?;
            return Some(better.into_iter().rev().max_by(|a, b| a.0.cmp(&b.0))?.1);
        }
        let movers = game.movers();
        let of = movers.get(mover.index())?;
        let orders: Vec<Order<'_>> = of.parties.iter().filter_map(|party| Order::new(game, *party)).collect();
        let moves = game.moves_of(of, from, &mut |to| self.feasible().contains(to), MOVES.most)?;
        let better = |to: &State| orders.iter().all(|order| order.level(to) > order.level(from));
        moves.into_iter().find(better)
    }

    /// What `actor` prefers to `from` and can reach by a step of its own, by state number.
    fn better(&self, actor: ActorId, from: &State) -> Option<Vec<(Level, State)>> {
        let game = &self.conflict.game;
        let order = Order::new(game, actor)?;
        let here = order.level(from);
        let moves = states::moves(game, actor, from)?.into_iter();
        Some(moves.map(|to| (order.level(&to), to)).filter(|(level, _)| *level > here).collect())
    }
}
