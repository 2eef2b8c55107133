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

use detente_model::{Answers, Concept};

use crate::explicit::{field::Field, mover::Steps, verdict::bit};
use crate::{Stop, Watch};

/// The least over a state and all answers to it: of the focal actor's score, and of its escape
/// (the best score that it has or reaches in one move).
pub(crate) type Worst = [u32; 2];

/// What the states of one actor are judged by, when it is known.
pub(crate) struct Judged<'a> {
    /// The best that the actor has or reaches in one move, for each state.
    pub(crate) escapes: &'a [u32],
    /// The worst answers to each state; empty where opponents have no say.
    pub(crate) worst: &'a [Worst],
}

/// Marks the states that are stable for an actor.
type Mark = fn(&dyn Field, usize, &Judged<'_>, &mut [u8], &dyn Watch) -> Result<(), Stop>;

/// The concepts under which opponents answer one after the other, or not at all: each with its file.
pub(crate) const TABLE: [(Concept, Mark); 5] = [
    (Concept::Nash, nash::mark),
    (Concept::Gmr, gmr::mark),
    (Concept::Smr, smr::mark),
    (Concept::Seq, seq::mark),
    (Concept::Sseq, sseq::mark),
];

/// Those of `concepts` that are in [`TABLE`].
pub(crate) fn in_turn(concepts: &[Concept]) -> Vec<Concept> {
    concepts.iter().copied().filter(|concept| TABLE.iter().any(|(row, _)| row == concept)).collect()
}

/// Whether nothing but concepts with acts at the same time is asked for.
pub(crate) fn all_at_once(concepts: &[Concept]) -> bool {
    !concepts.is_empty() && concepts.iter().all(|concept| concept.at_once())
}

/// The steps of opponents that are answers under `concept`; `None`: they have no say, or act at the same time.
pub(crate) fn answers(concept: Concept) -> Option<Steps> {
    match concept.answers() {
        Answers::Nothing | Answers::AtOnce => None,
        Answers::Moves => Some(Steps::Moves),
        Answers::Improvements => Some(Steps::Improvements),
    }
}

/// Marks the states that are stable for `actor` under `concept`; none where it is not in [`TABLE`].
///
/// # Errors
/// What the watch says.
pub(crate) fn stable(
    field: &dyn Field,
    actor: usize,
    concept: Concept,
    judged: &Judged<'_>,
    verdicts: &mut [u8],
    watch: &dyn Watch,
) -> Result<(), Stop> {
    let row = TABLE.iter().find(|(row, _)| *row == concept);
    row.map_or(Ok(()), |(_, mark)| mark(field, actor, judged, verdicts, watch))
}

/// Marks the states from which no move of `actor` leads to more than they are worth: those with
/// `kept(t) ≤ r(s)` for `t = s` and all `t` in `R_i(s)`.
fn mark(
    field: &dyn Field,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_concept_has_its_way() {
        for concept in Concept::ALL {
            let rows = TABLE.iter().filter(|(row, _)| *row == concept).count();
            assert_eq!(rows, usize::from(!concept.at_once()), "{}", concept.id());
        }
    }
}
