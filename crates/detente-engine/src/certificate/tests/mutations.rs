//! Every single-field mutation of a certificate is accepted exactly when what it says is true,
//! as an oracle sees it that lists all states and all moves of the game.

use std::collections::BTreeSet;

use detente_model::{
    ActorId, Cannot, Concept, Direction, Form, Game, MoverId, OptionId, Pattern, Relation, Sequences, State,
};

use super::{concepts, reading};
use crate::certificate::{CHECK_WORK, Certificate, Checker, Fault, Search, Step, Target};
use crate::testing::{Shape, game};
use crate::{Bounds, Deciding, Order};

/// All states, moves and preferences of a small game.
pub(super) struct Truth<'g> {
    game: &'g Game,
    pub(super) states: Vec<State>,
}

impl<'g> Truth<'g> {
    pub(super) fn new(game: &'g Game) -> Self {
        let states = match &game.form {
            Form::Graph(form) => (1..=form.states.len() as u64).map(State::from_number).collect(),
            Form::Options(form) => (0..1_u64 << form.options.len())
                .map(State::from_number)
                .filter(|s| form.broken_rule(s).is_none())
                .collect(),
        };
        Self { game, states }
    }

    fn compare(&self, actor: ActorId, a: &State, b: &State) -> (Relation, Option<Deciding>) {
        let order = Order::new(self.game, actor).unwrap();
        (order.compare(a, b), order.deciding(a, b))
    }

    fn prefers(&self, actor: ActorId, a: &State, b: &State) -> bool {
        self.compare(actor, a, b).0.is_better()
    }

    pub(super) fn moves(&self, actor: ActorId, s: &State) -> Vec<State> {
        self.states.iter().filter(|t| self.can(actor, s, t)).cloned().collect()
    }

    fn can(&self, actor: ActorId, s: &State, t: &State) -> bool {
        if s == t || !self.states.contains(s) || !self.states.contains(t) {
            return false;
        }
        match &self.game.form {
            Form::Graph(form) => form.arcs.iter().any(|a| {
                (a.actor, u64::from(a.from) + 1, u64::from(a.to) + 1)
                    == (actor, s.number().unwrap(), t.number().unwrap())
            }),
            Form::Options(form) => {
                let fine = |(at, o): (usize, &detente_model::Opt)| {
                    let change = (s.is_on(OptionId::from(at)), t.is_on(OptionId::from(at)));
                    match (change, o.direction) {
                        ((false, false) | (true, true), _) => true,
                        _ if o.actor != actor => false,
                        ((false, true), d) => d != Direction::OffOnly,
                        ((true, false), d) => d != Direction::OnOnly,
                    }
                };
                let taken = |c: &Cannot| c.actor == actor && form.holds(&c.from, s) && form.holds(&c.to, t);
                form.options.iter().enumerate().all(fine) && !form.cannot.iter().any(taken)
            }
        }
    }

    fn improvements(&self, actor: ActorId, s: &State) -> Vec<State> {
        self.moves(actor, s).into_iter().filter(|t| self.prefers(actor, t, s)).collect()
    }

    /// All that `c` claims.
    pub(super) fn holds(&self, c: &Certificate) -> bool {
        let graph = matches!(self.game.form, Form::Graph(_));
        if c.actor.index() >= self.game.actors.len()
            || graph && c.concept == Concept::Sim
            || !self.states.contains(&c.state)
            || c.stable != c.unanswered.is_none()
        {
            return false;
        }
        let improvements = self.improvements(c.actor, &c.state);
        let meant = |target: &Target| improvements.iter().filter(|t| target.matches(t)).count();
        let well_formed = |target: &Target| match target {
            Target::One(_) => true,
            Target::Pattern(p) => !graph && p.cells.len() == self.game.options().len(),
        };
        // Each entry names something, nothing is in two, everything is in one.
        let entries = || c.improvements.iter().map(|e| &e.to);
        let apart = |(k, a): (usize, &Target)| entries().take(k).all(|b| !self.overlap(a, b));
        if !entries().all(|t| well_formed(t) && meant(t) > 0)
            || !entries().enumerate().all(apart)
            || !improvements.iter().all(|t| entries().any(|e| e.matches(t)))
        {
            return false;
        }
        for entry in &c.improvements {
            let one = entry.to.one().is_some();
            for to in improvements.iter().filter(|t| entry.to.matches(t)) {
                let gain = self.compare(c.actor, to, &c.state).1;
                if gain != entry.gain && (one || entry.gain.is_some()) {
                    return false;
                }
                if entry.sanction.is_empty() {
                    if c.stable || entry.because.is_some() {
                        return false;
                    }
                    continue;
                }
                let Some(end) = self.follow(c, to, &entry.sanction) else { return false };
                let because = self.compare(c.actor, &c.state, &end).1;
                if !self.sanctions(c, &end) || because != entry.because && (one || entry.because.is_some()) {
                    return false;
                }
            }
        }
        let Some(unanswered) = &c.unanswered else { return true };
        if !improvements.contains(&unanswered.to)
            || !unanswered.closure.iter().all(well_formed)
            || !unanswered.closure.iter().all(|t| t.one().is_none_or(|s| self.states.contains(s)))
        {
            return false;
        }
        let inside = |s: &State| unanswered.closure.iter().any(|t| t.matches(s));
        let closure: Vec<&State> = self.states.iter().filter(|s| inside(s)).collect();
        closure.contains(&&unanswered.to)
            && !closure.iter().any(|s| self.sanctions(c, s))
            && self.closed(c, &unanswered.to, &closure)
    }

    fn overlap(&self, a: &Target, b: &Target) -> bool {
        let options = self.game.options().len();
        match (a, b) {
            (Target::One(a), Target::One(b)) => a == b,
            _ => {
                let cells = |t: &Target| match t {
                    Target::One(s) => s.pattern(options),
                    Target::Pattern(p) => p.clone(),
                };
                let (a, b) = (cells(a), cells(b));
                a.cells.iter().zip(&b.cells).all(|(a, b)| a.is_none() || b.is_none() || a == b)
            }
        }
    }

    fn sanctions(&self, c: &Certificate, end: &State) -> bool {
        let escapes = || self.moves(c.actor, end).iter().any(|t| self.prefers(c.actor, t, &c.state));
        let may_escape = matches!(c.concept, Concept::Smr | Concept::Sseq);
        !(self.prefers(c.actor, end, &c.state) || may_escape && escapes())
    }

    fn follow(&self, c: &Certificate, to: &State, steps: &[Step]) -> Option<State> {
        let movers: Vec<ActorId> = steps.iter().map(|s| ActorId(s.mover.0)).collect();
        let distinct = movers.iter().collect::<BTreeSet<_>>().len() == movers.len();
        let allowed = match (c.concept, c.sequences) {
            (Concept::Nash, _) => false,
            (Concept::Sim, _) | (_, Sequences::Once) => distinct,
            (_, Sequences::Single) => movers.len() == 1,
            (_, Sequences::Legal) => movers.windows(2).all(|w| w[0] != w[1]),
        };
        if !allowed || movers.iter().any(|m| *m == c.actor || m.index() >= self.game.actors.len()) {
            return None;
        }
        let better = matches!(c.concept, Concept::Seq | Concept::Sseq | Concept::Sim);
        let mut end = to.clone();
        for step in steps {
            if let Target::Pattern(p) = &step.to
                && p.cells.len() != self.game.options().len()
            {
                return None;
            }
            let from = if c.concept == Concept::Sim { &c.state } else { &end };
            let next = step.to.from_here(from);
            let mover = ActorId(step.mover.0);
            if !self.can(mover, from, &next) || better && !self.prefers(mover, &next, from) {
                return None;
            }
            if c.concept == Concept::Sim {
                for option in self.game.options_of(mover) {
                    end.set(option, next.is_on(option));
                }
            } else {
                end = next;
            }
        }
        self.states.contains(&end).then_some(end)
    }

    /// What the opponents can bring about from `to` is in `closure`; where memory of the mover
    /// does not matter, no single answer leads out of it.
    fn closed(&self, c: &Certificate, to: &State, closure: &[&State]) -> bool {
        let opponents: Vec<ActorId> = self.game.actor_ids().filter(|a| *a != c.actor).collect();
        let answers = |mover: ActorId, from: &State| match c.concept {
            Concept::Seq | Concept::Sseq | Concept::Sim => self.improvements(mover, from),
            _ => self.moves(mover, from),
        };
        let plain = match &self.game.form {
            Form::Graph(_) => false,
            Form::Options(form) => form.cannot.iter().all(|x| x.actor == c.actor),
        };
        match (c.concept, c.sequences) {
            (Concept::Nash, _) => true,
            (Concept::Sim, _) => {
                let mut ends = vec![to.clone()];
                for mover in &opponents {
                    for end in ends.clone() {
                        for chosen in answers(*mover, &c.state) {
                            let mut next = end.clone();
                            for option in self.game.options_of(*mover) {
                                next.set(option, chosen.is_on(option));
                            }
                            ends.push(next);
                        }
                    }
                }
                ends.iter().all(|end| !self.states.contains(end) || closure.contains(&end))
            }
            (_, Sequences::Legal) if plain => closure
                .iter()
                .all(|s| opponents.iter().all(|j| answers(*j, s).iter().all(|t| closure.contains(&t)))),
            (_, reading) => {
                let mut seen: BTreeSet<(State, Vec<ActorId>)> = BTreeSet::new();
                let mut next = vec![(to.clone(), Vec::new())];
                while let Some((state, past)) = next.pop() {
                    for mover in &opponents {
                        let stop = match reading {
                            Sequences::Legal => past.last() == Some(mover),
                            Sequences::Once => past.contains(mover),
                            Sequences::Single => !past.is_empty(),
                        };
                        if stop {
                            continue;
                        }
                        for answer in answers(*mover, &state) {
                            if !closure.contains(&&answer) {
                                return false;
                            }
                            let mut memory = if reading == Sequences::Once { past.clone() } else { vec![] };
                            memory.push(*mover);
                            memory.sort_unstable();
                            if seen.insert((answer.clone(), memory.clone())) {
                                next.push((answer, memory));
                            }
                        }
                    }
                }
                true
            }
        }
    }
}

/// Every certificate that differs from `c` in one field.
pub(super) fn mutations(game: &Game, c: &Certificate) -> Vec<Certificate> {
    let mut all = Vec::new();
    let mut with = |change: &mut dyn FnMut(&mut Certificate)| {
        let mut mutated = c.clone();
        change(&mut mutated);
        if mutated != *c {
            all.push(mutated);
        }
    };
    for sequences in Sequences::ALL {
        with(&mut |m| m.sequences = sequences);
    }
    for concept in Concept::ALL {
        with(&mut |m| m.concept = concept);
    }
    for actor in 0..=game.actors.len() {
        with(&mut |m| m.actor = ActorId::from(actor));
    }
    for state in neighbours(game, &c.state) {
        with(&mut |m| m.state = state.clone());
    }
    with(&mut |m| m.stable = !m.stable);
    for k in 0..c.improvements.len() {
        let entry = &c.improvements[k];
        with(&mut |m| drop(m.improvements.remove(k)));
        with(&mut |m| m.improvements.push(entry.clone()));
        with(&mut |m| m.improvements.swap(0, k));
        for to in targets(game, &entry.to) {
            with(&mut |m| m.improvements[k].to = to.clone());
        }
        for gain in reasons(entry.gain) {
            with(&mut |m| m.improvements[k].gain = gain);
        }
        for because in reasons(entry.because) {
            with(&mut |m| m.improvements[k].because = because);
        }
        with(&mut |m| m.improvements[k].sanction.clear());
        for step in 0..entry.sanction.len() {
            with(&mut |m| drop(m.improvements[k].sanction.remove(step)));
            with(&mut |m| m.improvements[k].sanction.insert(step, entry.sanction[step].clone()));
            for actor in 0..=game.actors.len() {
                with(&mut |m| m.improvements[k].sanction[step].mover = MoverId::from(actor));
            }
            for to in targets(game, &entry.sanction[step].to) {
                with(&mut |m| m.improvements[k].sanction[step].to = to.clone());
            }
        }
        // A step that was not there.
        for actor in game.actor_ids() {
            let to = entry.sanction.last().map_or(&entry.to, |last| &last.to);
            for to in targets(game, to) {
                with(&mut |m| m.improvements[k].sanction.push(Step { mover: actor.into(), to: to.clone() }));
            }
        }
    }
    if let Some(unanswered) = &c.unanswered {
        with(&mut |m| m.unanswered = None);
        for to in neighbours(game, &unanswered.to) {
            with(&mut |m| m.unanswered.as_mut().unwrap().to = to.clone());
        }
        for k in 0..unanswered.closure.len() {
            with(&mut |m| drop(m.unanswered.as_mut().unwrap().closure.remove(k)));
            for to in targets(game, &unanswered.closure[k]) {
                with(&mut |m| m.unanswered.as_mut().unwrap().closure[k] = to.clone());
                with(&mut |m| m.unanswered.as_mut().unwrap().closure.push(to.clone()));
            }
        }
    }
    all
}

fn reasons(reason: Option<Deciding>) -> Vec<Option<Deciding>> {
    let mut all = vec![None, Some(Deciding::Statement(0)), Some(Deciding::Groups(0, 1))];
    match reason {
        Some(Deciding::Statement(k)) => {
            all.extend([k + 1, k.wrapping_sub(1)].map(|k| Some(Deciding::Statement(k))))
        }
        Some(Deciding::Weights(a, b)) => {
            all.extend([(a + 1, b), (a, b + 1), (b, a)].map(|(a, b)| Some(Deciding::Weights(a, b))));
        }
        Some(Deciding::Groups(a, b)) => {
            all.extend([(a + 1, b), (a, b + 1), (b, a)].map(|(a, b)| Some(Deciding::Groups(a, b))));
        }
        None => {}
    }
    all
}

/// States one option (or one place) away, possible or not.
fn neighbours(game: &Game, state: &State) -> Vec<State> {
    match &game.form {
        Form::Graph(_) => {
            let n = state.number().unwrap();
            vec![State::from_number(n + 1), State::from_number(n.saturating_sub(1))]
        }
        Form::Options(form) => (0..=form.options.len())
            .map(|o| {
                let mut flipped = state.clone();
                let o = OptionId::from(o);
                flipped.set(o, !state.is_on(o));
                flipped
            })
            .collect(),
    }
}

/// Targets that differ in one cell.
fn targets(game: &Game, target: &Target) -> Vec<Target> {
    let options = game.options().len();
    let mut all: Vec<Target> = Vec::new();
    let pattern = match target {
        Target::One(state) => {
            all.extend(neighbours(game, state).into_iter().map(Target::One));
            state.pattern(options)
        }
        Target::Pattern(pattern) => pattern.clone(),
    };
    for at in 0..pattern.cells.len() {
        for cell in [None, Some(false), Some(true)] {
            let mut changed = pattern.clone();
            changed.cells[at] = cell;
            all.push(Target::from(changed));
        }
    }
    if options > 0 {
        all.push(Target::Pattern(Pattern { cells: vec![None; options + 1] }));
    }
    all
}

#[test]
fn a_mutated_certificate_is_accepted_exactly_when_it_is_true() {
    let shape = Shape { actors: (2, 4), options: (1, 5), states: (1, 7), ..Shape::default() };
    let (mut rejected, mut accepted) = (0, 0);
    for seed in 0..400 {
        let game = game(seed, &shape);
        let truth = Truth::new(&game);
        let mut search = Search::new(&game, &Bounds::default(), &crate::Quiet);
        let mut checker = Checker::new(&game, CHECK_WORK, &crate::Quiet);
        let concepts = concepts(&game);
        let concept = concepts[seed as usize / 3 % concepts.len()];
        let actor = ActorId::from(seed as usize % game.actors.len());
        for state in truth.states.iter().step_by(3) {
            let certificate = search.certificate(reading(seed), concept, actor, state).unwrap();
            assert!(truth.holds(&certificate), "{certificate:#?}");
            for mutated in mutations(&game, &certificate) {
                let verdict = checker.check(&mutated);
                assert!(!matches!(verdict, Err(Fault::Limit(_))));
                assert_eq!(
                    verdict.is_ok(),
                    truth.holds(&mutated),
                    "seed {seed}: {verdict:?}\n{mutated:#?}\nfrom {certificate:#?}"
                );
                if verdict.is_ok() {
                    accepted += 1;
                } else {
                    rejected += 1;
                }
            }
        }
    }
    assert!(rejected > 40_000 && accepted > 4_000, "{rejected} rejected, {accepted} accepted");
}
