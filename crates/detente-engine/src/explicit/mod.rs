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
pub(crate) mod ground;
pub(crate) mod improvements;
pub(crate) mod lists;
pub(crate) mod mover;
mod ranks;
mod reach;
pub(crate) mod score;
pub(crate) mod several;
pub(crate) mod space;
pub(crate) mod standing;
pub(crate) mod verdict;
pub(crate) mod words;

#[cfg(any(test, feature = "testing"))]
pub(crate) use dense::kernels;

use detente_model::{Form, Game, OptionForm, Preference};

use crate::{Engine, Event, LimitHit, Settings, Solution, SolveError, Watch};
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
pub(crate) const DEFAULT_MEMORY: u64 = crate::caps::LISTS.most;

/// More states than this are not listed when another engine can do without.
const LISTED_STATES: u64 = 1 << 24;

/// Solves `game` with states in arrays or lists: a box where [`dense::solve`] takes it.
///
/// # Errors
/// As [`crate::solve()`]; [`SolveError::Stopped`] when the states do not fit the memory allowed or
/// are not found within the work allowed; [`SolveError::NotPossible`] beyond 64 options.
pub(crate) fn solve(game: &Game, settings: &Settings, watch: &dyn Watch) -> Result<Solution, SolveError> {
    watch.event(Event::States);
    match &game.form {
        Form::Options(form) => {
            if !game.only_own_moves() {
                return solved(several::solve(game, form, settings, watch));
            }
            if let Some(boxed) = dense::solve(game, form, settings, watch)? {
                return solved(Ok(boxed));
            }
            let numbers = lists::list(form, game.actor_count(), &settings.bounds, watch)?;
            solved(lists::solve(game, form, numbers, settings, watch))
        }
        Form::Graph(form) => solved(graph::solve(game, form, settings, watch)),
    }
}

/// About how long [`solve`] would take for a game of `states` feasible states, in nanoseconds on one
/// core of 2025; `None`: it has too many states or options for the memory allowed.
///
/// A box costs 5 ns per place, pair of actors and byte of a score; a list 350 ns per state and actor, one of moves one
/// by one 40 ns per state and setting of an actor's own switches
/// (`cargo run --release -p detente-bench -- engines`).
pub(crate) fn cost(game: &Game, form: &OptionForm, settings: &Settings, states: u64) -> Option<u64> {
    let actors = game.actor_count() as u64;
    let options = form.options.len() as u32;
    let width = |preference: &Preference| match preference {
        Preference::Statements(list) if list.len() <= 8 => 1,
        Preference::Statements(list) if list.len() <= 16 => 2,
        _ => 4,
    };
    let bytes: u64 = game.preferences.iter().map(width).max().unwrap_or(1);
    if !game.only_own_moves() {
        // Moves are listed one by one: of each actor all settings of what it may switch alone.
        let settings_of = |actor| {
            form.own_things(actor)
                .into_iter()
                .fold(1_u64, |all, thing| all.saturating_mul(form.bits(thing).len() as u64 + 1))
        };
        let each = game.actor_ids().fold(0_u64, |all, actor| all.saturating_add(settings_of(actor)));
        let arcs = states.saturating_mul(each);
        let memory = settings.bounds.memory.unwrap_or(DEFAULT_MEMORY);
        let fits = options <= 64 && states <= LISTED_STATES && arcs.saturating_mul(8) <= memory;
        return fits.then(|| arcs.saturating_mul(40));
    }
    let boxed = 1_u64.checked_shl(options).filter(|_| options <= 28);
    if let Some(places) = boxed.filter(|places| *places <= states.saturating_mul(20)) {
        let memory = settings.bounds.memory.unwrap_or(DEFAULT_MEMORY);
        let fits = places * ((actors + 3) * bytes + actors + 3) <= memory;
        return fits.then_some(places * actors * actors * bytes * 5);
    }
    let allowed = Effort::allowed(game.actor_count(), &settings.bounds);
    let fits = options <= 64 && states <= LISTED_STATES.min(allowed.states as u64);
    fits.then(|| states.saturating_mul(actors).saturating_mul(350))
}

fn solved(result: Result<(ExplicitVerdicts, Vec<LimitHit>), SolveError>) -> Result<Solution, SolveError> {
    let (verdicts, limits) = result?;
    Ok(Solution { engine: Engine::Explicit, verdicts: Box::new(verdicts), limits })
}
