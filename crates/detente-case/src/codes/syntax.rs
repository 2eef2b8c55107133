//! # E0110: not TOML
//!
//! The text breaks the grammar of TOML (<https://toml.io>): a bracket that is not closed, a value
//! that is none, a key that stands twice. What comes after may be misread, so missing keys and
//! unknown ids are not reported until this is mended. Of each line only
//! the first mistake is told: the others mostly come from misreading it.

use std::ops::Range;

use crate::problem::Problem;

/// The code.
pub const CODE: &str = "E0110";

/// `message` is the parser's, `text` the whole file.
pub(crate) fn syntax(at: &Range<usize>, message: &str, text: &str) -> Problem {
    let rest = text.get(at.start..).unwrap_or_default();
    let line = whole_line(text, at.start);
    match found(line, rest, message) {
        Some((message, hint)) => Problem::error(CODE, at, message).hint(hint),
        None => {
            Problem::error(CODE, at, format!("this is not TOML: {message}")).hint(help(line, rest, message))
        }
    }
}

fn whole_line(text: &str, at: usize) -> &str {
    let start = text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1);
    text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or_default()
}

/// What stands there, where it can be told better than by the grammar; and what to do.
fn found(line: &str, rest: &str, message: &str) -> Option<(String, &'static str)> {
    if ["<<<<<<<", "=======", ">>>>>>>"].iter().any(|mark| line.starts_with(mark)) {
        let hint = "keep one of the two versions, and take out the lines that begin with `<<<<<<<`, `=======` and `>>>>>>>`";
        return Some(("a merge has left both versions here".to_owned(), hint));
    }
    let first = rest.chars().next()?;
    match first {
        '\u{feff}' => Some((
            "there is a byte order mark inside the text (U+FEFF)".to_owned(),
            "take it out: it often stands where files were joined, and most editors do not show it",
        )),
        '\0' => {
            Some(("there are zero bytes in the text".to_owned(), "the file is damaged: take an earlier copy"))
        }
        '“' | '”' | '„' | '‘' | '’' | '«' | '»' => {
            Some((format!("`{first}` is not a quotation mark of TOML"), "write straight quotes: \"…\""))
        }
        c if !c.is_ascii() && c.is_whitespace() => Some((
            format!("there is a blank here that TOML does not know (U+{:04X})", u32::from(c)),
            "put an ordinary blank in its place",
        )),
        '\n' | '\r' | '#' if message.contains("must be quoted") => {
            Some(("there is no value after `=`".to_owned(), "write the value on the same line"))
        }
        _ if rest.is_empty() && message.contains("must be quoted") => {
            Some(("there is no value after `=`".to_owned(), "write the value on the same line"))
        }
        _ => None,
    }
}

/// What to do about a mistake of TOML's grammar.
fn help(line: &str, rest: &str, message: &str) -> &'static str {
    let says = |part: &str| message.contains(part);
    let value = rest.split(['#', '\n', '}', ',', ']']).next().unwrap_or_default().trim();
    let after = line.split_once('=').map_or("", |(_, value)| value.trim());
    let fraction = |text: &str| {
        let parts = text.split_once('/').map(|(a, b)| (a.trim(), b.trim()));
        let whole = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        parts.is_some_and(|(a, b)| whole(a) && whole(b))
    };
    if fraction(value)
        || fraction(after)
        || line.split(['=', ',', '{', '}', '[', ']']).any(|part| fraction(part.trim()))
    {
        return "TOML has no fractions: write 0.333 for 1/3";
    }
    let word = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    if says("duplicate key") {
        "a key or table stands only once; tables that may repeat have two brackets: [[rule]]"
    } else if says("recursion") {
        "no case needs so many values inside each other: take levels out"
    } else if says("must be quoted") && ["True", "False", "yes", "no", "Yes", "No"].contains(&word) {
        "write `true` or `false`"
    } else if says("must be quoted") || says("invalid float") {
        "put a text in quotes: \"…\""
    } else if says("key with no value") && line.split('=').next().is_some_and(|key| key.contains(':')) {
        "a value comes after `=`, and deeper tables have headers: [actor.ID.option]"
    } else if says("key with no value") {
        "write `key = value`; a comment begins with `#`"
    } else if says("unclosed table") {
        "close the header with a bracket: [status_quo], [[rule]]"
    } else if says("array") {
        "close the list with `]`, and put commas between its entries"
    } else if says("multi-line") {
        "close the text with three quotes: \"\"\""
    } else if says("escape") {
        "write `\\\\` for a backslash, or put the text in single quotes: '…'"
    } else if says("string") {
        "close the text with a quote on the same line; a text of several lines stands between three quotes: \"\"\""
    } else if says("date") || says("time") {
        "write dates as 2023-03-07, \"2023-03\" or \"2023\""
    } else if says("unexpected key or value") {
        "one key with its value stands on each line"
    } else if says("unquoted key") {
        "keys have letters, digits, `-` and `_`"
    } else if says("integer") || says("number") || says("digit") {
        "write numbers as 12 or 0.5, texts in quotes"
    } else {
        "the grammar of TOML is at https://toml.io"
    }
}
