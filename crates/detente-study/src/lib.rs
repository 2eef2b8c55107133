//! What one asks of a conflict, and the answers.
//!
//! Data flows one way: a [`detente_model::Conflict`] is solved into [`find::findings::Findings`]; [`find`] has the
//! answers as types, [`say`] tells them in words, once, [`show`] sets words and pictures for a medium, and [`wire`]
//! is what programs read. The command line, the workbench and every other face take facts and sentences from here.

pub mod ask;
pub mod find;
pub mod refusal;
pub mod say;
pub mod show;
mod study;
pub mod wire;

pub use find::findings::Waiting;
pub use find::version::Version;
pub use refusal::Refusal;
pub use study::Study;

/// The examples of the README, as tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub struct Readme;
