//! A set of states, however it is held.

use detente_model::{OptionId, OutcomeStates, Pattern, State};
use num_bigint::BigUint;

use crate::structure::{Ask, Structure};
use crate::symbolic::structure_of_list;

/// Longer lists have no structure computed.
pub(crate) const MOST_LISTED: usize = crate::caps::STRUCTURE.size();

/// A set of feasible states: a list, a bitmap or a decision diagram.
pub trait StateSet: Send + Sync {
    /// How many states.
    fn count(&self) -> BigUint;

    /// Whether `state` is in the set.
    fn contains(&self, state: &State) -> bool;

    /// Up to `most` states, the least state numbers, ascending.
    fn first(&self, most: usize) -> Vec<State>;

    /// The Minato–Morreale irredundant cover in option order, largest pattern first
    /// (ties in the order of the cells, `Y` before `N` before `-`). Graph form: empty and complete.
    fn patterns(&self, most: usize) -> Cover;

    /// Some large patterns inside the set, largest first, each of which is needed beside the others:
    /// those of [`StateSet::patterns`], or, where that is too much work, found one by one.
    fn large_patterns(&self, most: usize) -> Cover {
        self.patterns(most)
    }

    /// Options that have one value in every state of the set, in option order; none when the
    /// set is empty or in graph form.
    fn fixed(&self) -> Vec<(OptionId, bool)>;

    /// What the states of the set have in common; `None` in graph form, and for lists of more than
    /// 2^18 states.
    fn structure(&self, ask: &Ask) -> Option<Structure> {
        let states = self.first(MOST_LISTED + 1);
        let fits = ask.options > 0 && states.len() <= MOST_LISTED;
        fits.then(|| structure_of_list(&states, ask))
    }

    /// The states of the set that are in `outcome`.
    fn among(&self, outcome: &OutcomeStates) -> Box<dyn StateSet + '_>;

    /// Whether there is no state.
    fn is_empty(&self) -> bool {
        self.first(1).is_empty()
    }
}

/// Patterns that together stand for a set of states.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cover {
    /// Largest first.
    pub patterns: Vec<Pattern>,
    /// Whether these are all: false when cut short, or when computing them would have taken
    /// more than a fixed amount of work (then possibly none).
    pub complete: bool,
}
