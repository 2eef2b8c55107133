//! The explicit engine: states in arrays and lists.
//!
//! Every state has a *place* (an index, see `space::Space`); verdicts are one byte per actor
//! and place (see `verdict::ExplicitVerdicts`). Boxes of `2^m` assignments, sparse lists of
//! states and listed graphs share these types and differ in how they compute.
//!
//! The general method, for lists and graphs: `feasible` lists the states, `score` makes numbers
//! of preferences, `mover` lays out an actor's moves, `closure` finds the worst that opponents can
//! reach, `general` turns that into verdicts by the formulas of `stability`. Boxes of which enough
//! is feasible have a method of their own: `dense`.

mod clauses;
pub(crate) mod closure;
pub(crate) mod dense;
pub(crate) mod feasible;
pub(crate) mod field;
mod general;
mod graph;
pub(crate) mod lists;
pub(crate) mod mover;
mod ranks;
mod reach;
pub(crate) mod score;
pub(crate) mod space;
pub(crate) mod verdict;
pub(crate) mod words;

use detente_model::{Form, Game};

use crate::{Engine, Event, LimitHit, Settings, Solution, SolveError, Watch};
use feasible::feasible;
use lists::Effort;
pub use ranks::{Ranks, ranks};
use verdict::ExplicitVerdicts;

/// Two values per state that are carried along together: what it is worth to the focal actor,
/// and what the actor can escape to from it.
pub(crate) type Pair = [u32; 2];

/// More than any value: where no state has been seen yet.
pub(crate) const NOTHING: Pair = [u32::MAX; 2];

/// The least of both halves.
pub(crate) fn least(a: Pair, b: Pair) -> Pair {
    [a[0].min(b[0]), a[1].min(b[1])]
}

/// Bytes that the engine uses when no bound is given.
pub(crate) const DEFAULT_MEMORY: u64 = 4 << 30;

/// Up to this many options a game is for this engine whatever its rules.
const ALWAYS_OPTIONS: usize = 26;

/// Beyond that, up to this many states that are found within this many branches: seconds at most.
const AUTO_EFFORT: Effort = Effort { states: 1 << 21, branches: 1 << 23 };

/// Solves `game` with states in arrays or lists: a box where [`dense::solve`] takes it.
///
/// # Errors
/// As [`crate::solve`]; [`SolveError::Stopped`] when the states do not fit the memory allowed or
/// are not found within the work allowed; [`SolveError::NotPossible`] beyond 64 options.
pub(crate) fn solve(game: &Game, settings: &Settings, watch: &dyn Watch) -> Result<Solution, SolveError> {
    watch.event(Event::States);
    match &game.form {
        Form::Options(form) => {
            if let Some(boxed) = dense::solve(game, form, settings, watch)? {
                return solved(Ok(boxed));
            }
            let numbers = lists::list(form, game.actor_count(), &settings.bounds, watch)?;
            solved(lists::solve(game, form, numbers, settings, watch))
        }
        Form::Graph(form) => solved(graph::solve(game, form, settings, watch)),
    }
}

/// As [`solve`], when the game is one that this engine does well; `None`: it has too many states
/// for that, or finding them takes too long.
pub(crate) fn solve_if_suited(
    game: &Game,
    settings: &Settings,
    watch: &dyn Watch,
) -> Option<Result<Solution, SolveError>> {
    let form = match &game.form {
        Form::Options(form) if form.options.len() > ALWAYS_OPTIONS => form,
        _ => return Some(solve(game, settings, watch)),
    };
    watch.event(Event::States);
    let allowed = Effort::allowed(game.actor_count(), &settings.bounds);
    let states = AUTO_EFFORT.states.min(allowed.states);
    match feasible(form, states, AUTO_EFFORT.branches, watch) {
        Ok(numbers) if numbers.is_empty() => Some(Err(SolveError::NoFeasibleState)),
        Ok(numbers) => Some(solved(lists::solve(game, form, numbers, settings, watch))),
        // Out of time: the next engine finds out at once.
        Err(_) => None,
    }
}

fn solved(result: Result<(ExplicitVerdicts, Vec<LimitHit>), SolveError>) -> Result<Solution, SolveError> {
    let (verdicts, limits) = result?;
    Ok(Solution { engine: Engine::Explicit, verdicts: Box::new(verdicts), limits })
}
