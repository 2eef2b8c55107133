//! # E0202: missing key
//!
//! The table lacks a key that it must have.

use std::ops::Range;

use crate::problem::Problem;
use crate::shape::{Key, Shape};

/// The code.
pub const CODE: &str = "E0202";

pub(crate) fn missing_key(at: &Range<usize>, table: &str, place: &str, key: &Key) -> Problem {
    let name = if place.is_empty() || table.starts_with('[') || table.contains(place) {
        table.to_owned()
    } else {
        format!("{table} (`{place}`)")
    };
    let written = match key.shape {
        Shape::Table(_) => format!("[{}]", key.name),
        Shape::Map(..) => format!("[{}.ID]", key.name),
        shape => format!("{} = {}", key.name, shape.example()),
    };
    let mut doc = key.doc.trim_end_matches('.').to_owned();
    if let Some(first) = doc.get(..1).map(str::to_lowercase) {
        doc.replace_range(..1, &first);
    }
    let hint = if doc == key.name { format!("add `{written}`") } else { format!("add `{written}`: {doc}") };
    Problem::error(CODE, at, format!("{name} lacks `{}`", key.name)).hint(hint)
}
