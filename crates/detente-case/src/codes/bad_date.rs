//! # E0206: not a date
//!
//! Dates are written as TOML dates (`2023-03-07`) or, where day or month are not known, as texts
//! (`"2023"`, `"2023-03"`). Times of day are not kept. The day must exist. The date of a source may also
//! be about right (`"c. 1923"`), a range (`"2020/2021"`, `"12-15 May 2023"`), a decade (`"1990s"`) or none (`"n.d."`).

use std::ops::Range;

use crate::forms::{is_date, month};
use crate::problem::Problem;

/// The code.
pub const CODE: &str = "E0206";

/// `source`: it is the date of a source.
pub(crate) fn bad_date(at: &Range<usize>, text: &str, source: bool) -> Problem {
    let problem = Problem::error(CODE, at, format!("`{}` is not a date", text.escape_debug()));
    if let Some(date) = in_words(text) {
        let written = if date.len() == 10 { date.clone() } else { format!("\"{date}\"") };
        return problem.hint(format!("write {written}")).fix(at, written.clone(), format!("write {written}"));
    }
    let about = crate::forms::is_published(text);
    problem.hint(match (source, about) {
        (true, _) => "write 2023-03-07, \"2023-03\" or \"2023\"; \"c. 1923\", \"2020/2021\", \"12-15 May 2023\", \"1990s\" and \"n.d.\" are known too",
        (false, true) => "write 2023-03-07, \"2023-03\" or \"2023\": only the date of a source can be about right, a range or none; what lasted has its last day under `until`",
        (false, false) => "write 2023-03-07, \"2023-03\" or \"2023\"",
    })
}

/// A date that must be a whole one.
pub(crate) fn not_a_day(at: &Range<usize>, text: &str) -> Problem {
    if !is_date(text) {
        return bad_date(at, text, false);
    }
    Problem::error(CODE, at, format!("`{text}` names no day, and what happens on a date needs one"))
        .hint("write the whole date, for example 2026-02-05")
}

/// `15 June 2023`, `June 15, 2023`, `June 2023`, `2023/06/15` as the format writes dates.
fn in_words(text: &str) -> Option<String> {
    let number = |word: &str| word.trim_end_matches("th").trim_end_matches("st").parse::<u32>().ok();
    let words: Vec<&str> = text.split([' ', ',', '/']).filter(|word| !word.is_empty()).collect();
    let date = match words.as_slice() {
        [day, name, year] if month(name).is_some() => (number(year)?, month(name)?, Some(number(day)?)),
        [name, day, year] if month(name).is_some() => (number(year)?, month(name)?, Some(number(day)?)),
        [name, year] => (number(year)?, month(name)?, None),
        [year, month, day] if year.len() == 4 => {
            (number(year)?, usize::try_from(number(month)?).ok()?, Some(number(day)?))
        }
        _ => return None,
    };
    let written = match date {
        (year, month, Some(day)) => format!("{year:04}-{month:02}-{day:02}"),
        (year, month, None) => format!("{year:04}-{month:02}"),
    };
    is_date(&written).then_some(written)
}
