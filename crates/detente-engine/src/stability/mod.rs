//! The stability concepts, one per file: definition, what is computed, source.
//!
//! Notation: `s` a feasible state, `i` the focal actor, `N−i` its opponents, `R_i(s)` what `i`
//! reaches from `s` in one move, `R⁺_i(s)` the part of it that `i` prefers to `s`, `R_{N−i}(s)`
//! and `R⁺_{N−i}(s)` what its opponents reach by sequences of moves or of improvements in the
//! chosen reading, `≻` preference and `≾` its negation (ties sanction), `r(s)` the score of `i`.
//!
//! The explicit engine turns each "for every improvement some answer" into one comparison: let
//! `W(s1)` be the least, over `s1` itself and all answers to it, of what answers are judged by.
//! Since `W(s1) ≤ r(s1)`, "`s1` is an improvement that no answer sanctions" is just
//! `W(s1) > r(s)`, and `s` is stable iff the largest `W` over `s` and `R_i(s)` is at most `r(s)`.

pub(crate) mod gmr;
pub(crate) mod nash;
pub(crate) mod seq;
pub(crate) mod sim;
pub(crate) mod smr;
pub(crate) mod sseq;

use crate::explicit::{field::Field, mover::Steps, verdict::bit};
use crate::{Stop, Watch};
use detente_model::Concept;

/// The least over a state and all answers to it: of the focal actor's score, and of its escape
/// (the best score that it has or reaches in one move).
pub(crate) type Worst = [u32; 2];

/// Which steps of opponents are answers under `concept`; `None`: opponents have no say.
pub(crate) fn answers(concept: Concept) -> Option<Steps> {
    match concept {
        Concept::Nash | Concept::Sim => None,
        Concept::Gmr => Some(gmr::ANSWERS),
        Concept::Smr => Some(smr::ANSWERS),
        Concept::Seq => Some(seq::ANSWERS),
        Concept::Sseq => Some(sseq::ANSWERS),
    }
}

/// Marks the states from which no move of `actor` leads to more than they are worth: those with
/// `kept(t) ≤ r(s)` for `t = s` and all `t` in `R_i(s)`.
fn mark(
    field: &impl Field,
    actor: usize,
    kept: &[u32],
    concept: Concept,
    verdicts: &mut [u8],
    watch: &dyn Watch,
) -> Result<(), Stop> {
    let most = field.own_most(actor, kept, watch)?;
    for ((verdict, most), score) in verdicts.iter_mut().zip(&most).zip(field.scores(actor)) {
        *verdict |= if most <= score { bit(concept) } else { 0 };
    }
    Ok(())
}
