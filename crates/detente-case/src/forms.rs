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
/// `before 1923-05`), a range (`2020/2021`, `1923–1925`, `2020-05 to 2020-07`), or none (`n.d.`).
pub(crate) fn is_published(text: &str) -> bool {
    let text = text.trim();
    if ["n.d.", "n. d.", "undated", "no date"].contains(&text.to_lowercase().as_str()) {
        return true;
    }
    let about = ["c.", "ca.", "circa ", "about ", "around ", "before ", "after "];
    let rest = about.into_iter().find_map(|word| text.strip_prefix(word)).unwrap_or(text).trim_start();
    let range = [" to ", "/", "–", "—", " - "].into_iter().find_map(|sign| rest.split_once(sign));
    // Two whole years with a hyphen between, which a month cannot be.
    let years = rest.split_once('-').filter(|(from, to)| from.len() == 4 && to.len() == 4);
    match range.or(years) {
        None => is_date(rest),
        Some((from, to)) => {
            let (from, to) = (from.trim(), to.trim());
            // `1923/25`
            let short = from.len() == 4 && to.len() == 2 && to.bytes().all(|b| b.is_ascii_digit());
            is_date(from) && (is_date(to) || short)
        }
    }
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
        ] {
            assert!(is_published(good), "{good}");
        }
        for bad in ["", "soon", "c.", "c. 23", "2020/", "15 June 2023", "2020-13", "2020/2021/2022"] {
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
