//! The TOML document as a tree in file order, with byte ranges on every key and value.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A value with its place.
pub(crate) struct Node {
    /// Bytes of the value; of the header for a table under a header.
    pub(crate) at: Range<usize>,
    /// What it is.
    pub(crate) value: Value,
}

/// A value.
pub(crate) enum Value {
    /// Text, decoded.
    Text(String),
    /// A whole number; `None` when it does not fit 64 bits.
    Integer(Option<i64>),
    /// A number with a fraction or exponent; `None` when it is no finite number.
    Float(Option<f64>),
    /// `true` or `false`.
    Bool(bool),
    /// A date or time, as it is written.
    Date(toml::value::Datetime),
    /// `[…]`, or tables under the same `[[header]]`.
    List(Vec<Node>),
    /// `{…}` or what stands under a `[header]`.
    Table(Table),
}

/// Keys and values, in file order.
pub(crate) struct Table {
    /// In file order.
    pub(crate) entries: Vec<Entry>,
}

/// One key with its value.
pub(crate) struct Entry {
    /// The key.
    pub(crate) key: String,
    /// Its bytes.
    pub(crate) key_at: Range<usize>,
    /// The value.
    pub(crate) node: Node,
}

impl Node {
    pub(crate) fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(crate) fn integer(&self) -> Option<i64> {
        match self.value {
            Value::Integer(number) => number,
            _ => None,
        }
    }

    pub(crate) fn bool(&self) -> Option<bool> {
        match self.value {
            Value::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// A finite number, whole or not.
    pub(crate) fn number(&self) -> Option<f64> {
        match self.value {
            Value::Float(number) => number,
            #[allow(clippy::cast_precision_loss)] // used for shares in 0..1 only
            Value::Integer(number) => number.map(|n| n as f64),
            _ => None,
        }
    }

    /// The parts of a list; none for anything else.
    pub(crate) fn list(&self) -> &[Node] {
        match &self.value {
            Value::List(list) => list,
            _ => &[],
        }
    }

    /// Whether it is a list, with entries or without.
    pub(crate) fn is_list(&self) -> bool {
        matches!(self.value, Value::List(_))
    }

    pub(crate) fn table(&self) -> Option<&Table> {
        match &self.value {
            Value::Table(table) => Some(table),
            _ => None,
        }
    }

    /// The value under `key`, when this is a table that has it.
    pub(crate) fn get(&self, key: &str) -> Option<&Node> {
        self.table()?.get(key)
    }

    /// The keys and values of a table; none for anything else.
    pub(crate) fn entries(&self) -> &[Entry] {
        self.table().map_or(&[], |table| &table.entries)
    }

    /// What kind of value it is, in words.
    pub(crate) fn kind(&self) -> &'static str {
        match self.value {
            Value::Text(_) => "a text",
            Value::Integer(_) => "a whole number",
            Value::Float(_) => "a number with a fraction",
            Value::Bool(_) => "true or false",
            Value::Date(_) => "a date",
            Value::List(_) => "a list",
            Value::Table(_) => "a table",
        }
    }
}

impl Table {
    pub(crate) fn get(&self, key: &str) -> Option<&Node> {
        self.entries.iter().find(|entry| entry.key == key).map(|entry| &entry.node)
    }
}

/// A mistake of TOML's grammar.
pub(crate) struct SyntaxError {
    pub(crate) at: Option<Range<usize>>,
    pub(crate) message: String,
}

/// Reads a document, recovering at mistakes. Nesting is bounded by the TOML parser (80).
pub(crate) fn parse(text: &str) -> (Node, Vec<SyntaxError>) {
    let (root, errors) = DeTable::parse_recoverable(text);
    let errors = errors
        .into_iter()
        .map(|error| SyntaxError { at: error.span(), message: error.message().to_owned() })
        .collect();
    let (node, _) = table(0..0, root.get_ref());
    (node, errors)
}

/// The node and the first byte that belongs to it: file order is the order of these.
fn node(spanned: &Spanned<DeValue<'_>>) -> (Node, usize) {
    let at = spanned.span();
    let value = match spanned.get_ref() {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Integer(number) => Value::Integer(i64::from_str_radix(number.as_str(), number.radix()).ok()),
        DeValue::Float(number) => Value::Float(number.as_str().parse().ok().filter(|n: &f64| n.is_finite())),
        DeValue::Boolean(value) => Value::Bool(*value),
        DeValue::Datetime(date) => Value::Date(*date),
        DeValue::Array(list) => {
            let parts: Vec<(Node, usize)> = list.iter().map(node).collect();
            let first = parts.iter().map(|(_, first)| *first).min().unwrap_or(at.start);
            let list = parts.into_iter().map(|(node, _)| node).collect();
            return (Node { at: at.clone(), value: Value::List(list) }, first.min(at.start));
        }
        DeValue::Table(inner) => return table(at, inner),
    };
    let first = at.start;
    (Node { at, value }, first)
}

fn table(at: Range<usize>, inner: &DeTable<'_>) -> (Node, usize) {
    let mut entries: Vec<(usize, Entry)> = inner
        .iter()
        .map(|(key, value)| {
            let key_at = key.span();
            let (node, first) = node(value);
            let first = first.min(key_at.start);
            (first, Entry { key: key.get_ref().to_string(), key_at, node })
        })
        .collect();
    entries.sort_by_key(|(first, _)| *first);
    let first = entries.first().map_or(at.start, |(first, _)| *first);
    let first = if at.is_empty() { first } else { first.min(at.start) };
    let entries = entries.into_iter().map(|(_, entry)| entry).collect();
    (Node { at, value: Value::Table(Table { entries }) }, first)
}
