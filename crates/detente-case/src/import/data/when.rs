//! Days as exports write them, and as spreadsheets mangle them.

use crate::forms::{is_date, month};

/// Why a day is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NoDay {
    /// Not a day, or one that does not exist.
    Not,
    /// As a spreadsheet rewrites days (`03/04/2023`, `27.09.20`, `44101`): which day is meant is a guess.
    Mangled,
}

/// The day that a cell names, as `YYYY-MM-DD`: `2023-01-02` (a time behind it is left out), `02 January 2023`, or
/// `20230102`. What a spreadsheet rewrote is read where it can mean one day only: `01-May-2020`, `13/05/2024`.
///
/// # Errors
/// A cell that is no day, or that could be more than one.
pub(super) fn day(cell: &str) -> Result<String, NoDay> {
    let cell = cell.trim();
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if let Some(date) = cell.get(..10).filter(|date| date.split('-').all(digits) && is_date(date)) {
        let rest = cell.get(10..).unwrap_or_default();
        return if rest.is_empty() || rest.starts_with([' ', 'T']) {
            Ok(date.to_owned())
        } else {
            Err(NoDay::Not)
        };
    }
    if cell.len() == 8 && digits(cell) {
        let date = format!("{}-{}-{}", &cell[..4], &cell[4..6], &cell[6..]);
        return if is_date(&date) { Ok(date) } else { Err(NoDay::Not) };
    }
    if let Some(date) = turned_day(cell) {
        return if is_date(&date) { Ok(date) } else { Err(NoDay::Not) };
    }
    let words: Vec<&str> = cell.split_whitespace().collect();
    if let [day, name, year] = words.as_slice()
        && digits(day)
        && year.len() == 4
        && digits(year)
        && let (Some(month), Ok(day)) = (month(name), day.parse::<u8>())
    {
        let date = format!("{year}-{month:02}-{day:02}");
        return if is_date(&date) { Ok(date) } else { Err(NoDay::Not) };
    }
    // Days since 1900, or figures in an order that differs from country to country.
    let serial = cell.len() == 5 && digits(cell);
    let parts: Vec<&str> = cell.split(['/', '.', '-']).collect();
    let turned = parts.len() == 3
        && parts[0].len() <= 2
        && parts
            .iter()
            .all(|part| digits(part.split(' ').next().unwrap_or_default()) || month(part).is_some());
    Err(if serial || turned { NoDay::Mangled } else { NoDay::Not })
}

/// The day of a cell whose year of four figures stands last, where it can be one day only: the month is a word, or only
/// one of the two figures can be a month, or both are the same. It may be a day that does not exist.
fn turned_day(cell: &str) -> Option<String> {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let parts: Vec<&str> = cell.split(['/', '.', '-']).collect();
    let [first, second, rest] = parts.as_slice() else { return None };
    // A time may stand behind the year.
    let year = rest.split(' ').next().filter(|year| year.len() == 4 && digits(year))?;
    let figure = |text: &str| text.parse::<usize>().ok().filter(|_| digits(text));
    let (day, month) = match (figure(first), figure(second)) {
        (Some(day), None) => (day, month(second)?),
        (Some(day), Some(month)) if day > 12 && month <= 12 || day == month => (day, month),
        (Some(month), Some(day)) if day > 12 && month <= 12 => (day, month),
        _ => return None,
    };
    Some(format!("{year}-{month:02}-{day:02}"))
}

/// The day of a count of seconds since 1970, for the time stamps of editions.
pub(super) fn of_seconds(seconds: i64) -> Option<String> {
    // Civil days from a count of days, after Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms" (2021).
    let days = seconds.div_euclid(86_400) + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year + era * 400 + i64::from(month <= 2);
    (1970..=9999).contains(&year).then(|| format!("{year:04}-{month:02}-{day:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_all_editions_are_read() {
        for (cell, date) in [
            ("2023-01-02", "2023-01-02"),
            (" 2023-01-02 00:00:00.000", "2023-01-02"),
            ("2023-01-02T10:00", "2023-01-02"),
            ("02 January 2023", "2023-01-02"),
            ("2 January 2023", "2023-01-02"),
            ("20240229", "2024-02-29"),
            ("01-May-2020", "2020-05-01"),
            ("13/05/2024", "2024-05-13"),
            ("9/27/2020", "2020-09-27"),
            ("27.09.2020", "2020-09-27"),
            ("05/05/2024 0:00", "2024-05-05"),
        ] {
            assert_eq!(day(cell).as_deref(), Ok(date), "{cell}");
        }
    }

    #[test]
    fn what_could_be_two_days_is_never_guessed() {
        for cell in ["9/7/2020", "03.04.2020", "27.09.20", "44101", "2-Jan-23", "03/04/2023 0:00"] {
            assert_eq!(day(cell), Err(NoDay::Mangled), "{cell}");
        }
        for cell in [
            "",
            "soon",
            "31/02/2023",
            "2023-02-30",
            "20230230",
            "31 February 2023",
            "2023",
            "2023-01-02x",
            "é2023-01-0",
        ] {
            assert_eq!(day(cell), Err(NoDay::Not), "{cell}");
        }
    }

    #[test]
    fn seconds_are_days() {
        assert_eq!(of_seconds(0).as_deref(), Some("1970-01-01"));
        assert_eq!(of_seconds(1_704_067_199).as_deref(), Some("2023-12-31"));
        assert_eq!(of_seconds(1_709_164_800).as_deref(), Some("2024-02-29"));
        assert_eq!(of_seconds(-1), None);
        assert_eq!(of_seconds(i64::MAX / 2), None);
    }
}
