//! Which concept of which actor is next, and what was found.
//!
//! Seq and sseq of all actors are independent problems, of sizes that differ by factors of ten: sseq
//! begins with the actor whose seq took the most steps, so that no thread is left with a large one
//! at the end.

use detente_model::Concept;

use super::super::diagram::{Frozen, Halt};

/// What was found for one concept of one actor.
#[derive(Default)]
pub(crate) struct Outcome {
    /// States that are not stable: all of them, unless `halt`.
    pub(crate) unstable: Frozen,
    /// Why it is perhaps not all of them.
    pub(crate) halt: Option<Halt>,
    /// Share that was done, 0 to 1.
    pub(crate) share: f64,
    /// Work that it took.
    pub(crate) steps: u64,
}

/// A concept of an actor.
struct Job {
    concept: Concept,
    actor: usize,
    begun: bool,
    outcome: Option<Outcome>,
}

/// All concepts of all actors.
pub(crate) struct Queue(Vec<Job>);

impl Queue {
    /// `concepts` (seq before sseq) of `actors` actors.
    pub(crate) fn new(concepts: &[Concept], actors: usize) -> Self {
        let all = concepts.iter().flat_map(|&concept| (0..actors).map(move |actor| (concept, actor)));
        Self(all.map(|(concept, actor)| Job { concept, actor, begun: false, outcome: None }).collect())
    }

    fn seq(&self, actor: usize) -> Option<&Outcome> {
        let seq = self.0.iter().find(|job| job.concept == Concept::Seq && job.actor == actor);
        seq.and_then(|job| job.outcome.as_ref())
    }

    /// What is to be done next.
    pub(crate) fn next(&mut self) -> Option<(Concept, usize)> {
        let waiting = |job: &&Job| !job.begun;
        let steps = |job: &&Job| self.seq(job.actor).map_or(0, |outcome| outcome.steps);
        let sseq = |job: &&Job| job.concept == Concept::Sseq;
        let seq = self.0.iter().filter(waiting).find(|job| !sseq(job));
        let next = seq.or_else(|| self.0.iter().filter(waiting).max_by_key(steps))?;
        let (concept, actor) = (next.concept, next.actor);
        self.job(concept, actor)?.begun = true;
        Some((concept, actor))
    }

    fn job(&mut self, concept: Concept, actor: usize) -> Option<&mut Job> {
        self.0.iter_mut().find(|job| job.concept == concept && job.actor == actor)
    }

    /// Takes down what was found.
    pub(crate) fn finish(&mut self, concept: Concept, actor: usize, outcome: Outcome) {
        if let Some(job) = self.job(concept, actor) {
            job.outcome = Some(outcome);
        }
    }

    /// What was found per concept, per actor; `None` where no thread came to it.
    pub(crate) fn outcomes(self) -> Vec<(Concept, Vec<Option<Outcome>>)> {
        let mut all: Vec<(Concept, Vec<Option<Outcome>>)> = Vec::new();
        for job in self.0 {
            match all.last_mut() {
                Some((concept, outcomes)) if *concept == job.concept => outcomes.push(job.outcome),
                _ => all.push((job.concept, vec![job.outcome])),
            }
        }
        all
    }
}
