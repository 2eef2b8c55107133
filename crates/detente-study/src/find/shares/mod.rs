//! Shares of models: what is counted, and probabilities for a ledger.

pub mod chances;
