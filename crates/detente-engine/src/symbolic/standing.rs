//! What lasts beyond being an equilibrium: what is within reach of the status quo, and what no date undoes.
//!
//! # Definition
//! As in `explicit::standing`. Here there are no chance events.
//!
//! # Complexity
//! Rounds over the movers until nothing comes in: one product each. Where all is within reach whatever it is, none.

use detente_model::Game;

use super::board::Board;
use super::diagram::{Diagrams, Halt, Set};
use super::formula::{Formulas, join};

/// Sets of feasible states.
pub(super) struct Standing {
    /// Within reach.
    pub(super) reach: Set,
    /// Within reach, and undone by no date.
    pub(super) lasts: Set,
}

/// What stands in `game`.
pub(super) fn standing(
    d: &mut Diagrams<'_>,
    board: &Board,
    formulas: &mut Formulas,
    game: &Game,
) -> Result<Standing, Halt> {
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
    let reach = match &game.status_quo {
        Some(start) if !game.all_within_reach() => {
            let options = game.options().len();
            let at = |option: usize| {
                let id = detente_model::OptionId::from(option);
                Some((formulas.level(id)?, start.is_on(id)))
            };
            let literals: Vec<(u32, bool)> = (0..options).filter_map(at).collect();
            let start = d.literals(literals)?;
            let mut reach = d.and(&start, &board.feasible)?;
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
                for (excused, then, over) in &dates {
                    let moved = d.without(&reach, excused)?;
                    let moved = d.exists(&moved, over)?;
                    let moved = d.and(&moved, then)?;
                    let moved = d.and(&moved, &board.feasible)?;
                    reach = d.or(&reach, &moved)?;
                }
                if reach == before {
                    break reach;
                }
            }
        }
        _ => board.feasible.clone(),
    };
    let mut lasts = vec![reach.clone()];
    for (excused, then, _) in &dates {
        lasts.push(d.or(excused, then)?);
    }
    Ok(Standing { lasts: join(d, lasts, true)?, reach })
}
