//! Checks every value of a file against the shapes of the format: types, keys, words, ids, dates.

use std::ops::Range;

use crate::codes;
use crate::problem::Problems;
use crate::read::tree::{Node, Value};
use crate::shape::{Shape, TableShape};
use crate::text::steers;

/// Checks `node` against `shape`. With `partial` (the text has syntax errors, so that keys may
/// have been lost) missing keys are not reported.
pub(crate) fn conform(node: &Node, shape: Shape, place: &str, partial: bool, problems: &mut Problems) {
    match (shape, &node.value) {
        (Shape::Any(shapes), _) => match shapes.iter().find(|shape| same_kind(**shape, node)) {
            Some(shape) => conform(node, *shape, place, partial, problems),
            None => problems.push(codes::wrong_type::wrong_type(place, shape, node)),
        },
        (shape, _) if !same_kind(shape, node) => {
            problems.push(codes::wrong_type::wrong_type(place, shape, node));
        }
        (Shape::Line, Value::Text(text)) => control(&node.at, place, text, false, problems),
        (Shape::Prose, Value::Text(text)) => control(&node.at, place, text, true, problems),
        (Shape::Path, Value::Text(text)) => {
            control(&node.at, place, text, false, problems);
            if !is_inside(text) {
                problems.push(codes::outside_path::outside_path(&node.at, text));
            }
        }
        (Shape::Id, Value::Text(text)) => id(&node.at, text, problems),
        (Shape::Date, Value::Text(text)) if !is_date(text) => {
            problems.push(codes::bad_date::bad_date(&node.at, text));
        }
        (Shape::Date, Value::Date(date)) if date.time.is_some() || date.date.is_none() => {
            problems.push(codes::bad_date::bad_date(&node.at, &date.to_string()));
        }
        (Shape::Integer(least, most), Value::Integer(number))
            if !number.is_some_and(|n| (least..=most).contains(&n)) =>
        {
            problems.push(codes::out_of_range::integer(&node.at, place, least, most));
        }
        (Shape::Share, _) if !node.number().is_some_and(|n| (0.0..=1.0).contains(&n)) => {
            problems.push(codes::out_of_range::share(&node.at, place, node.number()));
        }
        (Shape::Word(words), Value::Text(text)) if !words.contains(&text.as_str()) => {
            let miss = problems.near.miss(place, text, words.iter().copied());
            problems.push(codes::unknown_word::unknown_word(&node.at, place, text, words, miss));
        }
        (Shape::Many(each), Value::List(list)) => {
            for part in list {
                conform(part, *each, place, partial, problems);
            }
        }
        (Shape::Exactly(count, each), Value::List(list)) => {
            if list.len() != count {
                problems.push(codes::wrong_type::wrong_count(&node.at, place, count, list.len()));
            }
            for part in list {
                conform(part, *each, place, partial, problems);
            }
        }
        (Shape::Map(_, each), Value::Table(table)) => {
            for entry in &table.entries {
                id(&entry.key_at, &entry.key, problems);
                conform(&entry.node, *each, &entry.key, partial, problems);
            }
        }
        (Shape::Table(shape), Value::Table(_)) => table(node, shape, place, partial, problems),
        _ => {}
    }
}

fn table(node: &Node, shape: &'static TableShape, place: &str, partial: bool, problems: &mut Problems) {
    for entry in node.entries() {
        match shape.all_keys().find(|key| key.name == entry.key) {
            Some(key) => conform(&entry.node, key.shape, key.name, partial, problems),
            None => {
                let miss = problems.near.miss(shape.name, &entry.key, shape.all_keys().map(|key| key.name));
                if partial && place.is_empty() && miss.is_none() {
                    // After a header that is not closed, keys land in the wrong table.
                    continue;
                }
                let known: Vec<&str> = shape.all_keys().map(|key| key.name).collect();
                let at = &entry.key_at;
                problems.push(codes::unknown_key::unknown_key(at, shape.name, &entry.key, &known, miss));
            }
        }
    }
    if partial {
        return;
    }
    let has = |key: &str| node.get(key).is_some();
    for key in shape.keys.iter().filter(|key| key.required && !has(key.name)) {
        problems.push(codes::missing_key::missing_key(&node.at, shape.name, place, key));
    }
    if !shape.choice.is_empty() {
        choice(node, shape, problems);
    }
}

/// Exactly one of the groups of keys, whole.
fn choice(node: &Node, shape: &'static TableShape, problems: &mut Problems) {
    let has = |key: &&&str| node.get(key).is_some();
    let groups = shape.choice;
    let whole = groups.iter().filter(|group| group.iter().all(|key| has(&key))).count();
    let mut keys: Vec<&str> = groups.iter().flat_map(|group| group.iter().copied()).collect();
    keys.dedup();
    let given: Vec<&str> = keys.iter().copied().filter(|key| node.get(key).is_some()).collect();
    let fits = whole == 1
        && groups
            .iter()
            .filter(|group| group.iter().all(|key| has(&key)))
            .all(|group| given.iter().all(|key| group.contains(key)));
    if !fits {
        problems.push(codes::exactly_one::exactly_one(&node.at, shape.name, groups, &given));
    }
}

/// Whether a value is of the kind that a shape takes; what it says is another matter.
pub(crate) fn same_kind(shape: Shape, node: &Node) -> bool {
    match (shape, &node.value) {
        (
            Shape::Line
            | Shape::Prose
            | Shape::Path
            | Shape::Id
            | Shape::State
            | Shape::Ref(_)
            | Shape::Formula
            | Shape::Date
            | Shape::Word(_),
            Value::Text(_),
        )
        | (Shape::Date, Value::Date(_))
        | (Shape::Bool, Value::Bool(_))
        | (Shape::Integer(..), Value::Integer(_))
        | (Shape::Share, Value::Integer(_) | Value::Float(_))
        | (Shape::Many(_) | Shape::Exactly(..), Value::List(_))
        | (Shape::Table(_) | Shape::Map(..), Value::Table(_)) => true,
        (Shape::Any(shapes), _) => shapes.iter().any(|shape| same_kind(*shape, node)),
        _ => false,
    }
}

/// Reports an id that is none: letters, digits and single hyphens, no reserved word.
fn id(at: &Range<usize>, text: &str, problems: &mut Problems) {
    if !is_id(text) {
        problems.push(codes::bad_id::bad_id(at, text));
    }
}

/// Lower-case ASCII letters, digits and single `-` (not at either end), none of the words of formulas.
pub(crate) fn is_id(text: &str) -> bool {
    !text.is_empty()
        && text.split('-').all(|part| {
            !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        })
        && !crate::statement::RESERVED.contains(&text)
}

/// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, of a day that exists.
pub(crate) fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let digits = |part: &str, len: usize| {
        (part.len() == len && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse::<u32>().ok())?
    };
    let days = |year: u32, month: u32| match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 31,
    };
    let month_is = |month: &&str| digits(month, 2).filter(|m| (1..=12).contains(m));
    match parts.as_slice() {
        [year] => digits(year, 4).is_some(),
        [year, month] => digits(year, 4).is_some() && month_is(month).is_some(),
        [year, month, day] => match (digits(year, 4), month_is(month), digits(day, 2)) {
            (Some(year), Some(month), Some(day)) => (1..=days(year, month)).contains(&day),
            _ => false,
        },
        _ => false,
    }
}

/// A relative path that stays where it starts.
pub(crate) fn is_inside(path: &str) -> bool {
    !path.is_empty()
        && !path.contains(['\\', ':'])
        && path.split('/').all(|part| !part.is_empty() && part != "..")
}

fn control(at: &Range<usize>, place: &str, text: &str, lines: bool, problems: &mut Problems) {
    let bad = |c: &char| steers(*c) && !(lines && matches!(c, '\n' | '\t' | '\r'));
    if let Some(character) = text.chars().find(bad) {
        problems.push(codes::control_character::control_character(at, place, character, lines));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_and_dates() {
        for good in ["az", "c07", "2025-08", "a-b-c", "1"] {
            assert!(is_id(good), "{good}");
        }
        for bad in ["", "-a", "a-", "a--b", "Az", "a.b", "é", "not", "iff", "a_b"] {
            assert!(!is_id(bad), "{bad}");
        }
        for good in ["2023", "2023-02", "2024-02-29", "2000-02-29", "0001-12-31"] {
            assert!(is_date(good), "{good}");
        }
        for bad in
            ["23", "2023-13", "2023-02-29", "1900-02-29", "2023-04-31", "2023-1-1", "2023-01-01T00", ""]
        {
            assert!(!is_date(bad), "{bad}");
        }
    }

    #[test]
    fn paths_stay_inside() {
        assert!(is_inside("sources/a.txt"));
        for bad in ["", "/etc/x", "../x", "a/../../x", "c:x", "a\\b", "a//b"] {
            assert!(!is_inside(bad), "{bad}");
        }
    }
}
