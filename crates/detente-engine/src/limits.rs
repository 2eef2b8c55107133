//! Bounds, progress and cancellation. The engine reads no clock: who calls it does.

use detente_model::{ActorId, Concept};

/// Bounds that the engine keeps by itself. Time is kept by the [`Watch`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bounds {
    /// Bytes of memory for state arrays or diagram nodes; `None`: what the engine thinks fit.
    pub memory: Option<u64>,
    /// Units of work where a concept has no good bound (`sim`: combinations looked at); `None`: a default.
    pub work: Option<u64>,
}

/// Why a computation stopped early.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// The caller's time is up.
    Time,
    /// The caller cancelled.
    Cancelled,
    /// [`Bounds::memory`] was reached.
    Memory,
    /// [`Bounds::work`] was reached.
    Work,
}

impl Stop {
    /// The bound in words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Time => "the time allowed",
            Self::Cancelled => "cancelled",
            Self::Memory => "the memory allowed",
            Self::Work => "the work allowed",
        }
    }
}

/// A bound that was hit, as part of the answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LimitHit {
    /// What stopped it.
    pub stop: Stop,
    /// What was being computed, in words ("sequential stability for az").
    pub what: String,
    /// The bound, in words ("2 GiB").
    pub limit: String,
    /// How far it came, in words.
    pub reached: String,
    /// What is exact all the same, in words ("nash, gmr").
    pub exact: String,
}

/// What the engine tells while it works.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Event<'a> {
    /// The feasible states are being enumerated.
    States,
    /// A concept begins (for one actor, or for all at once).
    Concept(Concept, Option<ActorId>),
    /// Something inside a concept, with the share done when it is known.
    Step(&'a str, Option<f64>),
    /// The concept is done.
    Done(Concept),
}

/// The eyes and ears of a computation: everything from outside comes through here.
pub trait Watch: Sync {
    /// Asked often (every few milliseconds of work); `Some` stops the computation.
    fn stop(&self) -> Option<Stop> {
        None
    }

    /// The share of the time allowed that is used up, from 0 to 1; `None` without a limit. What can
    /// be cut short with sound bounds leaves some time for what makes the most of them.
    fn used(&self) -> Option<f64> {
        None
    }

    /// Told what goes on.
    fn event(&self, _event: Event<'_>) {}

    /// Says in words what stopped it: a limit on time and whoever cancels are known out there only.
    fn name(&self, _hit: &mut LimitHit) {}
}

/// Names all bounds, each once: what two parts of a computation met is one.
pub fn name_all(watch: &dyn Watch, limits: &mut Vec<LimitHit>) {
    let mut all: Vec<LimitHit> = Vec::new();
    for mut hit in limits.drain(..) {
        watch.name(&mut hit);
        if !all.contains(&hit) {
            all.push(hit);
        }
    }
    *limits = all;
}

/// A watch that says nothing and never stops.
#[derive(Clone, Copy, Debug, Default)]
pub struct Quiet;

impl Watch for Quiet {}
