//! General metarationality.
//!
//! # Definition
//! `s` is stable for `i` iff for every `s1 ∈ R⁺_i(s)` there is `s2 ∈ R_{N−i}(s1)` with `s2 ≾_i s`.
//!
//! # Computed
//! `W(s1)` = least score over `s1` and the opponents' answers; stable iff the largest `W` over
//! `s` and `R_i(s)` is at most `r(s)`.
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
    let kept: Vec<u32> = judged.worst.iter().map(|[score, _]| *score).collect();
    super::mark(field, actor, &kept, Concept::Gmr, verdicts, watch)
}
