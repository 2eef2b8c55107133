//! What becomes of a conclusion when parts of the evidence are struck one at a time: of what was tried.

use detente_engine::SolveError;
use detente_engine::trust::{ConclusionAfter, NoAfter, Run, Status, Trust, one_at_a_time};
use detente_model::{Conflict, Strike};

/// Whether it was found out before a bound was hit.
#[must_use]
pub fn known(then: &ConclusionAfter) -> bool {
    then.status != Status::NotKnown
}

/// What becomes of one conclusion without each of some parts of the evidence alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Alone<'t> {
    /// Without each of these its answer is another one.
    pub overturned: Vec<&'t Strike>,
    /// Without each of these it is open what the answer is.
    pub open: Vec<&'t Strike>,
    /// Without each of these the case cannot stand, or what is left cannot be solved.
    pub nothing: Vec<&'t Strike>,
    /// Without each of these its answer is the same, but rests on indifference.
    pub unsupported: Vec<&'t Strike>,
    /// How many were looked at to the end.
    pub tried: usize,
    /// Of how many.
    pub of: usize,
}

impl Alone<'_> {
    /// Whether the answer stands without each of those that were looked at.
    #[must_use]
    pub fn stands(&self) -> bool {
        self.overturned.is_empty() && self.open.is_empty() && self.nothing.is_empty()
    }

    /// How many were not looked at to the end.
    #[must_use]
    pub fn missing(&self) -> usize {
        self.of.saturating_sub(self.tried)
    }
}

/// What becomes of conclusion number `at` without each part of the evidence alone that is one of `which`.
///
/// # Complexity
/// One pass over the runs, and over the parts of the evidence.
#[must_use]
pub fn alone<'t>(
    conflict: &Conflict,
    trust: &'t Trust,
    at: usize,
    which: impl Fn(&Strike) -> bool,
) -> Alone<'t> {
    let of = one_at_a_time(conflict).iter().filter(|strike| which(strike)).count();
    let mut found = Alone { of, ..Alone::default() };
    for run in trust.runs.iter().filter(|run| run.question.is_none() && which(&run.struck)) {
        match status(run, at) {
            Some(Status::NotKnown) => continue,
            Some(Status::Overturned) => found.overturned.push(&run.struck),
            Some(Status::Unsupported) => found.unsupported.push(&run.struck),
            // Nothing can be concluded without it: the answer hangs on it.
            Some(Status::Open) => found.open.push(&run.struck),
            Some(Status::Supported) => {}
            // What a bound cut short is not known.
            None if matches!(run.after, Err(NoAfter::Unsolved(SolveError::Stopped(..)))) => continue,
            None => found.nothing.push(&run.struck),
        }
        found.tried += 1;
    }
    found
}

fn status(run: &Run, at: usize) -> Option<Status> {
    Some(run.after.as_ref().ok()?.conclusions.get(at)?.status)
}
