//! Lines to paragraphs: which belong together, which begin a clause, which are no text at all.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::clause;
use super::normal::words;
use super::stops::{self, is_stopped};

/// A line without a stop of at most so many words is a heading or a signature.
const HEADING: usize = 8;
/// A paragraph without a stop before the first sentence is a title unless it has more words.
const TITLE: usize = 25;
/// Texts with a longer line are not wrapped by hand: each line is a paragraph.
const WRAPPED: usize = 120;

/// Why something of a text is not numbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Omission {
    /// It only repeats the title or the author of the source.
    Title,
    /// It stands before the first sentence, and no sentence ends in it.
    Heading,
    /// A subheading or a signature: at most eight words without a stop.
    Short,
    /// No letter and no number stands in it: `* * *`.
    Marks,
}

/// A paragraph: its bytes without the blanks around it, and why it is not numbered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Paragraph {
    pub(super) at: Range<usize>,
    pub(super) omitted: Option<Omission>,
}

struct Line<'t> {
    text: &'t str,
    at: Range<usize>,
    /// A blank line stands before it, or nothing.
    apart: bool,
}

/// The paragraphs of a text. `title` and `author` are those of the source.
///
/// # Definition
/// A paragraph ends at a blank line; at a line end in a text that is not wrapped by hand; and in a
/// text that is, at a line that was broken though the next word had room. In a resolution or treaty
/// (a text in which two or more marks of one kind begin lines) each mark begins a paragraph.
///
/// Complexity: linear in the length of the text.
pub(super) fn paragraphs(text: &str, title: &str, author: Option<&str>) -> Vec<Paragraph> {
    let lines = lines(text);
    let known = known(&lines, title, author);
    let (head, lines) = lines.split_at(known);
    let mut found: Vec<Paragraph> =
        head.iter().map(|line| Paragraph { at: line.at.clone(), omitted: Some(Omission::Title) }).collect();
    let width = lines.iter().map(|line| line.text.chars().count()).max().unwrap_or(0);
    let act = is_act(lines, width);
    let mut blocks: Vec<(Range<usize>, bool)> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let marked = act && clause::marker(line.text).is_some();
        let last = at.checked_sub(1).map(|before| &lines[before]);
        let begins = line.apart
            || last.is_none_or(|last| deliberate(last.text, line.text, width) || is_heading_mark(last.text))
            || is_heading_mark(line.text)
            || marked && last.is_some_and(|last| closes_clause(last.text));
        match blocks.last_mut() {
            Some((block, _)) if !begins => block.end = line.at.end,
            _ => blocks.push((line.at.clone(), marked)),
        }
    }
    let blocks = signatures_apart(text, blocks);
    let mut begun = false;
    let stops = |block: &Range<usize>| stops::sentences(&text[block.clone()]).iter().any(|s| s.stopped);
    let stopped: Vec<bool> = blocks.iter().map(|(block, _)| stops(block)).collect();
    for (at, (block, marked)) in blocks.into_iter().enumerate() {
        let said = &text[block.clone()];
        let open = said.ends_with([';', ':']) || act && said.ends_with(',');
        let counted = !said.chars().any(char::is_alphanumeric);
        let bare = clause::marker(said).is_some_and(|marker| marker.len() == said.len());
        let omitted = if counted {
            Some(Omission::Marks)
        } else if bare {
            Some(Omission::Short)
        } else if marked {
            None
        } else if is_heading_mark(said) {
            Some(if begun { Omission::Short } else { Omission::Heading })
        } else if stopped[at] || open {
            None
        } else if said.unicode_words().count() <= HEADING {
            Some(if begun { Omission::Short } else { Omission::Heading })
        } else {
            let title = !begun && !act && said.unicode_words().count() <= TITLE;
            (title && stopped[at..].contains(&true)).then_some(Omission::Heading)
        };
        begun |= omitted.is_none();
        found.push(Paragraph { at: block, omitted });
    }
    // A short line with a colon that opens nothing but signatures is one of them: “For the Council:”.
    let closing = found.iter().rposition(|paragraph| paragraph.omitted.is_none());
    if let Some(at) = closing.filter(|at| *at > 0) {
        let said = &text[found[at].at.clone()];
        if said.ends_with(':') && clause::marker(said).is_none() && said.unicode_words().count() <= HEADING {
            found[at].omitted = Some(Omission::Short);
        }
    }
    if !begun {
        // Nothing but short lines: then they are the text.
        for paragraph in &mut found {
            paragraph.omitted =
                paragraph.omitted.filter(|omitted| matches!(omitted, Omission::Title | Omission::Marks));
        }
    }
    found
}

/// Blocks whose last line is a heading or a signature of its own, that line apart: the line before it
/// ends in a stop, it has none.
fn signatures_apart(text: &str, blocks: Vec<(Range<usize>, bool)>) -> Vec<(Range<usize>, bool)> {
    let mut apart = Vec::with_capacity(blocks.len());
    for (block, marked) in blocks {
        let said = &text[block.clone()];
        let split = said.rfind('\n').map(|at| (said[..at].trim_end(), said[at..].trim_start())).filter(
            |(before, last)| {
                is_stopped(before)
                    && !is_stopped(last)
                    && !last.ends_with([';', ':', ','])
                    && last.unicode_words().count() <= HEADING
            },
        );
        match split {
            Some((before, last)) => {
                apart.push((block.start..block.start + before.len(), marked));
                apart.push((block.end - last.len()..block.end, false));
            }
            None => apart.push((block, marked)),
        }
    }
    apart
}

fn lines(text: &str) -> Vec<Line<'_>> {
    let (mut found, mut start, mut apart) = (Vec::new(), 0, true);
    for raw in text.split_inclusive(['\n', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}']) {
        let line = raw.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        if line.is_empty() {
            apart = true;
        } else {
            let begin = start + (line.as_ptr() as usize - raw.as_ptr() as usize);
            found.push(Line { text: line, at: begin..begin + line.len(), apart });
            apart = raw.ends_with('\u{2029}');
        }
        start += raw.len();
    }
    found
}

/// How many lines at the begin say nothing but title and author.
fn known(lines: &[Line<'_>], title: &str, author: Option<&str>) -> usize {
    let names = [words(title), author.map(words).unwrap_or_default()];
    let only_names = |line: &&Line<'_>| {
        let said = words(line.text);
        let mut rest: Vec<&str> = said.iter().map(|word| word.key.as_str()).collect();
        let mut known = false;
        for name in &names {
            let name: Vec<&str> = name.iter().map(|word| word.key.as_str()).collect();
            if let Some(at) = place(&rest, &name) {
                rest.drain(at..at + name.len());
                known = true;
            }
        }
        said.is_empty() || known && (rest.is_empty() || rest == ["by"])
    };
    lines.iter().take_while(only_names).count()
}

fn place(words: &[&str], name: &[&str]) -> Option<usize> {
    (!name.is_empty()).then(|| words.windows(name.len()).position(|window| window == name))?
}

/// Whether a line was ended on purpose: the next word had room on it.
fn deliberate(line: &str, next: &str, width: usize) -> bool {
    if line.ends_with(['-', '‐', '\u{ad}']) || next.starts_with(char::is_lowercase) {
        return false;
    }
    let word = next.split_whitespace().next().unwrap_or("").chars().count();
    width > WRAPPED || (line.chars().count() + 1 + word) * 4 < width * 3
}

/// A heading of Markdown.
fn is_heading_mark(line: &str) -> bool {
    let rest = line.trim_start_matches('#');
    rest.len() < line.len() && line.len() - rest.len() <= 6 && rest.starts_with(' ') && !line.contains('\n')
}

/// Whether the line before a clause lets one begin.
fn closes_clause(line: &str) -> bool {
    is_stopped(line) || line.ends_with([';', ':', ',']) || line.ends_with("; and") || line.ends_with("; or")
}

/// A resolution, a treaty or a list: two or more marks of one kind begin lines where a clause can.
fn is_act(lines: &[Line<'_>], width: usize) -> bool {
    let mut kinds: Vec<String> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let Some(marker) = clause::marker(line.text) else { continue };
        let last = at.checked_sub(1).map(|before| lines[before].text);
        let begins =
            line.apart || last.is_none_or(|last| closes_clause(last) || deliberate(last, line.text, width));
        if !begins {
            continue;
        }
        let kind = clause::kind(marker);
        if kinds.contains(&kind) {
            return true;
        }
        kinds.push(kind);
    }
    false
}
