//! Solves conflicts for commands: settings, clock and time limit, and failures in words.

use std::sync::Arc;
use std::time::Duration;

use detente_engine::{LimitHit, Settings, SolveError, Watch};
use detente_model::{Concept, Conflict, Sequences};
use indexmap::IndexMap;

use super::watch::Clock;
use detente_study::find::findings::Findings;
use detente_study::find::listing::{Choice, Listing, Unranked};
use detente_study::{Refusal, Study, Waiting};

/// Solves conflicts under the same settings and the one watch of the command.
#[derive(Clone)]
pub(crate) struct Solver {
    /// What to compute, and how.
    pub(crate) settings: Settings,
    /// The watch.
    pub(crate) clock: Arc<Clock>,
}

/// How long the parts of a computation took.
#[derive(Default)]
pub(crate) struct Timings {
    parts: Vec<(String, Duration)>,
}

impl Timings {
    /// A part that came before the others.
    pub(crate) fn first(&mut self, part: &str, took: Duration) {
        self.parts.insert(0, (part.to_owned(), took));
    }

    /// One more part.
    pub(crate) fn add(&mut self, part: &str, took: Duration) {
        match self.parts.iter_mut().find(|(known, _)| known == part) {
            Some((_, sum)) => *sum += took,
            None => self.parts.push((part.to_owned(), took)),
        }
    }

    /// The parts of another computation, each added to the one of its name.
    pub(crate) fn extend(&mut self, others: Self) {
        others.parts.into_iter().for_each(|(part, took)| self.add(&part, took));
    }

    /// All parts, in milliseconds.
    pub(crate) fn milliseconds(self) -> IndexMap<String, f64> {
        self.parts.into_iter().map(|(part, took)| (part, (took.as_secs_f64() * 1e6).round() / 1e3)).collect()
    }
}

impl Solver {
    /// A solver that asks `clock`.
    pub(crate) fn new(settings: Settings, clock: &Arc<Clock>) -> Self {
        Self { settings, clock: Arc::clone(clock) }
    }

    /// Solves `conflict`, in another reading than that of the settings when one is given.
    ///
    /// # Errors
    /// When the case has an error that shows only now, or a bound was hit before the first verdict.
    pub(crate) fn solve(
        &self,
        conflict: Conflict,
        reading: Option<Sequences>,
    ) -> Result<(Findings, Timings), Refusal> {
        let mut settings = self.settings.clone();
        if let Some(reading) = reading {
            settings.sequences = reading;
        }
        self.clock.turn_to(&conflict.game);
        let watch: Waiting = self.clock.clone();
        let mut study =
            Study::solved(conflict, settings, &watch).map_err(|refusal| refusal.named(&*self.clock))?;
        // The engine knows no clock: what stopped it is named here.
        self.clock.name_all(&mut study.found.solution.limits);
        let (states, concepts) = self.clock.timings();
        let mut parts = Vec::new();
        parts.extend(states.map(|took| ("states".to_owned(), took)));
        parts.extend(concepts.into_iter().map(|(concept, took)| (concept.id().to_owned(), took)));
        Ok((study.found, Timings { parts }))
    }

    /// The outcomes of `choice` one by one, in the time that is left.
    ///
    /// # Errors
    /// As [`Listing::of`].
    pub(crate) fn listing<'f>(
        &self,
        found: &'f Findings,
        concepts: &[Concept],
        choice: Choice,
    ) -> Result<Listing<'f>, Refusal> {
        let mut listing =
            Listing::of(found, concepts, choice).map_err(|error| Refusal::of(&found.conflict, &error))?;
        if let Some(Unranked::Stopped(hit)) = &mut listing.unranked {
            self.clock.name(hit);
        }
        Ok(listing)
    }

    /// The same in all readings of joint sanctions.
    ///
    /// # Errors
    /// As [`Solver::solve`].
    pub(crate) fn readings(
        &self,
        conflict: &Conflict,
        limits: &mut Vec<LimitHit>,
    ) -> Result<Vec<(Sequences, Findings)>, Refusal> {
        let mut list = Vec::new();
        for reading in Sequences::ALL {
            let (found, _) = self.solve(conflict.clone(), Some(reading))?;
            limits.extend(found.solution.limits.iter().cloned());
            list.push((reading, found));
        }
        limits.dedup();
        Ok(list)
    }
}

/// Why a conflict could not be solved, for its user.
pub(crate) fn failure(conflict: &Conflict, error: &SolveError, clock: &Clock) -> Refusal {
    Refusal::of(conflict, error).named(clock)
}
