//! Where sentences end inside a paragraph.
//!
//! # Definition
//! The base is Unicode's (UAX #29): the stops of every script, the closing marks after them, and no
//! end before a small letter. Beyond it a sentence ends before a number, where the blank was
//! forgotten (`ratified.New`), before a quote that opens (`会面。“停火`), and at the colon that Armenian
//! is typed with for its own full stop; it does not end where it goes on with a small letter after a
//! quoted question (`“Why?” and`), after an abbreviation (`abbreviations.txt`), after initials
//! (`A. Name`), after a dotted acronym unless the next word is one that begins sentences, at the
//! Armenian mijaket (`․`), which is a colon, or inside an address (`example.org/?id=5`). What is only
//! the mark of a clause (`1.`) belongs to the sentence that it opens, and what is only marks to the
//! sentence before it.

use std::collections::HashMap;
use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use unicode_segmentation::UnicodeSegmentation;

use super::clause;

/// Words with a stop that ends no sentence; how the file says when.
struct Lexicon {
    when: HashMap<&'static str, When>,
    openers: HashSet<&'static str>,
}

#[derive(Clone, Copy)]
enum When {
    Never,
    Number,
    Opener,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut lexicon = Lexicon { when: HashMap::new(), openers: HashSet::new() };
    for line in include_str!("abbreviations.txt").lines().filter(|line| !line.starts_with('#')) {
        let mut words = line.split_whitespace();
        let when = match words.next() {
            Some("never") => When::Never,
            Some("number") => When::Number,
            Some("opener") => When::Opener,
            _ => {
                lexicon.openers.extend(words);
                continue;
            }
        };
        lexicon.when.extend(words.map(|word| (word, when)));
    }
    lexicon
});

/// A sentence of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sentence {
    /// Its bytes, without the blanks around it.
    pub(super) at: Range<usize>,
    /// Whether a stop ends it.
    pub(super) stopped: bool,
}

/// The sentences of one paragraph, whatever its line breaks.
///
/// Complexity: linear in its length.
pub(super) fn sentences(paragraph: &str) -> Vec<Sentence> {
    let flat = without_lines(paragraph);
    let mut ends = ends(&flat);
    ends.push(flat.len());
    let mut found: Vec<Sentence> = Vec::new();
    let mut from = 0;
    for end in ends {
        let raw = &flat[from..end];
        let said = raw.chars().any(char::is_alphanumeric);
        let marker_only = clause::marker(raw.trim()).is_some_and(|marker| marker.len() == raw.trim().len());
        if !said {
            // Marks alone close the sentence before them; before the first they open it.
            if let Some(last) = found.last_mut() {
                last.at.end = from + raw.trim_end().len().max(last.at.end.saturating_sub(from));
                last.stopped |= is_stopped(raw);
                from = end;
            }
            continue;
        }
        if marker_only && end != flat.len() {
            continue;
        }
        let begin = from + (raw.len() - raw.trim_start().len());
        let at = begin..begin + raw.trim().len();
        found.push(Sentence { stopped: is_stopped(&flat[at.clone()]), at });
        from = end;
    }
    found
}

/// Line breaks as blanks of the same length.
fn without_lines(text: &str) -> String {
    let mut flat = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                flat.extend(std::iter::repeat_n(' ', c.len_utf8()));
            }
            c => flat.push(c),
        }
    }
    flat
}

/// The letters of Armenian.
fn is_armenian(c: char) -> bool {
    matches!(c, '\u{531}'..='\u{556}' | '\u{560}'..='\u{588}')
}

/// Armenian's full stop, and the colon that it is typed with.
const VERJAKET: char = '\u{589}';
/// The point that Unicode has for Armenian's mijaket, a colon.
const MIJAKET: char = '\u{2024}';

/// Whether `text` ends with an Armenian letter, whatever closes after it.
fn ends_armenian(text: &str) -> bool {
    text.trim_end_matches(is_closing).chars().next_back().is_some_and(is_armenian)
}

/// Whether `c` ends sentences in some script: what Unicode breaks after, whatever follows.
fn is_stop(c: char) -> bool {
    match c {
        '.' | '?' | '!' => true,
        // Greek writes its question mark so; it is no stop in Unicode's table.
        '\u{37e}' => true,
        c if c.is_ascii() || c.is_alphanumeric() || c.is_whitespace() => false,
        c => {
            let mut probe = String::from("x");
            probe.push(c);
            probe.push('x');
            probe.split_sentence_bounds().count() > 1
        }
    }
}

fn is_closing(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '”'
            | '’'
            | '»'
            | '›'
            | '“'
            | ')'
            | ']'
            | '」'
            | '』'
            | '）'
            | '】'
            | '》'
            | '〉'
            | '＂'
            | '］'
            | '｣'
            | '〗'
            | '〕'
            | '〞'
            | '〟'
            | '﹂'
            | '﹄'
            | '}'
            | '｝'
    )
}

/// Whether a mark that can close and open opens what comes after it.
fn opens(mark: char, after: &str) -> bool {
    matches!(mark, '“' | '‘' | '»' | '›') && after.starts_with(char::is_alphanumeric)
}

fn is_opening(c: char) -> bool {
    matches!(c, '“' | '«' | '„' | '‘' | '‹') || only_opens(c)
}

/// A mark that closes nothing in any language.
fn only_opens(c: char) -> bool {
    matches!(c, '「' | '『' | '《' | '〈' | '（' | '【' | '〝' | '﹁' | '﹃' | '｢' | '〖' | '〔' | '［')
}

/// Whether a stop, or a stop and what closes, is the last thing of `text`.
#[must_use]
pub fn is_stopped(text: &str) -> bool {
    let said = text.trim_end().trim_end_matches(is_closing);
    said.chars().next_back().is_some_and(|c| match c {
        MIJAKET => !ends_armenian(&said[..said.len() - c.len_utf8()]),
        ':' => ends_armenian(&said[..said.len() - 1]),
        c => is_stop(c) || c == '…',
    })
}

/// The ends of sentences inside a text without line breaks, ascending; not that of the last one.
fn ends(flat: &str) -> Vec<usize> {
    let mut ends: Vec<usize> = flat.split_sentence_bound_indices().map(|(at, _)| at).skip(1).collect();
    ends.extend(more_ends(flat));
    ends.sort_unstable();
    ends.dedup();
    ends.retain(|end| *end < flat.len() && is_end(&flat[..*end], &flat[*end..]));
    ends
}

/// Ends that Unicode does not have: before a number, before a capital without a blank, before a quote that opens, and at
/// signs of other scripts that Greek and Armenian end sentences with.
fn more_ends(flat: &str) -> Vec<usize> {
    let mut found = Vec::new();
    let mut chars = flat.char_indices().peekable();
    let mut before = ' ';
    while let Some((at, c)) = chars.next() {
        let greek = matches!(before, '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}');
        let armenian = is_armenian(before) || is_closing(before) && ends_armenian(&flat[..at]);
        before = c;
        let ascii = matches!(c, '.' | '?' | '!');
        let typed = c == ';' && greek || c == ':' && armenian;
        if !(ascii || typed || !c.is_ascii() && !c.is_alphanumeric() && c != MIJAKET && is_stop(c)) {
            continue;
        }
        let mut end = at + c.len_utf8();
        while let Some((next, c)) = chars.next_if(|(at, c)| {
            matches!(c, '.' | '?' | '!') || is_closing(*c) && !opens(*c, &flat[at + c.len_utf8()..])
        }) {
            end = next + c.len_utf8();
        }
        let rest = &flat[end..];
        let next = rest.chars().next().unwrap_or(' ');
        let later = rest.trim_start().chars().next().unwrap_or(' ');
        let forgotten = next.is_uppercase() || is_opening(next);
        let blank = next.is_whitespace() && (later.is_numeric() || c != '.');
        // A colon is Armenian's full stop only before what begins a sentence.
        let begins = c != ':' || later.is_uppercase() || is_opening(later) || later.is_numeric();
        if (forgotten || blank) && begins {
            found.push(end);
        }
    }
    found
}

/// Whether a sentence ends between `before` and `after`.
fn is_end(before: &str, after: &str) -> bool {
    // Unicode takes marks that open for marks that close.
    if before.chars().next_back().is_some_and(|mark| opens(mark, after) || only_opens(mark)) {
        return false;
    }
    let blank = before.ends_with(char::is_whitespace) || after.starts_with(char::is_whitespace);
    let said = before.trim_end().trim_end_matches(is_closing);
    let next = after.trim_start();
    let first = next.chars().next().unwrap_or(' ');
    let Some(stop) = said.chars().next_back() else { return false };
    // It goes on with a small letter, perhaps after a dash: `“Why?” – he asked`.
    let goes_on = after.trim_start_matches(|c: char| c.is_whitespace() || "–—-―".contains(c));
    // The letters of Georgian are small to Unicode, and it has no capitals in sentences.
    let small = |c: char| c.is_lowercase() && !matches!(c, '\u{10d0}'..='\u{10ff}');
    if goes_on.starts_with(small) && stop != VERJAKET {
        return false;
    }
    if matches!(stop, '?' | '!') {
        return blank || first.is_uppercase() || is_opening(first);
    }
    if stop == MIJAKET && ends_armenian(&said[..said.len() - stop.len_utf8()]) {
        return false;
    }
    if stop != '.' {
        return true;
    }
    let said = &said[..said.len() - 1];
    if said.ends_with('.') {
        // Points that trail off.
        return blank && !first.is_numeric();
    }
    let word = said.rsplit(|c: char| c.is_whitespace() || is_opening(c) || "(\"'[/—–".contains(c)).next();
    let word = word.unwrap_or("").trim_start_matches(is_closing);
    let next_word: &str = next.trim_start_matches(|c: char| !c.is_alphanumeric());
    let next_word = next_word.split(|c: char| !c.is_alphanumeric() && c != '-').next().unwrap_or("");
    let opens = LEXICON.openers.contains(next_word);
    let when = LEXICON.when.get(word).or_else(|| LEXICON.when.get(word.to_lowercase().as_str()));
    match when {
        Some(When::Never) => return false,
        Some(When::Number) => {
            let digit = first.is_numeric() || first == '(';
            return !digit && !next_word.chars().all(|c| "IVXLC".contains(c));
        }
        Some(When::Opener) => return opens,
        None => {}
    }
    if is_initials(word) {
        return opens && blank;
    }
    // Inside a dotted acronym, and the number of an item in a list in running text.
    let piece = |text: &str| text.chars().take_while(|c| c.is_alphabetic()).count();
    let next_piece = piece(after);
    if !blank && (1..=2).contains(&next_piece) && word.chars().count() <= 2 {
        let rest = after.chars().nth(next_piece);
        if rest == Some('.') {
            return false;
        }
    }
    if !word.is_empty() && word.chars().all(|c| c.is_ascii_digit()) {
        let item = said[..said.len() - word.len()].trim_end();
        if item.is_empty() || item.ends_with([':', ';']) {
            return false;
        }
    }
    let ordinal = !word.is_empty() && word.len() <= 2 && word.chars().all(|c| c.is_ascii_digit());
    const MONTHS: [&str; 13] = [
        "Januar",
        "Jänner",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ];
    !(ordinal && blank && MONTHS.contains(&next_word))
}

/// `A`, `U.S`, `p.m`, `EE.UU`: one letter, or pieces of at most two letters with stops between.
fn is_initials(word: &str) -> bool {
    let pieces: Vec<&str> = word.split('.').collect();
    let short = |most: usize| {
        let letters = |piece: &&str| {
            let count = piece.chars().count();
            (1..=most).contains(&count) && piece.chars().all(char::is_alphabetic)
        };
        pieces.iter().all(letters)
    };
    match pieces.len() {
        1 => short(1) && word.chars().all(char::is_uppercase),
        _ => short(2),
    }
}
