//! Whether a ranking covers every feasible state, and none twice.

use detente_model::{ActorId, OptionId, Preference, State};

use super::diagram::{Diagrams, Halt, Set};
use super::formula::Formulas;
use super::levels::groups;
use crate::SolveError;

/// The least feasible state that the ranking of `actor` leaves out or has twice.
pub(crate) fn fault(
    d: &mut Diagrams<'_>,
    formulas: &mut Formulas,
    feasible: &Set,
    actor: ActorId,
    preference: &Preference,
) -> Result<Option<SolveError>, Halt> {
    let Preference::Ranking(ranking) = preference else { return Ok(None) };
    let groups = groups(d, formulas, ranking)?;
    let (mut once, mut twice) = (d.constant(false), d.constant(false));
    for group in &groups {
        let both = d.and(&once, group)?;
        twice = d.or(&twice, &both)?;
        once = d.or(&once, group)?;
    }
    let wrong = if ranking.rest_last {
        twice
    } else {
        let none = d.not(&once);
        d.or(&twice, &none)?
    };
    let wrong = d.and(&wrong, feasible)?;
    let Some(state) = least(d, formulas, wrong)? else { return Ok(None) };
    let here = formulas.state(d, &state)?;
    let mut members = Vec::new();
    for (at, group) in groups.iter().enumerate() {
        if !d.and(&here, group)?.is_empty() {
            members.push(at + 1);
        }
    }
    Ok(Some(match members[..] {
        [first, second, ..] => SolveError::RankingOverlap(actor, state, first, second),
        _ => SolveError::RankingGap(actor, state),
    }))
}

/// The member with the least state number.
pub(crate) fn least(d: &mut Diagrams<'_>, formulas: &Formulas, mut set: Set) -> Result<Option<State>, Halt> {
    if set.is_empty() {
        return Ok(None);
    }
    let mut state = State::default();
    for option in (0..formulas.options()).rev().map(OptionId::from) {
        let Some(level) = formulas.level(option) else { continue };
        let off = d.fix(&set, level, false)?;
        set = if off.is_empty() {
            state.set(option, true);
            d.fix(&set, level, true)?
        } else {
            off
        };
    }
    Ok(Some(state))
}
