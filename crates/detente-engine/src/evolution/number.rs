//! Numbers for elimination without subtraction: floating point, and exact fractions.

use std::fmt;

use num_bigint::BigUint;

/// A non-negative fraction in lowest terms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fraction {
    numerator: BigUint,
    denominator: BigUint,
}

impl Fraction {
    /// `numerator / denominator`; 0 when the denominator is 0.
    #[must_use]
    pub fn new(numerator: BigUint, denominator: BigUint) -> Self {
        let zero = BigUint::ZERO;
        if numerator == zero || denominator == zero {
            return Self { numerator: zero, denominator: BigUint::from(1_u8) };
        }
        let common = gcd(numerator.clone(), denominator.clone());
        Self { numerator: numerator / &common, denominator: denominator / common }
    }

    /// The nearest floating point number, to within a few units in the last place.
    #[must_use]
    pub fn value(&self) -> f64 {
        // Both are cut to the same number of bits, so that neither overflows.
        let excess = self.numerator.bits().max(self.denominator.bits()).saturating_sub(1000);
        let float = |n: &BigUint| (n >> excess).to_string().parse().unwrap_or(f64::INFINITY);
        let denominator: f64 = float(&self.denominator);
        if denominator > 0.0 { float(&self.numerator) / denominator } else { f64::INFINITY }
    }
}

impl fmt::Display for Fraction {
    /// `2/3`, or `1`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.denominator == BigUint::from(1_u8) {
            self.numerator.fmt(f)
        } else {
            write!(f, "{}/{}", self.numerator, self.denominator)
        }
    }
}

fn gcd(mut a: BigUint, mut b: BigUint) -> BigUint {
    while b != BigUint::ZERO {
        (a, b) = (b.clone(), a % b);
    }
    a
}

/// What elimination needs of a number. None of the operations subtracts.
pub(super) trait Number: Clone {
    fn ratio(numerator: u64, denominator: u64) -> Self;
    fn is_zero(&self) -> bool;
    fn add(&self, other: &Self) -> Self;
    fn times(&self, other: &Self) -> Self;
    /// By a number that is not 0.
    fn over(&self, other: &Self) -> Self;

    fn zero() -> Self {
        Self::ratio(0, 1)
    }
}

impl Number for f64 {
    #[allow(clippy::cast_precision_loss)]
    fn ratio(numerator: u64, denominator: u64) -> Self {
        numerator as Self / denominator as Self
    }

    fn is_zero(&self) -> bool {
        *self == 0.0
    }

    fn add(&self, other: &Self) -> Self {
        self + other
    }

    fn times(&self, other: &Self) -> Self {
        self * other
    }

    fn over(&self, other: &Self) -> Self {
        self / other
    }
}

impl Number for Fraction {
    fn ratio(numerator: u64, denominator: u64) -> Self {
        Self::new(numerator.into(), denominator.into())
    }

    fn is_zero(&self) -> bool {
        self.numerator == BigUint::ZERO
    }

    fn add(&self, other: &Self) -> Self {
        Self::new(
            &self.numerator * &other.denominator + &other.numerator * &self.denominator,
            &self.denominator * &other.denominator,
        )
    }

    fn times(&self, other: &Self) -> Self {
        Self::new(&self.numerator * &other.numerator, &self.denominator * &other.denominator)
    }

    fn over(&self, other: &Self) -> Self {
        Self::new(&self.numerator * &other.denominator, &self.denominator * &other.numerator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fractions_are_in_lowest_terms() {
        let third = Fraction::ratio(2, 6);
        assert_eq!(third.to_string(), "1/3");
        assert_eq!(third.add(&Fraction::ratio(2, 3)).to_string(), "1");
        assert_eq!(third.times(&Fraction::ratio(3, 4)).over(&Fraction::ratio(1, 2)).to_string(), "1/2");
        assert_eq!(Fraction::zero().to_string(), "0");
        assert!((Fraction::ratio(1, 3).value() - 1.0 / 3.0).abs() < 1e-16);
        let large = Fraction::new(BigUint::from(3_u8).pow(900), BigUint::from(3_u8).pow(901));
        assert_eq!(large.to_string(), "1/3");
        let odd = Fraction::new(BigUint::from(7_u8).pow(900), BigUint::from(2_u8).pow(2527));
        assert!(odd.value() > 0.0 && odd.value().is_finite());
    }
}
