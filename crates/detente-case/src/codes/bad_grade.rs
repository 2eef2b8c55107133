//! # E0214: not a grade
//!
//! A grade is a letter and a digit of the Admiralty code: the reliability of the source from `A`
//! (completely reliable) to `E` (unreliable), `F` where it cannot be judged, and the credibility of what
//! it says from `1` (confirmed) to `5` (improbable), `6` where it cannot be judged: `B2`.

use std::ops::Range;

use crate::problem::Problem;

/// The code.
pub const CODE: &str = "E0214";

pub(crate) fn bad_grade(at: &Range<usize>, text: &str) -> Problem {
    let problem = Problem::error(CODE, at, format!("`{}` is no grade", text.escape_debug()));
    let upper = text.trim().to_uppercase();
    match detente_model::Grade::parse(&upper) {
        Some(_) => {
            let written = format!("\"{upper}\"");
            problem.hint(format!("write {written}")).fix(at, written.clone(), format!("write {written}"))
        }
        None => problem.hint("write a letter from A to F and a digit from 1 to 6, for example \"B2\""),
    }
}
