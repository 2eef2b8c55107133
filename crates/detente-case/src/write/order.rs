//! The order of things in a file: one of them, with its comments, before another.

use toml_edit::{DocumentMut, Item, Table};

use super::edit::comments;

/// Puts the thing `id` under `parent` (`actor`, `actor.az.option`) before the thing `before`, or behind all others.
/// Headings of sections stay where they are; what is written elsewhere in the file (an actor's wishes in a section of
/// their own) stays there.
///
/// Complexity: linear in the number of tables, times its logarithm.
pub(super) fn put(document: &mut DocumentMut, parent: &str, id: &str, before: Option<&str>) {
    if before == Some(id) {
        return;
    }
    values(document, parent, id, before);
    tables(document, parent, id, before);
}

/// Things that are written as keys of one table.
fn values(document: &mut DocumentMut, parent: &str, id: &str, before: Option<&str>) {
    let mut at = document.as_item_mut();
    for key in parent.split('.').filter(|key| !key.is_empty()) {
        match at.get_mut(key) {
            Some(next) => at = next,
            None => return,
        }
    }
    let Some(table) = at.as_table_like() else { return };
    let mut order: Vec<String> =
        table.iter().map(|(key, _)| key.to_owned()).filter(|key| key != id).collect();
    let place = before.and_then(|before| order.iter().position(|key| key == before)).unwrap_or(order.len());
    order.insert(place, id.to_owned());
    let of = |key: &toml_edit::Key| order.iter().position(|id| id == key.get());
    match at {
        Item::Table(table) => table.sort_values_by(|a, _, b, _| of(a).cmp(&of(b))),
        Item::Value(toml_edit::Value::InlineTable(table)) => {
            table.sort_values_by(|a, _, b, _| of(a).cmp(&of(b)));
        }
        _ => {}
    }
}

/// A table with a header of its own.
struct Headed {
    path: String,
    position: isize,
}

/// Things that are written as tables.
fn tables(document: &mut DocumentMut, parent: &str, id: &str, before: Option<&str>) {
    let mut all = Vec::new();
    collect(document.as_table(), "", &mut all);
    all.sort_by_key(|one| one.position);
    let own = format!("{parent}.{id}");
    let inside = |path: &str, of: &str| {
        path == of || path.strip_prefix(of).is_some_and(|rest| rest.starts_with(['.', '[']))
    };
    let Some(first) = all.iter().position(|one| inside(&one.path, &own)) else { return };
    let run = all[first..].iter().take_while(|one| inside(&one.path, &own)).count();
    let target = match before {
        Some(before) => {
            let other = format!("{parent}.{before}");
            all.iter().position(|one| inside(&one.path, &other))
        }
        // Behind the last thing that begins here.
        None => {
            let others: Vec<&str> = all
                .iter()
                .filter_map(|one| one.path.strip_prefix(parent)?.strip_prefix('.'))
                .map(|rest| rest.split(['.', '[']).next().unwrap_or(rest))
                .filter(|other| *other != id)
                .collect();
            let mut begun: Vec<&str> = Vec::new();
            for other in others {
                if !begun.contains(&other) {
                    begun.push(other);
                }
            }
            begun.last().and_then(|last| {
                let other = format!("{parent}.{last}");
                let start = all.iter().position(|one| inside(&one.path, &other))?;
                Some(start + all[start..].iter().take_while(|one| inside(&one.path, &other)).count())
            })
        }
    };
    let Some(target) = target else { return };
    if (first..=first + run).contains(&target) {
        return;
    }
    let mut order: Vec<usize> = (0..all.len()).collect();
    let moved: Vec<usize> = order.drain(first..first + run).collect();
    let to = if target > first { target - run } else { target };
    order.splice(to..to, moved);
    let positions: Vec<isize> = all.iter().map(|one| one.position).collect();
    // What stood at a place, as (path, position now); headings stay at their places.
    let (low, high) = (first.min(to), (first + run).max(to + run));
    let headings: Vec<String> = all
        .iter()
        .map(|one| at(document.as_table_mut(), &one.path).map(|table| comments(table).0).unwrap_or_default())
        .collect();
    for (place, old) in order.iter().enumerate() {
        let path = all[*old].path.clone();
        let Some(table) = at(document.as_table_mut(), &path) else { continue };
        table.set_position(Some(positions[place]));
        if (low..high).contains(&place) && place != *old {
            let own = comments(table).1;
            let head = &headings[place];
            let own = if head.is_empty() || own.starts_with(['\n', '\r']) { own } else { format!("\n{own}") };
            table.decor_mut().set_prefix(format!("{head}{own}"));
        }
    }
}

fn collect(table: &Table, prefix: &str, all: &mut Vec<Headed>) {
    for (key, item) in table.iter() {
        let path = if prefix.is_empty() { key.to_owned() } else { format!("{prefix}.{key}") };
        match item {
            Item::Table(inner) => {
                if let Some(position) =
                    inner.position().filter(|_| !inner.is_implicit() && !inner.is_dotted())
                {
                    all.push(Headed { path: path.clone(), position });
                }
                collect(inner, &path, all);
            }
            Item::ArrayOfTables(list) => {
                for (at, inner) in list.iter().enumerate() {
                    let path = format!("{path}[{at}]");
                    if let Some(position) = inner.position() {
                        all.push(Headed { path: path.clone(), position });
                    }
                    collect(inner, &path, all);
                }
            }
            _ => {}
        }
    }
}

/// The table at a path of [`collect`].
fn at<'t>(root: &'t mut Table, path: &str) -> Option<&'t mut Table> {
    let mut table = root;
    for part in path.split('.') {
        let (key, place) = part.split_once('[').map_or((part, None), |(key, place)| (key, Some(place)));
        table = match (table.get_mut(key)?, place) {
            (Item::Table(inner), None) => inner,
            (Item::ArrayOfTables(list), Some(place)) => {
                list.get_mut(place.trim_end_matches(']').parse().ok()?)?
            }
            _ => return None,
        };
    }
    Some(table)
}
