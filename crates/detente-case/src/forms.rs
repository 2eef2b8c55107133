//! What ids, dates and paths look like.

/// Lower-case ASCII letters, digits and single `-` (not at either end), none of the words of formulas.
pub(crate) fn is_id(text: &str) -> bool {
    !text.is_empty()
        && text.split('-').all(|part| {
            !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        })
        && !crate::statement::RESERVED.contains(&text)
}

/// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, of a day that exists.
pub(crate) fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let digits = |part: &str, len: usize| {
        (part.len() == len && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse::<u32>().ok())?
    };
    let days = |year: u32, month: u32| match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 31,
    };
    let month_is = |month: &&str| digits(month, 2).filter(|m| (1..=12).contains(m));
    match parts.as_slice() {
        [year] => digits(year, 4).is_some(),
        [year, month] => digits(year, 4).is_some() && month_is(month).is_some(),
        [year, month, day] => match (digits(year, 4), month_is(month), digits(day, 2)) {
            (Some(year), Some(month), Some(day)) => (1..=days(year, month)).contains(&day),
            _ => false,
        },
        _ => false,
    }
}

/// A relative path that stays where it starts.
pub(crate) fn is_inside(path: &str) -> bool {
    !path.is_empty()
        && !path.contains(['\\', ':'])
        && path.split('/').all(|part| !part.is_empty() && part != "..")
}

/// The date of a source: a date as [`is_date`] takes it, one that is only about right (`c. 1923`,
/// `before 1923-05`), a range (`2020/2021`, `1923–1925`, `2020-05 to 2020-07`, `12-15 May 2023`), a decade (`1990s`),
/// or none (`n.d.`, `s.d.`). It is kept and shown as it is written.
pub(crate) fn is_published(text: &str) -> bool {
    const NONE: [&str; 10] =
        ["n.d.", "n. d.", "s.d.", "s. d.", "s.a.", "s. a.", "o.j.", "o. j.", "undated", "no date"];
    let text = text.trim();
    if NONE.contains(&text.to_lowercase().as_str()) {
        return true;
    }
    let about = ["c.", "ca.", "circa ", "about ", "around ", "before ", "after "];
    let part = ["early ", "mid-", "mid ", "late "];
    let without = |words: &[&str], text: &str| -> String {
        words.iter().find_map(|word| text.strip_prefix(word)).unwrap_or(text).trim_start().to_owned()
    };
    let rest = without(&about, text);
    let rest = rest.as_str();
    let decade = |text: &str| {
        let text = without(&part, text.strip_prefix("the ").unwrap_or(text));
        let years =
            text.strip_suffix("'s").or_else(|| text.strip_suffix("’s")).or_else(|| text.strip_suffix('s'));
        years.is_some_and(|year| year.len() == 4 && year.ends_with('0') && is_date(year))
    };
    let whole = |text: &str| is_date(text) || decade(text);
    if days_in_words(rest) {
        return true;
    }
    let range = [" to ", "/", "–", "—", " - "].into_iter().find_map(|sign| rest.split_once(sign));
    // Two whole years or decades with a hyphen between, which a month cannot be.
    let long = |part: &str| part.len() == 4 || decade(part);
    let years = rest.split_once('-').filter(|(from, to)| long(from) && long(to));
    match range.or(years) {
        None => whole(rest),
        Some((from, to)) => {
            let (from, to) = (from.trim(), to.trim());
            // `1923/25`
            let short = from.len() == 4 && to.len() == 2 && to.bytes().all(|b| b.is_ascii_digit());
            whole(from) && (whole(to) || short)
        }
    }
}

/// The months, as they are written in English.
pub(crate) const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The number of the month that `word` names, also cut short (`Sept.`).
pub(crate) fn month(word: &str) -> Option<usize> {
    let word = word.trim_end_matches('.').to_lowercase();
    let found = MONTHS.iter().position(|name| *name == word || word.len() >= 3 && name.starts_with(&word));
    found.map(|at| at + 1)
}

/// A range of days or months of which the format has no other form: `12-15 May 2023`, `30 April – 2 May 2023`,
/// `28 December 2022 to 3 January 2023`, `May 12–15, 2023`, `May–June 2023`.
fn days_in_words(text: &str) -> bool {
    let text = text.replace(" to ", "-").replace(['–', '—', '/'], "-");
    let Some((from, to)) = text.split_once('-') else { return false };
    // Day, month and year, as far as they stand there; `None`: something else stands there too.
    let parts = |text: &str| {
        let mut found = (None, None, None);
        for word in text.split([' ', ',']).filter(|word| !word.is_empty()) {
            let number = || word.bytes().all(|b| b.is_ascii_digit()).then(|| word.parse::<usize>().ok())?;
            match (month(word), number()) {
                (Some(month), _) if found.1.is_none() => found.1 = Some(month),
                (None, Some(year)) if word.len() == 4 && found.2.is_none() => found.2 = Some(year),
                (None, Some(day)) if word.len() <= 2 && found.0.is_none() => found.0 = Some(day),
                _ => return None,
            }
        }
        Some(found)
    };
    let (Some((first, begins, since)), Some((last, ends, year))) = (parts(from), parts(to)) else {
        return false;
    };
    let Some(year) = year else { return false };
    let (begin, end) = (begins.or(ends), ends.or(begins));
    let (Some(begin), Some(end)) = (begin, end) else { return false };
    let since = since.unwrap_or(year);
    // Both days or none, and the second not before the first.
    let is = |year: usize, month: usize, day: Option<usize>| match day {
        Some(day) => is_date(&format!("{year:04}-{month:02}-{day:02}")),
        None => true,
    };
    first.is_some() == last.is_some()
        && is(since, begin, first)
        && is(year, end, last)
        && (since, begin, first) <= (year, end, last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_and_dates() {
        for good in ["az", "c07", "2025-08", "a-b-c", "1"] {
            assert!(is_id(good), "{good}");
        }
        for bad in ["", "-a", "a-", "a--b", "Az", "a.b", "é", "not", "iff", "a_b"] {
            assert!(!is_id(bad), "{bad}");
        }
        for good in ["2023", "2023-02", "2024-02-29", "2000-02-29", "0001-12-31"] {
            assert!(is_date(good), "{good}");
        }
        for bad in
            ["23", "2023-13", "2023-02-29", "1900-02-29", "2023-04-31", "2023-1-1", "2023-01-01T00", ""]
        {
            assert!(!is_date(bad), "{bad}");
        }
    }

    #[test]
    fn dates_of_sources() {
        for good in [
            "2023",
            "c. 1923",
            "ca. 1923-05",
            "n.d.",
            "2020/2021",
            "1923–25",
            "2020-2021",
            "2020-05 to 2020-07",
            "before 1900",
            "1990s",
            "c. 1990s",
            "the late 1980s",
            "1980s–1990s",
            "s.d.",
            "S. d.",
            "12-15 May 2023",
            "12–15 May 2023",
            "12 to 15 Sept. 2023",
            "30 April – 2 May 2023",
            "28 December 2022 to 3 January 2023",
            "May 12–15, 2023",
            "May-June 2023",
        ] {
            assert!(is_published(good), "{good}");
        }
        for bad in [
            "",
            "soon",
            "c.",
            "c. 23",
            "2020/",
            "15 June 2023",
            "2020-13",
            "2020/2021/2022",
            "1995s",
            "15-12 May 2023",
            "30-31 April 2023",
            "12-15 May",
            "12-15 Mayor 2023",
            "May-13 2023",
            "s",
            "12-15-18 May 2023",
        ] {
            assert!(!is_published(bad), "{bad}");
        }
    }

    #[test]
    fn paths_stay_inside() {
        assert!(is_inside("sources/a.txt"));
        for bad in ["", "/etc/x", "../x", "a/../../x", "c:x", "a\\b", "a//b"] {
            assert!(!is_inside(bad), "{bad}");
        }
    }
}
