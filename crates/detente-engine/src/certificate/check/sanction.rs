//! The sequence that answers an improvement.

use detente_model::{ActorId, Concept, MoverId, OptionId, Sequences, State};

use super::cases::{Cell, Demand, Side, filled};
use super::{Check, Halt, escapes_count, improving, reject};
use crate::certificate::{Improvement, Step, Target};

impl Check<'_, '_> {
    /// The sanction of entry `at` is one, for every improvement of the entry.
    pub(super) fn sanction(&mut self, at: usize, entry: &Improvement) -> Result<(), Halt> {
        let certificate = self.certificate;
        let path = format!("improvements[{at}].sanction");
        if entry.sanction.is_empty() {
            if certificate.stable {
                return reject(path, "the state is said to be stable, and nothing answers this improvement");
            }
            if entry.because.is_some() {
                return reject(
                    format!("improvements[{at}].because"),
                    "there is no sanction to give a reason for",
                );
            }
            return Ok(());
        }
        if certificate.concept == Concept::Nash {
            return reject(path, "under nash no answer counts");
        }
        self.who(&path, &entry.sanction)?;
        match &entry.to {
            Target::One(to) => self.single(at, to, entry),
            Target::Pattern(_) => self.several(at, entry),
        }
    }

    /// The reading allows these movers in this order.
    pub(super) fn who(&self, path: &str, steps: &[Step]) -> Result<(), Halt> {
        let certificate = self.certificate;
        for (k, step) in steps.iter().enumerate() {
            let path = format!("{path}[{k}].actor");
            let parties = self.literal.parties(step.mover);
            if parties.is_empty() {
                return reject(path, "there is no such actor in this case");
            }
            let name = self.literal.name(step.mover);
            if parties.contains(&certificate.actor) {
                return reject(path, format!("{name} does not answer its own move"));
            }
            let before = &steps[..k];
            let once = certificate.concept == Concept::Sim || certificate.sequences == Sequences::Once;
            let again =
                |earlier: &Step| parties.iter().any(|p| self.literal.parties(earlier.mover).contains(p));
            if once && before.iter().any(again) {
                return reject(path, format!("{name} has moved already, and may move once only"));
            }
            if before.last().is_some_and(|earlier| earlier.mover == step.mover) {
                return reject(path, format!("{name} moves twice in a row"));
            }
        }
        let single = certificate.concept != Concept::Sim && certificate.sequences == Sequences::Single;
        if single && steps.len() > 1 {
            return reject(path, "in this reading one move of one opponent is all");
        }
        Ok(())
    }

    /// One improvement: every step on single states.
    pub(super) fn single(&mut self, at: usize, to: &State, entry: &Improvement) -> Result<(), Halt> {
        let certificate = self.certificate;
        let (actor, state) = (certificate.actor, &certificate.state);
        let simultaneous = certificate.concept == Concept::Sim;
        let mut end = to.clone();
        for (k, step) in entry.sanction.iter().enumerate() {
            let path = format!("improvements[{at}].sanction[{k}].to");
            if let Target::Pattern(pattern) = &step.to {
                self.well_formed(&path, pattern)?;
            }
            let from = if simultaneous { state.clone() } else { end.clone() };
            let next = step.to.from_here(&from);
            self.step(&path, step.mover, &from, &next, simultaneous || self.must_improve(step.mover))?;
            if simultaneous {
                self.take(&mut end, step.mover, &next);
            } else {
                end = next;
            }
        }
        let path = format!("improvements[{at}].sanction");
        if simultaneous && !self.literal.is_feasible(&end) {
            let words = self.literal.words(&end);
            return reject(
                path,
                format!("taken together these moves lead to {words}, which the rules do not allow"),
            );
        }
        let (order, deciding) = self.literal.compare(actor, state, &end);
        if order.is_lt() {
            let (name, words) = (self.literal.name(actor), self.literal.words(&end));
            return reject(path, format!("{name} prefers the end, {words}, to where it stands"));
        }
        if escapes_count(certificate.concept)
            && let Some(escape) = self.escape(&end)?
        {
            let (name, words) = (self.literal.name(actor), self.literal.words(&escape));
            return reject(
                path,
                format!("{name} can escape from the end to {words}, which it prefers to where it stands"),
            );
        }
        if deciding != entry.because {
            let path = format!("improvements[{at}].because");
            return reject(path, "this is not what decides between the state and the end of the sanction");
        }
        Ok(())
    }

    fn step(
        &mut self,
        path: &str,
        mover: MoverId,
        from: &State,
        to: &State,
        better: bool,
    ) -> Result<(), Halt> {
        let literal = &mut *self.literal;
        if !literal.is_feasible(to) {
            return reject(path, format!("the rules of the case do not allow {}", literal.words(to)));
        }
        if !literal.can_move(mover, from, to)? {
            let (name, from, to) = (literal.name(mover), literal.words(from), literal.words(to));
            return reject(path, format!("{name} cannot move from {from} to {to}"));
        }
        if better && !literal.improves(mover, to, from) {
            let (name, from, to) = (literal.name(mover), literal.words(from), literal.words(to));
            return reject(path, format!("{name} does not prefer {to} to {from}"));
        }
        Ok(())
    }

    /// `end` with the options of `mover` as in `chosen`.
    pub(super) fn take(&self, end: &mut State, mover: MoverId, chosen: &State) {
        for option in self.literal.options(mover) {
            end.set(option, chosen.is_on(option));
        }
    }

    /// A pattern of improvements: each condition asked for a case in which it fails.
    fn several(&mut self, at: usize, entry: &Improvement) -> Result<(), Halt> {
        let certificate = self.certificate;
        let (actor, options) = (certificate.actor, self.literal.game.options().len());
        let path = |k: usize| format!("improvements[{at}].sanction[{k}].to");
        let Target::Pattern(pattern) = &entry.to else { return Ok(()) };
        let Some((variables, mut sides)) = self.pattern_sides(pattern) else { return Ok(()) };
        let simultaneous = certificate.concept == Concept::Sim;
        // Patterns stand where actors have their own moves only: movers are actors.
        let alone = |mover: MoverId| ActorId(mover.0);
        let mut end = sides[1].clone();
        for (k, step) in entry.sanction.iter().enumerate() {
            if let Target::Pattern(pattern) = &step.to {
                self.well_formed(&path(k), pattern)?;
            }
            if simultaneous {
                let (state, next) = (&certificate.state, step.to.from_here(&certificate.state));
                self.step(&path(k), step.mover, state, &next, true)?;
                for option in self.literal.options(step.mover) {
                    end.0[option.index()] = Cell::Set(next.is_on(option));
                }
                continue;
            }
            let next = Side(
                (0..options)
                    .map(|o| match &step.to {
                        Target::One(state) => Cell::Set(state.is_on(OptionId::from(o))),
                        Target::Pattern(pattern) => pattern.cells[o].map_or(end.0[o], Cell::Set),
                    })
                    .collect(),
            );
            let (before, after) = (if k == 0 { 1 } else { sides.len() - 1 }, sides.len());
            sides.push(next.clone());
            end = next;
            let mut conditions = vec![
                (Demand::Feasible(after), "the rules of the case do not allow the result"),
                (Demand::Move(alone(step.mover), before, after), "the mover cannot make this move"),
            ];
            if improving(certificate.concept) {
                conditions.push((
                    Demand::Better(alone(step.mover), after, before),
                    "the mover does not prefer the result",
                ));
            }
            for (condition, why) in conditions {
                self.always(variables, &sides, condition, &path(k), why)?;
            }
        }
        let after = sides.len();
        sides.push(end);
        let path = format!("improvements[{at}].sanction");
        if simultaneous {
            self.always(
                variables,
                &sides,
                Demand::Feasible(after),
                &path,
                "the rules do not allow the joint result",
            )?;
        }
        let worse = Demand::Better(actor, after, 0).not();
        self.always(variables, &sides, worse, &path, "the actor prefers the end to where it stands")?;
        if escapes_count(certificate.concept) {
            let stuck = Demand::Stuck(actor, 0, after);
            self.always(
                variables,
                &sides,
                stuck,
                &path,
                "the actor can escape from the end to something better",
            )?;
        }
        if let Some(because) = entry.because {
            let why = "this is not what decides between the state and the end of the sanction";
            if self.is_wide() {
                let decided = Demand::Decided(actor, 0, after, because);
                let path = format!("improvements[{at}].because");
                return self.always(variables, &sides, decided, &path, why);
            }
            for to in self.matching(pattern)? {
                let values: Vec<bool> = values_of(&sides[1], &to, variables);
                let end = filled(&sides[after], &values);
                if self.literal.compare(actor, &certificate.state, &end).1 != Some(because) {
                    let path = format!("improvements[{at}].because");
                    return reject(path, why);
                }
            }
        }
        Ok(())
    }

    /// `condition` holds at every improvement that the variables stand for.
    fn always(
        &mut self,
        variables: usize,
        sides: &[Side],
        condition: Demand<'_>,
        path: &str,
        why: &str,
    ) -> Result<(), Halt> {
        let mut demands = self.base();
        demands.push(condition.not());
        match self.split(variables, sides, &demands)? {
            None => Ok(()),
            Some(values) => {
                let to = filled(&sides[1], &values);
                reject(path, format!("{why} after the improvement to {}", self.literal.words(&to)))
            }
        }
    }
}

/// The values of the variables of `side` at which it is `state`.
fn values_of(side: &Side, state: &State, variables: usize) -> Vec<bool> {
    let mut values = vec![false; variables];
    for (at, cell) in side.0.iter().enumerate() {
        if let Cell::Var(variable) = cell {
            values[*variable] = state.is_on(OptionId::from(at));
        }
    }
    values
}
