//! What differs between two conflicts: in the model, and in what follows from it.

mod model;
mod turn;
mod verdicts;

pub use model::{Change, changes};
pub use verdicts::{Because, Moved, Shift, shifts};

#[cfg(test)]
mod tests;
