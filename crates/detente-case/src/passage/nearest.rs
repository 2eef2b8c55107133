//! The passage of a text that comes nearest to a quote.

use std::ops::Range;

use super::normal::words;

/// Words of a passage that are compared with a quote at most; past that there is no near passage.
const WORK: usize = 40_000_000;

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
