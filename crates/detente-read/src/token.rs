//! Words, numbers and marks of a sentence.
//!
//! # Definition
//! Word bounds are Unicode's (UAX #29). Beyond them: hyphened words are one, a possessive `'s` is apart,
//! dotted acronyms and titles keep their stop.
//!
//! Complexity: linear in the length of the sentence.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use crate::lexicon::{Class, Classes, Lexicon};

/// A word, a number or a mark.
#[derive(Clone, Debug)]
pub(crate) struct Token<'t> {
    pub(crate) at: Range<usize>,
    pub(crate) text: &'t str,
    pub(crate) low: String,
    pub(crate) classes: Classes,
    pub(crate) word: bool,
    pub(crate) capital: bool,
    pub(crate) quoted: bool,
}

impl Token<'_> {
    pub(crate) fn is(&self, class: Class) -> bool {
        self.classes.has(class)
    }

    pub(crate) fn quote_mark(&self) -> bool {
        matches!(self.text, "\"" | "“" | "”" | "„" | "«" | "»")
    }

    pub(crate) fn number(&self) -> bool {
        self.word && self.text.starts_with(|c: char| c.is_ascii_digit())
    }

    /// A mark that parts clauses.
    pub(crate) fn parts(&self) -> bool {
        !self.word
            && matches!(self.text, "," | ";" | ":" | "(" | ")" | "—" | "–" | "-" | "?" | "!" | "." | "…")
            || self.quote_mark()
    }
}

/// The tokens of a sentence; `quoted` says whether it begins inside a quotation. Also whether it ends in one.
pub(crate) fn tokens<'t>(sentence: &'t str, lexicon: &Lexicon, mut quoted: bool) -> (Vec<Token<'t>>, bool) {
    let mut spans = spans(sentence);
    let mut found: Vec<Token<'t>> = Vec::with_capacity(spans.len());
    for at in spans.drain(..) {
        let text = &sentence[at.clone()];
        let word = text.starts_with(char::is_alphanumeric) || text.ends_with("'s") || text.ends_with("’s");
        let mark = matches!(text, "\"" | "“" | "”" | "„" | "«" | "»");
        if mark {
            quoted = match text {
                "“" | "„" | "«" => true,
                "”" | "»" => false,
                _ => !quoted,
            };
        }
        found.push(Token {
            text,
            low: text.to_lowercase().replace('’', "'"),
            classes: Classes::default(),
            word,
            capital: text.starts_with(char::is_uppercase),
            quoted: quoted || mark,
            at,
        });
    }
    let lows: Vec<String> = found.iter().map(|token| token.low.clone()).collect();
    let lows: Vec<&str> = lows.iter().map(String::as_str).collect();
    for at in 0..found.len() {
        let (first, after) = (lows[at], crate::token::part(&lows, at + 1..));
        let first = first.strip_suffix('.').filter(|bare| bare.len() > 1).unwrap_or(first);
        for (class, length) in lexicon.phrases(first, &after[..after.len().min(8)]) {
            // A class stands on the first word of its phrase; single words carry their own.
            if length == 1 {
                found[at].classes.put(class);
            }
        }
        // A plural is what its singular is, for people and papers.
        for one in singulars(first) {
            for (class, length) in lexicon.phrases(&one, &[]) {
                if length == 1 && MANY.contains(&class) {
                    found[at].classes.put(class);
                }
            }
        }
    }
    (found, quoted)
}

/// Classes that a plural shares with its singular.
const MANY: [Class; 9] = [
    Class::Group,
    Class::OrgHead,
    Class::Person,
    Class::Office,
    Class::Spokes,
    Class::Union,
    Class::Company,
    Class::Faction,
    Class::Document,
];

/// What a word may be the plural of.
fn singulars(word: &str) -> Vec<String> {
    let mut all = Vec::new();
    if word.len() > 4 && !word.ends_with("ss") {
        if let Some(stem) = word.strip_suffix("ies") {
            all.push(format!("{stem}y"));
        } else if let Some(stem) = word.strip_suffix('s') {
            all.push(stem.to_owned());
        }
    }
    if let Some(stem) = word.strip_suffix("men") {
        all.push(format!("{stem}man"));
    }
    all
}

fn spans(sentence: &str) -> Vec<Range<usize>> {
    let mut raw: Vec<Range<usize>> = Vec::new();
    for (start, text) in sentence.split_word_bound_indices() {
        if text.chars().all(char::is_whitespace) {
            continue;
        }
        raw.push(start..start + text.len());
    }
    let mut spans: Vec<Range<usize>> = Vec::with_capacity(raw.len());
    let mut at = 0;
    let alphanumeric = |range: &Range<usize>| sentence[range.clone()].starts_with(char::is_alphanumeric);
    while at < raw.len() {
        let mut span = raw[at].clone();
        at += 1;
        if !alphanumeric(&span) {
            spans.push(span);
            continue;
        }
        // Hyphened words.
        while at + 1 < raw.len()
            && raw[at].start == span.end
            && matches!(&sentence[raw[at].clone()], "-" | "‑")
            && raw[at + 1].start == raw[at].end
            && alphanumeric(&raw[at + 1])
        {
            span.end = raw[at + 1].end;
            at += 2;
        }
        let text = &sentence[span.clone()];
        // Acronyms with stops, initials, titles.
        let stop = at < raw.len() && raw[at].start == span.end && &sentence[raw[at].clone()] == ".";
        let letters = text.chars().filter(|c| c.is_alphabetic()).count();
        let dotted = text.contains('.') && text.split('.').all(|part| part.chars().count() == 1);
        let initial = letters == 1 && text.starts_with(char::is_uppercase) && text.chars().count() == 1;
        let title = matches!(
            text,
            "Mr" | "Mrs"
                | "Ms"
                | "Dr"
                | "Prof"
                | "Gen"
                | "Sen"
                | "Rev"
                | "Col"
                | "Lt"
                | "Maj"
                | "Capt"
                | "Adm"
                | "Gov"
                | "Rep"
                | "Messrs"
                | "St"
                | "Jr"
                | "Jan"
                | "Feb"
                | "Aug"
                | "Sept"
                | "Sep"
                | "Oct"
                | "Nov"
                | "Dec"
        );
        if stop && (dotted || title || initial && at + 1 < raw.len()) {
            span.end = raw[at].end;
            at += 1;
        }
        // A possessive.
        let text = &sentence[span.clone()];
        let possessive = ["'s", "’s"].iter().find(|end| text.ends_with(**end) && text.len() > end.len());
        if let Some(end) = possessive {
            let cut = span.end - end.len();
            spans.push(span.start..cut);
            spans.push(cut..span.end);
        } else {
            spans.push(span);
        }
    }
    spans
}

/// The part of a list; what lies outside is left out.
pub(crate) fn part<T>(list: &[T], at: impl std::ops::RangeBounds<usize>) -> &[T] {
    use std::ops::Bound;
    let from = match at.start_bound() {
        Bound::Included(from) => *from,
        Bound::Excluded(from) => from + 1,
        Bound::Unbounded => 0,
    };
    let to = match at.end_bound() {
        Bound::Included(to) => to + 1,
        Bound::Excluded(to) => *to,
        Bound::Unbounded => list.len(),
    };
    list.get(from..to.min(list.len())).unwrap_or_default()
}
