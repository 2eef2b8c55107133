//! What single Nash equilibria rest on, looked at from the states: no game is solved again.

use detente_model::{Conflict, Game, Preference, State, Strike, Strikes};

use super::run::{MET, is_open};
use super::{ConclusionKind, Status};
use crate::Watch;
use crate::arena::{Arena, Cut};
use crate::ensemble::motive::{Motives, wanting};

/// What becomes of some Nash equilibria without a part of the evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaning {
    /// What is struck.
    pub struck: Strike,
    /// For each state: what becomes of it, as a conclusion of its own (see [`super`]); overturned too
    /// when the state is no longer possible.
    pub statuses: Vec<Status>,
}

/// What becomes of `states`, Nash equilibria of `conflict`, without each of `strikes`. Left out and
/// counted: strikes without which the case cannot stand, or under which a rule falls in a case with a
/// ranking (it may leave out what becomes possible), what is too much work, and what `watch` stopped.
///
/// Says the same of a state as [`super::trust`] with Nash stability, which solves each game.
///
/// # Complexity
/// A game is made for every strike under which something falls, and the moves of single actors from
/// `states` are looked at in it.
#[must_use]
pub fn lean(
    conflict: &Conflict,
    states: &[State],
    strikes: &[Strike],
    watch: &dyn Watch,
) -> (Vec<Leaning>, usize) {
    let all = Strikes::new(conflict);
    let mut found = Vec::new();
    let mut left_out = 0;
    for strike in strikes {
        if watch.stop().is_some() {
            left_out += 1;
            continue;
        }
        if all.is_idle(strike) {
            found.push(Leaning { struck: strike.clone(), statuses: vec![Status::Supported; states.len()] });
            continue;
        }
        let statuses =
            all.game(strike).ok().filter(|struck| stands(&conflict.game, struck)).and_then(|struck| {
                let mut now = Arena::new(&struck, MET, watch);
                let whole = wanting(&struck, conflict.game.preferences.clone());
                let mut motives = Motives::new(&struck, &whole, MET, watch);
                if is_open(&ConclusionKind::Equilibrium(states.first()?.clone()), &struck) {
                    return Some(vec![Status::Open; states.len()]);
                }
                states.iter().map(|state| status(&mut motives, &mut now, state).ok()).collect()
            });
        match statuses {
            Some(statuses) => found.push(Leaning { struck: strike.clone(), statuses }),
            None => left_out += 1,
        }
    }
    (found, left_out)
}

fn status(motives: &mut Motives<'_>, now: &mut Arena<'_>, state: &State) -> Result<Status, Cut> {
    if !now.is_feasible(state) {
        return Ok(Status::Overturned);
    }
    let met = now.meet(state)?;
    for mover in now.movers() {
        if !now.improvements(mover, met)?.is_empty() {
            return Ok(Status::Overturned);
        }
    }
    let for_want = !motives.for_want(state, &|to| to == state)?.is_empty();
    Ok(if for_want { Status::Unsupported } else { Status::Supported })
}

/// Whether what is possible is the same, or no ranking of single states stands in the way.
fn stands(game: &Game, struck: &Game) -> bool {
    let rules = |game: &Game| game.option_form().map_or(0, |form| form.rules.len());
    let ranks = |preference: &Preference| matches!(preference, Preference::Ranking(_));
    rules(struck) >= rules(game) || !game.preferences.iter().any(ranks)
}
