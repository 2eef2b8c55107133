//! The classes of states that differ only in what one actor has a say in.

use detente_model::{ActorId, Game, OptionId, State};

use super::formulas::{Formulas, Part};
use super::{ASKED, Cut, Met};
use crate::Watch;

/// How many assignments may be tried for each state that an arena may hold.
const STEPS_PER_STATE: usize = 64;

/// The classes of one actor that have been met.
pub(crate) struct Groups {
    own: Vec<OptionId>,
    parts: Vec<Part>,
    /// Class of each state met; `u32::MAX`: not known yet.
    of: Vec<u32>,
    classes: Vec<Vec<Met>>,
}

impl Groups {
    /// No class yet.
    pub(crate) fn new(game: &Game, formulas: &Formulas<'_>, actor: ActorId) -> Self {
        let own: Vec<OptionId> = game.option_form().map_or_else(Vec::new, |form| {
            let things = game.things().filter(|&thing| form.has_a_say(actor, thing));
            things.flat_map(|thing| form.bits(thing)).collect()
        });
        let parts = formulas.parts(&own);
        Self { own, parts, of: Vec::new(), classes: Vec::new() }
    }

    /// The class of `met`, when it is known.
    pub(crate) fn class_of(&self, met: Met) -> Option<usize> {
        self.of.get(met as usize).filter(|class| **class != u32::MAX).map(|class| *class as usize)
    }

    /// The members of a class.
    pub(crate) fn members(&self, class: usize) -> &[Met] {
        self.classes.get(class).map_or(&[], Vec::as_slice)
    }

    /// Adds a class.
    pub(crate) fn add(&mut self, members: Vec<Met>) {
        let class = self.classes.len() as u32;
        for met in &members {
            let at = *met as usize;
            if self.of.len() <= at {
                self.of.resize(at + 1, u32::MAX);
            }
            self.of[at] = class;
        }
        self.classes.push(members);
    }

    /// All feasible states that differ from the feasible `state` only in what the actor has a say in,
    /// itself included, by depth-first assignment: a rule is looked at as soon as the last of
    /// the actor's options that it depends on is set.
    pub(crate) fn enumerate(
        &self,
        formulas: &Formulas<'_>,
        state: &State,
        limit: usize,
        watch: &dyn Watch,
    ) -> Result<Vec<State>, Cut> {
        let mut found = Vec::new();
        let mut current = state.clone();
        // An explicit stack: (depth, value of the option set last).
        if self.own.is_empty() {
            return Ok(vec![current]);
        }
        let mut stack: Vec<(usize, bool)> = vec![(0, true), (0, false)];
        let mut steps = 0_usize;
        while let Some((depth, on)) = stack.pop() {
            steps += 1;
            if steps / STEPS_PER_STATE > limit {
                return Err(Cut::beyond(limit));
            }
            if steps.is_multiple_of(ASKED as usize)
                && let Some(stop) = watch.stop()
            {
                return Err(Cut { stop, limit });
            }
            current.set(self.own[depth], on);
            if self.parts.get(depth).is_some_and(|part| !formulas.obeys(part, &current)) {
                continue;
            }
            if depth + 1 == self.own.len() {
                if found.len() >= limit {
                    return Err(Cut::beyond(limit));
                }
                found.push(current.clone());
            } else {
                stack.push((depth + 1, true));
                stack.push((depth + 1, false));
            }
        }
        Ok(found)
    }
}
