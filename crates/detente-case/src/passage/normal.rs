//! Texts in one shape, so that a quote is found whatever the typesetting; and the words of a text.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

/// A text in normal form, with the bytes of the original that each byte of it came from.
///
/// Compatibility composition (NFKC: accents, ligatures, wide letters); blanks, quotation marks,
/// apostrophes and dashes of one shape; soft hyphens left out; a hyphen at a line end marked as one
/// that may belong to the word or not.
pub(super) struct Normal {
    pub(super) text: String,
    /// For each byte of `text`: the bytes of the original.
    from: Vec<(u32, u32)>,
    /// Where in `text` a line ended in a hyphen that was left out.
    pub(super) breaks: Vec<usize>,
}

/// Characters that are not seen: joiners, marks of direction, marks of byte order.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}'
            | '\u{feff}' | '\u{61c}' | '\u{180e}' | '\u{34f}'
    )
}

impl Normal {
    /// `text` in normal form; `seen` leaves out the characters that are not seen.
    ///
    /// Complexity: linear in its length.
    pub(super) fn new(text: &str, seen: bool) -> Self {
        let mut normal =
            Self { text: String::with_capacity(text.len()), from: Vec::new(), breaks: Vec::new() };
        let mut resume = 0;
        for (at, cluster) in text.grapheme_indices(true) {
            if at < resume {
                continue;
            }
            if let Some(after) = broken(text, at, cluster) {
                if cluster != "\u{ad}" {
                    normal.breaks.push(normal.text.len());
                }
                resume = after;
                continue;
            }
            let origin = (narrow(at), narrow(at + cluster.len()));
            let shaped = cluster.chars().map(shape).filter(|c| *c != '\u{ad}' && !(seen && is_invisible(*c)));
            for c in shaped.nfkc() {
                normal.push(shape(c), origin);
            }
        }
        normal.from.push((narrow(text.len()), narrow(text.len())));
        normal
    }

    fn push(&mut self, c: char, origin: (u32, u32)) {
        let c = if c.is_whitespace() { ' ' } else { c };
        if c == ' ' && self.text.ends_with(' ') {
            return;
        }
        // Three dots are one sign; two hyphens a dash.
        if c == '.' && self.text.ends_with("..") {
            self.text.truncate(self.text.len() - 2);
            let first = self.from[self.text.len()].0;
            self.from.truncate(self.text.len());
            return self.push('…', (first, origin.1));
        }
        if c == '-' && self.text.ends_with('-') {
            return;
        }
        self.text.push(c);
        self.from.resize(self.text.len(), origin);
    }

    /// The bytes of the original of a range of the normal form.
    pub(super) fn origin(&self, range: &Range<usize>) -> Range<usize> {
        let last = range.end.max(range.start + 1) - 1;
        self.from[range.start].0 as usize..self.from[last.min(self.from.len() - 1)].1 as usize
    }
}

/// Where the word goes on, when `cluster` at `at` is a hyphen that breaks it at a line end.
fn broken(text: &str, at: usize, cluster: &str) -> Option<usize> {
    if !matches!(cluster, "-" | "‐" | "\u{ad}") || !text[..at].ends_with(char::is_alphanumeric) {
        return None;
    }
    let rest = &text[at + cluster.len()..];
    let word = rest.trim_start();
    let blanks = &rest[..rest.len() - word.len()];
    let broken = blanks.matches('\n').count() == 1 && word.starts_with(char::is_alphabetic);
    broken.then(|| text.len() - word.len())
}

fn narrow(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

fn shape(c: char) -> char {
    match c {
        c if c.is_whitespace() => ' ',
        '‘' | '’' | '‚' | '‛' | 'ʼ' | '′' | '´' | '`' | '‹' | '›' => '\'',
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' => '"',
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => '-',
        c => c,
    }
}

/// A word of a text: letters and digits in lower case and normal form, and its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) key: String,
    pub(super) at: Range<usize>,
}

/// The words of a text.
pub(super) fn words(text: &str) -> Vec<Word> {
    let normal = Normal::new(text, true);
    let mut found: Vec<Word> = Vec::new();
    let mut open: Option<(String, Range<usize>)> = None;
    for (at, c) in normal.text.char_indices() {
        if c.is_alphanumeric() {
            let (key, range) = open.get_or_insert_with(|| (String::new(), at..at));
            key.extend(c.to_lowercase());
            range.end = at + c.len_utf8();
        } else if let Some((key, range)) = open.take() {
            found.push(Word { key, at: normal.origin(&range) });
        }
    }
    found.extend(open.map(|(key, range)| Word { key, at: normal.origin(&range) }));
    found
}
