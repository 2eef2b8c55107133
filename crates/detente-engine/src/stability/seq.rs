//! Sequential stability.
//!
//! # Definition
//! `s` is stable for `i` iff for every `s1 ∈ R⁺_i(s)` there is `s2 ∈ R⁺_{N−i}(s1)` with `s2 ≾_i s`:
//! as general metarationality, but opponents hurt `i` only by steps that each of them gains by.
//!
//! # Source
//! Fraser, N. M. & Hipel, K. W. (1979), IEEE Transactions on Systems, Man, and Cybernetics 9; for
//! graphs Fang, Hipel & Kilgour (1993).

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
    let kept: Vec<u32> = judged.worst.iter().map(|[score, _]| *score).collect();
    super::mark(field, actor, &kept, Concept::Seq, verdicts, watch)
}
