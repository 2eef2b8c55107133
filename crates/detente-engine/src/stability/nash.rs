//! Nash stability, also called rationality.
//!
//! # Definition
//! `s` is stable for `i` iff `R⁺_i(s) = ∅`: the best score that `i` has or reaches from `s` is
//! its score in `s`.
//!
//! # Source
//! Nash, J. F. (1950), PNAS 36; for graphs Fang, Hipel & Kilgour (1993), definition 3.1.

use detente_model::Concept;

use super::Judged;
use crate::explicit::{field::Field, verdict::bit};
use crate::{Stop, Watch};

/// Marks the states that are stable for `actor`.
///
/// # Errors
/// None: nothing is asked of the watch.
pub(crate) fn mark(
    field: &dyn Field,
    actor: usize,
    judged: &Judged<'_>,
    verdicts: &mut [u8],
    _watch: &dyn Watch,
) -> Result<(), Stop> {
    for ((verdict, escape), score) in verdicts.iter_mut().zip(judged.escapes).zip(field.scores(actor)) {
        *verdict |= if escape <= score { bit(Concept::Nash) } else { 0 };
    }
    Ok(())
}
