//! Nash stability, also called rationality.
//!
//! # Definition
//! `s` is stable for `i` iff `R⁺_i(s) = ∅`: the best score that `i` has or reaches from `s` is
//! its score in `s`.
//!
//! # Source
//! Nash, J. F. (1950), PNAS 36; for graphs Fang, Hipel & Kilgour (1993), definition 3.1.

use detente_model::Concept;

use crate::explicit::{field::Field, verdict::bit};

/// Marks the states that are stable for `actor`; `escapes[s]` is the best that it has or reaches.
pub(crate) fn mark(field: &impl Field, actor: usize, escapes: &[u32], verdicts: &mut [u8]) {
    for ((verdict, escape), score) in verdicts.iter_mut().zip(escapes).zip(field.scores(actor)) {
        *verdict |= if escape <= score { bit(Concept::Nash) } else { 0 };
    }
}
