//! Sets of states as decision diagrams.

mod apply;
mod frozen;
mod measure;
mod relation;
mod reorder;
mod sifting;
mod store;

pub(crate) use frozen::Frozen;
pub(crate) use sifting::Shelf;
pub(crate) use store::{Diagrams, Halt, Set};
