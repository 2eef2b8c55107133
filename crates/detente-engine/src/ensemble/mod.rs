//! How sure? Many models instead of one: each uncertain input drawn with its chance, each model
//! solved, and the share of models in which something holds.
//!
//! [`inputs`](Ensemble) says what is uncertain, [`Sampler`] draws or enumerates and counts into a
//! [`Tally`]; [`Watched`] says which next move would settle most of it; `attribution` says what moves a share; `lanes` solves 64 models side by side,
//! `changed` the changed games of one game. Meaning of the shares: `docs/uncertainty.md`.

mod attribution;
pub(crate) mod changed;
mod draws;
mod every;
mod inputs;
mod interval;
mod lanes;
mod models;
pub(crate) mod motive;
mod sampler;
mod tally;
mod targets;
mod watch;
mod worlds;

pub use attribution::{
    Attribution, AttributionSettings, Effects, Estimate, Factor, Flip, LARGEST_FLIP, Looked, Moved, Setting,
};
pub use draws::MOST_DRAWS;
pub use every::{Asked, EveryModel};
pub use inputs::{About, Ensemble, Input};
pub use interval::{Z95, wilson};
pub use sampler::{MOST_STATES, SampleError, SampleSettings, Sampler};
pub use tally::{Sets, Tally};
pub use watch::{Observation, Shows, Watched};
