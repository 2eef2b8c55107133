//! JSON with places: a small reader that remembers where each value stands, so that a problem of
//! an imported file can be shown in its text. All of RFC 8259; nesting is bounded.

use std::ops::Range;

/// Deepest nesting; the files that are read need 6.
const DEPTH: usize = 64;

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Node {
    pub(crate) at: Range<usize>,
    pub(crate) value: Value,
}

/// A JSON value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    Null,
    Bool(bool),
    /// A whole number that fits.
    Int(i64),
    /// Any other number.
    Number,
    String(String),
    Array(Vec<Node>),
    /// Members in file order; of two with one key the last counts ([`Node::get`]).
    Object(Vec<(String, Node)>),
    /// Read over and not kept.
    Skipped,
}

impl Node {
    /// The member with this key, when this is an object that has one.
    pub(crate) fn get(&self, key: &str) -> Option<&Node> {
        match &self.value {
            Value::Object(members) => members.iter().rev().find(|(k, _)| k == key).map(|(_, node)| node),
            _ => None,
        }
    }

    /// What it is, in words.
    pub(crate) fn kind(&self) -> &'static str {
        match &self.value {
            Value::Null => "null",
            Value::Bool(_) => "true or false",
            Value::Int(_) => "a number",
            Value::Number => "a fraction or a very large number",
            Value::String(_) => "a string",
            Value::Array(_) => "a list",
            Value::Object(_) => "an object",
            Value::Skipped => "a value",
        }
    }
}

/// The first byte of a range: where a long part begins, for problems of the part as a whole.
pub(crate) fn start_of(at: &Range<usize>) -> Range<usize> {
    at.start..at.start.saturating_add(1).min(at.end)
}

/// Why a text is no JSON: what was expected, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NotJson {
    pub(crate) message: String,
    pub(crate) at: Range<usize>,
}

/// Reads `text`. Values of members whose key is in `skip` are checked and not kept.
///
/// Complexity: linear. Memory: about 60 bytes per kept value.
pub(crate) fn parse(text: &str, skip: &[&str]) -> Result<Node, NotJson> {
    let mark = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let mut reader = Reader { text, at: mark, skip };
    reader.blank();
    let node = reader.value(0, true)?;
    reader.blank();
    if reader.at < text.len() { Err(reader.fail("the end of the file")) } else { Ok(node) }
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    skip: &'t [&'t str],
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn blank(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn fail(&self, expected: &str) -> NotJson {
        let next = self.text.get(self.at..).and_then(|rest| rest.chars().next());
        let there = match next {
            None => "the file ends".to_owned(),
            Some(c) if c.is_control() => format!("the control character U+{:04X} is", u32::from(c)),
            Some(c) => format!("`{c}` is"),
        };
        let message = format!("this is not JSON: {expected} is expected where {there}");
        let message = if next.is_none() { message } else { message + " there" };
        NotJson { message, at: self.at..self.at + next.map_or(0, char::len_utf8) }
    }

    fn expect(&mut self, byte: u8, expected: &str) -> Result<(), NotJson> {
        if self.peek() == Some(byte) {
            self.at += 1;
            Ok(())
        } else {
            Err(self.fail(expected))
        }
    }

    fn value(&mut self, depth: usize, keep: bool) -> Result<Node, NotJson> {
        let start = self.at;
        if depth > DEPTH {
            let message = format!("nested more than {DEPTH} deep, which no file of this kind is");
            return Err(NotJson { message, at: start..start + 1 });
        }
        let value = match self.peek() {
            Some(b'{') => self.object(depth, keep)?,
            Some(b'[') => self.array(depth, keep)?,
            Some(b'"') => {
                let string = self.string()?;
                Value::String(if keep { string } else { String::new() })
            }
            Some(b'-' | b'0'..=b'9') => self.number()?,
            _ => self.word()?,
        };
        let value = if keep { value } else { Value::Skipped };
        Ok(Node { at: start..self.at, value })
    }

    fn word(&mut self) -> Result<Value, NotJson> {
        for (word, value) in
            [("true", Value::Bool(true)), ("false", Value::Bool(false)), ("null", Value::Null)]
        {
            if self.text.get(self.at..).is_some_and(|rest| rest.starts_with(word)) {
                self.at += word.len();
                return Ok(value);
            }
        }
        Err(self.fail("a value"))
    }

    fn object(&mut self, depth: usize, keep: bool) -> Result<Value, NotJson> {
        let mut members = Vec::new();
        self.at += 1;
        self.blank();
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(Value::Object(members));
        }
        loop {
            if self.peek() != Some(b'"') {
                return Err(self.fail("a key in double quotes"));
            }
            let key = self.string()?;
            self.blank();
            self.expect(b':', "`:`")?;
            self.blank();
            let kept = keep && !self.skip.contains(&key.as_str());
            let node = self.value(depth + 1, kept)?;
            if keep {
                members.push((key, node));
            }
            self.blank();
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b'}') => break,
                _ => return Err(self.fail("`,` or `}`")),
            }
            self.blank();
        }
        self.at += 1;
        Ok(Value::Object(members))
    }

    fn array(&mut self, depth: usize, keep: bool) -> Result<Value, NotJson> {
        let mut items = Vec::new();
        self.at += 1;
        self.blank();
        if self.peek() == Some(b']') {
            self.at += 1;
            return Ok(Value::Array(items));
        }
        loop {
            let node = self.value(depth + 1, keep)?;
            if keep {
                items.push(node);
            }
            self.blank();
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b']') => break,
                _ => return Err(self.fail("`,` or `]`")),
            }
            self.blank();
        }
        self.at += 1;
        Ok(Value::Array(items))
    }

    fn digits(&mut self) -> Result<(), NotJson> {
        if !self.peek().is_some_and(|b| b.is_ascii_digit()) {
            return Err(self.fail("a digit"));
        }
        while self.peek().is_some_and(|b| b.is_ascii_digit()) {
            self.at += 1;
        }
        Ok(())
    }

    fn number(&mut self) -> Result<Value, NotJson> {
        let start = self.at;
        let mut whole = true;
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        if self.peek() == Some(b'0') {
            self.at += 1;
            if self.peek().is_some_and(|b| b.is_ascii_digit()) {
                return Err(self.fail("no digit after a leading zero; `,` or the end of the list"));
            }
        } else {
            self.digits()?;
        }
        if self.peek() == Some(b'.') {
            whole = false;
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            whole = false;
            self.at += 1;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            self.digits()?;
        }
        let int = self.text.get(start..self.at).filter(|_| whole).and_then(|text| text.parse().ok());
        Ok(int.map_or(Value::Number, Value::Int))
    }

    /// A string; half of a surrogate pair on its own becomes U+FFFD.
    fn string(&mut self) -> Result<String, NotJson> {
        let start = self.at;
        self.at += 1;
        let mut out = String::new();
        loop {
            let run = self.at;
            while self.peek().is_some_and(|b| b >= 0x20 && b != b'"' && b != b'\\') {
                self.at += 1;
            }
            out.push_str(self.text.get(run..self.at).unwrap_or_default());
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(out);
                }
                Some(b'\\') => {
                    self.at += 1;
                    out.push(self.escape()?);
                }
                Some(_) => return Err(self.fail("a letter or `\"`")),
                None => {
                    let message = "this is not JSON: the string that begins here has no end".to_owned();
                    return Err(NotJson { message, at: start..start + 1 });
                }
            }
        }
    }

    fn escape(&mut self) -> Result<char, NotJson> {
        let c = match self.peek() {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => {
                self.at += 1;
                return self.unicode();
            }
            _ => return Err(self.fail("one of `\" \\ / b f n r t u`")),
        };
        self.at += 1;
        Ok(c)
    }

    fn unicode(&mut self) -> Result<char, NotJson> {
        let first = self.hex()?;
        if (0xD800..0xDC00).contains(&first)
            && self.text.get(self.at..).is_some_and(|rest| rest.starts_with("\\u"))
        {
            let before = self.at;
            self.at += 2;
            let second = self.hex()?;
            if (0xDC00..0xE000).contains(&second) {
                let code = 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00);
                return Ok(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
            }
            self.at = before;
        }
        Ok(char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    fn hex(&mut self) -> Result<u32, NotJson> {
        let mut code = 0;
        for _ in 0..4 {
            let digit = self.peek().and_then(|b| char::from(b).to_digit(16));
            let Some(digit) = digit else { return Err(self.fail("a hexadecimal digit")) };
            code = code * 16 + digit;
            self.at += 1;
        }
        Ok(code)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn values_and_their_places() {
        let text = r#" {"a": [1, -2.5e3, "x\u00e9\ud83d\ude00\n"], "b": true, "a": null} "#;
        let node = parse(text, &[]).unwrap();
        assert_eq!(node.get("a").unwrap().value, Value::Null);
        assert_eq!(node.get("b").unwrap().value, Value::Bool(true));
        let Value::Object(members) = &node.value else { unreachable!() };
        let Value::Array(items) = &members[0].1.value else { unreachable!() };
        assert_eq!(items[0].value, Value::Int(1));
        assert_eq!(items[1].value, Value::Number);
        assert_eq!(items[2].value, Value::String("xé😀\n".into()));
        assert_eq!(&text[items[1].at.clone()], "-2.5e3");
    }

    #[test]
    fn agrees_with_another_reader_on_what_is_json() {
        let texts = [
            "",
            " ",
            "{",
            "[1,]",
            "{\"a\":1,}",
            "[1 2]",
            "01",
            "-",
            "1.",
            ".5",
            "1e",
            "\"",
            "\"\\x\"",
            "\"\\u12\"",
            "nul",
            "[]x",
            "{a:1}",
            "\"\u{1}\"",
            "NaN",
            "[",
            "{\"a\"}",
            "0",
            "-0",
            "[[],{}]",
            "\"\\ud800\\u0041\"",
            "123456789012345678901234567890",
            "1E+2",
            "{\"\":{\"\":[null]}}",
            "\u{a0}1",
        ];
        for text in texts {
            let other = serde_json::from_str::<serde_json::Value>(text);
            // Half a surrogate pair is an error there and a replacement character here.
            if !text.contains("ud800") {
                assert_eq!(parse(text, &[]).is_ok(), other.is_ok(), "{text:?}");
            }
        }
        assert_eq!(parse("\"\\ud800\\u0041\"", &[]).unwrap().value, Value::String("\u{fffd}A".into()));
    }

    #[test]
    fn problems_have_places() {
        let at = |text: &str| parse(text, &[]).unwrap_err().at;
        assert_eq!(at("[1, é]"), 4..6);
        assert_eq!(at("{\"a\": "), 6..6);
        assert_eq!(at(&"[".repeat(100_000)), 65..66);
        let error = parse("[1;2]", &[]).unwrap_err();
        assert_eq!(error.message, "this is not JSON: `,` or `]` is expected where `;` is there");
        let error = parse("[1", &[]).unwrap_err();
        assert_eq!(error.message, "this is not JSON: `,` or `]` is expected where the file ends");
    }

    #[test]
    fn skipped_members_are_checked_and_not_kept() {
        let node = parse(r#"{"nodes": [{"a": [1]}], "b": 2}"#, &["nodes"]).unwrap();
        assert_eq!(node.get("nodes").unwrap().value, Value::Skipped);
        assert_eq!(node.get("b").unwrap().value, Value::Int(2));
        assert!(parse(r#"{"nodes": [1,]}"#, &["nodes"]).is_err());
    }
}
