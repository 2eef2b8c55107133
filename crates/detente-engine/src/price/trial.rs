//! Whether changed games meet an aim: what the searches for changes and for deeds have in common.

use std::sync::atomic::{AtomicUsize, Ordering};

use detente_model::Game;
use rayon::prelude::*;

use super::TOLD;
use crate::family::{Ask, Family};
use crate::{Event, SolveError, Stop, Watch};

/// What stopped a search, and the bound in words.
pub(super) type Halt = (Stop, String);

/// Whether a game meets the aim, and then whether the outcome is possible in it; or the bound that was hit.
type Tried = Result<Option<bool>, Halt>;

/// Stops when the search does, and tells nothing of single games.
struct Within<'w>(&'w dyn Watch);

impl Watch for Within<'_> {
    fn stop(&self) -> Option<Stop> {
        self.0.stop()
    }
}

/// How a game is tried.
pub(super) struct Trial<'s, F> {
    /// By which family of models.
    pub(super) family: &'s F,
    /// What is asked of each game.
    pub(super) ask: Ask<'s>,
    /// Who waits.
    pub(super) watch: &'s dyn Watch,
}

impl<F: Family> Trial<'_, F> {
    /// Tries each game side by side. `games`: how many were tried before, counted on; `told`: what is told after so many;
    /// `meets` is given, in their order, those that meet the aim, each with whether the outcome is possible in it.
    ///
    /// # Errors
    /// The bound that was hit; the games before the one that hit it are counted and given.
    ///
    /// # Complexity
    /// One solution per game.
    pub(super) fn all<S: Send + Sync>(
        &self,
        list: Vec<(S, Game)>,
        games: &mut usize,
        told: impl Fn(usize) -> String + Sync,
        mut meets: impl FnMut(S, bool),
    ) -> Result<(), Halt> {
        let done = AtomicUsize::new(*games);
        let one = |game: &Game| {
            let count = done.fetch_add(1, Ordering::Relaxed);
            if count.is_multiple_of(TOLD) {
                self.watch.event(Event::Step(&told(count), None));
            }
            self.watch.stop().is_none().then(|| self.met(game))
        };
        let tried: Vec<Option<Tried>> = list.par_iter().map(|(_, game)| one(game)).collect();
        for ((set, _), tried) in list.into_iter().zip(tried) {
            match tried {
                Some(Ok(Some(possible))) => meets(set, possible),
                Some(Ok(None)) => {}
                Some(Err(halt)) => return Err(halt),
                None => {
                    let stop = self.watch.stop().unwrap_or(Stop::Cancelled);
                    return Err((stop, stop.words().to_owned()));
                }
            }
            *games += 1;
        }
        Ok(())
    }

    /// Whether the outcome is still possible in a game that meets the aim; `None`: it does not meet it. One without any
    /// possible outcome meets none. Error: the bound that was hit before that was known.
    fn met(&self, game: &Game) -> Tried {
        let solved = match self.family.solve(game, &Within(self.watch)) {
            Ok(solved) => solved,
            Err(SolveError::Stopped(hit)) => return Err((hit.stop, hit.limit)),
            // What excludes one another is no way to anything.
            Err(_) => return Ok(None),
        };
        let found = self.family.conclude(&solved, &self.ask);
        match found.holds {
            Some(met) => Ok(met.then_some(found.possible)),
            None => Err(found
                .limit
                .map_or_else(|| (Stop::Work, Stop::Work.words().to_owned()), |hit| (hit.stop, hit.limit))),
        }
    }
}
