//! Small words: lists, counts, dates.

use detente_engine::LimitHit;
use num_bigint::BigUint;

use crate::show::doc::{Doc, Line};
use crate::wire::LimitInfo;

/// `a`, `a and b`, `a, b and c`.
pub fn list<T: AsRef<str>>(parts: &[T]) -> String {
    joined(parts, "and")
}

/// `a`, `a or b`, `a, b or c`.
pub fn either<T: AsRef<str>>(parts: &[T]) -> String {
    joined(parts, "or")
}

fn joined<T: AsRef<str>>(parts: &[T], last: &str) -> String {
    match parts {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [rest @ .., end] => {
            let rest: Vec<&str> = rest.iter().map(AsRef::as_ref).collect();
            format!("{} {last} {}", rest.join(", "), end.as_ref())
        }
    }
}

/// As [`list`], of parts that may be lists themselves: `a; b and c together; and d`.
pub fn several<T: AsRef<str>>(parts: &[T]) -> String {
    let inner = |part: &T| part.as_ref().contains(" and ");
    match parts {
        [rest @ .., end] if !rest.is_empty() && parts.iter().any(inner) => {
            let rest: Vec<&str> = rest.iter().map(AsRef::as_ref).collect();
            format!("{}; and {}", rest.join("; "), end.as_ref())
        }
        _ => list(parts),
    }
}

/// A small number as a word: `three`; in figures from nine on.
#[must_use]
pub fn small(number: usize) -> String {
    const WORDS: [&str; 9] = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight"];
    WORDS.get(number).map_or_else(|| count(&number.into()), |word| (*word).to_owned())
}

/// The text with its first letter as a capital.
pub fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

/// How far something came that a bound stopped before its first step.
const NOT_BEGUN: &str = "not begun";

/// `11th`, `22nd`, of a number from 1.
#[must_use]
pub fn ordinal(number: usize) -> String {
    let end = match (number % 100, number % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    format!("{number}{end}")
}

/// A bound that was hit, in one sentence: what stopped, at which bound, how far it came, what is exact all the same.
pub fn limit(hit: &LimitInfo) -> String {
    let mut text = match hit.reached.as_str() {
        NOT_BEGUN => format!("{}: not begun, stopped at {}", hit.what, hit.limit),
        "" => format!("{}: stopped at {}", hit.what, hit.limit),
        reached => format!("{}: stopped at {}, having reached {reached}", hit.what, hit.limit),
    };
    if !hit.exact.is_empty() {
        text += &format!(". Exact all the same: {}", hit.exact);
    }
    text + "."
}

/// The bounds that were hit, one line each, at the end of `doc`.
pub fn limits(doc: &mut Doc, limits: &[LimitHit]) {
    for hit in limits {
        doc.say(Line::new().strong("A bound was hit: ").plain(limit(&hit.into())));
    }
}

/// `128`, `16,777,216`, and from 10^15 on `1.15 × 10^18`.
pub fn count(number: &BigUint) -> String {
    let digits = number.to_string();
    if digits.len() > 15 {
        let (head, tail) = (&digits[..1], &digits[1..3]);
        return format!("{head}.{tail} × 10^{}", digits.len() - 1);
    }
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `1 outcome`, `3 outcomes`.
pub fn counted(number: &BigUint, one: &str, many: &str) -> String {
    format!("{} {}", count(number), if *number == BigUint::from(1_u32) { one } else { many })
}

/// `7 March 2023` of `2023-03-07`, `March 2023` of `2023-03`; anything else as it is.
pub fn date(iso: &str) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    if !iso.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') {
        return iso.to_owned();
    }
    let mut parts = iso.split('-');
    let (year, month, day) = (parts.next(), parts.next(), parts.next());
    let month = month.and_then(|m| m.parse::<usize>().ok()).and_then(|m| MONTHS.get(m.checked_sub(1)?));
    match (year, month, day.and_then(|d| d.parse::<u8>().ok())) {
        (Some(year), Some(month), Some(day)) => format!("{day} {month} {year}"),
        (Some(year), Some(month), None) if day.is_none() => format!("{month} {year}"),
        _ => iso.to_owned(),
    }
}

/// `19–20 September 2023`, `17 April–12 June 2024`, or two whole dates.
pub fn dates(from: &str, until: Option<&str>) -> String {
    let first = date(from);
    let Some(until) = until else { return first };
    let last = date(until);
    let split = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
    match (split(&first).as_slice(), split(&last).as_slice()) {
        ([d1, m1, y1], [_, m2, y2]) if y1 == y2 && m1 == m2 => format!("{d1}–{last}"),
        ([d1, m1, y1], [_, _, y2]) if y1 == y2 => format!("{d1} {m1}–{last}"),
        _ => format!("{first}–{last}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinals_end_as_they_are_read() {
        let all: Vec<String> = [1, 2, 3, 4, 11, 12, 13, 21, 22, 103, 111].into_iter().map(ordinal).collect();
        assert_eq!(all.join(" "), "1st 2nd 3rd 4th 11th 12th 13th 21st 22nd 103rd 111th");
    }

    #[test]
    fn counts_and_dates_read_aloud() {
        assert_eq!(count(&BigUint::from(128_u32)), "128");
        assert_eq!(count(&BigUint::from(16_777_216_u32)), "16,777,216");
        assert_eq!(count(&BigUint::from(1_152_921_504_606_846_976_u64)), "1.15 × 10^18");
        assert_eq!(date("2023-03-07"), "7 March 2023");
        assert_eq!(date("2025-03"), "March 2025");
        assert_eq!(date("spring"), "spring");
        for as_written in ["c. 1923-05", "12-15 May 2023", "1990s", "s.d.", "2020-2021", "2020-05 to 2020-07"]
        {
            assert_eq!(date(as_written), as_written);
        }
        assert_eq!(dates("2023-09-19", Some("2023-09-20")), "19–20 September 2023");
        assert_eq!(dates("2024-04-17", Some("2024-06-12")), "17 April–12 June 2024");
        assert_eq!(list(&["a", "b", "c"]), "a, b and c");
    }
}
