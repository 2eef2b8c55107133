//! Who takes a step of a way.

use detente_model::{ActorId, Game, MoverId};

use crate::coalition::Coalition;

/// Who takes a step: a mover in one move, or a coalition whose members move one after the other, alone and together,
/// until all of them have gained.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Walker {
    /// An actor, or several by their act.
    Mover(MoverId),
    /// Two or more by a sequence of moves.
    Coalition(Coalition),
    /// Nobody: a chance event happens.
    Chance(usize),
}

impl Walker {
    /// Who takes part, in file order.
    #[must_use]
    pub fn members(self, game: &Game) -> Vec<ActorId> {
        match self {
            Self::Coalition(coalition) => coalition.members().collect(),
            Self::Mover(mover) => game.parties(mover),
            Self::Chance(_) => Vec::new(),
        }
    }

    /// The id in contracts: of the mover, ids of the members joined by `+`, or `chance.ID`.
    #[must_use]
    pub fn id(self, game: &Game) -> String {
        match self {
            Self::Coalition(coalition) => coalition.id(game),
            Self::Mover(mover) => {
                game.movers().get(mover.index()).map_or_else(String::new, |mover| game.mover_id(mover))
            }
            Self::Chance(at) => {
                let chance = game.option_form().and_then(|form| form.chances.get(at));
                chance.map_or_else(String::new, |chance| format!("chance.{}", chance.id))
            }
        }
    }
}
