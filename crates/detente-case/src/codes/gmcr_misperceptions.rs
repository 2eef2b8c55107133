//! # E0704: a `.gmcr` file with misperceptions
//!
//! A decision maker of the file does not see some states. GMCR+ then only deletes moves to and
//! from those states, which is not a hypergame, so its results cannot be given here.
//! `--ignore-misperceptions` reads the file without them. What an actor sees otherwise is said in
//! a case file by a `[view]`.

use std::ops::Range;

use crate::import::json::start_of;
use crate::problem::Problem;

/// The code.
pub const CODE: &str = "E0704";

pub(crate) fn misperceptions(at: &Range<usize>, maker: &str) -> Problem {
    let message = format!(
        "`{maker}` has misperceptions: GMCR+ only deletes moves to and from states that are not seen, \
         which is not a hypergame, so its results cannot be given here"
    );
    Problem::error(CODE, &start_of(at), message).hint(
        "`--ignore-misperceptions` reads the file without them; in a case file, what an actor sees \
         otherwise is a `[view]`",
    )
}
