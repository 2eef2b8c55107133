//! What follows from a conflict: which states are stable for whom, and why.
//!
//! Depends on the model only: no files, no clock, no text. [`solve()`] is the way in;
//! three engines (explicit, symbolic, reference) give the same verdicts behind
//! the trait [`Verdicts`]. Definitions: the doc comment of each module of `stability`.

mod arena;
mod auto;
pub mod caps;
pub mod certificate;
pub mod coalition;
mod cover;
pub mod ensemble;
pub mod evolution;
pub mod explicit;
pub mod family;
pub mod generate;
mod limits;
mod order;
pub mod power;
pub mod price;
mod reference;
pub mod said;
mod set;
mod solve;
mod stability;
mod strong;
pub mod structure;
mod symbolic;
#[cfg(any(test, feature = "testing"))]
#[doc(hidden)]
pub mod testing;
pub mod trust;

pub use caps::Cap;
pub use family::{Family, GraphModel};
pub use generate::{GenerateError, GenerateSettings, generate};
pub use limits::{Bounds, Event, LimitHit, Quiet, Stop, Watch, name_all};
pub use order::{Deciding, Level, Order};
pub use set::{Cover, StateSet};
pub use solve::{
    Between, Engine, Large, NotPossible, Sampled, Settings, Solution, SolveError, TooLarge, Verdicts, solve,
    takes_by_sets,
};

/// The examples of the README, as tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub struct Readme;
