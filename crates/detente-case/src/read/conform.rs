//! Checks every value of a file against the shapes of the format: types, keys, words, ids, dates.

use std::ops::Range;

use detente_model::Grade;

use crate::codes;
use crate::forms::{is_date, is_id, is_inside, is_published};
use crate::problems::Problems;
use crate::read::tree::{Entry, Node, Value};
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
            problems.push(codes::bad_date::bad_date(&node.at, text, false));
        }
        (Shape::Published, Value::Text(text)) if !is_published(text) => {
            problems.push(codes::bad_date::bad_date(&node.at, text, true));
        }
        (Shape::Date | Shape::Published, Value::Date(date)) if date.time.is_some() || date.date.is_none() => {
            problems.push(codes::bad_date::bad_date(&node.at, &date.to_string(), false));
        }
        (Shape::Integer(least, most), Value::Integer(number))
            if !number.is_some_and(|n| (least..=most).contains(&n)) =>
        {
            problems.push(codes::out_of_range::integer(&node.at, place, least, most));
        }
        (Shape::Share, _) if !node.number().is_some_and(|n| (0.0..=1.0).contains(&n)) => {
            problems.push(codes::out_of_range::share(&node.at, place, node.number()));
        }
        (Shape::Day, Value::Text(text)) if !(is_date(text) && text.len() == 10) => {
            problems.push(codes::bad_date::not_a_day(&node.at, text));
        }
        (Shape::Day, Value::Date(date)) if date.time.is_some() || date.date.is_none() => {
            problems.push(codes::bad_date::bad_date(&node.at, &date.to_string(), false));
        }
        (Shape::Number, _) if node.number().is_none() => {
            problems.push(codes::out_of_range::number(&node.at, place));
        }
        (Shape::Grade, Value::Text(text)) if Grade::parse(text).is_none() => {
            problems.push(codes::bad_grade::bad_grade(&node.at, text));
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
        (Shape::Map(_, Shape::Table(inner)), Value::Table(table)) if lacks_id(inner, &table.entries) => {
            problems.push(codes::wrong_type::no_id(&node.at, place));
        }
        (Shape::Map(_, each), Value::Table(table)) => {
            for entry in &table.entries {
                id(&entry.key_at, &entry.key, problems);
                conform(&entry.node, *each, &entry.key, partial, problems);
            }
        }
        (Shape::Switches(each), Value::Table(table)) => {
            for entry in &table.entries {
                match entry.node.table() {
                    Some(inner) if !matches!(each, Shape::Table(_)) => {
                        let option = inner.entries.first().map_or("option", |first| &first.key);
                        problems.push(codes::wrong_type::unquoted(&entry.key_at, &entry.key, option));
                    }
                    _ => conform(&entry.node, *each, &entry.key, partial, problems),
                }
            }
        }
        (Shape::Table(shape), Value::Table(_)) => table(node, shape, place, partial, problems),
        _ => {}
    }
}

/// Whether a table of tables is written as if it were one of them: `[observed]` for `[observed.ID]`.
fn lacks_id(inner: &TableShape, entries: &[Entry]) -> bool {
    let is_key = |entry: &Entry| {
        let key = inner.all_keys().find(|key| key.name == entry.key);
        key.is_some_and(|key| entry.node.table().is_none() && same_kind(key.shape, &entry.node))
    };
    !entries.is_empty() && entries.iter().all(is_key)
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
            | Shape::Published
            | Shape::Day
            | Shape::Grade
            | Shape::Word(_),
            Value::Text(_),
        )
        | (Shape::Date | Shape::Published | Shape::Day, Value::Date(_))
        | (Shape::Bool, Value::Bool(_))
        | (Shape::Integer(..), Value::Integer(_))
        | (Shape::Share | Shape::Number, Value::Integer(_) | Value::Float(_))
        | (Shape::Many(_) | Shape::Exactly(..), Value::List(_))
        | (Shape::Table(_) | Shape::Map(..) | Shape::Switches(_), Value::Table(_)) => true,
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

fn control(at: &Range<usize>, place: &str, text: &str, lines: bool, problems: &mut Problems) {
    let bad = |c: &char| steers(*c) && !(lines && matches!(c, '\n' | '\t' | '\r'));
    if let Some(character) = text.chars().find(bad) {
        problems.push(codes::control_character::control_character(at, place, character, lines));
    }
}
