//! Days and moments as the ledger writes them: one way to write each.

use std::fmt;

use jiff::Timestamp;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A day, `YYYY-MM-DD`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
pub struct Day(#[schemars(with = "String", regex(pattern = r"^\d{4}-\d{2}-\d{2}$"))] Date);

/// A second in universal time, `YYYY-MM-DDThh:mm:ssZ`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
pub struct Moment(
    #[schemars(with = "String", regex(pattern = r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$"))] Timestamp,
);

impl Moment {
    /// Now, by the clock of this machine.
    pub fn now() -> Self {
        Self::whole(Timestamp::now())
    }

    /// So many seconds after the beginning of 1970; `None` outside the years that a moment can have.
    pub fn from_seconds(seconds: i64) -> Option<Self> {
        Timestamp::from_second(seconds).ok().filter(|t| (0..10_000).contains(&year(*t))).map(Self)
    }

    /// The day that it is then, in universal time.
    pub fn day(self) -> Day {
        Day(jiff::tz::TimeZone::UTC.to_datetime(self.0).date())
    }

    fn whole(time: Timestamp) -> Self {
        Self(Timestamp::from_second(time.as_second()).unwrap_or(time))
    }
}

fn year(time: Timestamp) -> i16 {
    jiff::tz::TimeZone::UTC.to_datetime(time).year()
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::str::FromStr for Day {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let date = text.parse::<Date>().ok().filter(|date| date.to_string() == text);
        date.map(Self).ok_or_else(|| format!("`{text}` is not a day: write it like 2025-12-31"))
    }
}

impl std::str::FromStr for Moment {
    type Err = String;

    /// Reads `2025-12-31T08:00:00Z`, a day (its first second), or seconds since the beginning of 1970.
    fn from_str(text: &str) -> Result<Self, String> {
        let wrong =
            || format!("`{text}` is not a time: write it like 2025-12-31T08:00:00Z, in universal time");
        if let Ok(seconds) = text.parse::<i64>() {
            return Self::from_seconds(seconds).ok_or_else(wrong);
        }
        let text = if text.parse::<Day>().is_ok() { format!("{text}T00:00:00Z") } else { text.to_owned() };
        let moment = text.parse::<Timestamp>().ok().map(Self).filter(|moment| moment.to_string() == text);
        moment.ok_or_else(wrong)
    }
}

macro_rules! as_text {
    ($($type:ty),*) => {$(
        impl TryFrom<String> for $type {
            type Error = String;

            fn try_from(text: String) -> Result<Self, String> {
                let value: Self = text.parse()?;
                // One way to write each: what is read is what is written.
                if value.to_string() == text { Ok(value) } else { Err(format!("`{text}` should be `{value}`")) }
            }
        }

        impl From<$type> for String {
            fn from(value: $type) -> Self {
                value.to_string()
            }
        }
    )*};
}
as_text!(Day, Moment);

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn days_and_moments_are_strict() {
        assert_eq!("2024-02-29".parse::<Day>().unwrap().to_string(), "2024-02-29");
        for bad in ["2023-02-29", "2023-2-1", "2023", "20230201", "2023-01-01T00:00", "", "-001-01-01"] {
            assert!(bad.parse::<Day>().is_err(), "{bad}");
        }
        let moment: Moment = "2023-03-07T12:30:00Z".parse().unwrap();
        assert_eq!(moment.to_string(), "2023-03-07T12:30:00Z");
        assert_eq!(moment.day(), "2023-03-07".parse().unwrap());
        assert_eq!("2023-03-07".parse::<Moment>().unwrap().to_string(), "2023-03-07T00:00:00Z");
        assert_eq!("0".parse::<Moment>().unwrap().to_string(), "1970-01-01T00:00:00Z");
        for bad in ["2023-03-07T12:30:00+01:00", "2023-03-07T12:30Z", "yesterday", "99999999999999"] {
            assert!(bad.parse::<Moment>().is_err(), "{bad}");
        }
        assert!(Moment::try_from("2023-03-07".to_owned()).is_err(), "in the file only the long form");
        assert_eq!(Moment::now().to_string().len(), 20);
    }
}
