//! Verdicts of the reference engine: plain lists of states.

use detente_model::{Concept, Form, Game, MoverId, OptionId, OutcomeStates, State};
use num_bigint::BigUint;

use super::world::World;
use crate::{Cover, StateSet, Verdicts, cover};

/// The feasible states, and per concept and actor whether each is stable.
pub(super) struct ReferenceVerdicts {
    form: Form,
    states: Vec<State>,
    stable: Vec<(Concept, Vec<Vec<bool>>)>,
}

impl ReferenceVerdicts {
    pub(super) fn new(game: &Game, world: &World) -> Self {
        Self { form: game.form.clone(), states: world.states.clone(), stable: Vec::new() }
    }

    pub(super) fn insert(&mut self, concept: Concept, stable: Vec<Vec<bool>>) {
        self.stable.push((concept, stable));
    }

    pub(super) fn is_empty(&self) -> bool {
        self.stable.is_empty()
    }

    /// The ids of the concepts that are done.
    pub(super) fn done(&self) -> Vec<&'static str> {
        self.stable.iter().map(|(concept, _)| concept.id()).collect()
    }

    fn of(&self, concept: Concept) -> Option<&Vec<Vec<bool>>> {
        self.stable.iter().find(|(c, _)| *c == concept).map(|(_, stable)| stable)
    }

    fn list(&self, holds: impl Fn(usize) -> bool) -> Box<dyn StateSet + '_> {
        let states =
            self.states.iter().enumerate().filter(|(s, _)| holds(*s)).map(|(_, state)| state.clone());
        Box::new(List { form: &self.form, states: states.collect() })
    }
}

impl Verdicts for ReferenceVerdicts {
    fn feasible(&self) -> Box<dyn StateSet + '_> {
        self.list(|_| true)
    }

    fn stable_for(&self, concept: Concept, mover: MoverId) -> Option<Box<dyn StateSet + '_>> {
        let stable = self.of(concept)?.get(mover.index())?;
        Some(self.list(|s| stable[s]))
    }

    fn equilibria(&self, concept: Concept) -> Option<Box<dyn StateSet + '_>> {
        let stable = self.of(concept)?;
        Some(self.list(|s| stable.iter().all(|of_actor| of_actor[s])))
    }
}

/// States, ascending.
struct List<'f> {
    form: &'f Form,
    states: Vec<State>,
}

impl StateSet for List<'_> {
    fn count(&self) -> BigUint {
        self.states.len().into()
    }

    fn contains(&self, state: &State) -> bool {
        self.states.binary_search(state).is_ok()
    }

    fn first(&self, most: usize) -> Vec<State> {
        self.states.iter().take(most).cloned().collect()
    }

    fn patterns(&self, most: usize) -> Cover {
        match self.form {
            Form::Graph(_) => Cover { patterns: vec![], complete: true },
            Form::Options(form) => {
                let numbers: Vec<u64> = self.states.iter().filter_map(State::number).collect();
                cover::cover(&numbers, form.options.len(), most)
            }
        }
    }

    fn fixed(&self) -> Vec<(OptionId, bool)> {
        let Form::Options(form) = self.form else { return vec![] };
        let Some(first) = self.states.first() else { return vec![] };
        (0..form.options.len())
            .map(OptionId::from)
            .map(|o| (o, first.is_on(o)))
            .filter(|&(o, on)| self.states.iter().all(|s| s.is_on(o) == on))
            .collect()
    }

    fn among(&self, outcome: &OutcomeStates) -> Box<dyn StateSet + '_> {
        let covered = |state: &&State| match (outcome, self.form) {
            (OutcomeStates::Listed(list), _) => list.contains(state),
            (OutcomeStates::Formula(f), Form::Options(form)) => form.holds(f, state),
            (OutcomeStates::Formula(_), Form::Graph(_)) => false,
        };
        Box::new(List { form: self.form, states: self.states.iter().filter(covered).cloned().collect() })
    }
}
