//! Which engine: chosen by size and structure, the same on every run.
//!
//! # Method
//! What the explicit engine needs can be told beforehand: it grows with the number of states. What
//! the symbolic engine needs cannot: it depends on how options, wishes and rules hang together. So
//! the number of feasible states is counted on a decision diagram, and the symbolic engine is given
//! about as much work as the explicit one would take. If it is not done by then, the explicit
//! engine does it. The choice costs at most as much again as the explicit engine alone, and is never
//! slower than the symbolic engine where that is the faster one. Work is counted in steps of
//! diagrams, not in time: the choice is the same on every machine and with any number of threads.

use std::sync::atomic::{AtomicI64, Ordering};

use detente_model::Game;

use crate::{Engine, Event, LimitHit, Settings, Solution, SolveError, Stop, Watch, explicit, symbolic};

/// Up to this many options listing is a matter of milliseconds whatever the structure.
const LISTED_OPTIONS: usize = 14;
/// Below this many nanoseconds a second engine is not worth a try.
const WORTH_A_TRY: u64 = 10_000_000;
/// About how long the symbolic engine works between two questions to its watch.
const NANOSECONDS_PER_QUESTION: u64 = 1_000_000;
/// Questions for counting the feasible states: well below a second.
const QUESTIONS_TO_COUNT: i64 = 256;

/// Solves `game` by the engine that suits it; the [`Solution`] says which.
pub(crate) fn solve(game: &Game, settings: &Settings, watch: &dyn Watch) -> Result<Solution, SolveError> {
    // What only the explicit engine can do.
    let Ok(form) = symbolic::possible(game, settings) else { return explicit::solve(game, settings, watch) };
    if form.options.len() <= LISTED_OPTIONS {
        return explicit::solve(game, settings, watch);
    }
    let counted = symbolic::count(game, settings, &Allowance::new(watch, QUESTIONS_TO_COUNT));
    let states = counted.and_then(|count| u64::try_from(count).ok());
    let cost = states.and_then(|states| explicit::cost(game, form, settings, states));
    match cost {
        Some(cost) if cost < WORTH_A_TRY || settings.concepts.iter().any(|concept| concept.at_once()) => {
            explicit::solve(game, settings, watch)
        }
        Some(cost) => {
            let questions = i64::try_from(cost / NANOSECONDS_PER_QUESTION).unwrap_or(i64::MAX);
            match symbolic::solve(game, settings, &Allowance::new(watch, questions)) {
                Ok(solution) if !solution.limits.iter().any(gave_up) => Ok(solution),
                Err(SolveError::Stopped(hit)) if !gave_up(&hit) => Err(SolveError::Stopped(hit)),
                Err(other) if !matches!(other, SolveError::Stopped(_)) => Err(other),
                _ => explicit::solve(game, settings, watch),
            }
        }
        None => match symbolic::solve(game, settings, watch) {
            // Rules that are too much for a diagram may still leave few states.
            Err(SolveError::Stopped(hit)) if gave_up(&hit) => {
                explicit::solve(game, settings, watch).map_err(|_| SolveError::Stopped(hit))
            }
            other => other,
        },
    }
}

/// Whether the symbolic engine did not finish for a reason that leaves the other one a chance.
fn gave_up(hit: &LimitHit) -> bool {
    matches!(hit.stop, Stop::Work | Stop::Memory)
}

/// A watch that also stops after so many questions.
struct Allowance<'w> {
    watch: &'w dyn Watch,
    left: AtomicI64,
}

impl<'w> Allowance<'w> {
    fn new(watch: &'w dyn Watch, questions: i64) -> Self {
        Self { watch, left: AtomicI64::new(questions) }
    }
}

impl Watch for Allowance<'_> {
    fn stop(&self) -> Option<Stop> {
        let left = self.left.fetch_sub(1, Ordering::Relaxed);
        self.watch.stop().or((left <= 0).then_some(Stop::Work))
    }

    fn used(&self) -> Option<f64> {
        self.watch.used()
    }

    fn event(&self, event: Event<'_>) {
        self.watch.event(event);
    }
}

/// The engine that `settings` name, or the one that is chosen.
pub(crate) fn by_name(game: &Game, settings: &Settings, watch: &dyn Watch) -> Result<Solution, SolveError> {
    match settings.engine {
        Engine::Reference => crate::reference::solve(game, settings, watch),
        Engine::Explicit => explicit::solve(game, settings, watch),
        Engine::Symbolic => symbolic::solve(game, settings, watch),
        Engine::Auto => solve(game, settings, watch),
    }
}
