//! JSON as text: objects over several lines, lists of plain values on one.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

/// `value` as JSON, two blanks deep per level, with a line end. Lists of numbers and words stay on
/// one line: a list of states is one line of a diff.
///
/// # Errors
/// Only when a value cannot be JSON at all (a map with keys that are no text).
pub fn text<T: Serialize>(value: &T) -> serde_json::Result<String> {
    let mut out = Vec::new();
    value.serialize(&mut Serializer::with_formatter(&mut out, Layout::default()))?;
    out.push(b'\n');
    String::from_utf8(out).map_err(|error| serde_json::Error::io(io::Error::other(error)))
}

/// Where in a list the writer is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum List {
    /// Nothing written yet.
    Empty,
    /// On one line.
    Flat,
    /// One object or list a line.
    Tall,
}

#[derive(Default)]
struct Layout {
    depth: usize,
    lists: Vec<List>,
    /// An element of a list is due, and this is whether it is the first.
    due: Option<bool>,
    /// Whether the object just opened has a key already.
    filled: Vec<bool>,
}

impl Layout {
    fn line<W: ?Sized + Write>(&self, out: &mut W) -> io::Result<()> {
        out.write_all(b"\n")?;
        for _ in 0..self.depth {
            out.write_all(b"  ")?;
        }
        Ok(())
    }

    /// A plain value begins.
    fn plain<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        match self.due.take() {
            None => Ok(()),
            Some(first) => {
                if first {
                    if let Some(list) = self.lists.last_mut() {
                        *list = List::Flat;
                    }
                    Ok(())
                } else if self.lists.last() == Some(&List::Tall) {
                    self.line(out)
                } else {
                    out.write_all(b" ")
                }
            }
        }
    }

    /// An object or a list begins.
    fn tall<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        match self.due.take() {
            None => Ok(()),
            Some(_) => {
                if let Some(list) = self.lists.last_mut() {
                    *list = List::Tall;
                }
                self.line(out)
            }
        }
    }
}

macro_rules! plain {
    ($($name:ident($($arg:ident: $type:ty)?)),* $(,)?) => {$(
        fn $name<W: ?Sized + Write>(&mut self, out: &mut W $(, $arg: $type)?) -> io::Result<()> {
            self.plain(out)?;
            serde_json::ser::CompactFormatter.$name(out $(, $arg)?)
        }
    )*};
}

impl Formatter for Layout {
    plain! {
        write_null(), write_bool(value: bool), write_i8(value: i8), write_i16(value: i16),
        write_i32(value: i32), write_i64(value: i64), write_u8(value: u8), write_u16(value: u16),
        write_u32(value: u32), write_u64(value: u64), write_f32(value: f32), write_f64(value: f64),
        write_i128(value: i128), write_u128(value: u128), begin_string(),
    }

    fn begin_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.tall(out)?;
        self.lists.push(List::Empty);
        self.depth += 1;
        out.write_all(b"[")
    }

    fn end_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.depth -= 1;
        if self.lists.pop() == Some(List::Tall) {
            self.line(out)?;
        }
        out.write_all(b"]")
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.due = Some(first);
        if first { Ok(()) } else { out.write_all(b",") }
    }

    fn begin_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.tall(out)?;
        self.filled.push(false);
        self.depth += 1;
        out.write_all(b"{")
    }

    fn end_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.depth -= 1;
        if self.filled.pop() == Some(true) {
            self.line(out)?;
        }
        out.write_all(b"}")
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        if let Some(filled) = self.filled.last_mut() {
            *filled = true;
        }
        if !first {
            out.write_all(b",")?;
        }
        self.line(out)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        out.write_all(b": ")
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn lists_of_numbers_stay_on_a_line_and_everything_reads_back() {
        let value = json!({"a": [1, 2, 3], "b": [{"c": []}, {}], "d": {}, "e": [[1], []], "f": "x\"y", "g": null, "h": ["s", 1.5, true]});
        let text = text(&value).unwrap();
        assert_eq!(serde_json::from_str::<serde_json::Value>(&text).unwrap(), value);
        assert!(text.contains("\"a\": [1, 2, 3]"), "{text}");
        assert!(text.contains("\"h\": [\"s\", 1.5, true]"), "{text}");
        assert!(text.contains("\"d\": {}"), "{text}");
    }
}
