//! # E0202: missing key
//!
//! The table lacks a key that it must have.

use std::ops::Range;

use crate::problem::Problem;
use crate::shape::Key;

/// The code.
pub const CODE: &str = "E0202";

pub(crate) fn missing_key(at: &Range<usize>, table: &str, place: &str, key: &Key) -> Problem {
    let name = if place.is_empty() || table.starts_with('[') || table.contains(place) {
        table.to_owned()
    } else {
        format!("{table} (`{place}`)")
    };
    let hint = match key.name {
        "format" => "begin the file with `format = 1`".to_owned(),
        _ => format!("`{}`: {}", key.name, key.doc),
    };
    Problem::error(CODE, at, format!("{name} lacks `{}`", key.name)).hint(hint)
}
