//! Where a quote stands in a text, and why it does not.

use std::ops::Range;

use super::normal::{Normal, is_invisible};

/// Characters that are compared for one quote at most.
const WORK: usize = 40_000_000;

/// What became of looking for a quote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Search {
    /// It stands here: bytes of the text.
    Found(Vec<Range<usize>>),
    /// It stands there only as a part of a longer word: the word, and whether the quote ends in it
    /// (else it begins in it).
    InsideWord(String, bool),
    /// It would stand there but for characters that are not seen.
    Invisible,
    /// It does not stand there, or is empty.
    Missing,
    /// Too much to compare.
    Unfinished,
}

/// Looks for `quote` in `text`.
///
/// # Definition
/// Both are compared in [`Normal`] form. `…` (also `...`, `[…]`, `(…)`) in the quote stands for words
/// that are left out; what it leaves out has no end of a paragraph in it: `apart` says whether two
/// places of the text are in different ones. A quote begins and ends with a whole word.
///
/// Complexity: linear in text and quote but for texts that repeat the quote's beginning; bounded.
pub(crate) fn search(text: &str, quote: &str, apart: &dyn Fn(usize, usize) -> bool) -> Search {
    let mut work = WORK;
    let within = Normal::new(text, false);
    let parts = parts(quote, false);
    let mut lists = Vec::new();
    let mut inside = None;
    for part in &parts {
        let Some(matches) = matches(&within, part, &mut work) else { return Search::Unfinished };
        let mut whole = Vec::new();
        for at in matches {
            match cut_word(&within.text, &at) {
                None => whole.push(at),
                Some(cut) => {
                    inside.get_or_insert(cut);
                }
            }
        }
        lists.push(whole);
    }
    let found =
        in_order(&lists, &|a, b| apart(within.origin(&(a..a + 1)).start, within.origin(&(b..b + 1)).start));
    if !found.is_empty() {
        return Search::Found(found.iter().map(|at| within.origin(at)).collect());
    }
    if let Some((word, ends)) = inside
        && lists.iter().filter(|list| list.is_empty()).count() == 1
    {
        return Search::InsideWord(word, ends);
    }
    if text.contains(is_invisible) || quote.contains(is_invisible) {
        let seen = |text: &str| text.chars().filter(|c| !is_invisible(*c)).collect::<String>();
        let (text, quote) = (seen(text), seen(quote));
        // Places are others there: whether paragraphs lie between is not asked.
        if matches!(search(&text, &quote, &|_, _| false), Search::Found(_)) {
            return Search::Invisible;
        }
    }
    Search::Missing
}

/// The stretches of a quote between the signs for what is left out, in normal form.
fn parts(quote: &str, seen: bool) -> Vec<Normal> {
    let whole = Normal::new(quote, seen);
    let mut open = String::with_capacity(quote.len());
    // The original, with every sign for what is left out as one.
    let text = whole.text.replace("[…]", "…").replace("(…)", "…");
    if !text.contains('…') {
        return if whole.text.trim().is_empty() { Vec::new() } else { vec![Normal::new(quote.trim(), seen)] };
    }
    open.push_str(&quote.replace("...", "…").replace("[…]", "…").replace("(…)", "…"));
    open.split('…')
        .map(str::trim)
        .filter(|part| part.contains(char::is_alphanumeric))
        .map(|part| Normal::new(part, seen))
        .collect()
}

/// Every place in `within` where `part` stands, as ranges of its normal form; `None`: too much work.
fn matches(within: &Normal, part: &Normal, work: &mut usize) -> Option<Vec<Range<usize>>> {
    let (text, wanted) = (within.text.as_str(), part.text.as_str());
    // Up to its first hyphen the quote has nothing that the text could write in another way.
    let fixed =
        wanted.find('-').into_iter().chain(part.breaks.first().copied()).min().unwrap_or(wanted.len());
    let prefix = &wanted[..fixed];
    let (mut found, mut from) = (Vec::new(), 0);
    while from < text.len() {
        let at = match prefix {
            "" => from,
            prefix => match text[from..].find(prefix) {
                Some(at) => from + at,
                None => break,
            },
        };
        let (end, steps) = follow(within, part, at);
        *work = work.checked_sub(prefix.len() + steps + 1)?;
        found.extend(end.map(|end| at..end));
        from = at + text[at..].chars().next().map_or(1, char::len_utf8);
    }
    Some(found)
}

/// Where `part` ends when it begins at `at`, and how many steps it took to see.
fn follow(within: &Normal, part: &Normal, at: usize) -> (Option<usize>, usize) {
    let (mut text, mut wanted) = (within.text[at..].char_indices(), part.text.char_indices());
    let mut steps = 0;
    let mut place = at;
    let mut next = text.next();
    let mut want = wanted.next();
    while let Some((j, c)) = want {
        steps += 1;
        let here = next.map_or(within.text.len(), |(i, _)| at + i);
        match next {
            Some((_, same)) if same == c => {
                place = here + c.len_utf8();
                next = text.next();
                want = wanted.next();
            }
            // A hyphen where a line of the text ended in one, or a line of the quote.
            _ if c == '-' && within.breaks.binary_search(&here).is_ok() => want = wanted.next(),
            Some((_, '-')) if part.breaks.binary_search(&j).is_ok() => next = text.next(),
            _ => return (None, steps),
        }
    }
    (Some(place), steps)
}

/// The first way to take one place of each list, in order and without `apart`, for each place of the
/// first.
fn in_order(lists: &[Vec<Range<usize>>], apart: &dyn Fn(usize, usize) -> bool) -> Vec<Range<usize>> {
    let Some((first, rest)) = lists.split_first() else { return Vec::new() };
    let whole = |start: &Range<usize>| {
        let mut end = start.end;
        for list in rest {
            let next = list.get(list.partition_point(|at| at.start < end))?;
            if apart(end.saturating_sub(1), next.start) {
                return None;
            }
            end = next.end;
        }
        Some(start.start..end)
    };
    first.iter().filter_map(whole).collect()
}

/// The word that `at` begins or ends inside of, and whether it ends there.
fn cut_word(text: &str, at: &Range<usize>) -> Option<(String, bool)> {
    let (before, said, after) = (&text[..at.start], &text[at.clone()], &text[at.end..]);
    let word = |place: usize| {
        let is_part = |c: char| c.is_alphanumeric() || is_mark(c);
        let begin = text[..place].trim_end_matches(is_part).len();
        let rest = &text[place..];
        text[begin..place + (rest.len() - rest.trim_start_matches(is_part).len())].to_owned()
    };
    if joins(said, after) {
        return Some((word(at.end), true));
    }
    joins(before, said).then(|| (word(at.start), false))
}

/// Whether a word goes on from the end of `left` to the start of `right`.
fn joins(left: &str, right: &str) -> bool {
    let (mut before, mut after) = (left.chars().rev(), right.chars());
    let (Some(a), Some(b)) = (before.next(), after.next()) else { return false };
    if is_mark(b) {
        return true;
    }
    let digit = |c: Option<char>| c.is_some_and(char::is_numeric);
    // `5` is not quoted from `3.5`, nor `3` from `3.5`.
    if matches!(a, '.' | ',') && b.is_numeric() && digit(before.next())
        || matches!(b, '.' | ',') && a.is_numeric() && digit(after.next())
    {
        return true;
    }
    (a.is_alphanumeric() || is_mark(a)) && b.is_alphanumeric() && !(without_blanks(a) || without_blanks(b))
}

/// A mark that belongs to the letter before it.
fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

/// Scripts that put no blanks between words.
fn without_blanks(c: char) -> bool {
    matches!(
        c,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}'
            | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}'
    )
}
