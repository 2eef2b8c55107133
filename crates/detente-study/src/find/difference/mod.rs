//! What differs between two solved conflicts in what follows from them: which outcomes gain or lose stability, and the
//! certificates that changed.

mod turn;
mod verdicts;

pub use turn::Turn;
pub use verdicts::{Because, Moved, Shift, limits, shifts};

#[cfg(test)]
mod tests;
