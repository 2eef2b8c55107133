//! Payoffs: exact numbers of which only the order is used.

use std::cmp::Ordering;

use num_bigint::BigInt;

/// The longest number, in characters.
const LONGEST: usize = 64;
/// The largest exponent.
const EXPONENT: u32 = 64;

/// A fraction with a positive denominator.
#[derive(Clone, Debug)]
pub(super) struct Payoff {
    above: BigInt,
    below: BigInt,
}

impl Payoff {
    /// Nothing.
    pub(super) fn zero() -> Self {
        Self { above: BigInt::ZERO, below: BigInt::from(1) }
    }

    /// Reads `3`, `-0.25`, `1/2`, `1e-3`.
    pub(super) fn read(word: &str) -> Option<Self> {
        if word.len() > LONGEST {
            return None;
        }
        if let Some((above, below)) = word.split_once('/') {
            let digits = below.bytes().all(|b| b.is_ascii_digit());
            let below: BigInt = below.parse().ok().filter(|_| digits)?;
            return (below != BigInt::ZERO).then(|| whole(above).map(|above| Self { above, below }))?;
        }
        let (number, exponent) = match word.split_once(['e', 'E']) {
            Some((number, exponent)) => (number, exponent.parse::<i32>().ok()?),
            None => (word, 0),
        };
        let (before, after) = number.split_once('.').unwrap_or((number, ""));
        if !after.bytes().all(|b| b.is_ascii_digit()) || exponent.unsigned_abs() > EXPONENT {
            return None;
        }
        let sign = before.trim_start_matches(['+', '-']);
        let before =
            if sign.is_empty() && !after.is_empty() { format!("{before}0") } else { before.to_owned() };
        let mut above = whole(&(before + after))?;
        let mut below = BigInt::from(10).pow(after.len() as u32);
        match u32::try_from(exponent) {
            Ok(up) => above *= BigInt::from(10).pow(up),
            Err(_) => below *= BigInt::from(10).pow(exponent.unsigned_abs()),
        }
        Some(Self { above, below })
    }
}

/// A whole number with at most one sign.
fn whole(text: &str) -> Option<BigInt> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    text.strip_prefix('+').unwrap_or(text).parse().ok()
}

impl PartialEq for Payoff {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Payoff {}

impl PartialOrd for Payoff {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Payoff {
    fn cmp(&self, other: &Self) -> Ordering {
        (&self.above * &other.below).cmp(&(&other.above * &self.below))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_all_forms_compare_exactly() {
        let read = |word: &str| Payoff::read(word).unwrap();
        for equal in
            [["1/2", "0.5"], ["-.25", "-1/4"], ["1e2", "100"], ["5e-1", "+0.5"], ["0", "-0"], ["3.", "3"]]
        {
            assert_eq!(read(equal[0]), read(equal[1]), "{equal:?}");
        }
        assert!(read("1/3") > read("0.3333333333333333333333333333"));
        assert!(read("-2") < read("-1.9"));
        for bad in
            ["", "x", "1/0", "1/-2", "1/2/3", "--1", "1e999", "1e", ".", "+", "0x1", "1.2.3", &"9".repeat(65)]
        {
            assert!(Payoff::read(bad).is_none(), "{bad}");
        }
    }
}
