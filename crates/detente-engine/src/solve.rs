//! The way in: a game and settings, verdicts out.

use detente_model::{ActorId, Concept, Game, MoverId, Sequences, State};

use crate::{Bounds, LimitHit, StateSet, Watch, auto};

/// The ways to the same verdicts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Engine {
    /// Chosen by size; the [`Solution`] says which.
    #[default]
    Auto,
    /// States in arrays and lists.
    Explicit,
    /// State sets as decision diagrams.
    Symbolic,
    /// The definitions, typed in.
    Reference,
}

impl Engine {
    /// All, with their words on the command line.
    pub const ALL: [(Self, &'static str); 4] = [
        (Self::Auto, "auto"),
        (Self::Explicit, "explicit"),
        (Self::Symbolic, "symbolic"),
        (Self::Reference, "reference"),
    ];

    /// The word on the command line and in JSON.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Explicit => "explicit",
            Self::Symbolic => "symbolic",
            Self::Reference => "reference",
        }
    }
}

/// What to compute, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// By which engine.
    pub engine: Engine,
    /// Which concepts, each once.
    pub concepts: Vec<Concept>,
    /// The reading of joint sanctions.
    pub sequences: Sequences,
    /// How many threads; 0: as many as there are cores.
    pub threads: usize,
    /// Bounds.
    pub bounds: Bounds,
}

impl Default for Settings {
    /// Auto, the five default concepts, legal sequences, all cores, default bounds.
    fn default() -> Self {
        Self {
            engine: Engine::Auto,
            concepts: Concept::DEFAULT.to_vec(),
            sequences: Sequences::Legal,
            threads: 0,
            bounds: Bounds::default(),
        }
    }
}

/// Verdicts of one game under one reading. States are borrowed views: asking is cheap.
pub trait Verdicts: Send + Sync {
    /// The feasible states.
    fn feasible(&self) -> Box<dyn StateSet + '_>;

    /// The states within reach of the start of a slice (by its place in [`detente_model::Game::slices`]; 0 is as
    /// today): by anybody's moves, improving or not, and by dates. Without a start: all states of the slice. `None`
    /// when that was not computed, or a rule forbids the start.
    fn reach_in(&self, slice: usize) -> Option<Box<dyn StateSet + '_>>;

    /// The states of a slice that are stable for `mover` (an actor, or several together) under `concept`; `None` when
    /// that was not computed.
    fn stable_in(&self, slice: usize, concept: Concept, mover: MoverId) -> Option<Box<dyn StateSet + '_>>;

    /// The states of a slice that are stable for every mover; `None` when that was not computed.
    fn equilibria_in(&self, slice: usize, concept: Concept) -> Option<Box<dyn StateSet + '_>>;

    /// What lasts: the equilibria of a slice that are within reach of its start and undone by no date; `None` when
    /// that was not computed, or a rule forbids the start.
    fn lasting_in(&self, slice: usize, concept: Concept) -> Option<Box<dyn StateSet + '_>>;

    /// [`Verdicts::stable_in`] the slice as today.
    fn stable_for(&self, concept: Concept, mover: MoverId) -> Option<Box<dyn StateSet + '_>> {
        self.stable_in(0, concept, mover)
    }

    /// The states that are stable for one actor: [`Verdicts::stable_for`] its own mover.
    fn stable(&self, concept: Concept, actor: ActorId) -> Option<Box<dyn StateSet + '_>> {
        self.stable_in(0, concept, actor.into())
    }

    /// [`Verdicts::equilibria_in`] the slice as today.
    fn equilibria(&self, concept: Concept) -> Option<Box<dyn StateSet + '_>> {
        self.equilibria_in(0, concept)
    }

    /// [`Verdicts::lasting_in`] the slice as today.
    fn lasting(&self, concept: Concept) -> Option<Box<dyn StateSet + '_>> {
        self.lasting_in(0, concept)
    }

    /// What is sound all the same where a bound cut the equilibria of `concept` short.
    fn between(&self, _concept: Concept) -> Option<Between<'_>> {
        None
    }
}

/// Equilibria that could not be found out exactly, from below and above.
pub struct Between<'v> {
    /// States that are equilibria for certain.
    pub at_least: Box<dyn StateSet + 'v>,
    /// States outside of this are none for certain.
    pub at_most: Box<dyn StateSet + 'v>,
    /// Some of those between, decided one by one.
    pub sampled: Sampled,
    /// The reading of joint sanctions.
    pub sequences: Sequences,
}

/// States drawn uniformly and independently from those in [`Between::at_most`] that are not in
/// [`Between::at_least`], with the verdict on each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sampled {
    /// Those that are equilibria.
    pub equilibria: Vec<State>,
    /// How many are none.
    pub others: usize,
}

impl Sampled {
    /// How many were decided.
    #[must_use]
    pub fn count(&self) -> usize {
        self.equilibria.len() + self.others
    }

    /// The share of equilibria between the bounds, with an interval that holds it with 95 %
    /// confidence (Wilson 1927); `None` when nothing was decided.
    #[must_use]
    pub fn share(&self) -> Option<(f64, f64, f64)> {
        let n = self.count() as f64;
        if n == 0.0 {
            return None;
        }
        let (z, p) = (1.959_964, self.equilibria.len() as f64 / n);
        let centre = (p + z * z / (2.0 * n)) / (1.0 + z * z / n);
        let half = z / (1.0 + z * z / n) * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt();
        Some((p, (centre - half).clamp(0.0, p), (centre + half).clamp(p, 1.0)))
    }
}

/// Verdicts, with how they came about.
pub struct Solution {
    /// The engine that did it (never [`Engine::Auto`]).
    pub engine: Engine,
    /// The verdicts.
    pub verdicts: Box<dyn Verdicts>,
    /// Bounds that were hit; everything that `verdicts` answers is exact all the same.
    pub limits: Vec<LimitHit>,
}

/// Whether the symbolic engine, which works on sets of states and so on more than 64 options, takes `game` as `settings` ask.
///
/// # Errors
/// [`SolveError::NotPossible`].
pub fn takes_by_sets(game: &Game, settings: &Settings) -> Result<(), SolveError> {
    crate::symbolic::possible(game, settings).map(|_| ())
}

/// What an engine cannot do. Data: who asked words it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotPossible {
    /// Simultaneous stability is defined in option form, not for graphs of states.
    SimultaneousInGraph,
    /// Simultaneous stability is not defined where several move together.
    SimultaneousWithActs,
    /// The symbolic engine looks for coalitions among the actors' own moves without conditions only.
    SymbolicWithActs,
    /// The symbolic engine knows no conditions of an actor on its own switches, within one of its moves.
    SymbolicWithOwnConditions,
    /// The explicit engine numbers at most 64 options.
    TooManyOptions {
        /// How many there are.
        options: usize,
        /// How many there may be.
        most: usize,
    },
    /// The symbolic engine works on options, not on graphs of states.
    SymbolicOnGraph,
    /// The symbolic engine takes no moves away.
    SymbolicWithMovesTakenAway,
    /// The symbolic engine has no reading `once`.
    SymbolicOnce,
    /// Simultaneous stability needs the states one by one: no symbolic engine.
    SymbolicSimultaneous,
    /// The system gave no thread for the symbolic engine, or it ended in an unexpected way.
    NoSymbolicThread,
    /// The reference engine is for small games.
    TooLargeForReference(TooLarge),
}

/// Why a game is too large for the reference engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLarge {
    /// Too many of what.
    pub what: Large,
    /// How many of these there are; `None`: more than could be counted.
    pub count: Option<u64>,
    /// How many there may be.
    pub most: u64,
}

/// What a game can have too many of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Large {
    /// Options.
    Options,
    /// Feasible states.
    States,
    /// Moves.
    Moves,
}

/// Why a game cannot be solved.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SolveError {
    /// No state obeys all rules.
    #[error("no combination of options obeys all rules")]
    NoFeasibleState,
    /// A feasible state that no group of a ranking covers.
    #[error("the ranking of actor number {who} leaves out state {1}", who = .0.index() + 1)]
    RankingGap(ActorId, State),
    /// A feasible state that two groups of a ranking cover (groups counted from 1).
    #[error("the ranking of actor number {who} has state {1} in group {2} and in group {3}", who = .0.index() + 1)]
    RankingOverlap(ActorId, State, usize, usize),
    /// The engine cannot do what is asked.
    #[error("{0:?} is not possible")]
    NotPossible(NotPossible),
    /// Stopped before there was anything to answer.
    #[error("stopped before the first verdict: {}", .0.what)]
    Stopped(LimitHit),
}

/// Solves `game`.
///
/// [`Engine::Auto`] takes the engine that is faster, within a factor of two: the explicit one for
/// few states, else the symbolic one when it is done in the time that the explicit one would take
/// or when listing is out of the question. What only one engine can do (moves taken away, the
/// reading `once`, simultaneous stability, graphs) is done by that one.
///
/// Simultaneous stability is defined in option form only: asked for with other concepts in
/// graph form, it is left out ([`Verdicts::stable`] answers `None`).
///
/// # Errors
/// [`SolveError`]; a bound that was hit later than the first verdict is no error but part
/// of the [`Solution`].
pub fn solve(game: &Game, settings: &Settings, watch: &dyn Watch) -> Result<Solution, SolveError> {
    let defined = |concept: &Concept| concept.is_defined_in(&game.form);
    if !settings.concepts.is_empty() && !settings.concepts.iter().any(defined) {
        return Err(SolveError::NotPossible(NotPossible::SimultaneousInGraph));
    }
    auto::by_name(game, settings, watch)
}
