//! Verdicts of the reference engine: plain lists of states.

use detente_model::{Concept, Form, Game, MoverId, OptionId, OutcomeStates, Slice, State};
use num_bigint::BigUint;

use super::world::World;
use crate::{Cover, StateSet, Verdicts, cover};

/// The feasible states, and per concept and actor whether each is stable.
pub(super) struct ReferenceVerdicts {
    form: Form,
    states: Vec<State>,
    stable: Vec<(Concept, Vec<Vec<bool>>)>,
    slices: Vec<Slice>,
    /// Per slice: the states within reach of its start; `None`: a rule forbids the start.
    reach: Vec<Option<Vec<bool>>>,
    /// The states that every date leaves as they are.
    unmoved: Vec<bool>,
}

impl ReferenceVerdicts {
    pub(super) fn new(game: &Game, world: &World) -> Self {
        let slices = game.slices();
        let reach = slices.iter().map(|slice| match &slice.start {
            None => Some(world.states.iter().map(|state| slice.has(state)).collect()),
            Some(Err(_)) => None,
            Some(Ok(start)) => Some(within_reach(game, world, start)),
        });
        let stays = |state: &State| game.deadlines_ahead().all(|date| game.after(date, state) == *state);
        Self {
            form: game.form.clone(),
            states: world.states.clone(),
            stable: Vec::new(),
            reach: reach.collect(),
            unmoved: world.states.iter().map(stays).collect(),
            slices,
        }
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

/// What anybody's moves and dates lead to from `start`.
pub(super) fn within_reach(game: &Game, world: &World, start: &State) -> Vec<bool> {
    let mut reached = vec![false; world.states.len()];
    let mut to_do: Vec<usize> = world.place(start).into_iter().collect();
    while let Some(s) = to_do.pop() {
        if std::mem::replace(&mut reached[s], true) {
            continue;
        }
        to_do.extend(world.moves.iter().flat_map(|moves| &moves[s]));
        let dated = game.deadlines_ahead().map(|date| game.after(date, &world.states[s]));
        to_do.extend(dated.filter_map(|state| world.place(&state)));
    }
    reached
}

impl Verdicts for ReferenceVerdicts {
    fn feasible(&self) -> Box<dyn StateSet + '_> {
        self.list(|_| true)
    }

    fn reach_in(&self, slice: usize) -> Option<Box<dyn StateSet + '_>> {
        let reach = self.reach.get(slice)?.as_ref()?;
        Some(self.list(|s| reach[s]))
    }

    fn stable_in(&self, slice: usize, concept: Concept, mover: MoverId) -> Option<Box<dyn StateSet + '_>> {
        let (slice, stable) = (self.slices.get(slice)?, self.of(concept)?.get(mover.index())?);
        Some(self.list(|s| stable[s] && slice.has(&self.states[s])))
    }

    fn equilibria_in(&self, slice: usize, concept: Concept) -> Option<Box<dyn StateSet + '_>> {
        let (slice, stable) = (self.slices.get(slice)?, self.of(concept)?);
        Some(self.list(|s| stable.iter().all(|of_mover| of_mover[s]) && slice.has(&self.states[s])))
    }

    fn lasting_in(&self, slice: usize, concept: Concept) -> Option<Box<dyn StateSet + '_>> {
        let (reach, stable) = (self.reach.get(slice)?.as_ref()?, self.of(concept)?);
        Some(self.list(|s| stable.iter().all(|of_mover| of_mover[s]) && reach[s] && self.unmoved[s]))
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
