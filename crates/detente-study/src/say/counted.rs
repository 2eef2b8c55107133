//! Events that stand for several, counted by month, in words.

use crate::say::words;

/// Deaths by a low, the best and a high estimate: `43 deaths`, `30 to 60 deaths (best estimate 43)`.
#[must_use]
pub fn deaths([low, best, high]: [u64; 3]) -> String {
    match low == high {
        true => words::counted(&best.into(), "death", "deaths"),
        false => format!(
            "{} to {} deaths (best estimate {})",
            words::count(&low.into()),
            words::count(&high.into()),
            words::count(&best.into())
        ),
    }
}

/// A month: `January 2023: 12 events, 43 deaths`.
#[must_use]
pub fn month(on: &str, count: u64, estimates: Option<[u64; 3]>) -> String {
    let events = words::counted(&count.into(), "event", "events");
    let died = estimates.map(|estimates| format!(", {}", deaths(estimates))).unwrap_or_default();
    format!("{}: {events}{died}", words::date(on))
}

/// All months of a source: `ACLED: 15 events in 2 months, the most in January 2023: 12`.
#[must_use]
pub fn series(source: &str, months: &[(&str, u64)]) -> String {
    let all: u64 = months.iter().map(|(_, count)| count).sum();
    let events = words::counted(&all.into(), "event", "events");
    let most = months.iter().rev().max_by_key(|(_, count)| *count);
    match (months.len(), most) {
        (1, Some((on, _))) => format!("{source}: {events} in {}", words::date(on)),
        (several, Some((on, count))) => format!(
            "{source}: {events} in {}, the most in {}: {}",
            words::counted(&several.into(), "month", "months"),
            words::date(on),
            words::count(&(*count).into())
        ),
        (_, None) => format!("{source}: no events"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_and_series_read_aloud() {
        assert_eq!(month("2023-01", 1, Some([1, 1, 1])), "January 2023: 1 event, 1 death");
        assert_eq!(
            month("2023-01", 12, Some([30, 43, 60])),
            "January 2023: 12 events, 30 to 60 deaths (best estimate 43)"
        );
        assert_eq!(series("X", &[("2023-01", 3)]), "X: 3 events in January 2023");
        assert_eq!(
            series("X", &[("2023-01", 3), ("2023-02", 3)]),
            "X: 6 events in 2 months, the most in January 2023: 3"
        );
    }
}
