//! Which outcomes gain or lose stability between two solved conflicts, and why.

use std::collections::HashMap;

use detente_engine::{Deciding, Order};
use detente_model::{ActorId, Concept, Conflict, Form, OptionId, Preference, State};
use num_bigint::BigUint;

use crate::report::findings::Findings;
use crate::report::names;

/// Sets with more states are compared by their counts only.
const COMPARED: usize = 1 << 16;

/// What changes under one concept.
pub(crate) struct Shift {
    /// Which concept.
    pub(crate) concept: Concept,
    /// How many outcomes last before and afterwards.
    pub(crate) counts: (BigUint, BigUint),
    /// Outcomes that last afterwards only; `None`: too many to compare.
    pub(crate) gained: Option<Vec<Moved>>,
    /// Outcomes that last before only; `None`: too many to compare.
    pub(crate) lost: Option<Vec<Moved>>,
}

/// An outcome whose verdict changes.
pub(crate) struct Moved {
    /// The outcome in the old conflict, where it has a place there.
    pub(crate) old: Option<State>,
    /// The outcome in the new conflict, where it has a place there.
    pub(crate) new: Option<State>,
    /// Its name.
    pub(crate) name: String,
    /// Why, in one sentence without its end; empty when nothing short can be said.
    pub(crate) why: String,
}

/// What changes from `old` to `new` under each of `concepts` that both have.
pub(crate) fn shifts(old: &Findings, new: &Findings, concepts: &[Concept]) -> Vec<Shift> {
    let there = Translation::between(&old.conflict, &new.conflict);
    let back = Translation::between(&new.conflict, &old.conflict);
    let mut list = Vec::new();
    for &concept in concepts {
        let (Some(before), Some(after)) = (old.equilibria(concept), new.equilibria(concept)) else {
            continue;
        };
        let counts = (before.count(), after.count());
        let small = counts.0 <= BigUint::from(COMPARED) && counts.1 <= BigUint::from(COMPARED);
        let (gained, lost) = if small {
            let gained = after
                .first(COMPARED)
                .into_iter()
                .filter_map(|state| {
                    let was = back.of(&state);
                    if was.as_ref().is_some_and(|was| before.contains(was)) {
                        return None;
                    }
                    let why = gained_because(concept, old, new, was.as_ref(), &there);
                    let name = named(&new.conflict, &state);
                    Some(Moved { old: was, new: Some(state), name, why })
                })
                .collect();
            let lost = before
                .first(COMPARED)
                .into_iter()
                .filter_map(|state| {
                    let now = there.of(&state);
                    if now.as_ref().is_some_and(|now| after.contains(now)) {
                        return None;
                    }
                    let why = lost_because(concept, new, now.as_ref());
                    let name = named(&old.conflict, &state);
                    Some(Moved { old: Some(state), new: now, name, why })
                })
                .collect();
            (Some(gained), Some(lost))
        } else {
            (None, None)
        };
        list.push(Shift { concept, counts, gained, lost });
    }
    list
}

fn named(conflict: &Conflict, state: &State) -> String {
    names::brief(&names::outcome(conflict, state)).to_owned()
}

/// Why an outcome no longer lasts.
fn lost_because(concept: Concept, new: &Findings, now: Option<&State>) -> String {
    let Some(now) = now.filter(|now| new.feasible().contains(now)) else {
        return "it is no longer possible".to_owned();
    };
    if concept != Concept::Nash {
        return String::new();
    }
    step(new, now).map_or_else(String::new, |(who, to)| format!("{who} would leave {to}"))
}

/// Why an outcome lasts now.
fn gained_because(
    concept: Concept,
    old: &Findings,
    new: &Findings,
    was: Option<&State>,
    there: &Translation,
) -> String {
    let Some(was) = was.filter(|was| old.feasible().contains(was)) else {
        return "it was not possible before".to_owned();
    };
    if concept != Concept::Nash {
        return String::new();
    }
    let conflict = &old.conflict;
    for actor in conflict.game.actor_ids() {
        let Some(to) = old.improvements(actor, was).and_then(|better| better.into_iter().next()) else {
            continue;
        };
        let who = names::actor(conflict, actor);
        let name = named(conflict, &to);
        if there.of(&to).is_none_or(|to| !new.feasible().contains(&to)) {
            return format!("{who} would have left to “{name}”, which is no longer possible");
        }
        return match deciding_wish(conflict, actor, &to, was) {
            Some(wish) => {
                format!("{who} would have left, for {wish}{}", no_longer(new, conflict, actor, &wish))
            }
            None => format!("{who} would have left to “{name}”, and no longer gains by it"),
        };
    }
    String::new()
}

/// The formula of the wish for which `actor` prefers `to` to `from`.
fn deciding_wish(conflict: &Conflict, actor: ActorId, to: &State, from: &State) -> Option<String> {
    let Deciding::Statement(at) = Order::new(&conflict.game, actor)?.deciding(to, from)? else { return None };
    wishes(conflict, actor).into_iter().nth(at)
}

/// The formulas of an actor's wishes.
fn wishes(conflict: &Conflict, actor: ActorId) -> Vec<String> {
    match conflict.game.preferences.get(actor.index()) {
        Some(Preference::Statements(list)) => {
            list.iter().map(|statement| conflict.game.formula_text(&statement.that)).collect()
        }
        _ => Vec::new(),
    }
}

/// What has become of a wish: it is no longer wanted, or something else counts more.
fn no_longer(new: &Findings, old: &Conflict, actor: ActorId, wish: &str) -> &'static str {
    let id = old.game.actors.get(actor.index()).map(|a| a.id.as_str()).unwrap_or_default();
    match new.conflict.game.actor(id) {
        Some(there) if wishes(&new.conflict, there).iter().any(|other| other == wish) => {
            ", and now something counts more"
        }
        _ => ", which it no longer wants",
    }
}

/// The first actor that would leave `state`, and its best step with what decides.
fn step(found: &Findings, state: &State) -> Option<(String, String)> {
    let conflict = &found.conflict;
    for actor in conflict.game.actor_ids() {
        let Some(to) = found.improvements(actor, state).and_then(|better| better.into_iter().next()) else {
            continue;
        };
        let who = names::actor(conflict, actor).to_owned();
        let name = format!("to “{}”", named(conflict, &to));
        return Some(match deciding_wish(conflict, actor, &to, state) {
            Some(wish) => (who, format!("{name}, for {wish}")),
            None => (who, name),
        });
    }
    None
}

/// States of one conflict as states of another: the same options on.
struct Translation {
    /// `None`: state numbers mean the same.
    options: Option<HashMap<OptionId, Option<OptionId>>>,
    /// Graph form: states by their ids.
    states: Option<Vec<Option<State>>>,
    /// One is a graph, the other is not.
    never: bool,
}

impl Translation {
    fn between(from: &Conflict, to: &Conflict) -> Self {
        let mut translation = Self { options: None, states: None, never: false };
        match (&from.game.form, &to.game.form) {
            (Form::Options(a), Form::Options(_)) => {
                let same = a.options.len() == to.game.options().len()
                    && (0..a.options.len())
                        .all(|at| from.game.option_name(at.into()) == to.game.option_name(at.into()));
                if !same {
                    let all = (0..a.options.len()).map(OptionId::from);
                    translation.options = Some(
                        all.map(|option| (option, to.game.option(&from.game.option_name(option)))).collect(),
                    );
                }
            }
            (Form::Graph(a), Form::Graph(b)) => {
                let place = |id: &String| {
                    b.states.iter().position(|other| other == id).map(|at| State::from_number(at as u64 + 1))
                };
                translation.states = Some(a.states.iter().map(place).collect());
            }
            _ => translation.never = true,
        }
        translation
    }

    /// The same state there; `None` when an option that is on has no place there.
    fn of(&self, state: &State) -> Option<State> {
        if self.never {
            return None;
        }
        if let Some(states) = &self.states {
            let at = usize::try_from(state.number()?).ok()?.checked_sub(1)?;
            return states.get(at)?.clone();
        }
        match &self.options {
            None => Some(state.clone()),
            Some(map) => {
                let on: Option<Vec<OptionId>> =
                    state.on().map(|option| map.get(&option).copied().flatten()).collect();
                on.map(State::with_on)
            }
        }
    }
}
