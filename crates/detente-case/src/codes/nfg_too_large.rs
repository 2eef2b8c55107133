//! # E0708: a `.nfg` file that is too large
//!
//! At most 4 MiB, 64 players, 1,024 strategies in all, and 65,536 combinations of strategies: a case lists what each
//! player thinks of each of them.

use std::ops::Range;

use crate::Severity;
use crate::problem::Problem;

/// The code.
pub const CODE: &str = "E0708";

pub(crate) fn too_many(at: Option<&Range<usize>>, what: &str, most: usize) -> Problem {
    let message = format!("there are more than {most} {what}");
    let problem = Problem::new(CODE, Severity::Error, message)
        .hint("leave out strategies that are dominated, in Gambit, and save the game again");
    Problem { at: at.cloned(), ..problem }
}
