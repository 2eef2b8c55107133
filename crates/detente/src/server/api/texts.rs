//! Places in a text as the browser counts them, and places of addresses.

use std::collections::HashMap;

use toml_edit::{ArrayOfTables, Document, Item, Table};

use super::case_build::Places;
use super::case_view::TextRange;

/// Bytes to UTF-16 units.
pub(crate) struct Units<'t> {
    text: &'t str,
    /// Units before every 256th byte (rounded up to a character).
    marks: Vec<(usize, usize)>,
}

const STRIDE: usize = 256;

impl<'t> Units<'t> {
    /// For one text: one pass.
    pub(crate) fn new(text: &'t str) -> Self {
        let mut marks = vec![(0, 0)];
        let mut units = 0;
        for (at, c) in text.char_indices() {
            if at >= marks.len() * STRIDE {
                marks.push((at, units));
            }
            units += c.len_utf16();
        }
        Self { text, marks }
    }

    /// The unit at a byte; inside a character: at its start; past the end: the end.
    pub(crate) fn at(&self, byte: usize) -> usize {
        let byte = byte.min(self.text.len());
        let mark = self.marks.partition_point(|(at, _)| *at <= byte).saturating_sub(1);
        let (from, units) = self.marks.get(mark).copied().unwrap_or((0, 0));
        let rest = self.text.get(from..).unwrap_or("");
        units
            + rest
                .char_indices()
                .take_while(|(at, c)| from + at + c.len_utf8() <= byte)
                .map(|(_, c)| c.len_utf16())
                .sum::<usize>()
    }

    /// The byte at a unit; inside a character: at its start; past the end: the end.
    pub(crate) fn byte(&self, unit: usize) -> usize {
        let mark = self.marks.partition_point(|(_, units)| *units <= unit).saturating_sub(1);
        let (from, mut units) = self.marks.get(mark).copied().unwrap_or((0, 0));
        let mut at = from;
        for c in self.text.get(from..).unwrap_or("").chars() {
            if units + c.len_utf16() > unit {
                break;
            }
            units += c.len_utf16();
            at += c.len_utf8();
        }
        at
    }

    /// A stretch of bytes.
    pub(crate) fn range(&self, from: usize, to: usize) -> TextRange {
        TextRange { from: self.at(from), to: self.at(to.max(from)) }
    }
}

/// Where the parts of a case file stand, by address.
pub(crate) struct FilePlaces(HashMap<String, TextRange>);

impl FilePlaces {
    /// Of a text that is valid TOML; else none.
    pub(crate) fn new(text: &str) -> Self {
        let mut places = HashMap::new();
        if let Ok(document) = Document::parse(text) {
            let units = Units::new(text);
            table(&mut places, &units, "", document.as_table(), 0);
        }
        Self(places)
    }
}

impl Places for FilePlaces {
    fn range(&self, address: &str) -> Option<TextRange> {
        self.0.get(address).copied()
    }
}

/// Deepest nesting that is looked at: a case needs four.
const DEPTH: usize = 8;

fn table(places: &mut HashMap<String, TextRange>, units: &Units<'_>, prefix: &str, of: &Table, depth: usize) {
    for (key, value) in of {
        let address = if prefix.is_empty() { key.to_owned() } else { format!("{prefix}.{key}") };
        if let Some(span) = value.span() {
            let from = of
                .key(key)
                .and_then(toml_edit::Key::span)
                .map_or(span.start, |key| key.start.min(span.start));
            // A table's own span is its header: it reaches to the last value under it.
            let end = value.as_table().map_or(span.end, |inner| last_value(inner).max(span.end));
            places.insert(address.clone(), units.range(from, end));
        }
        if depth < DEPTH {
            match value {
                Item::Table(inner) => table(places, units, &address, inner, depth + 1),
                Item::ArrayOfTables(list) => tables(places, units, &address, list, depth + 1),
                Item::Value(value) => inline(places, units, &address, value, depth + 1),
                Item::None => {}
            }
        }
    }
}

fn tables(
    places: &mut HashMap<String, TextRange>,
    units: &Units<'_>,
    address: &str,
    list: &ArrayOfTables,
    depth: usize,
) {
    for (at, one) in list.iter().enumerate() {
        let address = format!("{address}[{at}]");
        if let Some(span) = one.span() {
            places.insert(address.clone(), units.range(span.start, last_value(one).max(span.end)));
        }
        table(places, units, &address, one, depth + 1);
    }
}

/// Where the last value that stands in a table itself ends; 0 when there is none.
fn last_value(of: &Table) -> usize {
    let end = |item: &Item| match item {
        Item::Table(inner) if inner.is_dotted() => last_value(inner),
        Item::Value(value) => value.span().map_or(0, |span| span.end),
        _ => 0,
    };
    of.iter().map(|(_, item)| end(item)).max().unwrap_or(0)
}

fn inline(
    places: &mut HashMap<String, TextRange>,
    units: &Units<'_>,
    address: &str,
    value: &toml_edit::Value,
    depth: usize,
) {
    if depth >= DEPTH {
        return;
    }
    if let Some(list) = value.as_array() {
        for (at, one) in list.iter().enumerate() {
            let address = format!("{address}[{at}]");
            if let Some(span) = one.span() {
                places.insert(address.clone(), units.range(span.start, span.end));
            }
            inline(places, units, &address, one, depth + 1);
        }
    }
    if let Some(inner) = value.as_inline_table() {
        for (key, one) in inner {
            let address = format!("{address}.{key}");
            if let Some(span) = one.span() {
                places.insert(address.clone(), units.range(span.start, span.end));
            }
            inline(places, units, &address, one, depth + 1);
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn places_are_those_of_the_browser() {
        let text = "[case]\ntitle = \"é𝄞\"\n[[rule]]\nnever = \"a.b\"\n";
        let places = FilePlaces::new(text);
        let utf16: Vec<u16> = text.encode_utf16().collect();
        let said = |address: &str| {
            let range = places.range(address).unwrap();
            String::from_utf16(&utf16[range.from..range.to]).unwrap()
        };
        assert_eq!(said("case.title"), "title = \"é𝄞\"");
        assert_eq!(said("rule[0].never"), "never = \"a.b\"");
        assert_eq!(said("rule[0]"), "[[rule]]\nnever = \"a.b\"");
    }

    #[test]
    fn units_agree_with_a_plain_count() {
        let text = "aé𝄞".repeat(300);
        let units = Units::new(&text);
        for (at, _) in text.char_indices() {
            assert_eq!(units.at(at), text[..at].encode_utf16().count());
        }
    }
}
