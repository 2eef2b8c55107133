//! What stands in a file, by address: values, and the entries of its lists by id or content.
//!
//! An entry of a list has a place, but a place names another entry as soon as somebody adds one above. Its key does
//! not: `[=sign]` is the entry with the id `sign`, `[~1f3a09c2d4]` the one whose content has this digest, and
//! `[~1f3a09c2d4~2]` the second of equals.

use std::collections::{BTreeMap, HashMap};

use serde_json::{Map, Value as Json};
use toml_edit::{DocumentMut, Item, TableLike, Value};

/// Hexadecimal digits of a digest in a key.
const DIGITS: usize = 10;

/// A file as data, with the keys of the entries of its lists.
#[derive(Clone, Debug, PartialEq)]
pub struct Outline {
    /// Everything that the file says; dates as texts.
    pub value: Json,
    /// By the address of a list (with keys in it): the keys of its entries, in order. By the address of a table of
    /// things: their ids, in the order of the file.
    pub keys: BTreeMap<String, Vec<String>>,
}

/// `text` as data; `None` when it is no TOML.
///
/// Complexity: linear in the text, times the depth of lists in lists.
#[must_use]
pub fn outline(text: &str) -> Option<Outline> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let document: DocumentMut = text.parse().ok()?;
    let mut keys = BTreeMap::new();
    let value = item(document.as_item());
    list_keys(&value, "", &mut keys);
    let mut ids = |address: String, of: Option<&Item>| {
        if let Some(table) = of.and_then(Item::as_table_like) {
            keys.insert(address, table.iter().map(|(key, _)| key.to_owned()).collect());
        }
    };
    for kind in THINGS {
        ids(kind.to_owned(), document.get(kind));
    }
    let actors = document.get("actor").and_then(Item::as_table_like);
    for (actor, about) in actors.into_iter().flat_map(|actors| actors.iter()) {
        ids(format!("actor.{actor}.option"), about.get("option"));
    }
    Some(Outline { value, keys })
}

/// Tables whose keys are ids.
const THINGS: [&str; 19] = [
    "source",
    "claim",
    "together",
    "actor",
    "body",
    "instrument",
    "track",
    "define",
    "outcome",
    "question",
    "variant",
    "view",
    "observed",
    "act",
    "deadline",
    "chance",
    "assembly",
    "said",
    "reading",
];

fn list_keys(value: &Json, address: &str, keys: &mut BTreeMap<String, Vec<String>>) {
    match value {
        Json::Object(table) => {
            for (key, inner) in table {
                let inner_address = if address.is_empty() { key.clone() } else { format!("{address}.{key}") };
                list_keys(inner, &inner_address, keys);
            }
        }
        Json::Array(list) => {
            let of = keys_of(list);
            for (entry, key) in list.iter().zip(&of) {
                if entry.is_object() {
                    list_keys(entry, &format!("{address}[{key}]"), keys);
                }
            }
            keys.insert(address.to_owned(), of);
        }
        _ => {}
    }
}

/// The keys of the entries of a list, without brackets.
pub(crate) fn keys_of(list: &[Json]) -> Vec<String> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let keys = list.iter().map(|entry| {
        let key = match entry.get("id").and_then(Json::as_str) {
            Some(id) if !id.contains([']', '[', '.']) => format!("={id}"),
            _ => {
                let digest = blake3::hash(entry.to_string().as_bytes()).to_hex();
                format!("~{}", digest.as_str().get(..DIGITS).unwrap_or_default())
            }
        };
        let before = seen.entry(key.clone()).or_default();
        *before += 1;
        if *before == 1 { key } else { format!("{key}~{before}") }
    });
    keys.collect()
}

/// An item as data.
pub(crate) fn item(of: &Item) -> Json {
    match of {
        Item::None => Json::Null,
        Item::Value(of) => value(of),
        Item::Table(table) => table_like(table),
        Item::ArrayOfTables(list) => Json::Array(list.iter().map(|table| table_like(table)).collect()),
    }
}

fn table_like(table: &dyn TableLike) -> Json {
    Json::Object(table.iter().map(|(key, inner)| (key.to_owned(), item(inner))).collect::<Map<_, _>>())
}

fn value(of: &Value) -> Json {
    match of {
        Value::String(text) => Json::String(text.value().clone()),
        Value::Integer(number) => Json::from(*number.value()),
        Value::Float(number) => Json::from(*number.value()),
        Value::Boolean(flag) => Json::Bool(*flag.value()),
        Value::Datetime(date) => Json::String(date.value().to_string()),
        Value::Array(list) => Json::Array(list.iter().map(value).collect()),
        Value::InlineTable(table) => table_like(table),
    }
}

/// What stands at a step of an address.
fn step<'j>(of: &'j Json, key: &str) -> Option<&'j Json> {
    of.as_object()?.get(key)
}

/// The address with the places of entries instead of their keys; `None` when one of them is not there. What stands at
/// the end need not be there.
pub(crate) fn placed(root: &Json, address: &str) -> Option<String> {
    let mut out = String::new();
    let mut at = Some(root);
    for part in address.split('.') {
        let (key, entries) = part.split_once('[').map_or((part, ""), |(key, rest)| (key, rest));
        if !out.is_empty() {
            out.push('.');
        }
        out.push_str(key);
        at = at.and_then(|value| step(value, key));
        for entry in entries.split('[').filter(|entry| !entry.is_empty()) {
            let wanted = entry.strip_suffix(']')?;
            let list = at.and_then(Json::as_array)?;
            let place = match wanted.parse::<usize>() {
                Ok(place) => place,
                Err(_) => keys_of(list).iter().position(|key| key == wanted)?,
            };
            out.push_str(&format!("[{place}]"));
            at = list.get(place);
        }
    }
    Some(out)
}

/// What stands at an address of places; `Null`: nothing.
pub(crate) fn standing<'j>(root: &'j Json, address: &str) -> &'j Json {
    let mut at = root;
    for part in address.split('.') {
        let (key, entries) = part.split_once('[').map_or((part, ""), |(key, rest)| (key, rest));
        let Some(mut next) = step(at, key) else { return &Json::Null };
        for entry in entries.split('[').filter(|entry| !entry.is_empty()) {
            let place = entry.strip_suffix(']').and_then(|number| number.parse::<usize>().ok());
            let Some(inner) = place.and_then(|place| next.get(place)) else { return &Json::Null };
            next = inner;
        }
        at = next;
    }
    at
}

/// Whether two values say the same; a whole number is the same with and without a point.
pub(crate) fn same(a: &Json, b: &Json) -> bool {
    match (a, b) {
        (Json::Number(a), Json::Number(b)) => a == b || a.as_f64() == b.as_f64(),
        (Json::Array(a), Json::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Json::Object(a), Json::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(key, a)| b.get(key).is_some_and(|b| same(a, b)))
        }
        _ => a == b,
    }
}
