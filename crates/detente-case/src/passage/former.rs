//! How sentences were numbered before the texts of every script were: kept to tell a case whose numbers
//! have moved what they are now, and for nothing else.
//!
//! Title and byline are not counted; a sentence ends at `.`, `?` or `!` (and the quotation marks and
//! brackets after it) before a blank, a line end or a capital letter.

use std::ops::Range;

use super::normal::words;

/// The sentences of a text, as byte ranges without the blanks around them. `title` and `author` are
/// those of the source: leading lines that only repeat them are not counted, and neither are leading
/// paragraphs in which no sentence ends.
///
/// Complexity: linear in the length of the text.
pub(super) fn sentences(text: &str, title: &str, author: Option<&str>) -> Vec<Range<usize>> {
    let start = body(text, title, author);
    let mut found = Vec::new();
    let mut from = start;
    let mut chars = text[start..].char_indices().map(|(at, c)| (start + at, c)).peekable();
    let mut push = |from: usize, to: usize| {
        let raw = &text[from..to];
        let begin = from + (raw.len() - raw.trim_start().len());
        if raw.chars().any(char::is_alphanumeric) {
            found.push(begin..begin + raw.trim().len());
        }
    };
    while let Some((at, c)) = chars.next() {
        if !is_mark(c) {
            continue;
        }
        let mut end = at + c.len_utf8();
        while let Some((next, c)) = chars.next_if(|(_, c)| is_mark(*c) || is_closing(*c)) {
            end = next + c.len_utf8();
        }
        let ends = chars.peek().is_none_or(|(_, next)| next.is_whitespace() || next.is_uppercase());
        if ends {
            push(from, end);
            from = end;
        }
    }
    push(from, text.len());
    found
}

fn is_mark(c: char) -> bool {
    matches!(c, '.' | '?' | '!')
}

fn is_closing(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | '»' | ')' | ']')
}

/// Whether a sentence ends somewhere in `text`.
fn has_end(text: &str) -> bool {
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if is_mark(c) {
            while chars.next_if(|c| is_mark(*c) || is_closing(*c)).is_some() {}
            if chars.peek().is_none_or(|next| next.is_whitespace() || next.is_uppercase()) {
                return true;
            }
        }
    }
    false
}

/// Where the text begins after title and byline.
fn body(text: &str, title: &str, author: Option<&str>) -> usize {
    let title = words(title);
    let author = author.map(words).unwrap_or_default();
    let mut start = 0;
    // Lines that say nothing but title and author.
    for line in text.split_inclusive('\n') {
        let said = words(line);
        let mut rest: Vec<&str> = said.iter().map(|word| word.key.as_str()).collect();
        let mut known = false;
        for name in [&title, &author] {
            let name: Vec<&str> = name.iter().map(|word| word.key.as_str()).collect();
            if let Some(at) = place(&rest, &name) {
                rest.drain(at..at + name.len());
                known = true;
            }
        }
        if !(said.is_empty() || known && (rest.is_empty() || rest == ["by"])) {
            break;
        }
        start += line.len();
    }
    // Paragraphs in which no sentence ends.
    loop {
        let rest = &text[start..];
        let blank = rest.len() - rest.trim_start().len();
        let paragraph = end_of_paragraph(&rest[blank..]);
        let after = start + blank + paragraph;
        if text[after..].trim().is_empty() || has_end(&rest[blank..blank + paragraph]) {
            return start;
        }
        start = after;
    }
}

fn end_of_paragraph(text: &str) -> usize {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if line.trim().is_empty() {
            return at;
        }
        at += line.len();
    }
    at
}

fn place(words: &[&str], name: &[&str]) -> Option<usize> {
    (!name.is_empty()).then(|| words.windows(name.len()).position(|window| window == name))?
}
