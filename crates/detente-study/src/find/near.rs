//! Near misses: the known word that a mistyped one was probably meant to be.

/// The candidate with the fewest changes from `word`, when these are at most a third of its length
/// (at least one); the first of equals. Insertions, deletions, replacements and swaps of
/// neighbours each count one; words past 64 characters are not compared.
pub fn nearest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        let most = (word.chars().count().max(candidate.chars().count()) / 3).max(1);
        let Some(changes) = changes(word, candidate) else { continue };
        if changes <= most && best.is_none_or(|(least, _)| changes < least) {
            best = Some((changes, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

fn changes(a: &str, b: &str) -> Option<usize> {
    let a: Vec<char> = a.chars().take(65).collect();
    let b: Vec<char> = b.chars().take(65).collect();
    if a.len() > 64 || b.len() > 64 {
        return None;
    }
    let mut above: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for i in 0..a.len() {
        let mut next = vec![i + 1];
        for j in 0..b.len() {
            let mut least = (row[j] + usize::from(a[i] != b[j])).min(row[j + 1] + 1).min(next[j] + 1);
            if i > 0 && j > 0 && a[i] == b[j - 1] && a[i - 1] == b[j] {
                least = least.min(above[j - 1] + 1);
            }
            next.push(least);
        }
        above = std::mem::replace(&mut row, next);
    }
    row.last().copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_word_within_a_third() {
        let words = ["holds", "moscow-deal", "status-quo"];
        assert_eq!(nearest("hodls", words), Some("holds"));
        assert_eq!(nearest("moscow-dael", words), Some("moscow-deal"));
        assert_eq!(nearest("peace", words), None);
    }
}
