//! Near misses: the known word that a mistyped one was probably meant to be.

use std::collections::HashMap;

/// Comparisons of words allowed per file; past them there are no more near misses.
const WORK: usize = 200_000;
/// Longer words are not compared.
const LONGEST: usize = 64;

/// Looks for near misses, once per word, within a bound on the work.
#[derive(Default)]
pub(crate) struct Near {
    found: HashMap<String, Option<String>>,
    work: usize,
}

impl Near {
    /// The candidate with the least edit distance to `word`, when that is at most a third of its
    /// length (at least one); the earliest of equals. `kind` keeps apart words of different kinds.
    pub(crate) fn miss<'c>(
        &mut self,
        kind: &str,
        word: &str,
        candidates: impl IntoIterator<Item = &'c str>,
    ) -> Option<String> {
        let key = format!("{kind}\0{word}");
        if let Some(found) = self.found.get(&key) {
            return found.clone();
        }
        let mut best: Option<(usize, &str)> = None;
        for candidate in candidates {
            self.work += 1;
            if self.work > WORK {
                break;
            }
            let (longer, shorter) = lengths(word, candidate);
            // One letter for another is no misspelling.
            let most = (longer / 3).max(usize::from(shorter > 1 || longer > 1));
            if let Some(distance) = distance(word, candidate)
                && distance <= most
                && best.is_none_or(|(least, _)| distance < least)
            {
                best = Some((distance, candidate));
            }
        }
        let found = best.map(|(_, word)| word.to_owned());
        self.found.insert(key, found.clone());
        found
    }
}

/// The numbers of characters, the greater first.
fn lengths(a: &str, b: &str) -> (usize, usize) {
    let (a, b) = (a.chars().count(), b.chars().count());
    (a.max(b), a.min(b))
}

/// Edit distance: insertions, deletions, replacements and swaps of neighbours each count one
/// (optimal string alignment); case differences count nothing. `None` for words past 64 characters.
fn distance(a: &str, b: &str) -> Option<usize> {
    let fold = |s: &str| s.chars().take(LONGEST + 1).flat_map(char::to_lowercase).collect::<Vec<_>>();
    let (a, b) = (fold(a), fold(b));
    if a.len() > LONGEST || b.len() > LONGEST {
        return None;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 0..a.len() {
        let mut row = vec![i + 1];
        for j in 0..b.len() {
            let change = last[j] + usize::from(a[i] != b[j]);
            let mut least = change.min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && a[i] == b[j - 1] && a[i - 1] == b[j] {
                least = least.min(before[j - 1] + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_nearest_within_a_third() {
        let words = ["west.mediate", "west.guarantee", "az.sign"];
        let miss = |word: &str| Near::default().miss("option", word, words);
        assert_eq!(miss("west.mediat").as_deref(), Some("west.mediate"));
        assert_eq!(miss("az.sing").as_deref(), Some("az.sign"));
        assert_eq!(miss("ru.hinder"), None);
        assert_eq!(distance("ca", "abc"), Some(3));
        assert_eq!(distance("", "abc"), Some(3));
        assert_eq!(distance("Holds", "holds"), Some(0));
    }
}
