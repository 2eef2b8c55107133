//! # N0604: what two can do is an option of one
//!
//! The claim speaks of two actors together ("both", "the two", both names in one breath), and only one of them has an option
//! that rests on it. Either the other can do the same, or the two do it together (an act), or the claim gives the one alone
//! something to decide.

use std::ops::Range;

use detente_model::Claim;

use crate::Severity;
use crate::problem::Problem;

/// The code.
pub const CODE: &str = "N0604";

pub(crate) fn one_of_both(at: &Range<usize>, claim: &Claim, (one, other): (&str, &str)) -> Problem {
    let place = claim.at.as_ref().map_or_else(String::new, |at| format!(" ({at})"));
    let message = format!("{other} has no option from the claim `{}`{place}, which speaks of both: only {one} has", claim.id);
    let problem = Problem { at: Some(at.clone()), ..Problem::new(CODE, Severity::Note, message) };
    problem.hint(format!(
        "give {other} an option because of it, or make it an act of both: [act.ID] with parties"
    ))
}
