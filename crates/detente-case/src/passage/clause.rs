//! Marks that open a clause or an item at the begin of a line: `OP1`, `1.`, `(a)`, `Article 2`, `•`.

/// The mark at the begin of `line`, when there is one: `1.`, `(a)`, `•`.
pub(super) fn marker(line: &str) -> Option<&str> {
    let end = numbered(line).or_else(|| named(line)).or_else(|| bullet(line))?;
    // A mark stands alone, or a blank comes after it.
    let rest = &line[end..];
    (rest.is_empty() || rest.starts_with(char::is_whitespace)).then(|| &line[..end])
}

/// `1.`, `1)`, `(1)`, `2.3`, `a)`, `(a)`, `(iv)`, `IV.`
fn numbered(line: &str) -> Option<usize> {
    let open = line.starts_with('(');
    let inner = &line[usize::from(open)..];
    let length = inner.find(|c: char| !c.is_ascii_alphanumeric() && c != '.').unwrap_or(inner.len());
    let (label, after) = inner.split_at(length);
    let close = after.starts_with(')');
    let stopped = label.ends_with('.') && !open && !close;
    let label = label.trim_end_matches('.');
    let digits = |part: &str| (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    let number = label.split('.').all(digits) && label.split('.').count() <= 3;
    let letter = label.len() == 1 && label.bytes().all(|b| b.is_ascii_lowercase());
    let roman = |small: bool| {
        let all = if small { "ivx" } else { "IVX" };
        (1..=5).contains(&label.len()) && label.chars().all(|c| all.contains(c))
    };
    let known = match (open || close, stopped) {
        (true, _) => close && (number || letter || roman(true)),
        (false, true) => number || roman(false),
        (false, false) => number && label.contains('.'),
    };
    known.then(|| usize::from(open) + length + usize::from(close))
}

/// `OP1`, `PP2.`, `Article 3`, `Art. 3.`, `Section 4:`, `§ 5`
fn named(line: &str) -> Option<usize> {
    const NAMES: [&str; 9] = ["OP", "PP", "Article", "ARTICLE", "Art.", "Section", "Clause", "Annex", "§"];
    let name = NAMES.into_iter().find(|name| line.starts_with(name))?;
    let rest = &line[name.len()..];
    let number = rest.trim_start_matches(' ');
    let length = number.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(number.len());
    let label = &number[..length];
    let counted = label.starts_with(|c: char| c.is_ascii_digit())
        || !label.is_empty() && label.chars().all(|c| "IVX".contains(c)) && rest.starts_with(' ');
    if !counted || label.len() > 5 {
        return None;
    }
    let end = name.len() + (rest.len() - number.len()) + length;
    let mark = line[end..].starts_with(['.', ':', ')']);
    Some(end + usize::from(mark))
}

fn bullet(line: &str) -> Option<usize> {
    let first = line.chars().next()?;
    matches!(first, '•' | '‣' | '◦' | '▪' | '·' | '–' | '—' | '-' | '*').then_some(first.len_utf8())
}

/// What kind of mark it is, so that marks of one list are known to belong together.
pub(super) fn kind(marker: &str) -> String {
    marker
        .chars()
        .map(|c| match c {
            c if c.is_ascii_digit() => '1',
            c if c.is_ascii_lowercase() => 'a',
            c => c,
        })
        .collect::<String>()
        .replace("11", "1")
        .replace("11", "1")
        .replace("aa", "a")
        .replace("aa", "a")
}

#[cfg(test)]
mod tests {
    use super::marker;

    #[test]
    fn marks_of_clauses() {
        for (line, expected) in [
            ("1. Demands", Some("1.")),
            ("12) Demands", Some("12)")),
            ("(a) To withdraw", Some("(a)")),
            ("(iv) To", Some("(iv)")),
            ("IV. The", Some("IV.")),
            ("2.3 The", Some("2.3")),
            ("OP1 Demands", Some("OP1")),
            ("OP1. Demands", Some("OP1.")),
            ("Article 3", Some("Article 3")),
            ("Article 3: The", Some("Article 3:")),
            ("§ 5 The", Some("§ 5")),
            ("• aid", Some("•")),
            ("1990. The year", None),
            ("1 Demands", None),
            ("3.5 per cent", Some("3.5")),
            ("a. To", None),
            ("A. Writer", None),
            ("(see below)", None),
            ("Article on", None),
            ("Operation", None),
            ("-ing", None),
            ("", None),
        ] {
            assert_eq!(marker(line), expected, "{line}");
        }
    }
}
