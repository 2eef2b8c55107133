//! Symmetric sequential stability.
//!
//! # Definition
//! `s` is stable for `i` iff for every `s1 ∈ R⁺_i(s)` there is `s2 ∈ R⁺_{N−i}(s1)` with `s2 ≾_i s`
//! and `s3 ≾_i s` for every `s3 ∈ R_i(s2)`: symmetric metarationality with answers by improvements.
//! Not to be mixed up with strong sequential stability, which is also written SSEQ.
//!
//! # Source
//! Rêgo, L. C. & Vieira, G. I. A. (2017), Group Decision and Negotiation 26.

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
    super::mark(field, actor, &kept, Concept::Sseq, verdicts, watch)
}
