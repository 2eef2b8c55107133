//! Symmetric metarationality.
//!
//! # Definition
//! `s` is stable for `i` iff for every `s1 ∈ R⁺_i(s)` there is `s2 ∈ R_{N−i}(s1)` with `s2 ≾_i s`
//! and `s3 ≾_i s` for every `s3 ∈ R_i(s2)`: a sanction from which `i` cannot escape.
//!
//! # Computed
//! As general metarationality, with answers judged by the *escape* `max(r(s2), best of R_i(s2))`.
//! The escape of `s1` can exceed `r(s1)`, so `min(r(s1), W(s1))` is compared: otherwise a move
//! that is no improvement would upset stable states.
//!
//! # Source
//! Howard, N. (1971), *Paradoxes of Rationality*, MIT Press; for graphs Fang, Hipel & Kilgour (1993).

use detente_model::Concept;

use super::Judged;
use crate::explicit::field::Field;
use crate::{Stop, Watch};

/// Marks the states that are stable for `actor`, given the worst answers to each state.
///
/// # Errors
/// What the watch says.
pub(crate) fn mark(
    field: &dyn Field,
    actor: usize,
    judged: &Judged<'_>,
    verdicts: &mut [u8],
    watch: &dyn Watch,
) -> Result<(), Stop> {
    let kept: Vec<u32> =
        judged.worst.iter().zip(field.scores(actor)).map(|([_, escape], score)| *escape.min(score)).collect();
    super::mark(field, actor, &kept, Concept::Smr, verdicts, watch)
}
