//! Source texts: their sentences, and where a quote stands in them.
//!
//! Title and byline are not counted; a sentence ends at `.`, `?` or `!` (and the quotation marks and
//! brackets after it) before a blank, a line end or a capital letter.

use std::ops::Range;

/// Words of a passage that are compared with a quote at most; past that there is no near passage.
const WORK: usize = 40_000_000;

/// The sentences of a text, as byte ranges without the blanks around them. `title` and `author` are
/// those of the source: leading lines that only repeat them are not counted, and neither are leading
/// paragraphs in which no sentence ends.
///
/// Complexity: linear in the length of the text.
#[must_use]
pub fn sentences(text: &str, title: &str, author: Option<&str>) -> Vec<Range<usize>> {
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

/// A word of a text: letters and digits in lower case, and its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Word {
    key: String,
    at: Range<usize>,
}

fn words(text: &str) -> Vec<Word> {
    let mut found: Vec<Word> = Vec::new();
    let mut open: Option<Word> = None;
    for (at, c) in text.char_indices() {
        if c.is_alphanumeric() {
            let word = open.get_or_insert_with(|| Word { key: String::new(), at: at..at });
            word.key.extend(c.to_lowercase());
            word.at.end = at + c.len_utf8();
        } else {
            found.extend(open.take());
        }
    }
    found.extend(open);
    found
}

/// `s8`, `s2-3` (also `s2–3` and `S8`): the numbers, first and last; `None` for any other place.
pub(crate) fn sentence_numbers(place: &str) -> Option<(usize, usize)> {
    let rest = place.trim().strip_prefix(['s', 'S'])?;
    let (first, last) = rest.split_once(['-', '–']).unwrap_or((rest, rest));
    let number = |digits: &str| {
        let digits = digits.trim().trim_start_matches('s');
        (!digits.is_empty() && digits.len() <= 9 && digits.bytes().all(|b| b.is_ascii_digit()))
            .then(|| digits.parse().ok())?
    };
    Some((number(first)?, number(last)?))
}

/// A text in which blanks, quotation marks, apostrophes and dashes are all of one shape, with the byte of
/// the original that each byte came from.
struct Plain {
    text: String,
    from: Vec<usize>,
}

fn plain(text: &str) -> Plain {
    let mut plain =
        Plain { text: String::with_capacity(text.len()), from: Vec::with_capacity(text.len() + 1) };
    for (at, c) in text.char_indices() {
        let c = match c {
            c if c.is_whitespace() => ' ',
            '‘' | '’' | '‚' | 'ʼ' => '\'',
            '“' | '”' | '„' | '«' | '»' => '"',
            '‐' | '‑' | '–' | '—' => '-',
            c => c,
        };
        if c == ' ' && plain.text.ends_with(' ') {
            continue;
        }
        plain.text.push(c);
        plain.from.resize(plain.text.len(), at);
    }
    plain.from.push(text.len());
    plain
}

/// Every place in `text` where the words of `quote` stand; none when it is empty.
pub(crate) fn find(text: &str, quote: &str) -> Vec<Range<usize>> {
    let (within, wanted) = (plain(text), plain(quote));
    let wanted = wanted.text.trim();
    if wanted.is_empty() {
        return Vec::new();
    }
    within
        .text
        .match_indices(wanted)
        .map(|(at, found)| within.from[at]..within.from[at + found.len()])
        .collect()
}

/// The passage of `text` whose words are nearest to those of `quote`: the fewest words to insert,
/// delete or replace; of equals the one whose length is nearest, then the first. `None` when more than half of the words would change, or
/// when there is too much to compare.
///
/// Complexity: words of the text times words of the quote.
pub(crate) fn nearest(text: &str, quote: &str) -> Option<Range<usize>> {
    let (within, wanted) = (words(text), words(quote));
    if wanted.is_empty() || within.is_empty() || within.len().saturating_mul(wanted.len()) > WORK {
        return None;
    }
    // Row by row over the quote: least changes that end at each word of the text, and where the
    // passage begins.
    let mut row: Vec<(usize, usize)> = (0..=within.len()).map(|at| (0, at)).collect();
    for (i, word) in wanted.iter().enumerate() {
        let mut next = Vec::with_capacity(row.len());
        next.push((i + 1, 0));
        for (j, other) in within.iter().enumerate() {
            let change = (row[j].0 + usize::from(word.key != other.key), row[j].1);
            let left_out = (row[j + 1].0 + 1, row[j + 1].1);
            let added = (next[j].0 + 1, next[j].1);
            let best = [change, left_out, added].into_iter().min_by_key(|(changes, _)| *changes)?;
            next.push(best);
        }
        row = next;
    }
    let (end, (changes, begin)) = row.iter().enumerate().skip(1).min_by_key(|(at, (changes, begin))| {
        (*changes, at.saturating_sub(*begin).abs_diff(wanted.len()), *at)
    })?;
    if *changes * 2 > wanted.len() || *begin >= end {
        return None;
    }
    Some(within[*begin].at.start..within[end - 1].at.end)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        sentences(text, "The Title", Some("A. Writer")).into_iter().map(|at| &text[at]).collect()
    }

    #[test]
    fn sentences_end_before_blanks_line_ends_and_capitals() {
        assert_eq!(split("One.Two? Three!\nFour"), ["One.", "Two?", "Three!", "Four"]);
        assert_eq!(
            split("It is 3.5 per cent. a.b is one word."),
            ["It is 3.5 per cent.", "a.b is one word."]
        );
        assert_eq!(split("He said: “No.” Then he left…"), ["He said: “No.”", "Then he left…"]);
        assert_eq!(split("Wait... what?! Yes.  "), ["Wait...", "what?!", "Yes."]);
        assert_eq!(split("Мир.Война."), ["Мир.", "Война."]);
        assert_eq!(split(""), [""; 0]);
        assert_eq!(split(" .\n. "), [""; 0]);
    }

    #[test]
    fn title_and_byline_are_not_counted() {
        assert_eq!(split("A. Writer: The title\n\nOne. Two."), ["One.", "Two."]);
        assert_eq!(split("The Title\nBy A. Writer\nOne. Two."), ["One.", "Two."]);
        assert_eq!(split("Another heading\n12 May 2023\n\nOne.\n\nTwo."), ["One.", "Two."]);
        // Hard-wrapped text is no heading, and a text of one line without an end is a sentence.
        assert_eq!(split("One is\nwrapped. Two."), ["One is\nwrapped.", "Two."]);
        assert_eq!(split("only words"), ["only words"]);
    }

    #[test]
    fn places() {
        assert_eq!(sentence_numbers("s8"), Some((8, 8)));
        assert_eq!(sentence_numbers("s2-3"), Some((2, 3)));
        assert_eq!(sentence_numbers("s20–s21"), Some((20, 21)));
        for other in ["p. 3", "table 4", "s", "s1-", "sx", "section 2", "s99999999999"] {
            assert_eq!(sentence_numbers(other), None, "{other}");
        }
    }

    #[test]
    fn quotes_are_found_whatever_the_blanks_and_marks() {
        let text = "He said: “it’s\n over – now”. Again: it's over.";
        let found = find(text, "it's over - now");
        assert_eq!(found.iter().map(|at| &text[at.clone()]).collect::<Vec<_>>(), ["it’s\n over – now"]);
        assert_eq!(find(text, "it's over").len(), 2);
        assert!(find(text, "its over").is_empty() && find(text, "  ").is_empty());
    }

    #[test]
    fn the_nearest_passage() {
        let text = "First things. Moscow will do its best to hinder the peace process. Last things.";
        let near = |quote: &str| nearest(text, quote).map(|at| &text[at]);
        assert_eq!(
            near("Moscow will do all to hinder a peace process"),
            Some("Moscow will do its best to hinder the peace process")
        );
        assert_eq!(near("hinder the war process"), Some("hinder the peace process"));
        assert_eq!(near("nothing of this kind anywhere"), None);
    }
}
