//! What a large set of states has in common: structure instead of lists.
//!
//! # Definition
//! Of a set of states that is not empty:
//! * an option is *fixed* when it has one value in all of them ([`crate::StateSet::fixed`]), *free*
//!   when switching it leads from every state of the set to another one of the set;
//! * the other options fall into *parts*: the set is the product of what it allows on each part, so
//!   any way in one part goes with any way in another. They are as fine as can be, and so the same
//!   in every engine: of two products that a set is, the common refinement is one too;
//! * the *projection* on some options: the ways in which they can be set, each with the number of
//!   states that have it;
//! * the *distance* of a state from another one: the number of options in which they differ;
//! * *examples* are drawn independently, each state of the set with the same chance.
//!
//! # Draws
//! ChaCha with 8 rounds from the seed ([`rand::SeedableRng::seed_from_u64`]); a number below `n` is
//! made of as many random bits as `n` has, drawn again while it is not below `n`; it is the rank of
//! the state in the order of the diagram.
//!
//! # Complexity
//! Linear in the nodes of the set's diagram times options for most of it. What takes more than a
//! fixed number of steps is left out, and said to be.

use detente_model::{OptionId, State};
use num_bigint::BigUint;

use crate::Cover;

/// What to find out about a set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ask {
    /// How many options the game has.
    pub options: usize,
    /// From where distances count.
    pub from: Option<State>,
    /// How many examples to draw.
    pub examples: usize,
    /// Where the random numbers start.
    pub seed: u64,
    /// How many patterns of each part.
    pub patterns: usize,
    /// Options to project on, together.
    pub projections: Vec<Vec<OptionId>>,
    /// How many ways of each projection.
    pub ways: usize,
    /// Steps for the parts, and for each projection; `None`: about half a second's work at most.
    pub work: Option<u64>,
}

/// What a set has in common.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Structure {
    /// Options that can be either way whatever the others are, in option order.
    pub free: Vec<OptionId>,
    /// The parts, by their first option. Empty also when they took too much work.
    pub parts: Vec<Part>,
    /// Whether free options and parts were found out: false when that took too much work.
    pub complete: bool,
    /// How many states differ from [`Ask::from`] in 0, 1, 2, … options; `None`: not asked, or too
    /// much work.
    pub distances: Option<Vec<BigUint>>,
    /// States drawn at random.
    pub examples: Vec<State>,
    /// The projections that were asked for, in that order; `None`: too much work.
    pub projections: Vec<Option<Projection>>,
}

/// Options that hang together, and with no others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// In option order.
    pub options: Vec<OptionId>,
    /// In how many ways they can be set.
    pub ways: BigUint,
    /// The ways as patterns, open outside the part.
    pub patterns: Cover,
}

/// The ways in which some options can be set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Projection {
    /// The options.
    pub options: Vec<OptionId>,
    /// How many ways.
    pub ways: BigUint,
    /// The most frequent ways, values in the order of the options, with the number of states of
    /// each; ties in the order of their first difference, off before on. Fewer than [`Ask::ways`]
    /// only when these are all, or (then none) when there are more than 4,096.
    pub first: Vec<(Vec<bool>, BigUint)>,
}
