//! Changes of a case's text that keep its comments, order and layout.
//!
//! An address names a part of the file: `case.title`, `actor.az.option.sign.text`,
//! `actor.az.prefers[2].that`, `claim.c07`; a key with a point stands in quotes:
//! `status_quo.levels."us.tariff"`. Nothing is checked here against the format: the text
//! is read again afterwards, and its problems are shown like those of any text.
//!
//! A comment that stands directly above a key or table belongs to it: it goes where that goes. One
//! with a blank line below (the heading of a section) belongs to its place in the file and stays.

use serde_json::Value as Json;
use toml_edit::{Array, ArrayOfTables, DocumentMut, InlineTable, Item, RawString, Table, TableLike, Value};

/// One change.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// Sets a value: `case.title`, `actor.az.option.sign.text`, `claim.c07.says`, `rule[0].never`, …
    Set {
        /// Where.
        address: String,
        /// What stands there afterwards.
        value: Json,
    },
    /// Removes a key, an entry of a list or a table; a key that is not there is removed already.
    Remove {
        /// Where.
        address: String,
    },
    /// Adds a table: `actor.az.prefers`, `rule`, `claim.c20`, `question.q`, …
    Insert {
        /// Where.
        address: String,
        /// The place from 0, in a list or among the tables beside it; past the end or `None`: last.
        at: Option<usize>,
        /// The table.
        value: Json,
    },
    /// Moves an entry of a list.
    Move {
        /// The list.
        address: String,
        /// Its place, from 0.
        from: usize,
        /// Its place afterwards.
        to: usize,
    },
}

/// Why a text was not edited.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// The text is no TOML.
    #[error("the text has an error: {0}")]
    NotToml(String),
    /// Not an address.
    #[error("`{0}` is not an address")]
    NotAnAddress(String),
    /// Nothing stands there.
    #[error("the file has nothing at `{0}`")]
    Nothing(String),
    /// Something stands there.
    #[error("there is a `{0}` already")]
    Taken(String),
    /// A value that TOML cannot hold.
    #[error("{0}")]
    Value(String),
}

/// `text` with `edits` applied, one after the other: all of them, or an error and none.
///
/// Complexity: linear in the text for each edit.
///
/// # Errors
/// A text that is no TOML, an address that names nothing, a value that TOML cannot hold.
pub fn edit(text: &str, edits: &[Edit]) -> Result<String, EditError> {
    with_marks(text, |body| {
        let mut document = parse(body)?;
        for edit in edits {
            apply(&mut document, edit)?;
        }
        Ok(document.to_string())
    })
}

/// `text` changed by `change`, with its byte order mark and its line ends as they were.
pub(super) fn with_marks<E>(text: &str, change: impl FnOnce(&str) -> Result<String, E>) -> Result<String, E> {
    let (mark, body) = match text.strip_prefix('\u{feff}') {
        Some(body) => ("\u{feff}", body),
        None => ("", text),
    };
    let edited = change(body)?;
    Ok(format!("{mark}{}", with_ends_of(&edited, body)))
}

/// `edited` with the line ends of `text`: those of untouched lines as they were, others like most.
fn with_ends_of(edited: &str, text: &str) -> String {
    let crlf = text.matches("\r\n").count();
    if crlf == 0 {
        return edited.to_owned();
    }
    let most = if crlf * 2 >= text.matches('\n').count() { "\r\n" } else { "\n" };
    let (before, after) = (lines(text), lines(edited));
    let head = before.iter().zip(&after).take_while(|(a, b)| a.0 == b.0).count();
    let tail = before.iter().rev().zip(after.iter().rev()).take_while(|(a, b)| a.0 == b.0).count();
    let tail = tail.min(before.len().min(after.len()) - head);
    let mut out = String::with_capacity(edited.len() + after.len());
    for (at, (line, _)) in after.iter().enumerate() {
        out.push_str(line);
        if at + 1 == after.len() {
            break;
        }
        let original = match at {
            at if at < head => Some(at),
            at if at + tail >= after.len() => Some(before.len() + at - after.len()),
            _ => None,
        };
        // The last line of the old text had no end of its own.
        let original = original.filter(|original| original + 1 < before.len());
        out.push_str(match original.map(|original| before[original].1) {
            Some(true) => "\r\n",
            Some(false) => "\n",
            None => most,
        });
    }
    out
}

/// The lines of a text, and whether each ends in a carriage return.
fn lines(text: &str) -> Vec<(&str, bool)> {
    let all = text.split('\n').map(|line| match line.strip_suffix('\r') {
        Some(line) => (line, true),
        None => (line, false),
    });
    all.collect()
}

pub(super) fn parse(text: &str) -> Result<DocumentMut, EditError> {
    text.parse().map_err(|error: toml_edit::TomlError| EditError::NotToml(error.message().to_owned()))
}

/// One edit.
pub(super) fn apply(document: &mut DocumentMut, edit: &Edit) -> Result<(), EditError> {
    match edit {
        Edit::Set { address, value } => set(document, address, value),
        Edit::Remove { address } => remove(document, address),
        Edit::Insert { address, at, value } => insert(document, address, *at, value),
        Edit::Move { address, from, to } => move_entry(document, address, *from, *to),
    }
}

/// One step of an address.
#[derive(Debug, PartialEq)]
enum Step<'a> {
    Key(&'a str),
    Entry(usize),
}

/// The parts of an address between its points; a key in quotes may have points of its own.
fn parts(address: &str) -> impl Iterator<Item = &str> {
    let mut quoted = false;
    address.split(move |c| {
        quoted ^= c == '"';
        c == '.' && !quoted
    })
}

fn steps(address: &str) -> Result<Vec<Step<'_>>, EditError> {
    let bad = || EditError::NotAnAddress(address.to_owned());
    let mut steps = Vec::new();
    for part in parts(address) {
        let quoted = part.strip_prefix('"').and_then(|rest| rest.split_once('"'));
        let (key, entries) = match quoted {
            Some((key, rest)) => (key, rest),
            None => part.find('[').map_or((part, ""), |at| part.split_at(at)),
        };
        if key.is_empty() || !(entries.is_empty() || entries.starts_with('[')) {
            return Err(bad());
        }
        steps.push(Step::Key(key));
        for entry in entries.split('[').filter(|entry| !entry.is_empty()) {
            let number = entry.strip_suffix(']').and_then(|n| n.parse().ok()).ok_or_else(bad)?;
            steps.push(Step::Entry(number));
        }
    }
    Ok(steps)
}

fn nothing(address: &str) -> EditError {
    EditError::Nothing(address.to_owned())
}

/// What stands after `steps`; tables on the way are made when `make` is set.
fn find<'d>(root: &'d mut Item, steps: &[Step<'_>], make: bool) -> Option<&'d mut Item> {
    let Some((first, rest)) = steps.split_first() else { return Some(root) };
    let next = match first {
        Step::Key(key) => member(root.as_table_like_mut()?, key, make)?,
        // An entry of an array of tables is a table, not an item: it is handled with what follows.
        Step::Entry(at) => {
            return match root {
                Item::ArrayOfTables(list) => in_table(list.get_mut(*at)?, rest, make),
                Item::Value(Value::Array(list)) => {
                    let inner: &mut dyn TableLike = list.get_mut(*at)?.as_inline_table_mut()?;
                    let (Step::Key(key), rest) = rest.split_first()? else { return None };
                    find(inner.get_mut(key)?, rest, make)
                }
                _ => None,
            };
        }
    };
    find(next, rest, make)
}

fn in_table<'d>(table: &'d mut Table, steps: &[Step<'_>], make: bool) -> Option<&'d mut Item> {
    let (Step::Key(key), rest) = steps.split_first()? else { return None };
    find(member(table, key, make)?, rest, make)
}

/// What stands under `key`; a table without a heading of its own is made there when `make` is set.
fn member<'d>(table: &'d mut dyn TableLike, key: &str, make: bool) -> Option<&'d mut Item> {
    if make && !table.contains_key(key) {
        let mut fresh = Table::new();
        fresh.set_implicit(true);
        table.insert(key, Item::Table(fresh));
    }
    table.get_mut(key)
}

/// Runs `change` on the table-like thing that holds the last key of the address.
pub(super) fn at_parent(
    document: &mut DocumentMut,
    address: &str,
    make: bool,
    change: impl FnOnce(&mut dyn TableLike, &str) -> Result<(), EditError>,
) -> Result<(), EditError> {
    let steps = steps(address)?;
    let Some((Step::Key(last), before)) = steps.split_last() else { return Err(nothing(address)) };
    if let Some((Step::Entry(at), list)) = before.split_last() {
        return match find(document.as_item_mut(), list, false) {
            Some(Item::ArrayOfTables(tables)) => {
                change(tables.get_mut(*at).ok_or_else(|| nothing(address))?, last)
            }
            Some(Item::Value(Value::Array(array))) => {
                let entry = array.get_mut(*at).and_then(Value::as_inline_table_mut);
                change(entry.ok_or_else(|| nothing(address))?, last)
            }
            _ => Err(nothing(address)),
        };
    }
    let parent = find(document.as_item_mut(), before, make).and_then(Item::as_table_like_mut);
    change(parent.ok_or_else(|| nothing(address))?, last)
}

/// An option, a definition or a statement that is written as a text alone becomes a table, so that it can hold more.
fn unfold(document: &mut DocumentMut, address: &str) -> Result<(), EditError> {
    let Some((holder, _)) = address.rsplit_once('.') else { return Ok(()) };
    let parts = steps(holder)?;
    let named = holder.contains(".option.") || holder.starts_with("define.") || holder.contains(".define.");
    if !named && !matches!(parts.last(), Some(Step::Entry(_))) {
        return Ok(());
    }
    let key = if holder.contains(".option.") { "text" } else { "that" };
    let folded = |value: &Value| {
        let mut table = InlineTable::new();
        table.insert(key, value.as_str().unwrap_or_default().into());
        let mut unfolded = Value::InlineTable(table);
        *unfolded.decor_mut() = value.decor().clone();
        unfolded
    };
    if let Some((Step::Entry(at), list)) = parts.split_last() {
        if let Some(Item::Value(Value::Array(array))) = find(document.as_item_mut(), list, false)
            && let Some(entry) = array.get_mut(*at).filter(|entry| entry.is_str())
        {
            *entry = folded(entry);
        }
    } else if let Some(Item::Value(entry)) = find(document.as_item_mut(), &parts, false)
        && entry.is_str()
    {
        *entry = folded(entry);
    }
    Ok(())
}

fn set(document: &mut DocumentMut, address: &str, value: &Json) -> Result<(), EditError> {
    let value = to_value(value)?;
    unfold(document, address)?;
    at_parent(document, address, true, |parent, key| {
        match parent.get_mut(key) {
            Some(Item::Value(old)) => {
                // The comment behind the value and the space before it stay.
                let decor = old.decor().clone();
                *old = value;
                *old.decor_mut() = decor;
            }
            _ => {
                parent.insert(key, Item::Value(value));
            }
        }
        Ok(())
    })
}

fn remove(document: &mut DocumentMut, address: &str) -> Result<(), EditError> {
    let parts = steps(address)?;
    let mut kept = None;
    if let Some((Step::Entry(at), list)) = parts.split_last() {
        match find(document.as_item_mut(), list, false) {
            Some(Item::ArrayOfTables(tables)) if *at < tables.len() => {
                kept = tables.get(*at).and_then(heading);
                tables.remove(*at);
            }
            Some(Item::Value(Value::Array(array))) if *at < array.len() => {
                array.remove(*at);
            }
            _ => return Err(nothing(address)),
        }
    } else {
        // Taking away what is not there is done already.
        at_parent(document, address, false, |parent, key| {
            if let Some(Item::Table(table)) = parent.get(key) {
                kept = heading(table);
            }
            parent.remove(key);
            Ok(())
        })?;
    }
    if let Some((position, words)) = kept {
        stays(document, position, &words);
    }
    Ok(())
}

/// The comments above a table's header: those of its place (up to the last blank line), and its own.
pub(super) fn comments(table: &Table) -> (String, String) {
    let all = table.decor().prefix().and_then(RawString::as_str).unwrap_or_default();
    let mut own = 0;
    let mut start = 0;
    for line in all.split_inclusive('\n') {
        if line.trim().is_empty() {
            own = start;
        }
        start += line.len();
    }
    // A blank line alone says nothing; it goes with the table.
    match all.get(..own) {
        Some(place) if place.contains('#') => (place.to_owned(), all[own..].to_owned()),
        _ => (String::new(), all.to_owned()),
    }
}

/// Where a table stands, and the comments above it that belong to the place.
fn heading(table: &Table) -> Option<(isize, String)> {
    let (place, _) = comments(table);
    Some((table.position()?, place)).filter(|(_, place)| !place.is_empty())
}

/// Puts comments above the first table behind `position`, or at the end of the file.
fn stays(document: &mut DocumentMut, position: isize, words: &str) {
    let next = later(document.as_table(), position);
    let put = |table: &mut Table| {
        let own = table.decor().prefix().and_then(RawString::as_str).unwrap_or_default().to_owned();
        table.decor_mut().set_prefix(format!("{words}{own}"));
    };
    match next {
        Some(next) => at_position(document.as_table_mut(), next, &mut Some(put)),
        None => {
            let own = document.trailing().as_str().unwrap_or_default().to_owned();
            document.set_trailing(format!("{words}{own}"));
        }
    }
}

/// The tables with a header right below a table.
fn headed(table: &Table) -> impl Iterator<Item = &Table> {
    table.iter().flat_map(|(_, item)| -> Vec<&Table> {
        match item {
            Item::Table(inner) => vec![inner],
            Item::ArrayOfTables(list) => list.iter().collect(),
            _ => Vec::new(),
        }
    })
}

/// The least place of a table behind `position` that has a header of its own.
fn later(table: &Table, position: isize) -> Option<isize> {
    let here = |inner: &Table| inner.position().filter(|at| *at > position && !inner.is_implicit());
    headed(table).filter_map(|inner| here(inner).into_iter().chain(later(inner, position)).min()).min()
}

/// Calls `change`, once, for the table at `position`.
fn at_position(table: &mut Table, position: isize, change: &mut Option<impl FnOnce(&mut Table)>) {
    for (_, item) in table.iter_mut() {
        let inner: Vec<&mut Table> = match item {
            Item::Table(inner) => vec![inner],
            Item::ArrayOfTables(list) => list.iter_mut().collect(),
            _ => continue,
        };
        for table in inner {
            if table.position() == Some(position)
                && !table.is_implicit()
                && let Some(change) = change.take()
            {
                change(table);
            }
            at_position(table, position, change);
        }
    }
}

/// Whether a list of tables stands at an address, and not a table: a thing may be called like a list.
fn is_list(address: &[Step<'_>]) -> bool {
    let keys: Option<Vec<&str>> = address
        .iter()
        .map(|step| match step {
            Step::Key(key) => Some(*key),
            Step::Entry(_) => None,
        })
        .collect();
    matches!(
        keys.as_deref(),
        Some(
            ["rule" | "tie" | "event" | "effect" | "lever" | "move"]
                | ["actor", _, "prefers" | "weighs" | "cannot" | "move" | "order" | "instead" | "type"]
                | ["variant" | "view", _, "add", "rule"]
                | ["variant" | "view", _, "add", "prefers" | "weighs" | "cannot", _]
        )
    )
}

fn insert(
    document: &mut DocumentMut,
    address: &str,
    at: Option<usize>,
    value: &Json,
) -> Result<(), EditError> {
    let parts = steps(address)?;
    let Some((Step::Key(last), before)) = parts.split_last() else { return Err(nothing(address)) };
    let mut fresh = to_table(value)?;
    let position = last_position(document.as_item(), before, last);
    let parent = find(document.as_item_mut(), before, true).and_then(Item::as_table_like_mut);
    let parent = parent.ok_or_else(|| nothing(address))?;
    if !is_list(&parts) {
        if parent.contains_key(last) {
            return Err(EditError::Taken(address.to_owned()));
        }
        place(&mut fresh, position);
        parent.insert(last, Item::Table(fresh));
        if let (Some(at), Some(parent)) = (at, find(document.as_item_mut(), before, false)) {
            forward(parent, last, at);
        }
        return Ok(());
    }
    match parent.get_mut(last) {
        None => {
            place(&mut fresh, position);
            let mut list = ArrayOfTables::new();
            list.push(fresh);
            parent.insert(last, Item::ArrayOfTables(list));
            Ok(())
        }
        Some(Item::ArrayOfTables(list)) => {
            place(&mut fresh, position);
            list.push(fresh);
            // At the end it stands already: to lay all anew would make many inserts quadratic.
            let end = list.len() - 1;
            if let Some(at) = at.filter(|at| *at < end) {
                reorder(list, end, at);
            }
            Ok(())
        }
        Some(Item::Value(Value::Array(array))) => {
            let inline = fresh.into_inline_table();
            array.insert(at.unwrap_or(array.len()).min(array.len()), inline);
            Ok(())
        }
        Some(_) => Err(nothing(address)),
    }
}

fn move_entry(document: &mut DocumentMut, address: &str, from: usize, to: usize) -> Result<(), EditError> {
    match find(document.as_item_mut(), &steps(address)?, false) {
        Some(Item::ArrayOfTables(list)) if from < list.len() && to < list.len() => {
            reorder(list, from, to);
            Ok(())
        }
        Some(Item::Value(Value::Array(array))) if from < array.len() && to < array.len() => {
            let entry = array.remove(from);
            array.insert(to, entry);
            Ok(())
        }
        _ => Err(nothing(address)),
    }
}

/// Moves an entry of a list of tables; the places in the file stay where they are, what stands
/// there moves, with its own comments.
fn reorder(list: &mut ArrayOfTables, from: usize, to: usize) {
    let places: Vec<(Option<isize>, String)> =
        list.iter().map(|table| (table.position(), comments(table).0)).collect();
    let mut tables: Vec<Table> = list.iter().cloned().collect();
    let moved = tables.remove(from);
    tables.insert(to, moved);
    list.clear();
    for (mut table, (position, heading)) in tables.into_iter().zip(places) {
        let (_, own) = comments(&table);
        // Below a heading the blank line before the table is already there.
        let own = if heading.is_empty() || own.starts_with(['\n', '\r']) { own } else { format!("\n{own}") };
        table.decor_mut().set_prefix(format!("{heading}{own}"));
        place(&mut table, position);
        list.push(table);
    }
}

/// Moves the last of the tables in `parent`, which is called `key`, forward to the place `at` among them. The heading
/// above the one that stood there stays at the place; the tables behind stay as they are.
fn forward(parent: &mut Item, key: &str, at: usize) {
    let Some(siblings) = parent.as_table_like_mut() else { return };
    let mut order: Vec<String> = siblings.iter().map(|(name, _)| name.to_owned()).collect();
    order.retain(|name| name != key);
    let Some(next) = order.get(at).cloned() else { return };
    let mut below = None;
    match siblings.get_mut(&next) {
        Some(Item::Table(table)) if !table.is_dotted() => {
            let (heading, own) = comments(table);
            let spaced = own.is_empty() || own.starts_with(['\n', '\r']);
            table.decor_mut().set_prefix(if spaced { own } else { format!("\n{own}") });
            below = Some((table.position(), heading));
        }
        _ => {}
    }
    if let Some(Item::Table(table)) = siblings.get_mut(key) {
        match below {
            // Of two tables at one place, the file has that first which is first in its parent.
            Some((position, heading)) => {
                table.decor_mut().set_prefix(format!("{heading}\n"));
                place(table, position);
            }
            // Beside values a table with a header of its own would stand behind them all.
            None => {
                let inline = std::mem::take(table).into_inline_table();
                siblings.insert(key, Item::Value(Value::InlineTable(inline)));
            }
        }
    }
    order.insert(at, key.to_owned());
    let places: std::collections::HashMap<&str, usize> =
        order.iter().enumerate().map(|(place, name)| (name.as_str(), place)).collect();
    let of = |key: &toml_edit::Key| places.get(key.get()).copied();
    match parent {
        Item::Table(table) => table.sort_values_by(|a, _, b, _| of(a).cmp(&of(b))),
        Item::Value(Value::InlineTable(table)) => table.sort_values_by(|a, _, b, _| of(a).cmp(&of(b))),
        _ => {}
    }
}

/// Gives a table, with what is inside it, a place in the file.
fn place(table: &mut Table, position: Option<isize>) {
    table.set_position(position);
    for (_, item) in table.iter_mut() {
        if let Item::Table(inner) = item {
            place(inner, position);
        }
    }
}

/// The place of the last table of the same kind: behind it the new one goes.
fn last_position(root: &Item, before: &[Step<'_>], last: &str) -> Option<isize> {
    let mut item = root;
    let mut siblings = None;
    for step in before {
        let Step::Key(key) = step else { return None };
        match item.get(key) {
            Some(next) => {
                item = next;
                siblings = latest(item).or(siblings);
            }
            None => return siblings,
        }
    }
    item.get(last).and_then(latest).or(siblings)
}

fn latest(item: &Item) -> Option<isize> {
    match item {
        Item::Table(table) => {
            table.iter().filter_map(|(_, inner)| latest(inner)).chain(table.position()).max()
        }
        Item::ArrayOfTables(list) => list
            .iter()
            .flat_map(|table| table.iter().filter_map(|(_, inner)| latest(inner)).chain(table.position()))
            .max(),
        _ => None,
    }
}

/// What is written first in a new table, and what last: a thing before what it rests on.
const FIRST: [&str; 12] =
    ["id", "name", "title", "ask", "source", "at", "says", "quote", "text", "that", "when", "never"];
const LAST: [&str; 5] = ["confidence", "share", "because", "assumption", "note"];

/// The keys of a new table in the order in which one reads them.
fn in_order(map: &serde_json::Map<String, Json>) -> Vec<(&String, &Json)> {
    let mut all: Vec<(&String, &Json)> = map.iter().collect();
    let place = |key: &str| {
        let first = FIRST.iter().position(|known| *known == key);
        let last = LAST.iter().position(|known| *known == key);
        match (first, last) {
            (Some(place), _) => place,
            (None, None) => FIRST.len(),
            (None, Some(place)) => FIRST.len() + 1 + place,
        }
    };
    all.sort_by_key(|(key, _)| place(key));
    all
}

fn to_value(json: &Json) -> Result<Value, EditError> {
    Ok(match json {
        Json::Bool(value) => (*value).into(),
        Json::String(text) => text.as_str().into(),
        Json::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(whole), _) => whole.into(),
            (None, Some(value)) => value.into(),
            (None, None) => return Err(EditError::Value(format!("{number} is not a number of a case file"))),
        },
        Json::Array(list) => Value::Array(list.iter().map(to_value).collect::<Result<Array, _>>()?),
        Json::Object(map) => {
            let mut table = InlineTable::new();
            for (key, value) in in_order(map) {
                table.insert(key, to_value(value)?);
            }
            Value::InlineTable(table)
        }
        Json::Null => return Err(EditError::Value("a case file has no empty values".to_owned())),
    })
}

/// A table; objects inside it (`option`) become tables of their own.
fn to_table(json: &Json) -> Result<Table, EditError> {
    let Json::Object(map) = json else { return Err(EditError::Value("a table was expected".to_owned())) };
    let mut table = Table::new();
    for (key, value) in in_order(map) {
        let item = match value {
            Json::Object(_) => Item::Table(to_table(value)?),
            other => Item::Value(to_value(other)?),
        };
        table.insert(key, item);
    }
    table.decor_mut().set_prefix("\n");
    Ok(table)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use serde_json::json;

    const TEXT: &str = "# top\n[case]\ntitle = \"T\" # t\n\n[claim.c1]\nsays = \"one\"\n\n[actor.a]\nname = \"A\"\n\n[actor.a.option]\nx = \"X\"\n\n# first\n[[actor.a.prefers]]\nthat = \"a.x\"\n\n# second\n[[actor.a.prefers]]\nthat = \"not a.x\" # why\n";

    fn edited(edits: &[Edit]) -> String {
        edit(TEXT, edits).unwrap()
    }

    #[test]
    fn values_change_and_comments_stay() {
        let text = edited(&[
            Edit::Set { address: "case.title".into(), value: json!("U") },
            Edit::Set { address: "actor.a.prefers[1].that".into(), value: json!("a.x iff a.x") },
            Edit::Set { address: "actor.a.prefers[0].because".into(), value: json!(["c1"]) },
        ]);
        assert!(text.contains("title = \"U\" # t"), "{text}");
        assert!(text.contains("that = \"a.x iff a.x\" # why"), "{text}");
        assert!(text.contains("because = [\"c1\"]"), "{text}");
    }

    #[test]
    fn entries_move_with_their_comments() {
        let text = edited(&[Edit::Move { address: "actor.a.prefers".into(), from: 1, to: 0 }]);
        let (first, second) = (text.find("# first").unwrap(), text.find("# second").unwrap());
        assert!(second < first, "{text}");
        assert!(text.starts_with("# top"));
        let back = edit(&text, &[Edit::Move { address: "actor.a.prefers".into(), from: 0, to: 1 }]).unwrap();
        assert_eq!(back, TEXT);
    }

    #[test]
    fn what_is_new_stands_beside_its_like() {
        let text = edited(&[
            Edit::Insert { address: "claim.c2".into(), at: None, value: json!({"says": "two"}) },
            Edit::Insert { address: "actor.a.prefers".into(), at: Some(0), value: json!({"that": "true"}) },
            Edit::Insert { address: "rule".into(), at: None, value: json!({"never": "a.x"}) },
        ]);
        assert!(text.find("[claim.c2]").unwrap() < text.find("[actor.a]").unwrap(), "{text}");
        assert!(text.find("that = \"true\"").unwrap() < text.find("that = \"a.x\"").unwrap(), "{text}");
        assert!(text.contains("[[rule]]\nnever = \"a.x\""), "{text}");
        let read: toml_edit::DocumentMut = text.parse().unwrap();
        assert_eq!(read["actor"]["a"]["prefers"].as_array_of_tables().unwrap().len(), 3);
    }

    #[test]
    fn a_table_goes_before_another_and_the_heading_stays_above_both() {
        let add =
            |at| Edit::Insert { address: "claim.c0".into(), at: Some(at), value: json!({"says": "new"}) };
        let text = "a = 1\n\n# ---- claims ----\n\n# of the first\n[claim.c1]\nsays = \"one\"\n\n# of the second\n[claim.c2]\nsays = \"two\"\n\n[define]\nx = \"y\"\n";
        let first = "# ---- claims ----\n\n[claim.c0]\nsays = \"new\"\n\n# of the first\n[claim.c1]";
        let second = "says = \"one\"\n\n[claim.c0]\nsays = \"new\"\n\n# of the second\n[claim.c2]";
        let last = "says = \"two\"\n\n[claim.c0]\nsays = \"new\"\n\n[define]";
        for (at, expected) in [first, second, last, last].into_iter().enumerate() {
            let text = edit(text, &[add(at)]).unwrap();
            assert!(text.contains(expected), "at {at}:\n{text}");
        }
        // Two in one go: the later stands before the earlier.
        let b = Edit::Insert { address: "claim.b".into(), at: Some(0), value: json!({"says": "b"}) };
        let both = edit(text, &[add(0), b]).unwrap();
        let at = |what: &str| both.find(what).unwrap();
        assert!(at("---- claims") < at("[claim.b]") && at("[claim.b]") < at("[claim.c0]"), "{both}");
        assert!(at("[claim.c0]") < at("# of the first"), "{both}");
        // Written in other ways.
        for text in [
            "[claim]\n# one\nc1 = { says = \"one\" }\nc2 = { says = \"two\" }\n",
            "claim.c1.says = \"one\"\n",
            "claim = { c1 = { says = \"one\" } }\n",
        ] {
            let text = edit(text, &[add(0)]).unwrap();
            let read: DocumentMut = text.parse().unwrap();
            let names: Vec<&str> =
                read["claim"].as_table_like().unwrap().iter().map(|(name, _)| name).collect();
            assert_eq!(names[..2], ["c0", "c1"], "{text}");
            assert!(!text.contains('#') || text.contains("# one\nc1"), "{text}");
        }
    }

    #[test]
    fn a_text_alone_becomes_a_table_when_it_must_hold_more() {
        let set = |address: &str| Edit::Set { address: address.into(), value: json!(["c1"]) };
        let text = edited(&[set("actor.a.option.x.because")]);
        assert!(text.contains("x = { text = \"X\", because = [\"c1\"] }"), "{text}");
        let listed = "[actor.a]\nprefers = [\"a.x\", \"not a.x\"] # both\n";
        let text = edit(listed, &[set("actor.a.prefers[1].because")]).unwrap();
        assert!(text.contains("[\"a.x\", { that = \"not a.x\", because = [\"c1\"] }] # both"), "{text}");
        // Only options and statements fold: a title does not.
        assert!(edit(TEXT, &[set("case.title.more")]).is_err());
    }

    #[test]
    fn removing_and_wrong_addresses() {
        let text = edited(&[Edit::Remove { address: "actor.a.prefers[0]".into() }]);
        assert!(!text.contains("# first") && text.contains("# second"), "{text}");
        for address in ["actor.a.prefers[7].that", "actor..x", "case.title.more", "actor.a.prefers[x]"] {
            assert!(
                edit(TEXT, &[Edit::Set { address: address.into(), value: json!(1) }]).is_err(),
                "{address}"
            );
        }
        assert!(edit("a = = 1", &[]).is_err());
    }
}
