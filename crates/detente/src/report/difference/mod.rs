//! What differs between two conflicts: in the model, and in what follows from it.

mod model;
mod verdicts;

pub(crate) use model::{Change, changes};
pub(crate) use verdicts::{Moved, Shift, shifts};
