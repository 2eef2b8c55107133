//! # N0501: the case does not say where the conflict stands
//!
//! Without `[status_quo]` the reports cannot say what an outcome would change, and commands that
//! start somewhere (`evolve`, `coalitions`) need `--from` or `--state`.

use crate::Severity;
use crate::problem::Problem;

/// The code.
pub const CODE: &str = "N0501";

pub(crate) fn no_status_quo() -> Problem {
    Problem::new(CODE, Severity::Note, "the case does not say where the conflict stands")
        .hint("add [status_quo] with the options that are on")
}
