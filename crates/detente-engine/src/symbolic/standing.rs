//! What lasts beyond being an equilibrium: what is within reach of the status quo, and what no date undoes.
//!
//! # Definition
//! As in `explicit::standing`, for each slice: chance events are switches that nobody moves.
//!
//! # Complexity
//! Rounds over the movers until nothing comes in: one product each. Where all is within reach whatever it is, none.

use detente_model::{Game, Slice};

use super::board::Board;
use super::diagram::{Diagrams, Halt, Set};
use super::formula::{Formulas, join};

/// Sets of feasible states of one slice.
pub(super) struct Standing {
    /// Within reach of its start.
    pub(super) reach: Set,
    /// Of those, what no date undoes.
    pub(super) lasts: Set,
}

/// How chance events stand in each slice of `game`, feasible or not.
pub(super) fn slices(d: &mut Diagrams<'_>, formulas: &Formulas, game: &Game) -> Result<Vec<Set>, Halt> {
    let here = |slice: &Slice| -> Vec<(u32, bool)> {
        slice.here.iter().filter_map(|&(o, on)| Some((formulas.level(o)?, on))).collect()
    };
    game.slices().iter().map(|slice| d.literals(here(slice))).collect()
}

/// What stands in each slice of `game`, of which [`slices`] were made; `None`: a rule forbids its start.
pub(super) fn standing(
    d: &mut Diagrams<'_>,
    board: &Board,
    formulas: &mut Formulas,
    game: &Game,
    slices: &[Set],
) -> Result<Vec<Option<Standing>>, Halt> {
    let mut dates = Vec::new();
    for deadline in game.deadlines_ahead() {
        let excused = match &deadline.unless {
            Some(unless) => formulas.set(d, unless)?,
            None => d.constant(false),
        };
        let levels: Vec<(u32, bool)> =
            deadline.then.iter().filter_map(|&(o, on)| Some((formulas.level(o)?, on))).collect();
        let then = d.literals(levels.iter().copied())?;
        let over = d.cube(levels.iter().map(|(level, _)| *level))?;
        dates.push((excused, then, over));
    }
    let unmoved: Vec<Set> =
        dates.iter().map(|(excused, then, _)| d.or(excused, then)).collect::<Result<_, _>>()?;
    let unmoved = join(d, unmoved, true)?;
    let mut all = Vec::new();
    for (slice, here) in game.slices().into_iter().zip(slices) {
        let here = d.and(&board.feasible, here)?;
        let reach = match &slice.start {
            Some(Err(_)) => None,
            Some(Ok(start)) if !game.all_within_reach() => {
                let start = formulas.state(d, start)?;
                let reach = reach(d, board, &dates, &start)?;
                Some(d.and(&reach, &here)?)
            }
            _ => Some(here.clone()),
        };
        all.push(match reach {
            Some(reach) => Some(Standing { lasts: d.and(&reach, &unmoved)?, reach }),
            None => None,
        });
    }
    Ok(all)
}

/// A date: where it does nothing, what it makes so, and over which switches.
type Date = (Set, Set, Set);

/// What is within reach of `start`.
fn reach(d: &mut Diagrams<'_>, board: &Board, dates: &[Date], start: &Set) -> Result<Set, Halt> {
    let mut reach = d.and(start, &board.feasible)?;
    loop {
        let before = reach.clone();
        for player in &board.players {
            let there = d.out_by(&board.feasible, &player.steps, &reach, player.id)?;
            reach = d.or(&reach, &there)?;
        }
        for piece in board.joint.iter().flat_map(|joint| &joint.pieces) {
            let from = d.and(&reach, &piece.open)?;
            let there = piece.after(d, &from)?;
            reach = d.or(&reach, &there)?;
        }
        for (excused, then, over) in dates {
            let moved = d.without(&reach, excused)?;
            let moved = d.exists(&moved, over)?;
            let moved = d.and(&moved, then)?;
            let moved = d.and(&moved, &board.feasible)?;
            reach = d.or(&reach, &moved)?;
        }
        if reach == before {
            return Ok(reach);
        }
    }
}
