//! Support for tests of this crate and of crates that build on it; behind the feature `testing`.
//!
//! [`game`] draws a random game that uses every feature of the format; `agree` compares two
//! solutions state by state. Same seed and [`Shape`], same game, anywhere. `gray` is the worst
//! case of methods that work in rounds. [`trials`] runs single kernels of the explicit engine.

mod agree;
mod gray;
mod parts;
mod random;
mod relabel;
mod said;
mod uncertain;

pub use agree::{agree, included};
pub use gray::gray;
pub use parts::{actor, graph_game, option, option_game, rule, state_ranking, statement, weighed};
pub use random::{Shape, game};
pub use relabel::{Relabelling, relabel, spread};
pub use said::said;
pub use uncertain::uncertain;

pub use crate::explicit::kernels::{Run, Trial, trials};
