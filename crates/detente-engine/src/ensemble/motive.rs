//! Whether an outcome rests on a motive in one model, or on the want of one.
//!
//! # Definition
//! Put back the wishes that are missing in the model, as written. A state that lasts and shows the outcome stands **for
//! want of a motive** iff some mover has a move from it out of the outcome to which no party objects (for none it is
//! worse), for which some party is indifferent, and about which that party would not be indifferent with the missing
//! wishes put back. The outcome rests on a motive iff some state that lasts and shows it does not stand so.

use detente_model::{ActorId, Game, Preference, State};

use crate::arena::{Arena, Cut};
use crate::{Order, Watch};

/// A model looked at from single states.
pub(crate) struct Motives<'g> {
    arena: Arena<'g>,
    /// With the missing wishes put back, by actor.
    restored: Vec<Option<Order<'g>>>,
}

impl<'g> Motives<'g> {
    /// For the model `game`; `whole` is the same game with the missing wishes put back; at most `most` states are met.
    pub(crate) fn new(game: &'g Game, whole: &'g Game, most: usize, watch: &'g dyn Watch) -> Self {
        let restored = whole.actor_ids().map(|actor| Order::new(whole, actor)).collect();
        Self { arena: Arena::new(game, most, watch), restored }
    }

    /// Who does not care at `state`, which lasts and shows the outcome, so that it stands for want of a motive; nobody: it
    /// does not stand so. `inside` says which states show the outcome.
    ///
    /// # Errors
    /// The watch stopped it, or more states were met than may be.
    pub(crate) fn for_want(
        &mut self,
        state: &State,
        inside: &dyn Fn(&State) -> bool,
    ) -> Result<Vec<ActorId>, Cut> {
        let mut found: Vec<ActorId> = Vec::new();
        let here = self.arena.meet(state)?;
        for mover in self.arena.movers() {
            let parties: Vec<ActorId> = self.arena.parties(mover).to_vec();
            for to in self.arena.moves(mover, here)? {
                let worse = |party: &ActorId| self.arena.prefers(*party, here, to);
                if inside(self.arena.state(to)) || parties.iter().any(worse) {
                    continue;
                }
                let freed = |party: &ActorId| {
                    !self.arena.prefers(*party, to, here)
                        && self.restored.get(party.index()).and_then(Option::as_ref).is_some_and(|order| {
                            order.level(self.arena.state(to)) != order.level(self.arena.state(here))
                        })
                };
                found.extend(parties.iter().filter(|party| freed(party)));
            }
        }
        found.sort_unstable();
        found.dedup();
        Ok(found)
    }
}

/// The same game, whose actors want something else.
pub(crate) fn wanting(game: &Game, preferences: Vec<Preference>) -> Game {
    Game { preferences, ..game.clone() }
}
