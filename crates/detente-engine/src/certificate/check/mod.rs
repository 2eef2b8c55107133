//! Checks a certificate against the definitions.
//!
//! The checker knows what a state, a move, a preference and a sanction are ([`literal`], and
//! [`cases`] for patterns) and what a certificate claims (the doc comment of
//! [`super`](crate::certificate)). It shares no code with what builds certificates, and accepts
//! any witness that is true, however it was found.

mod cases;
mod consent;
mod literal;
mod sanction;
mod unanswered;

use std::collections::HashSet;

use detente_model::{ActorId, Concept, Form, Game, MoverId, OptionId, Pattern, State};

use super::{Certificate, Target};
use crate::{LimitHit, Stop, Watch};
use cases::{Cases, Cell, Demand, Exhausted, Side, Work, filled};
use literal::Literal;

/// What [`check`] allows itself when the caller says nothing: assignments tried, and clauses, decisions and conflicts of
/// the solver.
pub const CHECK_WORK: u64 = crate::caps::CHECK.most;

/// When to list and when to ask the solver.
#[derive(Clone, Copy, Debug)]
pub(super) struct Listed {
    /// An actor with more options than this has its moves searched by the solver.
    pub(super) options: usize,
    /// A closure of patterns with more states than this is checked by the solver.
    pub(super) states: u64,
    /// The same where it hangs on who moved before: the solver asks for more than the definition then.
    pub(super) sequences: u64,
}

const LISTED: Listed = Listed { options: 10, states: 1 << 10, sequences: 1 << 18 };

/// Why a certificate is not accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It claims something that is not so.
    Rejected {
        /// Where in the certificate, as in JSON: `improvements[2].sanction[0].to`.
        path: String,
        /// What is wrong, one sentence.
        why: String,
    },
    /// The check took more work than allowed: neither accepted nor rejected.
    Limit(LimitHit),
}

/// Checks `certificate` with [`CHECK_WORK`]. For several of one game, use [`Checker`].
///
/// # Errors
/// [`Fault`].
pub fn check(game: &Game, certificate: &Certificate, watch: &dyn Watch) -> Result<(), Fault> {
    Checker::new(game, CHECK_WORK, watch).check(certificate)
}

/// A game with what earlier checks found out about single states.
pub struct Checker<'g> {
    literal: Literal<'g>,
    /// For patterns; where acts or conditions decide who can move, everything is listed.
    cases: Option<Cases<'g>>,
    most: u64,
    work: Work<'g>,
    pub(super) listed: Listed,
}

impl<'g> Checker<'g> {
    /// A checker that does at most `most` for each certificate, and stops when `watch` says so.
    #[must_use]
    pub fn new(game: &'g Game, most: u64, watch: &'g dyn Watch) -> Self {
        let work = Work::new(most, watch);
        let cases = if game.only_own_moves() { Cases::new(game, work.clone()) } else { None };
        let literal = Literal::new(game, work.clone());
        Self { literal, cases, most, work, listed: LISTED }
    }

    /// Checks everything that `certificate` claims.
    ///
    /// # Errors
    /// The first thing found that is not so, or the limit.
    pub fn check(&mut self, certificate: &Certificate) -> Result<(), Fault> {
        self.work.refill(self.most);
        let check = Check {
            certificate,
            fellows: &[],
            literal: &mut self.literal,
            cases: self.cases.as_ref(),
            listed: self.listed,
        };
        check.run().map_err(|halt| self.fault(halt))
    }

    fn fault(&self, halt: Halt) -> Fault {
        match halt {
            Halt::Fault(fault) => fault,
            Halt::Exhausted(stop) => Fault::Limit(LimitHit {
                stop,
                what: "checking the certificate".to_owned(),
                limit: match stop {
                    Stop::Work => format!("{} steps of work", self.most),
                    other => other.words().to_owned(),
                },
                reached: "a part of what it claims".to_owned(),
                exact: String::new(),
            }),
        }
    }
}

/// Why a check ends early.
enum Halt {
    Fault(Fault),
    Exhausted(Stop),
}

impl From<Exhausted> for Halt {
    fn from(Exhausted(stop): Exhausted) -> Self {
        Self::Exhausted(stop)
    }
}

fn reject<T>(path: impl Into<String>, why: impl Into<String>) -> Result<T, Halt> {
    Err(Halt::Fault(Fault::Rejected { path: path.into(), why: why.into() }))
}

struct Check<'a, 'g> {
    certificate: &'a Certificate,
    /// Whoever acts with them takes improvements only: the parties of a joint mover.
    fellows: &'a [ActorId],
    literal: &'a mut Literal<'g>,
    cases: Option<&'a Cases<'g>>,
    listed: Listed,
}

impl<'g> Check<'_, 'g> {
    fn run(mut self) -> Result<(), Halt> {
        let (game, certificate) = (self.literal.game, self.certificate);
        if certificate.actor.index() >= game.actors.len() {
            return reject("actor", "there is no such actor in this case");
        }
        if certificate.concept == Concept::Sim && matches!(game.form, Form::Graph(_)) {
            return reject("concept", "simultaneous stability is not defined in graph form");
        }
        if !self.literal.is_feasible(&certificate.state) {
            return reject("state", "the rules of the case do not allow this state");
        }
        if certificate.stable != certificate.unanswered.is_none() {
            return reject("stable", "a state is stable exactly when no improvement goes unanswered");
        }
        self.entries()?;
        self.covered()?;
        for (at, entry) in certificate.improvements.iter().enumerate() {
            self.sanction(at, entry)?;
        }
        match &certificate.unanswered {
            Some(unanswered) => self.unanswered(unanswered),
            None => Ok(()),
        }
    }

    /// Each entry is an improvement (or holds one), and no state is in two entries.
    fn entries(&mut self) -> Result<(), Halt> {
        let certificate = self.certificate;
        let mut listed: HashSet<&State> = HashSet::new();
        let mut patterns: Vec<(usize, &Pattern)> = Vec::new();
        for (at, entry) in certificate.improvements.iter().enumerate() {
            let path = format!("improvements[{at}].to");
            let twice = match &entry.to {
                Target::One(to) => {
                    self.improvement(&path, to)?;
                    !listed.insert(to) || patterns.iter().any(|(_, p)| p.matches(to))
                }
                Target::Pattern(pattern) => {
                    self.well_formed(&path, pattern)?;
                    let overlap = |other: &Pattern| {
                        let mut cells = pattern.cells.iter().zip(&other.cells);
                        cells.all(|(a, b)| a.is_none() || b.is_none() || a == b)
                    };
                    let twice = listed.iter().any(|state| pattern.matches(state))
                        || patterns.iter().any(|(_, other)| overlap(other));
                    let Some((variables, sides)) = self.pattern_sides(pattern) else {
                        return reject(path, "no improvement matches this pattern");
                    };
                    if self.split(variables, &sides, &self.base())?.is_none() {
                        return reject(path, "no improvement matches this pattern");
                    }
                    patterns.push((at, pattern));
                    twice
                }
            };
            if twice {
                return reject(path, "an earlier entry covers this already");
            }
            self.gain(at)?;
        }
        Ok(())
    }

    /// `to` is one step of the actor and better.
    fn improvement(&mut self, path: &str, to: &State) -> Result<(), Halt> {
        let (actor, state) = (self.certificate.actor, &self.certificate.state);
        let name = self.literal.name(actor);
        if !self.literal.is_feasible(to) {
            return reject(path, format!("the rules of the case do not allow {}", self.literal.words(to)));
        }
        if !self.literal.can_move(actor, state, to)? {
            let (from, to) = (self.literal.words(state), self.literal.words(to));
            return reject(path, format!("{name} cannot move from {from} to {to} alone"));
        }
        if !self.literal.prefers(actor, to, state) {
            let (from, to) = (self.literal.words(state), self.literal.words(to));
            return reject(path, format!("{name} does not prefer {to} to {from}"));
        }
        Ok(())
    }

    fn gain(&mut self, at: usize) -> Result<(), Halt> {
        let (certificate, path) = (self.certificate, format!("improvements[{at}].gain"));
        let entry = &certificate.improvements[at];
        let why = "this is not what makes the improvement better";
        match &entry.to {
            Target::One(to) => {
                let (_, deciding) = self.literal.compare(certificate.actor, to, &certificate.state);
                if deciding != entry.gain {
                    return reject(path, why);
                }
            }
            Target::Pattern(pattern) => {
                let Some(gain) = entry.gain else { return Ok(()) };
                if self.is_wide() {
                    let Some((variables, sides)) = self.pattern_sides(pattern) else { return Ok(()) };
                    let mut demands = self.base();
                    demands.push(Demand::Decided(certificate.actor, 1, 0, gain).not());
                    return match self.split(variables, &sides, &demands)? {
                        None => Ok(()),
                        Some(values) => {
                            let to = self.literal.words(&filled(&sides[1], &values));
                            reject(path, format!("{why} at {to}"))
                        }
                    };
                }
                for to in self.matching(pattern)? {
                    if self.literal.compare(certificate.actor, &to, &certificate.state).1 != Some(gain) {
                        return reject(path, format!("{why} at {}", self.literal.words(&to)));
                    }
                }
            }
        }
        Ok(())
    }

    /// No improvement is outside all entries.
    fn covered(&mut self) -> Result<(), Halt> {
        let certificate = self.certificate;
        let (actor, state) = (certificate.actor, &certificate.state);
        let own: Vec<OptionId> = self.literal.game.options_of(actor).collect();
        let left_out = if let Some(cases) = self.cases.filter(|_| own.len() > self.listed.options) {
            let options = self.literal.game.options().len();
            let patterns: Vec<Pattern> =
                certificate.improvements.iter().map(|entry| as_pattern(&entry.to, options)).collect();
            let sides = [fixed(state, options), opened(state, options, &own)];
            let mut demands = self.base();
            demands.push(Demand::Within(1, &patterns).not());
            cases.find(own.len(), &sides, &demands)?.map(|values| filled(&sides[1], &values))
        } else {
            let mut listed: HashSet<&State> = HashSet::new();
            let mut patterns = Vec::new();
            for entry in &certificate.improvements {
                match &entry.to {
                    Target::One(to) => {
                        listed.insert(to);
                    }
                    Target::Pattern(pattern) => patterns.push(pattern),
                }
            }
            let moves = self.literal.moves(actor, state)?;
            moves
                .iter()
                .filter(|to| !listed.contains(to) && !patterns.iter().any(|p| p.matches(to)))
                .find(|to| self.literal.prefers(actor, to, state))
                .cloned()
        };
        match left_out {
            None => Ok(()),
            Some(to) => {
                let (name, to) = (self.literal.name(actor), self.literal.words(&to));
                reject("improvements", format!("{name} can also improve to {to}, which no entry covers"))
            }
        }
    }

    /// Whether `mover` answers by improvements only.
    fn must_improve(&self, mover: MoverId) -> bool {
        let fellow = |party: &ActorId| self.fellows.contains(party);
        improving(self.certificate.concept) || self.literal.parties(mover).iter().any(fellow)
    }

    fn well_formed(&self, path: &str, pattern: &Pattern) -> Result<(), Halt> {
        match self.literal.game.option_form() {
            None => reject(path, "a conflict in graph form has no patterns"),
            Some(form) if form.options.len() != pattern.cells.len() => reject(
                path,
                format!(
                    "the pattern has {} cells, the case {} options",
                    pattern.cells.len(),
                    form.options.len()
                ),
            ),
            Some(_) => Ok(()),
        }
    }

    /// "Side 1 is an improvement of the actor from side 0."
    fn base(&self) -> Vec<Demand<'static>> {
        let actor = self.certificate.actor;
        vec![Demand::Feasible(1), Demand::Better(actor, 1, 0), Demand::Move(actor, 0, 1)]
    }

    /// Side 0: the state. Side 1: what matches `pattern` and differs from the state in options of
    /// the actor only; `None` when nothing does. Also the number of variables.
    fn pattern_sides(&self, pattern: &Pattern) -> Option<(usize, Vec<Side>)> {
        let (actor, state) = (self.certificate.actor, &self.certificate.state);
        let options = self.literal.game.options();
        let mut variables = 0;
        let mut cells = Vec::with_capacity(options.len());
        for (at, option) in options.iter().enumerate() {
            let now = state.is_on(OptionId::from(at));
            cells.push(match pattern.cells.get(at).copied().flatten() {
                Some(on) if option.actor == actor || on == now => Cell::Set(on),
                Some(_) => return None,
                None if option.actor == actor => {
                    variables += 1;
                    Cell::Var(variables - 1)
                }
                None => Cell::Set(now),
            });
        }
        Some((variables, vec![fixed(state, options.len()), Side(cells)]))
    }

    fn split(
        &mut self,
        variables: usize,
        sides: &[Side],
        demands: &[Demand<'_>],
    ) -> Result<Option<Vec<bool>>, Halt> {
        match self.cases {
            Some(cases) => Ok(cases.find(variables, sides, demands)?),
            None => Ok(None),
        }
    }

    /// Whether the actor has too many options to try each choice of them.
    fn is_wide(&self) -> bool {
        self.cases.is_some()
            && self.literal.game.options_of(self.certificate.actor).count() > self.listed.options
    }

    /// The improvements that match a pattern, one by one.
    fn matching(&mut self, pattern: &Pattern) -> Result<Vec<State>, Halt> {
        let (actor, state) = (self.certificate.actor, &self.certificate.state);
        let moves = self.literal.moves(actor, state)?;
        Ok(moves
            .iter()
            .filter(|to| pattern.matches(to) && self.literal.prefers(actor, to, state))
            .cloned()
            .collect())
    }

    /// Whether the actor, at `from`, can move to something that it strictly prefers to the state
    /// of the certificate; and to what.
    fn escape(&mut self, from: &State) -> Result<Option<State>, Halt> {
        let (actor, state) = (self.certificate.actor, &self.certificate.state);
        let own: Vec<OptionId> = self.literal.game.options_of(actor).collect();
        if let Some(cases) = self.cases.filter(|_| own.len() > self.listed.options) {
            let options = self.literal.game.options().len();
            let sides = [fixed(state, options), fixed(from, options), opened(from, options, &own)];
            let demands = [Demand::Feasible(2), Demand::Better(actor, 2, 0), Demand::Move(actor, 1, 2)];
            let found = cases.find(own.len(), &sides, &demands)?;
            return Ok(found.map(|values| filled(&sides[2], &values)));
        }
        let moves = self.literal.moves(actor, from)?;
        Ok(moves.iter().find(|to| self.literal.prefers(actor, to, state)).cloned())
    }
}

/// Whether a state sanctions only when the actor cannot escape from it.
fn escapes_count(concept: Concept) -> bool {
    matches!(concept, Concept::Smr | Concept::Sseq)
}

/// Whether opponents take improvements only.
fn improving(concept: Concept) -> bool {
    matches!(concept, Concept::Seq | Concept::Sseq)
}

/// A side without variables.
fn fixed(state: &State, options: usize) -> Side {
    Side((0..options).map(|o| Cell::Set(state.is_on(OptionId::from(o)))).collect())
}

/// `state` with the options `own` as variables, in this order.
fn opened(state: &State, options: usize, own: &[OptionId]) -> Side {
    let mut side = fixed(state, options);
    for (variable, option) in own.iter().enumerate() {
        if let Some(cell) = side.0.get_mut(option.index()) {
            *cell = Cell::Var(variable);
        }
    }
    side
}

fn as_pattern(target: &Target, options: usize) -> Pattern {
    match target {
        Target::One(state) => state.pattern(options),
        Target::Pattern(pattern) => pattern.clone(),
    }
}
