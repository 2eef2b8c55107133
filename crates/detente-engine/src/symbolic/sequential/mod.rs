//! Sequential and symmetric sequential stability.

pub(crate) mod full;
pub(crate) mod queue;

use detente_model::Concept;

use super::best_reply::{End, extreme};
use super::board::{Board, Player};
use super::diagram::{Diagrams, Halt, Set};

/// The level by which a sanction is judged: under seq its own, under sseq the best that `player`
/// can turn it into.
pub(crate) fn judged(
    d: &mut Diagrams<'_>,
    board: &Board,
    player: &Player,
    concept: Concept,
) -> Result<Vec<Set>, Halt> {
    if concept.way_out() {
        extreme(d, &board.feasible, player, &player.levels, End::Best)
    } else {
        Ok(player.levels.clone())
    }
}
