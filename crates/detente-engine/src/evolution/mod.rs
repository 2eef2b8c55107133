//! Where the conflict goes from a state: what can be reached, by whom, and where it ends.
//!
//! # Definition
//! * *Reachable by moves*, *by improvements*: the states that sequences of moves (of improvements, each
//!   better for its mover) of all actors lead to. As in the chain, an actor may move several times in a
//!   row: time passes, and nobody has to wait for an answer. In graph form and with moves taken away
//!   that is more than the legal sequences of the concepts lead to.
//! * *The chain*: at each step the mover is drawn by weight among those who have an improvement,
//!   and takes each of its improvements with equal probability ([`Choice::Best`]: only its best,
//!   ties equal). A state where nobody has one absorbs; so does a closed set of several states, a
//!   cycle. With coalitions, each minimal coalition of two or more that can leave a state to the gain
//!   of all its members (no part of it can) is a mover there too, with the least weight of its members.
//!   An act of several has a weight of its own, shared among the groups that may begin or end it (one
//!   with levels is one choice among several ends); it is held where a party has weight 0. A chance event
//!   happens by the weight it is given, else never.
//! * *Moves*: the expected number of steps until absorption, given that the chain ends there.
//!
//! # Method
//! States are met from the start. Components of the improvement graph are solved in order of the
//! flow; inside a component by state elimination without subtraction (Grassmann, Taksar & Heyman
//! 1985, *Operations Research* 33), which is exact to rounding, or, when it has more than
//! [`ELIMINATED`] states, by Gauss–Seidel with the total put right after every sweep (what comes in
//! must go out: iterative aggregation, Takahashi 1975), which a component that is hardly ever left
//! does not slow down. Where that does not settle, components up to [`LAST_ELIMINATED`] states are
//! eliminated after all; what is left is said in [`Evolution::settled`]. Small chains are solved in
//! exact fractions. The residual is that of the linear equations.

mod absorb;
mod basins;
mod chain;
mod number;
mod routes;
mod walker;

use detente_model::{Game, State};

use crate::{LimitHit, Watch};

pub(crate) use chain::Weights;

pub use basins::{Basin, Basins, basins};
pub use number::Fraction;
pub use routes::{By, Reach, Route, Targets, reach, routes};
pub use walker::Walker;

/// The largest component that is solved by elimination; a larger one is solved by iteration.
pub const ELIMINATED: usize = 600;

/// The largest component that is eliminated when iteration does not settle: some seconds.
pub const LAST_ELIMINATED: usize = 2_000;

/// Chains with at most this many states that are not absorbing are solved in exact fractions.
pub const EXACT: usize = 40;

/// How a mover chooses among its improvements.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Choice {
    /// Each with equal probability.
    #[default]
    Any,
    /// Only the best, ties equal.
    Best,
}

/// What to follow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvolveSettings {
    /// Weights of the actors as movers; empty: all equal. An actor of weight 0 never moves, though it
    /// may have reason to: see [`Absorbing::held`].
    pub weights: Vec<u64>,
    /// Weights of acts of several; empty: 1 each (where actors have weights of another scale, say them).
    pub acts: Vec<u64>,
    /// Weights of chance events; empty: 0 each, they do not happen.
    pub chances: Vec<u64>,
    /// How a mover chooses.
    pub choice: Choice,
    /// Whether minimal coalitions move too.
    pub coalitions: bool,
    /// How many states may be met.
    pub limit: usize,
}

impl Default for EvolveSettings {
    /// Equal weights, any improvement, single actors, 100,000 states.
    fn default() -> Self {
        Self {
            weights: Vec::new(),
            acts: Vec::new(),
            chances: Vec::new(),
            choice: Choice::Any,
            coalitions: false,
            limit: 100_000,
        }
    }
}

/// Where the conflict goes.
#[derive(Clone, Debug, PartialEq)]
pub struct Evolution {
    /// From where.
    pub from: State,
    /// States that the chain can be in, the start first, in order of distance.
    pub states: Vec<State>,
    /// Steps of the chain, by place of the start in `states`, then mover, then end.
    pub steps: Vec<ChainStep>,
    /// Where it ends, most probable first, ties by state.
    pub absorbing: Vec<Absorbing>,
    /// Expected number of steps until absorption; infinite when something was not followed or not settled.
    pub moves: f64,
    /// Whether the equations were solved. If not, each probability is a lower bound, and what is
    /// missing to 1 is in [`Evolution::unfollowed`].
    pub settled: bool,
    /// The sum of the errors of the linear equations as solved (for the probabilities); 0 for exact
    /// fractions. No probability is farther off than this.
    pub residual: f64,
    /// Sets of several states that lead to each other and can be left (open cycles), by place.
    pub open_cycles: Vec<Vec<usize>>,
    /// The probability that is not accounted for: of coming to states that were not followed because of a
    /// limit, or left over where the equations did not settle.
    pub unfollowed: f64,
    /// Bounds that were hit.
    pub limits: Vec<LimitHit>,
}

/// One step of the chain.
#[derive(Clone, Debug, PartialEq)]
pub struct ChainStep {
    /// From which state, by place.
    pub from: usize,
    /// To which state, by place; `None`: not followed because of a limit.
    pub to: Option<usize>,
    /// Who moves.
    pub mover: Walker,
    /// With which probability.
    pub probability: f64,
}

/// Where the chain ends.
#[derive(Clone, Debug, PartialEq)]
pub struct Absorbing {
    /// One state where nobody improves, or the states of a cycle, by place, ascending by state.
    pub states: Vec<usize>,
    /// The probability of ending there.
    pub probability: f64,
    /// The same as a fraction, for small chains.
    pub exact: Option<Fraction>,
    /// Expected number of steps, given that it ends there; infinite when that did not settle.
    pub moves: f64,
    /// Who would leave one of the states, but has weight 0.
    pub held: Vec<Walker>,
}

impl Absorbing {
    /// Whether it is a single state that nobody would leave, not a cycle, and not one that is left alone
    /// only because those who would leave it have weight 0.
    #[must_use]
    pub fn is_equilibrium(&self) -> bool {
        self.states.len() == 1 && self.held.is_empty()
    }
}

/// Why there is no evolution.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EvolveError {
    /// A state that is not one of the game.
    #[error("state {0} is not possible under the rules of the case")]
    NotFeasible(State),
    /// Weights for another number of actors.
    #[error("there are {given} weights for {actors} actors")]
    Weights {
        /// How many were given.
        given: usize,
        /// How many actors there are.
        actors: usize,
    },
    /// Acts whose weights cannot be shared among so many groups in whole numbers.
    #[error(
        "the acts have too many groups to share their weights among: give fewer acts, or smaller weights"
    )]
    Shares,
}

/// Follows `game` from `from`.
///
/// # Complexity
/// States met times improvements, plus the solution of the equations: cubic in the size of a
/// component up to [`ELIMINATED`]. With coalitions, per state times the coalitions and what they reach.
///
/// # Errors
/// [`EvolveError`]; a bound that is hit is in [`Evolution::limits`].
pub fn evolve(
    game: &Game,
    from: &State,
    settings: &EvolveSettings,
    watch: &dyn Watch,
) -> Result<Evolution, EvolveError> {
    let chain = chain::Chain::new(game, from, settings, watch)?;
    Ok(absorb::solve(from, chain, watch))
}

#[cfg(test)]
mod tests;
