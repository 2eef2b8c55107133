//! The set of states that the opponents cannot leave, and in which nothing sanctions.

use std::collections::HashSet;

use detente_model::{ActorId, Concept, Form, MoverId, OptionId, Pattern, Sequences, State};

use super::cases::{Cell, Demand, Side, filled};
use super::{Check, Halt, as_pattern, escapes_count, fixed, improving, reject};
use crate::certificate::{Target, Unanswered};

const CLOSURE: &str = "unanswered.closure";

impl Check<'_, '_> {
    /// `to` is an improvement; the closure holds it and all that opponents can make of it, and
    /// no state of it sanctions.
    pub(super) fn unanswered(&mut self, unanswered: &Unanswered) -> Result<(), Halt> {
        self.improvement("unanswered.to", &unanswered.to)?;
        self.closed(unanswered)
    }

    /// The closure holds `to` and all that opponents can make of it, and no state of it sanctions.
    pub(super) fn closed(&mut self, unanswered: &Unanswered) -> Result<(), Halt> {
        let mut size = 0_u64;
        for (at, target) in unanswered.closure.iter().enumerate() {
            match target {
                Target::One(state) => {
                    if !self.literal.is_feasible(state) {
                        let words = self.literal.words(state);
                        let path = format!("{CLOSURE}[{at}]");
                        return reject(path, format!("the rules of the case do not allow {words}"));
                    }
                    size = size.saturating_add(1);
                }
                Target::Pattern(pattern) => {
                    self.well_formed(&format!("{CLOSURE}[{at}]"), pattern)?;
                    size = size.saturating_add(1_u64.checked_shl(pattern.free() as u32).unwrap_or(u64::MAX));
                }
            }
        }
        if !unanswered.closure.iter().any(|target| target.matches(&unanswered.to)) {
            return reject(CLOSURE, "the closure does not hold the improvement itself");
        }
        let most = if self.remembers() { self.listed.sequences } else { self.listed.states };
        if size <= most || self.cases.is_none() {
            let states = self.listed(&unanswered.closure)?;
            self.no_sanction(&states)?;
            self.nobody_leaves(&unanswered.to, &states)
        } else {
            self.no_sanction_in_patterns(&unanswered.closure)?;
            self.nobody_leaves_patterns(unanswered)
        }
    }

    /// The feasible states of the closure, one by one.
    fn listed(&mut self, closure: &[Target]) -> Result<HashSet<State>, Halt> {
        let mut states = HashSet::new();
        for target in closure {
            match target {
                Target::One(state) => {
                    states.insert(state.clone());
                }
                Target::Pattern(pattern) => {
                    let open: Vec<usize> =
                        (0..pattern.cells.len()).filter(|&o| pattern.cells[o].is_none()).collect();
                    for choice in 0..1_u64 << open.len() {
                        let on = |o: usize| match open.iter().position(|&at| at == o) {
                            Some(bit) => choice >> bit & 1 == 1,
                            None => pattern.cells[o] == Some(true),
                        };
                        let state =
                            State::with_on((0..pattern.cells.len()).filter(|&o| on(o)).map(OptionId::from));
                        if self.literal.is_feasible(&state) {
                            states.insert(state);
                        }
                    }
                }
            }
        }
        Ok(states)
    }

    fn no_sanction(&mut self, states: &HashSet<State>) -> Result<(), Halt> {
        let (actor, from) = (self.certificate.actor, &self.certificate.state);
        for state in states {
            if self.literal.prefers(actor, state, from)
                || escapes_count(self.certificate.concept) && self.escape(state)?.is_some()
            {
                continue;
            }
            let (name, words) = (self.literal.name(actor), self.literal.words(state));
            return reject(
                CLOSURE,
                format!("{words} sanctions: it is no better for {name} than where it stands"),
            );
        }
        Ok(())
    }

    fn opponents(&self) -> Vec<MoverId> {
        self.literal
            .movers()
            .filter(|m| !self.literal.parties(*m).contains(&self.certificate.actor))
            .collect()
    }

    /// Where `mover` may answer to from `state`.
    fn answers(&mut self, mover: MoverId, state: &State) -> Result<Vec<State>, Halt> {
        let moves = self.literal.moves(mover, state)?;
        let better = self.must_improve(mover);
        Ok(moves.iter().filter(|to| !better || self.literal.improves(mover, to, state)).cloned().collect())
    }

    fn outside<T>(&self, mover: MoverId, state: &State) -> Result<T, Halt> {
        let (name, words) = (self.literal.name(mover), self.literal.words(state));
        reject(CLOSURE, format!("{name} can answer with {words}, which the closure leaves out"))
    }

    /// Whether what opponents can bring about hangs on who moved before. Two moves of one actor in a row are one move in
    /// option form, unless moves are taken away: else a set that no single move leaves is what the definition asks for.
    fn remembers(&self) -> bool {
        let plain = match &self.literal.game.form {
            Form::Graph(_) => false,
            Form::Options(form) => form.cannot.iter().all(|c| c.actor == self.certificate.actor),
        };
        match (self.certificate.concept, self.certificate.sequences) {
            (Concept::Nash | Concept::Sim, _) | (_, Sequences::Single) => false,
            (_, Sequences::Legal) => !plain,
            (_, Sequences::Once) => true,
        }
    }

    /// Everything that the opponents can bring about from `to` is in `states`.
    fn nobody_leaves(&mut self, to: &State, states: &HashSet<State>) -> Result<(), Halt> {
        let opponents = self.opponents();
        match (self.certificate.concept, self.certificate.sequences) {
            (Concept::Nash, _) => Ok(()),
            (Concept::Sim, _) => self.joint_moves(to, &|end| states.contains(end)),
            (_, Sequences::Single) => {
                for mover in opponents {
                    if let Some(left) = self.answers(mover, to)?.into_iter().find(|t| !states.contains(t)) {
                        return self.outside(mover, &left);
                    }
                }
                Ok(())
            }
            (_, Sequences::Legal) if !self.remembers() => {
                for state in states {
                    for mover in &opponents {
                        let answers = self.answers(*mover, state)?;
                        if let Some(left) = answers.into_iter().find(|t| !states.contains(t)) {
                            return self.outside(*mover, &left);
                        }
                    }
                }
                Ok(())
            }
            (_, reading) => {
                // What must be remembered of a sequence: who moved last, or who has moved.
                let mut seen = HashSet::from([(to.clone(), 0_u64)]);
                let mut next = vec![(to.clone(), 0_u64)];
                while let Some((state, memory)) = next.pop() {
                    for (at, mover) in opponents.iter().enumerate() {
                        let (barred, moved) = if reading == Sequences::Once {
                            let parties = self.literal.parties(*mover).iter();
                            let parties = parties.fold(0_u64, |all, party| all | 1 << party.index().min(63));
                            (memory & parties != 0, memory | parties)
                        } else {
                            (memory == at as u64 + 1, at as u64 + 1)
                        };
                        if barred {
                            continue;
                        }
                        for answer in self.answers(*mover, &state)? {
                            if !states.contains(&answer) {
                                return self.outside(*mover, &answer);
                            }
                            self.literal.work.spend(1)?;
                            if seen.insert((answer.clone(), moved)) {
                                next.push((answer, moved));
                            }
                        }
                    }
                }
                Ok(())
            }
        }
    }

    /// sim: every combination of opponents' improvements from the state, taken with `to`.
    fn joint_moves(&mut self, to: &State, within: &dyn Fn(&State) -> bool) -> Result<(), Halt> {
        let from = self.certificate.state.clone();
        let mut ends = vec![to.clone()];
        for mover in self.opponents() {
            let moves = self.literal.moves(mover, &from)?;
            let better: Vec<State> =
                moves.iter().filter(|t| self.literal.improves(mover, t, &from)).cloned().collect();
            let cost = (ends.len() as u64).saturating_mul(better.len() as u64);
            self.literal.work.spend(cost)?;
            for at in 0..ends.len() {
                for chosen in &better {
                    let mut end = ends[at].clone();
                    self.take(&mut end, mover, chosen);
                    ends.push(end);
                }
            }
        }
        for end in ends {
            if self.literal.is_feasible(&end) && !within(&end) {
                let words = self.literal.words(&end);
                return reject(
                    CLOSURE,
                    format!("others can bring about {words} at the same time, which the closure leaves out"),
                );
            }
        }
        Ok(())
    }

    fn no_sanction_in_patterns(&mut self, closure: &[Target]) -> Result<(), Halt> {
        let (actor, options) = (self.certificate.actor, self.literal.game.options().len());
        let patterns: Vec<Pattern> = closure.iter().map(|target| as_pattern(target, options)).collect();
        let sides = [fixed(&self.certificate.state, options), any(options)];
        let mut demands =
            vec![Demand::Within(1, &patterns), Demand::Feasible(1), Demand::Better(actor, 1, 0).not()];
        if escapes_count(self.certificate.concept) {
            demands.push(Demand::Stuck(actor, 0, 1));
        }
        let Some(values) = self.split(options, &sides, &demands)? else { return Ok(()) };
        let found = filled(&sides[1], &values);
        let (name, words) = (self.literal.name(actor), self.literal.words(&found));
        reject(
            place(&patterns, &found),
            format!("{words} sanctions: it is no better for {name} than where it stands"),
        )
    }

    /// Where actors have their own moves only: no opponent's move leads out of the patterns (under `single`: none from `to`).
    fn nobody_leaves_patterns(&mut self, unanswered: &Unanswered) -> Result<(), Halt> {
        let options = self.literal.game.options().len();
        let patterns: Vec<Pattern> = unanswered.closure.iter().map(|t| as_pattern(t, options)).collect();
        let from = match (self.certificate.concept, self.certificate.sequences) {
            (Concept::Nash, _) => return Ok(()),
            // Combinations are taken from one state: what they lead to can be listed.
            (Concept::Sim, _) => {
                return self.joint_moves(&unanswered.to, &|end| patterns.iter().any(|p| p.matches(end)));
            }
            (_, Sequences::Single) => vec![unanswered.to.pattern(options)],
            (_, Sequences::Legal | Sequences::Once) => patterns.clone(),
        };
        for mover in self.opponents() {
            let before = any(options);
            let mut after = before.clone();
            let mut variables = options;
            for option in self.literal.options(mover) {
                after.0[option.index()] = Cell::Var(variables);
                variables += 1;
            }
            let sides = [before, after];
            let mut demands = vec![
                Demand::Within(0, &from),
                Demand::Within(1, &patterns).not(),
                Demand::Feasible(1),
                Demand::Feasible(0),
                Demand::Move(ActorId(mover.0), 0, 1),
            ];
            if improving(self.certificate.concept) {
                demands.push(Demand::Better(ActorId(mover.0), 1, 0));
            }
            if let Some(values) = self.split(variables, &sides, &demands)? {
                let (before, after) = (filled(&sides[0], &values), filled(&sides[1], &values));
                let path = place(&patterns, &before);
                let (name, before, after) =
                    (self.literal.name(mover), self.literal.words(&before), self.literal.words(&after));
                return reject(
                    path,
                    format!("{name} can move from {before} to {after}, which the closure leaves out"),
                );
            }
        }
        Ok(())
    }
}

/// Where `state` stands in a closure.
fn place(patterns: &[Pattern], state: &State) -> String {
    patterns
        .iter()
        .position(|pattern| pattern.matches(state))
        .map_or_else(|| CLOSURE.to_owned(), |at| format!("{CLOSURE}[{at}]"))
}

/// Any state: every option is a variable.
fn any(options: usize) -> Side {
    Side((0..options).map(Cell::Var).collect())
}
