//! # E0211: options in graph form, or states in option form
//!
//! A case is either in option form (actors have options, rules say what is possible, formulas
//! speak of options) or in graph form (`[graph]` lists the states, `[[actor.X.move]]` the moves,
//! rankings the preferences). Parts of one form mean nothing in the other.

use std::ops::Range;

use crate::problem::Problem;

/// The code.
pub const CODE: &str = "E0211";

pub(crate) fn in_graph_form(at: &Range<usize>, what: &str) -> Problem {
    Problem::error(CODE, at, format!("a case in graph form has no {what}"))
        .hint("`[graph]` lists the states; preferences are given by `ranking`")
}

pub(crate) fn in_option_form(at: &Range<usize>, what: &str) -> Problem {
    Problem::error(CODE, at, format!("a case in option form has no {what}"))
        .hint("states are listed in graph form only: under `[graph]`, `states = […]`")
}
