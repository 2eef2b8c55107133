//! General and symmetric metarationality.
//!
//! # Definition
//! `W(t)`: the worst level for `i` in the closure of `t` under moves of `i`'s opponents, `t`
//! included. Then `s` is gmr-stable for `i` iff the best `W` over `s` and the states that `i` can
//! move to is not above the level of `s`. (`W(t)` is never above the level of `t`, so that a move
//! that is no improvement never counts.) For smr `W(t)` is the lower of the level of `t` and the
//! worst *escape* in the closure, the escape from a state being the best level that `i` can turn
//! it into.
//!
//! # Complexity
//! Rounds × opponents × statements of `i` diagram operations; 2 to 4 rounds seen.

use detente_model::Sequences;

use super::best_reply::{End, extreme};
use super::board::{Board, Player};
use super::diagram::{Diagrams, Halt, Set};
use super::levels::{above, lower};

/// The states that are stable for `player` under gmr.
pub(crate) fn gmr(
    d: &mut Diagrams<'_>,
    board: &Board,
    player: &Player,
    sequences: Sequences,
) -> Result<Set, Halt> {
    let worst = worst(d, board, player, &player.levels, sequences)?;
    settled(d, board, player, &worst)
}

/// The states that are stable for `player` under smr.
pub(crate) fn smr(
    d: &mut Diagrams<'_>,
    board: &Board,
    player: &Player,
    sequences: Sequences,
) -> Result<Set, Halt> {
    let escape = extreme(d, &board.feasible, player, &player.levels, End::Best)?;
    let worst = worst(d, board, player, &escape, sequences)?;
    let worst = lower(d, &worst, &player.levels)?;
    settled(d, board, player, &worst)
}

/// The states from which `player` can move to no value of `worst` above the state's own level.
fn settled(d: &mut Diagrams<'_>, board: &Board, player: &Player, worst: &[Set]) -> Result<Set, Halt> {
    let best = extreme(d, &board.feasible, player, worst, End::Best)?;
    let leave = above(d, &best, &player.levels)?;
    d.without(&board.feasible, &leave)
}

/// The least value of `vector` over what the opponents of `player` can make of a state, itself
/// included; false outside the feasible states.
fn worst(
    d: &mut Diagrams<'_>,
    board: &Board,
    player: &Player,
    vector: &[Set],
    sequences: Sequences,
) -> Result<Vec<Set>, Halt> {
    let start: Vec<Set> = vector.iter().map(|set| d.and(set, &board.feasible)).collect::<Result<_, _>>()?;
    let mut now = start.clone();
    let opponents: Vec<&Player> = board.players.iter().filter(|p| p.id != player.id).collect();
    // A turn that changes nothing cannot be followed by one of the same actor that does.
    let mut idle = 0;
    for (turn, opponent) in opponents.iter().cycle().enumerate() {
        let from = if sequences == Sequences::Single { &start } else { &now };
        let next = extreme(d, &board.feasible, opponent, from, End::Worst)?;
        let next: Vec<Set> = next.iter().map(|set| d.and(set, &board.feasible)).collect::<Result<_, _>>()?;
        match sequences {
            Sequences::Single => {
                now = lower(d, &now, &next)?;
                if turn + 1 == opponents.len() {
                    break;
                }
            }
            Sequences::Legal | Sequences::Once => {
                idle = if next == now { idle + 1 } else { 1 };
                now = next;
                if idle >= opponents.len() {
                    break;
                }
            }
        }
    }
    Ok(now)
}
