//! # E0208: number out of range
//!
//! The number is too small or too large for what it stands for. Confidences are from 0 to 1;
//! weights and numbers of states have 64 bits; places of statements begin with 1.

use std::ops::Range;

use crate::problem::Problem;

/// The code.
pub const CODE: &str = "E0208";

/// A whole number that is not from `least` to `most`.
pub(crate) fn integer(at: &Range<usize>, place: &str, least: i64, most: i64) -> Problem {
    let (range, hint) = match (least, most) {
        (i64::MIN, i64::MAX) => {
            ("from −2^63 to 2^63 − 1".to_owned(), "only sums that differ count: use smaller numbers".to_owned())
        }
        (least, i64::MAX) => (
            format!("from {least} to 2^63 − 1"),
            format!("the least is {least}; the number of a state past 2^63 stands in quotes"),
        ),
        (least, most) => {
            (format!("from {least} to {most}"), format!("write a whole number, {least} at the least"))
        }
    };
    Problem::error(CODE, at, format!("`{place}` must be a whole number {range}")).hint(hint)
}

/// A share that is not from 0 to 1.
pub(crate) fn share(at: &Range<usize>, place: &str, number: Option<f64>) -> Problem {
    let problem = Problem::error(CODE, at, format!("`{place}` must be a number from 0 to 1"));
    match number {
        Some(percent) if percent > 1.0 && percent <= 100.0 => {
            let share = format!("{}", percent / 100.0);
            problem
                .hint(format!("{percent} in a hundred is {share}"))
                .fix(at, share.clone(), format!("write {share}"))
        }
        _ => problem.hint("0 is impossible, 1 is certain"),
    }
}

/// A low, a best and a high estimate in another order.
pub(crate) fn estimates(at: &Range<usize>, place: &str) -> Problem {
    Problem::error(CODE, at, format!("`{place}` must be three numbers, none less than the one before it"))
        .hint("write the low, the best and the high estimate in this order; where there is one only, write it three times")
}

/// A number that is none, or not finite.
pub(crate) fn number(at: &Range<usize>, place: &str) -> Problem {
    Problem::error(CODE, at, format!("`{place}` must be a number")).hint("write it in digits, for example 30 or 2.5")
}
