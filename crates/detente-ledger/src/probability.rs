//! Probabilities as the ledger keeps them: whole millionths.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A probability in millionths: adding is exact, and there is one way to write each.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(try_from = "f64", into = "f64")]
pub struct Probability(#[schemars(with = "f64", range(min = 0.0, max = 1.0))] u32);

/// The millionths of certainty.
const ONE: u32 = 1_000_000;

impl Probability {
    /// Certainty.
    pub const ONE: Self = Self(ONE);

    /// The nearest to `value`, which is taken to lie between 0 and 1.
    pub fn nearest(value: f64) -> Self {
        Self((value.clamp(0.0, 1.0) * f64::from(ONE)).round() as u32)
    }

    /// As a number from 0 to 1.
    pub fn value(self) -> f64 {
        f64::from(self.0) / f64::from(ONE)
    }

    /// What all add up to, in millionths.
    pub fn sum(all: impl IntoIterator<Item = Self>) -> u64 {
        all.into_iter().map(|p| u64::from(p.0)).sum()
    }

    /// What is left to certainty; `None` when all together are more.
    pub fn rest(all: impl IntoIterator<Item = Self>) -> Option<Self> {
        let left = u64::from(ONE).checked_sub(Self::sum(all))?;
        u32::try_from(left).ok().map(Self)
    }
}

/// Shares that add up to 1 as probabilities that do so too: each is rounded down, and those with the largest
/// remainders (the first of equals) get the millionths that are left (largest remainders, Hamilton 1792).
pub fn shares(values: &[f64]) -> Vec<Probability> {
    let exact: Vec<f64> = values.iter().map(|v| v.clamp(0.0, 1.0) * f64::from(ONE)).collect();
    let mut whole: Vec<u32> = exact.iter().map(|v| v.floor() as u32).collect();
    let left = u64::from(ONE).saturating_sub(whole.iter().map(|v| u64::from(*v)).sum());
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| (exact[*b].fract()).total_cmp(&exact[*a].fract()).then(a.cmp(b)));
    for at in order.into_iter().take(usize::try_from(left).unwrap_or(0)) {
        whole[at] += 1;
    }
    whole.into_iter().map(Probability).collect()
}

impl TryFrom<f64> for Probability {
    type Error = String;

    fn try_from(value: f64) -> Result<Self, String> {
        let millionths = value * f64::from(ONE);
        if !(0.0..=1.0).contains(&value) {
            return Err(format!("{value} is not a probability: it lies between 0 and 1"));
        }
        // Rounding of the decimal text to a double is far below this.
        if (millionths - millionths.round()).abs() > 1e-6 {
            return Err(format!("{value} has more than six digits after the point"));
        }
        Ok(Self::nearest(value))
    }
}

impl From<Probability> for f64 {
    fn from(p: Probability) -> Self {
        p.value()
    }
}

impl std::str::FromStr for Probability {
    type Err = String;

    /// Reads `0.35` or `35%`.
    fn from_str(text: &str) -> Result<Self, String> {
        let trimmed = text.trim();
        let (number, scale) = trimmed.strip_suffix('%').map_or((trimmed, 1.0), |n| (n.trim_end(), 100.0));
        let digits = number.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        let value = number.parse::<f64>().ok().filter(|_| digits).ok_or_else(|| {
            format!("`{text}` is not a probability: write a number from 0 to 1, or a percentage like 35%")
        })?;
        Self::try_from(value / scale)
    }
}

impl fmt::Display for Probability {
    /// In percent, with at most one digit after the point; what would round to 0 or 100 without being so is
    /// said to be below or above.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let percent = self.value() * 100.0;
        match self.0 {
            0 => f.write_str("0 %"),
            ONE => f.write_str("100 %"),
            1..500 => f.write_str("< 0.1 %"),
            999_501..ONE => f.write_str("> 99.9 %"),
            _ if self.0.is_multiple_of(10_000) => write!(f, "{percent:.0} %"),
            _ => write!(f, "{percent:.1} %"),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// All million and one values are written and read without loss, in at most six digits.
    #[test]
    fn text_and_back() {
        for millionths in 0..=ONE {
            let p = Probability(millionths);
            let text = serde_json::to_string(&p).unwrap();
            assert_eq!(serde_json::from_str::<Probability>(&text).unwrap(), p, "{text}");
        }
    }

    #[test]
    fn only_probabilities_are_read() {
        for (text, millionths) in [("0.35", 350_000), ("35%", 350_000), ("1", ONE), ("0.5 %", 5_000)] {
            assert_eq!(text.parse::<Probability>().unwrap(), Probability(millionths), "{text}");
        }
        for bad in ["", "1.01", "-0.1", "nan", "inf", "1e-3", "half", "0.1234567", "101%"] {
            assert!(bad.parse::<Probability>().is_err(), "{bad}");
        }
    }

    #[test]
    fn shares_add_up() {
        for values in [vec![1.0 / 3.0; 3], vec![0.1, 0.2, 0.7], vec![1.0, 0.0], vec![1.0 / 7.0; 7]] {
            let rounded = shares(&values);
            assert_eq!(Probability::sum(rounded.iter().copied()), u64::from(ONE));
            for (value, p) in values.iter().zip(rounded) {
                assert!((value - p.value()).abs() < 1e-6);
            }
        }
    }
}
