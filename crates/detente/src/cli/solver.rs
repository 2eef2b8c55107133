//! Solves conflicts for commands: settings, clock and time limit, and failures in words.

use std::time::{Duration, Instant};

use detente_engine::{LimitHit, Settings, Solution, SolveError, Stop};
use detente_model::{Conflict, Sequences};

use super::watch::Clock;
use detente_study::find::findings::Findings;
use detente_study::{Refusal, Study};

/// Solves conflicts under the same settings and one common time limit.
#[derive(Clone)]
pub(crate) struct Solver {
    /// What to compute, and how.
    pub(crate) settings: Settings,
    limit: Option<Duration>,
    begin: Instant,
    quiet: bool,
}

/// How long the parts of a computation took.
#[derive(Default)]
pub(crate) struct Timings {
    parts: Vec<(String, Duration)>,
}

impl Timings {
    /// These and the time for reading the case and for everything.
    pub(crate) fn with(mut self, read: Duration, total: Duration) -> Vec<(String, Duration)> {
        self.parts.insert(0, ("read".to_owned(), read));
        self.parts.push(("total".to_owned(), total));
        self.parts
    }
}

impl Solver {
    /// A solver whose time starts now.
    pub(crate) fn new(settings: Settings, limit: Option<Duration>, quiet: bool) -> Self {
        Self { settings, limit, begin: Instant::now(), quiet }
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
        let left = self.limit.map(|limit| limit.saturating_sub(self.begin.elapsed()));
        let clock = Clock::start(&conflict.game, left, self.quiet);
        let mut study =
            Study::solved(conflict, settings, &clock).map_err(|refusal| named(refusal, self.limit))?;
        self.name_limits(&mut study.found.solution);
        let (states, concepts) = clock.timings();
        let mut parts = Vec::new();
        parts.extend(states.map(|took| ("states".to_owned(), took)));
        parts.extend(concepts.into_iter().map(|(concept, took)| (concept.id().to_owned(), took)));
        Ok((study.found, Timings { parts }))
    }

    /// The engine knows no clock: what stopped it is named here.
    fn name_limits(&self, solution: &mut Solution) {
        for hit in &mut solution.limits {
            name_limit(hit, self.limit);
        }
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

/// Names the bound in words where the engine could not know it.
pub(crate) fn name_limit(hit: &mut LimitHit, limit: Option<Duration>) {
    match hit.stop {
        Stop::Time => {
            if let Some(limit) = limit {
                hit.limit = format!("{} s", limit.as_secs_f64());
            }
        }
        Stop::Cancelled => "Ctrl-C".clone_into(&mut hit.limit),
        Stop::Memory | Stop::Work => {}
    }
}

/// Why a conflict could not be solved, for its user.
pub(crate) fn failure(conflict: &Conflict, error: &SolveError, limit: Option<Duration>) -> Refusal {
    named(Refusal::of(conflict, error), limit)
}

/// Names the bound that was hit before there was anything to answer.
fn named(refusal: Refusal, limit: Option<Duration>) -> Refusal {
    match refusal {
        Refusal::Stopped(mut hit) => {
            name_limit(&mut hit, limit);
            Refusal::Stopped(hit)
        }
        other => other,
    }
}
