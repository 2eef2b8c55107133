//! # E0203: wrong kind of value
//!
//! The value is of another kind than the key takes: a number where a text belongs, a text where a
//! list belongs, and so on.

use std::ops::Range;

use crate::problem::Problem;
use crate::read::tree::{Node, Value};

/// The code.
pub const CODE: &str = "E0203";

pub(crate) fn wrong_type(at: &Range<usize>, place: &str, expected: &str, node: &Node) -> Problem {
    let problem = Problem::error(CODE, at, format!("`{place}` must be {expected}, not {}", node.kind()));
    match &node.value {
        Value::Integer(Some(number)) if expected.contains("a date") || expected.contains("a text") => problem
            .hint("put it in quotes")
            .fix(at, format!("\"{number}\""), format!("write \"{number}\"")),
        Value::Text(_) if expected.starts_with("a list") => problem.hint("put it in brackets: [\"…\"]"),
        Value::Table(_) if expected.starts_with("a list of") || expected == "a list" => {
            problem.hint("a table that may repeat has two brackets: [[…]]")
        }
        Value::Text(text) if expected == "true or false" && (text == "true" || text == "false") => {
            problem.hint("without quotes").fix(at, text.clone(), format!("write {text}"))
        }
        _ => problem,
    }
}

pub(crate) fn wrong_count(at: &Range<usize>, place: &str, count: usize, found: &str) -> Problem {
    Problem::error(CODE, at, format!("`{place}` must be a list of {count}, not {found}"))
}
