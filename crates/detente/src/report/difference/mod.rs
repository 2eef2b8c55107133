//! What differs between two conflicts: in the model, and in what follows from it.

mod model;
mod turn;
mod verdicts;

pub(crate) use model::{Change, changes};
pub(crate) use verdicts::{Because, Moved, Shift, shifts};

#[cfg(test)]
mod tests;
