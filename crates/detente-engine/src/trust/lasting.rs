//! What single Nash equilibria rest on, looked at from the states: no game is solved again.

use detente_model::{ActorId, Bearing, Conflict, Preference, State, Strike, What};

use super::Status;
use super::run::{Bears, MET, all_equal};
use crate::Watch;
use crate::arena::{Arena, Cut};

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
    let bearing = Bears::new(conflict);
    let mut found = Vec::new();
    let mut left_out = 0;
    for strike in strikes {
        if watch.stop().is_some() {
            left_out += 1;
            continue;
        }
        if bearing.nothing(strike) || !bears(conflict, strike) {
            found.push(Leaning { struck: strike.clone(), statuses: vec![Status::Supported; states.len()] });
            continue;
        }
        let statuses =
            conflict.without(strike).ok().filter(|struck| stands(conflict, struck)).and_then(|struck| {
                let mut now = Arena::new(&struck.game, MET, watch);
                let mut before = Arena::new(&conflict.game, MET, watch);
                states.iter().map(|state| status(&mut before, &mut now, state).ok()).collect()
            });
        match statuses {
            Some(statuses) => found.push(Leaning { struck: strike.clone(), statuses }),
            None => left_out += 1,
        }
    }
    (found, left_out)
}

fn status(before: &mut Arena<'_>, now: &mut Arena<'_>, state: &State) -> Result<Status, Cut> {
    if !now.is_feasible(state) {
        return Ok(Status::Overturned);
    }
    let met = now.meet(state)?;
    let actors: Vec<ActorId> = now.game().actor_ids().collect();
    let mut resting = false;
    for actor in actors {
        if !now.improvements(actor, met)?.is_empty() {
            return Ok(Status::Overturned);
        }
        resting |=
            all_equal(now, actor, state)? == Some(true) && all_equal(before, actor, state)? != Some(true);
    }
    Ok(if resting { Status::Unsupported } else { Status::Supported })
}

/// Whether what is possible is the same, or no ranking of single states stands in the way.
fn stands(conflict: &Conflict, struck: &Conflict) -> bool {
    let rules = |conflict: &Conflict| conflict.game.option_form().map_or(0, |form| form.rules.len());
    let ranks = |preference: &Preference| matches!(preference, Preference::Ranking(_));
    rules(struck) >= rules(conflict) || !conflict.game.preferences.iter().any(ranks)
}

/// Whether a statement, a rule, a taken-away move or an assumed option falls under `strike`.
fn bears(conflict: &Conflict, strike: &Strike) -> bool {
    let claims = conflict.struck_claims(strike);
    conflict.parts().iter().any(|part| match part.what {
        What::Option(..) => part.layer.is_none() && strike.assumptions && part.grounds.assumption,
        _ => part.bearing() == Bearing::Verdicts && part.grounds.fall(&claims, strike.assumptions),
    })
}
