//! Which concept of which actor is next, and what was found.
//!
//! Seq and sseq of all actors are independent problems, of sizes that differ by factors of ten: sseq
//! begins with the actor whose seq took the most steps, so that no thread is left with a large one
//! at the end.

use detente_model::Concept;

use super::full::Found;

/// A concept of an actor.
struct Job {
    concept: Concept,
    actor: usize,
    begun: bool,
    found: Option<Found>,
}

/// All concepts of all actors.
pub(crate) struct Queue(Vec<Job>);

impl Queue {
    /// `concepts` (seq before sseq) of `actors` actors.
    pub(crate) fn new(concepts: &[Concept], actors: usize) -> Self {
        let all = concepts.iter().flat_map(|&concept| (0..actors).map(move |actor| (concept, actor)));
        Self(all.map(|(concept, actor)| Job { concept, actor, begun: false, found: None }).collect())
    }

    fn seq(&self, actor: usize) -> Option<&Found> {
        let seq = self.0.iter().find(|job| !job.concept.way_out() && job.actor == actor);
        seq.and_then(|job| job.found.as_ref())
    }

    /// What is to be done next, and in which order of variables: that in which the actor's seq ended.
    pub(crate) fn next(&mut self) -> Option<(Concept, usize, Vec<usize>)> {
        let waiting = |job: &&Job| !job.begun;
        let steps = |job: &&Job| self.seq(job.actor).map_or(0, |found| found.steps);
        let sseq = |job: &&Job| job.concept.way_out();
        let seq = self.0.iter().filter(waiting).find(|job| !sseq(job));
        let next = seq.or_else(|| self.0.iter().filter(waiting).max_by_key(steps))?;
        let (concept, actor) = (next.concept, next.actor);
        self.job(concept, actor)?.begun = true;
        let order = self.seq(actor).map(|found| found.order.clone()).unwrap_or_default();
        Some((concept, actor, order))
    }

    fn job(&mut self, concept: Concept, actor: usize) -> Option<&mut Job> {
        self.0.iter_mut().find(|job| job.concept == concept && job.actor == actor)
    }

    /// Takes down what was found.
    pub(crate) fn finish(&mut self, concept: Concept, actor: usize, found: Found) {
        if let Some(job) = self.job(concept, actor) {
            job.found = Some(found);
        }
    }

    /// What was found per concept, per actor; `None` where no thread came to it.
    pub(crate) fn finds(self) -> Vec<(Concept, Vec<Option<Found>>)> {
        let mut all: Vec<(Concept, Vec<Option<Found>>)> = Vec::new();
        for job in self.0 {
            match all.last_mut() {
                Some((concept, finds)) if *concept == job.concept => finds.push(job.found),
                _ => all.push((job.concept, vec![job.found])),
            }
        }
        all
    }
}
