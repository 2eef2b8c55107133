//! Families of models: what a conflict is solved as, and what may be asked of it then.
//!
//! A family turns a game into something solved, and that into the answer to an [`Ask`]. What follows from many games
//! needs no more: [`crate::price`] searches for the least change of a game in any family, and a conclusion of
//! [`crate::trust`] or of a question is one [`Ask`] wherever it is asked. [`GraphModel`] is the graph model for
//! conflict resolution (Fang, Hipel & Kilgour 1993). A family of another kind (positions on a scale, say) is one
//! more file that implements the trait.

use detente_model::{Concept, Game, OutcomeStates, State};

use crate::{LimitHit, NotPossible, Settings, Solution, SolveError, Verdicts, Watch, solve};

/// Something that has the answer yes or no in a solved game.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ask<'a> {
    /// Under which concept states are equilibria.
    pub concept: Concept,
    /// What is asked of them.
    pub what: What<'a>,
}

/// What is asked of the equilibria.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What<'a> {
    /// Whether some equilibrium has the outcome.
    Possible(&'a OutcomeStates),
    /// Whether there are equilibria, and all have the outcome.
    Certain(&'a OutcomeStates),
    /// Whether no equilibrium has the outcome.
    Never(&'a OutcomeStates),
    /// Whether the state is an equilibrium.
    Lasts(&'a State),
}

/// The answer to an [`Ask`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Conclusion {
    /// Whether it is so; `None` when the equilibria are not known.
    pub holds: Option<bool>,
    /// Whether the outcome, or the state, is possible at all.
    pub possible: bool,
    /// The first bound that was hit, where one was.
    pub limit: Option<LimitHit>,
}

/// A family of models.
pub trait Family: Sync {
    /// A game that was solved.
    type Solved: Send;

    /// Whether games of this kind can be asked that.
    ///
    /// # Errors
    /// What cannot be done, as data, before anything is computed.
    fn can(&self, game: &Game, ask: &Ask<'_>) -> Result<(), NotPossible>;

    /// Solves `game`.
    ///
    /// # Errors
    /// As [`solve()`].
    fn solve(&self, game: &Game, watch: &dyn Watch) -> Result<Self::Solved, SolveError>;

    /// The answer in a solved game.
    fn conclude(&self, solved: &Self::Solved, ask: &Ask<'_>) -> Conclusion;

    /// Bounds that were hit while it was solved.
    fn limits<'s>(&self, solved: &'s Self::Solved) -> &'s [LimitHit];
}

/// The graph model, solved under these settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GraphModel(pub Settings);

impl Family for GraphModel {
    type Solved = Solution;

    fn can(&self, game: &Game, ask: &Ask<'_>) -> Result<(), NotPossible> {
        if ask.concept.is_defined_in(&game.form) { Ok(()) } else { Err(NotPossible::SimultaneousInGraph) }
    }

    fn solve(&self, game: &Game, watch: &dyn Watch) -> Result<Solution, SolveError> {
        solve(game, &self.0, watch)
    }

    fn conclude(&self, solved: &Solution, ask: &Ask<'_>) -> Conclusion {
        let possible = match ask.what {
            What::Possible(outcome) | What::Certain(outcome) | What::Never(outcome) => {
                !solved.verdicts.feasible().among(outcome).is_empty()
            }
            What::Lasts(state) => solved.verdicts.feasible().contains(state),
        };
        Conclusion { holds: ask.holds(&*solved.verdicts), possible, limit: solved.limits.first().cloned() }
    }

    fn limits<'s>(&self, solved: &'s Solution) -> &'s [LimitHit] {
        &solved.limits
    }
}

impl Ask<'_> {
    /// Whether it is so, by verdicts; `None` when the equilibria were not computed. An outcome is not certain where
    /// nothing lasts.
    #[must_use]
    pub fn holds(&self, verdicts: &dyn Verdicts) -> Option<bool> {
        let lasting = verdicts.lasting(self.concept)?;
        Some(match self.what {
            What::Possible(outcome) => !lasting.among(outcome).is_empty(),
            What::Certain(outcome) => {
                !lasting.is_empty() && lasting.among(outcome).count() == lasting.count()
            }
            What::Never(outcome) => lasting.among(outcome).is_empty(),
            What::Lasts(state) => lasting.contains(state),
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::Quiet;
    use crate::testing::{Shape, game};

    /// Against the definitions, read off the list of equilibria.
    #[test]
    fn answers_are_those_of_the_list_of_equilibria() {
        for seed in 0..60 {
            let game = game(seed, &Shape::plain());
            let family = GraphModel(Settings { concepts: vec![Concept::Nash], ..Settings::default() });
            let Ok(solved) = family.solve(&game, &Quiet) else { continue };
            let all = solved.verdicts.feasible().first(usize::MAX);
            let lasting = solved.verdicts.lasting(Concept::Nash).unwrap().first(usize::MAX);
            for (at, state) in all.iter().enumerate() {
                let outcome = OutcomeStates::Listed(all[..=at].to_vec());
                let ask = |what| {
                    let ask = Ask { concept: Concept::Nash, what };
                    assert_eq!(family.can(&game, &ask), Ok(()));
                    family.conclude(&solved, &ask).holds.unwrap()
                };
                let has = |state: &State| all[..=at].contains(state);
                assert_eq!(ask(What::Possible(&outcome)), lasting.iter().any(has));
                assert_eq!(ask(What::Never(&outcome)), !lasting.iter().any(has));
                assert_eq!(ask(What::Certain(&outcome)), !lasting.is_empty() && lasting.iter().all(has));
                assert_eq!(ask(What::Lasts(state)), lasting.contains(state));
            }
        }
    }
}
