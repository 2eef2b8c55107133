//! Which outcomes begin or cease to last between two solved conflicts, and why.

use detente_engine::LimitHit;
use detente_model::{Concept, Conflict, Form, Game, OptionId, Scale, Sequences, State};
use num_bigint::BigUint;

use super::turn::{Turn, Turns};
use crate::find::caps::COMPARED;
use crate::find::findings::Findings;

/// What changes under one concept.
pub struct Shift {
    /// Which concept.
    pub concept: Concept,
    /// How many outcomes last before and afterwards.
    pub counts: (BigUint, BigUint),
    /// Outcomes that last afterwards only; `None`: too many to compare.
    pub gained: Option<Vec<Moved>>,
    /// Outcomes that last before only; `None`: too many to compare.
    pub lost: Option<Vec<Moved>>,
}

/// An outcome that lasts in one of them only.
pub struct Moved {
    /// The outcome in the old conflict, where it has a place there.
    pub old: Option<State>,
    /// The outcome in the new conflict, where it has a place there.
    pub new: Option<State>,
    /// Why.
    pub why: Because,
}

/// Why the verdict on an outcome changes.
pub enum Because {
    /// It was not possible before.
    NotPossibleBefore,
    /// It is no longer possible.
    NoLongerPossible,
    /// The verdict of an actor is another one.
    Turn(Box<Turn>),
    /// No actor's own verdict is another one: an act of several makes the difference.
    NotAlone,
    /// It is stable in both, and in one of them it is out of reach, or a date undoes it.
    StableInBoth,
    /// Not looked for: there are many such outcomes, or it was too much work.
    NotLookedFor,
}

/// What changes from `old` to `new` under each of `concepts` that both have, in the reading `sequences`.
pub fn shifts(old: &Findings, new: &Findings, concepts: &[Concept], sequences: Sequences) -> Vec<Shift> {
    let there = Translation::between(&old.conflict, &new.conflict);
    let back = Translation::between(&new.conflict, &old.conflict);
    let mut list = Vec::new();
    for &concept in concepts {
        let (Some(before), Some(after)) = (old.lasting(concept), new.lasting(concept)) else {
            continue;
        };
        let counts = (before.count(), after.count());
        let small = counts.0 <= BigUint::from(COMPARED.most) && counts.1 <= BigUint::from(COMPARED.most);
        let mut turns = Turns::new((concept, sequences), old, new, &there, &back);
        let (gained, lost) = if small {
            let gained = after
                .first(COMPARED.size())
                .into_iter()
                .filter_map(|state| {
                    let was = back.of(&state);
                    if was.as_ref().is_some_and(|was| before.contains(was)) {
                        return None;
                    }
                    let why = turns.because(was.as_ref(), Some(&state));
                    Some(Moved { old: was, new: Some(state), why })
                })
                .collect();
            let lost = before
                .first(COMPARED.size())
                .into_iter()
                .filter_map(|state| {
                    let now = there.of(&state);
                    if now.as_ref().is_some_and(|now| after.contains(now)) {
                        return None;
                    }
                    let why = turns.because(Some(&state), now.as_ref());
                    Some(Moved { old: Some(state), new: now, why })
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

/// The bounds that were hit: sets too large to be compared one by one.
#[must_use]
pub fn limits(shifts: &[Shift]) -> Vec<LimitHit> {
    let large = shifts.iter().filter(|shift| shift.gained.is_none()).map(|shift| {
        let what = format!("comparing the outcomes that last one by one ({})", shift.concept.id());
        COMPARED.hit(what, format!("none of {} and {}", shift.counts.0, shift.counts.1), "their numbers")
    });
    large.collect()
}

/// States of one conflict as states of another: the same options on, the same levels.
pub(super) struct Translation {
    /// `None`: state numbers mean the same.
    things: Option<Vec<Thing>>,
    /// Graph form: states by their ids.
    states: Option<Vec<Option<State>>>,
    /// One is a graph, the other is not.
    never: bool,
}

/// An option, an act, a chance event.
struct Thing {
    /// Its first switch, and its levels where it has some.
    here: (OptionId, Option<Scale>),
    /// The switches that are on there where it is on, or by the place of its level; `None`: it has no such thing there.
    there: Vec<Option<Vec<OptionId>>>,
}

impl Thing {
    fn between(from: &Game, to: &Game, first: OptionId) -> Self {
        let scale = |game: &Game, thing| game.option_form().and_then(|form| form.scale_of(thing)).cloned();
        let (here, other) = (scale(from, first), to.option(&from.option_name(first)));
        let levels = other.and_then(|other| scale(to, other));
        let there = match (&here, levels) {
            (None, None) => vec![other.map(|other| vec![other])],
            (Some(here), Some(levels)) => {
                let same = |at: usize| {
                    let word = here.in_words(Some(at));
                    let place =
                        (0..levels.values.len()).find(|place| levels.in_words(Some(*place)) == word)?;
                    Some(levels.at(Some(place)).filter(|(_, on)| *on).map(|(bit, _)| bit).collect())
                };
                (0..here.values.len()).map(same).collect()
            }
            // Levels on one side only: nothing says which of them is meant.
            (here, _) => vec![None; here.as_ref().map_or(1, |scale| scale.values.len())],
        };
        Self { here: (first, here), there }
    }

    /// The switches that are on there; `None`: it has no place there.
    fn of(&self, state: &State) -> Option<&[OptionId]> {
        let (first, scale) = &self.here;
        let at = match scale {
            None => state.is_on(*first).then_some(0),
            Some(scale) => scale.value(state),
        };
        match at {
            None => Some(&[]),
            Some(at) => self.there.get(at)?.as_deref(),
        }
    }
}

impl Translation {
    fn between(from: &Conflict, to: &Conflict) -> Self {
        let mut translation = Self { things: None, states: None, never: false };
        match (&from.game.form, &to.game.form) {
            (Form::Options(a), Form::Options(b)) => {
                let names = |game: &Game| -> Vec<String> {
                    (0..game.options().len()).map(|at| game.option_name(at.into())).collect()
                };
                if names(&from.game) != names(&to.game) || a.scales != b.scales {
                    let things = from.game.things();
                    let things = things.map(|first| Thing::between(&from.game, &to.game, first));
                    translation.things = Some(things.collect());
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
    pub(super) fn of(&self, state: &State) -> Option<State> {
        if self.never {
            return None;
        }
        if let Some(states) = &self.states {
            let at = usize::try_from(state.number()?).ok()?.checked_sub(1)?;
            return states.get(at)?.clone();
        }
        match &self.things {
            None => Some(state.clone()),
            Some(things) => {
                let on: Option<Vec<&[OptionId]>> = things.iter().map(|thing| thing.of(state)).collect();
                on.map(|on| State::with_on(on.concat()))
            }
        }
    }
}
