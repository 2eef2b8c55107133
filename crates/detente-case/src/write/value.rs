//! TOML values as text.

use std::fmt::Write;

use crate::text::steers;

/// A text in double quotes on one line.
pub(crate) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if steers(c) => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// `["a", "b"]`, on several lines when it would be long.
pub(crate) fn list<S: AsRef<str>>(values: impl IntoIterator<Item = S>) -> String {
    let values: Vec<String> = values.into_iter().map(|value| value.as_ref().to_owned()).collect();
    let length: usize = values.iter().map(|value| value.len() + 2).sum();
    if length <= 100 {
        return format!("[{}]", values.join(", "));
    }
    values.iter().fold("[\n".to_owned(), |out, value| out + "  " + value + ",\n") + "]"
}

/// A list of texts.
pub(crate) fn texts<S: AsRef<str>>(values: impl IntoIterator<Item = S>) -> String {
    list(values.into_iter().map(|value| quoted(value.as_ref())))
}

/// A day as a TOML date, a year or month as a text.
pub(crate) fn date(text: &str) -> String {
    let is_day = text.len() == 10 && crate::forms::is_date(text);
    if is_day { text.to_owned() } else { quoted(text) }
}

/// A number from 0 to 1.
pub(crate) fn share(value: f64) -> String {
    format!("{value:?}")
}

/// A number, whole ones without a point.
pub(crate) fn number(value: f64) -> String {
    if value.fract() == 0.0 && value.abs() < 9e15 { format!("{value:.0}") } else { format!("{value:?}") }
}

/// Keys with values, as lines or as an inline table.
#[derive(Default)]
pub(crate) struct Pairs(Vec<(String, String)>);

impl Pairs {
    pub(crate) fn add(&mut self, key: &str, value: String) -> &mut Self {
        self.0.push((key.to_owned(), value));
        self
    }

    pub(crate) fn text(&mut self, key: &str, value: &str) -> &mut Self {
        self.add(key, quoted(value))
    }

    pub(crate) fn maybe_text(&mut self, key: &str, value: Option<&String>) -> &mut Self {
        if let Some(value) = value {
            self.text(key, value);
        }
        self
    }

    pub(crate) fn maybe_date(&mut self, key: &str, value: Option<&String>) -> &mut Self {
        if let Some(value) = value {
            self.add(key, date(value));
        }
        self
    }

    pub(crate) fn maybe_share(&mut self, key: &str, value: Option<f64>) -> &mut Self {
        if let Some(value) = value {
            self.add(key, share(value));
        }
        self
    }

    pub(crate) fn flag(&mut self, key: &str, value: bool) -> &mut Self {
        if value {
            self.add(key, "true".to_owned());
        }
        self
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The value, when `key` is the only key.
    pub(crate) fn only(&self, key: &str) -> Option<&str> {
        match self.0.as_slice() {
            [(only, value)] if only == key => Some(value),
            _ => None,
        }
    }

    /// One `key = value` a line.
    pub(crate) fn lines(&self) -> String {
        self.0.iter().fold(String::new(), |out, (key, value)| out + key + " = " + value + "\n")
    }

    /// `{ key = value, … }`.
    pub(crate) fn inline(&self) -> String {
        if self.0.is_empty() {
            return "{}".to_owned();
        }
        let pairs: Vec<String> = self.0.iter().map(|(key, value)| format!("{key} = {value}")).collect();
        format!("{{ {} }}", pairs.join(", "))
    }
}
