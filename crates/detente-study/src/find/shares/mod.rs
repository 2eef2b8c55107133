//! Shares of models: what is counted, and probabilities for a ledger.

pub mod chances;

use detente_engine::Watch;
use detente_engine::ensemble::{SampleSettings, Sampler};
use detente_model::{Conflict, Sequences};

/// Up to so many models all are counted, not drawn: one figure for whoever asks.
pub const COUNTED: u64 = 1 << 14;

/// Whether models of the case can be drawn, as far as its size goes: whoever names `detente sample` asks first.
///
/// Complexity: the possible outcomes of all models are listed, up to the bound on them.
#[must_use]
pub fn drawable(conflict: &Conflict, watch: &dyn Watch) -> bool {
    let settings = SampleSettings {
        concepts: Vec::new(),
        sequences: Sequences::Legal,
        targets: Vec::new(),
        given: Vec::new(),
        one_by_one: true,
    };
    Sampler::new(conflict, settings, conflict.ensemble_key(0), watch).is_ok()
}
