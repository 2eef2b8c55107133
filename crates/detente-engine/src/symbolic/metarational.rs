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
//! Several who move together agree where `W` of each party, after their step, is above its level before. There
//! `W` of a party `j` is over the moves of all movers without `j`; those with a fellow party in them only improve.
//!
//! # Complexity
//! Rounds × opponents × statements of `i` diagram operations; 2 to 4 rounds seen.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use detente_model::Sequences;

use super::best_reply::{End, extreme, extreme_by};
use super::board::{Board, Player};
use super::diagram::{Diagrams, Halt, Set};
use super::joint::Joint;
use super::levels::{above, lower};

/// The states that are stable for `player` under gmr, or smr where it has a `way_out`.
pub(crate) fn stable(
    d: &mut Diagrams<'_>,
    board: &Board,
    player: &Player,
    way_out: bool,
    sequences: Sequences,
) -> Result<Set, Halt> {
    let worst = foreseen(d, board, player, &[], way_out, sequences)?;
    let best = extreme(d, &board.feasible, player, &worst, End::Best)?;
    let leave = above(d, &best, &player.levels)?;
    d.without(&board.feasible, &leave)
}

/// What parties have of a state once the others have answered, by party and those with whom it moves: begun or ended, at
/// one level or another, an act of the same parties asks for the same.
pub(crate) type Known = HashMap<(usize, Vec<usize>), Vec<Set>>;

/// The states that are stable for those of `joint` together; `known`: of the same concept and reading.
pub(crate) fn stable_together(
    d: &mut Diagrams<'_>,
    board: &Board,
    joint: &Joint,
    way_out: bool,
    sequences: Sequences,
    known: &mut Known,
) -> Result<Set, Halt> {
    let mut agreed: Vec<Set> = joint.pieces.iter().map(|piece| piece.wanted.clone()).collect();
    for &party in &joint.parties {
        if agreed.iter().all(Set::is_empty) {
            break;
        }
        let player = &board.players[party];
        let worst = match known.entry((party, joint.parties.clone())) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => new.insert(foreseen(d, board, player, &joint.parties, way_out, sequences)?),
        };
        for (agreed, piece) in agreed.iter_mut().zip(&joint.pieces) {
            let then = piece.all_before(d, worst)?;
            let better = above(d, &then, &player.levels)?;
            *agreed = d.and(agreed, &better)?;
        }
    }
    let mut stable = board.feasible.clone();
    for agreed in &agreed {
        stable = d.without(&stable, agreed)?;
    }
    Ok(stable)
}

/// `W`: what `player` has of a state once the others have answered; `fellows` only improve.
fn foreseen(
    d: &mut Diagrams<'_>,
    board: &Board,
    player: &Player,
    fellows: &[usize],
    way_out: bool,
    sequences: Sequences,
) -> Result<Vec<Set>, Halt> {
    if !way_out {
        return worst(d, board, player, fellows, &player.levels, sequences);
    }
    let escape = extreme(d, &board.feasible, player, &player.levels, End::Best)?;
    let worst = worst(d, board, player, fellows, &escape, sequences)?;
    lower(d, &worst, &player.levels)
}

/// One who answers.
enum Opponent<'b> {
    /// By any of its moves.
    Free(&'b Player),
    /// By its improvements: `arrivals` are those, and to stay.
    Improving(&'b Player, Set),
    /// Several together.
    Together(&'b Joint, bool),
}

impl Opponent<'_> {
    /// The least value of `vector` that it can turn a state into in at most one move; only feasible states count.
    fn worst(&self, d: &mut Diagrams<'_>, board: &Board, vector: &[Set]) -> Result<Vec<Set>, Halt> {
        let next = match self {
            Self::Free(player) => extreme(d, &board.feasible, player, vector, End::Worst)?,
            Self::Improving(player, arrivals) => {
                extreme_by(d, &board.feasible, player, Some(arrivals), vector, End::Worst)?
            }
            Self::Together(joint, improving) => {
                let mut now = vector.to_vec();
                for piece in &joint.pieces {
                    let from = if *improving { &piece.wanted } else { &piece.open };
                    let there = piece.all_before(d, vector)?;
                    let least = lower(d, vector, &there)?;
                    now = now
                        .iter()
                        .zip(&least)
                        .map(|(now, least)| d.ite(from, least, now))
                        .collect::<Result<_, _>>()?;
                }
                now
            }
        };
        next.iter().map(|set| d.and(set, &board.feasible)).collect()
    }
}

/// All movers without `player`.
fn opponents<'b>(
    d: &mut Diagrams<'_>,
    board: &'b Board,
    player: &Player,
    fellows: &[usize],
) -> Result<Vec<Opponent<'b>>, Halt> {
    let mut all = Vec::new();
    for other in board.players.iter().filter(|other| other.id != player.id) {
        all.push(if fellows.contains(&usize::from(other.id)) {
            Opponent::Improving(other, other.improving_arrivals(d)?)
        } else {
            Opponent::Free(other)
        });
    }
    let without = board.joint.iter().filter(|joint| !joint.has(usize::from(player.id)));
    all.extend(
        without.map(|joint| Opponent::Together(joint, joint.parties.iter().any(|p| fellows.contains(p)))),
    );
    Ok(all)
}

/// The least value of `vector` over what the opponents of `player` can make of a state, itself
/// included; false outside the feasible states.
fn worst(
    d: &mut Diagrams<'_>,
    board: &Board,
    player: &Player,
    fellows: &[usize],
    vector: &[Set],
    sequences: Sequences,
) -> Result<Vec<Set>, Halt> {
    let start: Vec<Set> = vector.iter().map(|set| d.and(set, &board.feasible)).collect::<Result<_, _>>()?;
    let mut now = start.clone();
    let opponents = opponents(d, board, player, fellows)?;
    // A turn that changes nothing cannot be followed by one of the same mover that does.
    let mut idle = 0;
    for (turn, opponent) in opponents.iter().cycle().enumerate() {
        let from = if sequences == Sequences::Single { &start } else { &now };
        let next = opponent.worst(d, board, from)?;
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
