//! Calendar expressions, resolved against the date of the text.
//!
//! # Definition
//! Every expression that pins a day, a month or a year. A weekday or month without a year lies before
//! the text's date in the past and after it in the future tense; a week or a season counts as its month
//! or year; `N years ago` is a year. Durations and times of day are none.
//!
//! Complexity: linear in the words.

use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan};

use crate::token::Token;

/// A date found: tokens from, behind, and what it pins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) iso: String,
    pub(crate) rule: &'static str,
}

const MONTHS: [&str; 12] = [
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
const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// The month of a word, 1 to 12; `may` and `march` only with a capital.
fn month(token: &Token<'_>) -> Option<i8> {
    if !token.capital {
        return None;
    }
    let low = token.low.trim_end_matches('.');
    let low = low.strip_prefix("mid-").unwrap_or(low);
    let full = MONTHS.iter().position(|name| *name == low);
    let short = || {
        (low.len() >= 3 && token.low.ends_with('.') || low == "sept")
            .then(|| MONTHS.iter().position(|name| name.starts_with(low)))?
    };
    full.or_else(short).and_then(|at| i8::try_from(at + 1).ok())
}

/// `mid-December`: the month after a prefix.
fn prefixed_month(token: &Token<'_>) -> Option<i8> {
    let (_, rest) = token.text.split_once('-')?;
    let low = rest.to_lowercase();
    MONTHS.iter().position(|name| *name == low).and_then(|at| i8::try_from(at + 1).ok())
}

fn weekday(low: &str) -> Option<i8> {
    DAYS.iter()
        .position(|name| *name == low || low.strip_suffix('s') == Some(*name))
        .and_then(|at| i8::try_from(at).ok())
}

/// Whether a word belongs to dates.
pub(crate) fn is_date_word(low: &str) -> bool {
    let low = low.trim_end_matches('.');
    MONTHS.contains(&low)
        || DAYS.contains(&low)
        || low.len() >= 3 && MONTHS.iter().any(|name| name.starts_with(low)) && low.len() <= 4
        || matches!(
            low,
            "yesterday"
                | "today"
                | "tomorrow"
                | "week"
                | "month"
                | "year"
                | "night"
                | "spring"
                | "summer"
                | "autumn"
                | "winter"
                | "fall"
                | "day"
                | "days"
                | "years"
                | "weeks"
                | "months"
                | "christmas"
                | "easter"
                | "morning"
                | "evening"
                | "afternoon"
                | "last"
                | "next"
        )
}

fn year(token: &Token<'_>) -> Option<i16> {
    (token.text.len() == 4 && token.text.bytes().all(|b| b.is_ascii_digit()))
        .then(|| token.text.parse::<i16>().ok())?
        .filter(|year| (1500..2200).contains(year))
}

fn day(token: &Token<'_>) -> Option<i8> {
    let digits = token.low.trim_end_matches(|c: char| c.is_alphabetic());
    let suffix = &token.low[digits.len()..];
    (digits.len() <= 2 && matches!(suffix, "" | "st" | "nd" | "rd" | "th"))
        .then(|| digits.parse::<i8>().ok())?
        .filter(|day| (1..=31).contains(day))
}

/// A small number in words or figures.
pub(crate) fn small(low: &str) -> Option<i64> {
    const WORDS: [&str; 21] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
    ];
    const TENS: [(&str, i64); 8] = [
        ("twenty", 20),
        ("thirty", 30),
        ("forty", 40),
        ("fifty", 50),
        ("sixty", 60),
        ("seventy", 70),
        ("eighty", 80),
        ("ninety", 90),
    ];
    if let Ok(number) = low.parse::<i64>() {
        return (0..2000).contains(&number).then_some(number);
    }
    if matches!(low, "a" | "an") {
        return Some(1);
    }
    if let Some(at) = WORDS.iter().position(|word| *word == low) {
        return i64::try_from(at).ok();
    }
    if low == "hundred" {
        return Some(100);
    }
    let (ten, rest) = low.split_once('-').unwrap_or((low, ""));
    let ten = TENS.iter().find(|(word, _)| *word == ten)?.1;
    if rest.is_empty() {
        return Some(ten);
    }
    WORDS
        .iter()
        .position(|word| *word == rest)
        .filter(|at| (1..10).contains(at))
        .and_then(|at| Some(ten + i64::try_from(at).ok()?))
}

fn iso_day(year: i16, month: i8, day: i8) -> Option<String> {
    Date::new(year, month, day).ok().map(|date| date.to_string())
}

fn iso_month(date: Date) -> String {
    format!("{:04}-{:02}", date.year(), date.month())
}

/// Where a date stands in time as its sentence has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Looks {
    Back,
    Ahead,
}

pub(crate) struct Calendar {
    pub(crate) as_of: Option<Date>,
}

impl Calendar {
    /// The dates of a sentence. `looks` says of each token whether its clause looks ahead.
    pub(crate) fn dates(&self, tokens: &[Token<'_>], looks: impl Fn(usize) -> Looks) -> Vec<Found> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            match self.date(tokens, at, looks(at)) {
                Some(one) => {
                    at = one.to;
                    found.push(one);
                }
                None => at += 1,
            }
        }
        // `Ten days after the summit, on 27 September`: the second names the first.
        for one in 0..found.len() {
            if found[one].iso.is_empty() {
                let next = found.get(one + 1).filter(|next| {
                    next.from <= found[one].to + 3
                        && !next.iso.is_empty()
                        && crate::token::part(tokens, found[one].to..next.from)
                            .iter()
                            .any(|token| token.text == ",")
                });
                if let Some(iso) = next.map(|next| next.iso.clone()) {
                    found[one].iso = iso;
                }
            }
        }
        found.retain(|one| !one.iso.is_empty());
        found
    }

    fn year_of(&self, month: i8, looks: Looks) -> Option<i16> {
        let as_of = self.as_of?;
        Some(match looks {
            Looks::Back if month > as_of.month() => as_of.year() - 1,
            Looks::Ahead if month < as_of.month() => as_of.year() + 1,
            _ => as_of.year(),
        })
    }

    fn day_of(&self, month: i8, day: i8, looks: Looks) -> Option<String> {
        let as_of = self.as_of?;
        let here = Date::new(as_of.year(), month, day).ok()?;
        let year = match looks {
            // Without another sign the nearest that fits; some days of slack for what is about to be.
            Looks::Back if here > as_of && here.since(as_of).ok()?.get_days() > 45 => as_of.year() - 1,
            Looks::Ahead if here < as_of => as_of.year() + 1,
            _ => as_of.year(),
        };
        iso_day(year, month, day)
    }

    fn date(&self, tokens: &[Token<'_>], at: usize, looks: Looks) -> Option<Found> {
        let get = |at: usize| tokens.get(at);
        let low = |at: usize| tokens.get(at).map_or("", |token| token.low.as_str());
        let token = &tokens[at];
        let done = |to: usize, iso: Option<String>, rule: &'static str| {
            iso.map(|iso| Found { from: at, to, iso, rule })
        };
        let comma_year = |mut one: usize| {
            if low(one) == "," || low(one) == "of" {
                one += 1;
            }
            get(one).and_then(year).map(|year| (year, one + 1))
        };
        // 2023-05-14, 14.5.2023
        if token.word
            && token.text.len() == 10
            && let Ok(date) = token.text.parse::<Date>()
        {
            return done(at + 1, Some(date.to_string()), "date-iso");
        }
        // 26 March 1979; 26th of March
        if let Some(number) = day(token) {
            let next = if low(at + 1) == "of" { at + 2 } else { at + 1 };
            if let Some(month) = get(next).and_then(month) {
                return match comma_year(next + 1) {
                    Some((year, to)) => done(to, iso_day(year, month, number), "date-day"),
                    None => done(next + 1, self.day_of(month, number, looks), "date-day-no-year"),
                };
            }
        }
        if let Some(month) = month(token) {
            // June 30, 2015
            if let Some(number) = get(at + 1).filter(|token| year(token).is_none()).and_then(day) {
                return match comma_year(at + 2) {
                    Some((year, to)) => done(to, iso_day(year, month, number), "date-day"),
                    None => done(at + 2, self.day_of(month, number, looks), "date-day-no-year"),
                };
            }
            if let Some((year, to)) = comma_year(at + 1).filter(|(_, to)| *to == at + 2 || low(at + 1) != ",")
            {
                return done(to, Some(format!("{year:04}-{month:02}")), "date-month");
            }
            if let Some((year, to)) = comma_year(at + 1) {
                return done(to, Some(format!("{year:04}-{month:02}")), "date-month");
            }
            if low(at) == "may" || low(at) == "march" {
                let before = at.checked_sub(1).map_or("", |one| low(one));
                if !matches!(
                    before,
                    "in" | "last"
                        | "next"
                        | "since"
                        | "until"
                        | "by"
                        | "early"
                        | "late"
                        | "of"
                        | "this"
                        | "from"
                        | "to"
                        | "before"
                        | "after"
                        | "and"
                ) {
                    return None;
                }
            }
            let before = at.checked_sub(1).map_or("", |one| low(one));
            let as_of = self.as_of?;
            let year = match before {
                "last" if month >= as_of.month() => as_of.year() - 1,
                "next" if month <= as_of.month() => as_of.year() + 1,
                "last" | "next" => as_of.year(),
                _ => self.year_of(month, looks)?,
            };
            return done(at + 1, Some(format!("{year:04}-{month:02}")), "date-month-no-year");
        }
        if let Some(month) = prefixed_month(token) {
            if let Some((year, to)) = comma_year(at + 1) {
                return done(to, Some(format!("{year:04}-{month:02}")), "date-month");
            }
            return done(
                at + 1,
                self.year_of(month, looks).map(|year| format!("{year:04}-{month:02}")),
                "date-month-no-year",
            );
        }
        // Ten days after the summit: the date stands beside it.
        if small(low(at)).is_some()
            && matches!(low(at + 1), "days" | "day" | "weeks" | "months")
            && matches!(low(at + 2), "after" | "before" | "later" | "earlier")
        {
            let mut to = at + 3;
            while get(to).is_some_and(|token| token.word)
                && to < at + 7
                && matches!(low(at + 2), "after" | "before")
            {
                to += 1;
            }
            return Some(Found { from: at, to, iso: String::new(), rule: "date-relative" });
        }
        // 1979, the 1973 agreement; not a count
        if let Some(number) = year(token) {
            let counted = get(at + 1)
                .is_some_and(|next| next.word && crate::verbs::plural(next) && !next.capital)
                || matches!(
                    low(at.wrapping_sub(1)),
                    "some"
                        | "about"
                        | "around"
                        | "nearly"
                        | "over"
                        | "than"
                        | "$"
                        | "£"
                        | "€"
                        | "no"
                        | "number"
                );
            if !counted {
                return done(at + 1, Some(format!("{number:04}")), "date-year");
            }
        }
        let as_of = self.as_of?;
        let shifted = |span: Span| as_of.checked_add(span).ok();
        // Forty years ago today; two years ago; three weeks ago
        if let Some(number) = small(low(at)) {
            let unit = low(at + 1);
            if low(at + 2) == "ago" {
                let today = matches!(low(at + 3), "today");
                let to = at + 3 + usize::from(today);
                let iso = match unit {
                    "year" | "years" if today => shifted((-number).years()).map(|date| date.to_string()),
                    "year" | "years" => shifted((-number).years()).map(|date| format!("{:04}", date.year())),
                    "month" | "months" => shifted((-number).months()).map(iso_month),
                    "week" | "weeks" if today => shifted((-number).weeks()).map(|date| date.to_string()),
                    "week" | "weeks" => shifted((-number).weeks()).map(iso_month),
                    "day" | "days" => shifted((-number).days()).map(|date| date.to_string()),
                    "decade" | "decades" => {
                        shifted((-number * 10).years()).map(|date| format!("{:04}", date.year()))
                    }
                    _ => None,
                };
                return done(to, iso, "date-ago");
            }
        }
        if let Some(number) = weekday(low(at)).filter(|_| token.capital) {
            let today = as_of.weekday().to_monday_zero_offset();
            let before = at.checked_sub(1).map_or("", |one| low(one));
            let back = i64::from((today - number).rem_euclid(7));
            let ahead = i64::from((number - today).rem_euclid(7));
            let next_week = i64::from(7 - today + number);
            let days = match (before, looks) {
                ("next", _) => next_week,
                ("last", _) => -(if back == 0 { 7 } else { back }),
                (_, Looks::Back) => -back,
                (_, Looks::Ahead) => ahead,
            };
            return done(at + 1, shifted(days.days()).map(|date| date.to_string()), "date-weekday");
        }
        match low(at) {
            "yesterday" => {
                return done(at + 1, shifted((-1).days()).map(|date| date.to_string()), "date-yesterday");
            }
            "today" | "tonight" => {
                return done(at + 1, Some(as_of.to_string()), "date-today");
            }
            "tomorrow" => {
                return done(at + 1, shifted(1.days()).map(|date| date.to_string()), "date-tomorrow");
            }
            "christmas" if token.capital => {
                let christmas = Date::new(as_of.year(), 12, 25).ok()?;
                let year = match looks {
                    Looks::Back if christmas > as_of => as_of.year() - 1,
                    _ => as_of.year(),
                };
                let day = if low(at + 1) == "eve" { 24 } else { 25 };
                return done(at + 1, iso_day(year, 12, day), "date-feast");
            }
            _ => {}
        }
        let season = |one: usize| {
            matches!(low(one), "spring" | "summer" | "autumn" | "winter" | "fall").then(|| low(one))
        };
        if matches!(low(at), "last" | "next" | "this" | "later" | "earlier" | "early" | "late") {
            let (which, unit, to) = match (low(at), low(at + 1), low(at + 2)) {
                ("later" | "earlier" | "early" | "late", which @ ("this" | "next" | "last"), unit) => {
                    (which, unit, at + 3)
                }
                (which @ ("last" | "next" | "this"), unit, _) => (which, unit, at + 2),
                _ => ("", "", 0),
            };
            let sign = match which {
                "last" => -1,
                "next" => 1,
                _ => 0,
            };
            let iso = match unit {
                "week" | "weekend" | "fortnight" => shifted((7 * sign).days()).map(iso_month),
                "month" => Date::new(as_of.year(), as_of.month(), 1)
                    .ok()
                    .and_then(|first| first.checked_add(sign.months()).ok())
                    .map(iso_month),
                "year" => Some(format!("{:04}", i64::from(as_of.year()) + sign)),
                "night" | "evening" if sign == -1 => shifted((-1).days()).map(|date| date.to_string()),
                "morning" | "afternoon" | "evening" if which == "this" => Some(as_of.to_string()),
                "spring" | "summer" | "autumn" | "winter" | "fall" => Some(self.season(unit, sign)?),
                _ => None,
            };
            if iso.is_some() && to > 0 {
                return done(to, iso, "date-relative");
            }
        }
        // in the autumn, the summer, by spring
        if let Some(unit) = season(at) {
            let before = at.checked_sub(1).map_or("", |one| low(one));
            if let Some((year, to)) = comma_year(at + 1) {
                return done(to, Some(format!("{year:04}")), "date-season");
            }
            let noun = matches!(
                before,
                "the" | "by" | "in" | "until" | "since" | "before" | "after" | "this" | "of"
            ) && unit != "fall";
            let single = !tokens.get(at + 1).is_some_and(|next| {
                next.word
                    && !next.is(crate::lexicon::Class::Preposition)
                    && !next.is(crate::lexicon::Class::And)
                    && next.low != "'s"
                    && next.is(crate::lexicon::Class::Noun)
            });
            if noun && single {
                let spring = match unit {
                    "spring" => 3,
                    "summer" => 6,
                    "autumn" => 9,
                    _ => 12,
                };
                let year = match looks {
                    Looks::Back if spring > as_of.month() => as_of.year() - 1,
                    Looks::Ahead if spring + 2 < as_of.month() => as_of.year() + 1,
                    _ => as_of.year(),
                };
                return done(at + 1, Some(format!("{year:04}")), "date-season");
            }
        }
        // the end of the month, the end of next year
        if low(at) == "end" && low(at + 1) == "of" {
            let (to, iso) = match (low(at + 2), low(at + 3)) {
                ("the" | "this", "month") => (at + 4, Some(as_of.last_of_month().to_string())),
                ("the" | "this", "year") => (at + 4, iso_day(as_of.year(), 12, 31)),
                ("next", "month") => {
                    (at + 4, shifted(1.months()).map(|date| date.last_of_month().to_string()))
                }
                ("next", "year") => (at + 4, iso_day(as_of.year() + 1, 12, 31)),
                ("last", "year") => (at + 4, iso_day(as_of.year() - 1, 12, 31)),
                ("the", "week") | ("this", "week") => {
                    let days = i64::from(
                        Weekday::Sunday.to_monday_zero_offset() - as_of.weekday().to_monday_zero_offset(),
                    );
                    (at + 4, shifted(days.days()).map(|date| date.to_string()))
                }
                _ => {
                    if let Some(month) = get(at + 2).and_then(month) {
                        let (year, to) = comma_year(at + 3)
                            .map_or((self.year_of(month, looks), at + 3), |(year, to)| (Some(year), to));
                        (
                            to,
                            year.and_then(|year| Date::new(year, month, 1).ok())
                                .map(|date| date.last_of_month().to_string()),
                        )
                    } else if let Some(year) = get(at + 2).and_then(year) {
                        (at + 3, iso_day(year, 12, 31))
                    } else {
                        (at, None)
                    }
                }
            };
            if iso.is_some() {
                return done(to, iso, "date-end");
            }
        }
        None
    }

    fn season(&self, unit: &str, sign: i64) -> Option<String> {
        let as_of = self.as_of?;
        let first = match unit {
            "spring" => 3,
            "summer" => 6,
            "autumn" | "fall" => 9,
            _ => 12,
        };
        let year = i64::from(as_of.year());
        Some(match sign {
            -1 if as_of.month() > first + 2 => format!("{year:04}"),
            -1 => format!("{:04}", year - 1),
            1 if as_of.month() < first => format!("{year:04}"),
            1 => format!("{:04}", year + 1),
            _ => format!("{year:04}"),
        })
    }

    /// The first full date of a byline or of a short text.
    pub(crate) fn first_full(tokens: &[Token<'_>]) -> Option<Date> {
        let calendar = Self { as_of: None };
        calendar.dates(tokens, |_| Looks::Back).iter().find_map(|found| found.iso.parse::<Date>().ok())
    }
}
