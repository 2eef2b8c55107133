//! Where every feasible state stands in each actor's order.

use detente_model::{ActorId, Form, Game, State};

use super::{lists, score, space::Space};
use crate::{Bounds, SolveError, Watch};

/// The feasible states of a game and each actor's rank of each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ranks {
    space: Space,
    ranks: Vec<Vec<u32>>,
    /// For each actor, the best rank and one.
    levels: Vec<usize>,
}

impl Ranks {
    /// How many feasible states there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.space.places()
    }

    /// Never: a game has a feasible state.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The state at `place`, counted from 0 in ascending order of state numbers; `None` past the end.
    #[must_use]
    pub fn state(&self, place: usize) -> Option<State> {
        (place < self.len()).then(|| State::from_number(self.space.number(place)))
    }

    /// The place of a state; `None` when it is not feasible. Logarithmic in the number of states.
    #[must_use]
    pub fn place(&self, state: &State) -> Option<usize> {
        self.space.place(state.number()?)
    }

    /// The rank of every state for `actor`, by place: 0 for the least preferred, one more for
    /// each better level, equal for ties. Empty when there is no such actor.
    #[must_use]
    pub fn of(&self, actor: ActorId) -> &[u32] {
        self.ranks.get(actor.index()).map_or(&[], Vec::as_slice)
    }

    /// How many levels `actor` tells apart: the best rank and one. Asking costs nothing.
    #[must_use]
    pub fn levels(&self, actor: ActorId) -> usize {
        self.levels.get(actor.index()).copied().unwrap_or_default()
    }
}

/// The feasible states of `game`, ascending, and every actor's rank of each.
///
/// # Complexity
/// Enumeration of the states, one pass of all formulas over 64 states at a time, and one sort of
/// the scores per actor.
///
/// # Errors
/// [`SolveError::NoFeasibleState`], a ranking that leaves out or repeats a state, more than 64
/// options, or a bound.
pub fn ranks(game: &Game, bounds: &Bounds, watch: &dyn Watch) -> Result<Ranks, SolveError> {
    let space = match &game.form {
        Form::Options(form) => {
            let numbers = lists::list(form, game.actor_count(), bounds, watch)?;
            Space::List { options: form.options.len() as u32, numbers }
        }
        Form::Graph(form) if form.states.is_empty() => return Err(SolveError::NoFeasibleState),
        Form::Graph(form) => Space::Graph { states: form.states.len() as u32 },
    };
    let ranks: Vec<Vec<u32>> =
        lists::all_scores(&space, game)?.iter().map(|scores| score::dense(&space, scores)).collect();
    let levels = ranks.iter().map(|list| list.iter().max().map_or(0, |best| *best as usize + 1)).collect();
    Ok(Ranks { space, ranks, levels })
}
