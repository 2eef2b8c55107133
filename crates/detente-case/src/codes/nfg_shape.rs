//! # E0707: a part of a `.nfg` file is missing or of another kind
//!
//! A game in normal form is `NFG 1 R "title" { players } { strategies }` and then either one payoff per player and
//! combination of strategies, or outcomes with payoffs and the number of the outcome of each combination (0: nothing,
//! everybody gets 0). The first player's strategy changes fastest. Numbers are whole, decimal or fractions.

use std::ops::Range;

use crate::problem::Problem;

/// The code.
pub const CODE: &str = "E0707";

const HINT: &str = "open it in Gambit and save it again as a game in normal form";

pub(crate) fn expected(at: &Range<usize>, what: &str, there: &str) -> Problem {
    Problem::error(CODE, at, format!("{what} should stand here, not {there}")).hint(HINT)
}

pub(crate) fn number(at: &Range<usize>, there: &str) -> Problem {
    Problem::error(CODE, at, format!("a payoff must be a number, not {there}"))
        .hint("write it whole (3), as a decimal (0.5) or as a fraction (1/2), with at most 64 characters")
}

pub(crate) fn count(at: &Range<usize>, what: &str, all: usize, there: usize) -> Problem {
    Problem::error(CODE, at, format!("the game has {all} {what}, and {there} stand here")).hint(HINT)
}

pub(crate) fn outcome(at: &Range<usize>, there: &str, all: usize) -> Problem {
    Problem::error(CODE, at, format!("{there} is the number of no outcome")).hint(format!(
        "outcomes are numbered from 1 to {all} as they stand in the file; 0 stands for none"
    ))
}
