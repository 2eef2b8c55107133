//! Marks that open a clause or an item at the begin of a line: `OP1`, `1.`, `3 bis.`, `(a)`, `Article 2`, `•`.

/// What a clause that was put between two others is called after the number of the one before.
const PUT_BETWEEN: [&str; 9] =
    ["bis", "ter", "quater", "quinquies", "sexies", "septies", "octies", "novies", "decies"];

/// How many bytes of `rest`, what stands behind a number, are such a word with the blank before it.
fn put_between(rest: &str) -> usize {
    let word = rest.trim_start_matches([' ', '\u{a0}']);
    let length = word.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(word.len());
    if PUT_BETWEEN.contains(&&word[..length]) { rest.len() - word.len() + length } else { 0 }
}

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
    // `3 bis.`, `(3 ter)`
    let digits = inner.find(|c: char| !c.is_ascii_digit()).unwrap_or(inner.len());
    let between = if (1..=3).contains(&digits) { put_between(&inner[digits..]) } else { 0 };
    if between > 0 {
        let end = digits + between;
        let mark = inner[end..].starts_with(if open { &[')'][..] } else { &['.', ')'][..] });
        return mark.then_some(usize::from(open) + end + 1);
    }
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
    let end = end + put_between(&line[end..]);
    let mark = line[end..].starts_with(['.', ':', ')']);
    Some(end + usize::from(mark))
}

fn bullet(line: &str) -> Option<usize> {
    let first = line.chars().next()?;
    matches!(first, '•' | '‣' | '◦' | '▪' | '·' | '–' | '—' | '-' | '*').then_some(first.len_utf8())
}

/// What kind of mark it is, so that marks of one list are known to belong together.
pub(super) fn kind(marker: &str) -> String {
    let digits = marker.rfind(|c: char| c.is_ascii_digit()).map_or(0, |at| at + 1);
    let between = if digits > 0 { put_between(&marker[digits..]) } else { 0 };
    let plain = format!("{}{}", &marker[..digits], &marker[digits + between..]);
    plain
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
            ("3 bis. The", Some("3 bis.")),
            ("3bis. The", Some("3bis.")),
            ("(3 ter) The", Some("(3 ter)")),
            ("12 quater) The", Some("12 quater)")),
            ("Article 3 bis The", Some("Article 3 bis")),
            ("Article 3 bis. The", Some("Article 3 bis.")),
            ("3 bis The", None),
            ("3 bishops. The", None),
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
        assert_eq!(super::kind("3 bis."), super::kind("4."));
        assert_eq!(super::kind("Article 3 bis"), super::kind("Article 12"));
    }
}
