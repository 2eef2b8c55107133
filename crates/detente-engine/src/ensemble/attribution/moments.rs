//! Ratios and changes of means, with their intervals.

use crate::ensemble::interval::{Z95, wilson};

/// A number with its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The estimate.
    pub value: f64,
    /// The lower end, at least 0.
    pub low: f64,
    /// The upper end, at most 1.
    pub high: f64,
}

impl Estimate {
    /// A number that is known.
    #[must_use]
    pub fn exact(value: f64) -> Self {
        Self { value, low: value, high: value }
    }

    /// A share of draws, with Wilson's interval.
    #[must_use]
    pub fn share(hits: f64, draws: f64) -> Self {
        let (low, high) = wilson(hits, draws);
        Self { value: hits / draws.max(1.0), low, high }
    }

    /// With this value instead, in an interval that holds it; all from 0 to 1.
    pub(super) fn at(self, value: f64) -> Self {
        let value = value.clamp(0.0, 1.0);
        Self { value, low: self.low.min(value), high: self.high.max(value) }
    }
}

/// Sums of a `B` whose mean is the variance: of `B`, `B²`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Base {
    sums: [f64; 2],
}

/// Sums of a term `D` that belongs to a `B`: of `D`, `D²`, `DB`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Term {
    sums: [f64; 3],
}

/// Sums of what a setting makes of `Y`, the change being `C`: of `C`, `C²`, `Y`, `CY`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Change {
    sums: [f64; 4],
}

fn add<const N: usize>(sums: &mut [f64; N], more: [f64; N]) {
    sums.iter_mut().zip(more).for_each(|(a, b)| *a += b);
}

impl Base {
    pub(super) fn add(&mut self, b: f64) {
        add(&mut self.sums, [b, b * b]);
    }

    pub(super) fn merge(&mut self, other: &Self) {
        add(&mut self.sums, other.sums);
    }

    /// `R = E[D] / E[B]` from `n` draws; `None` when `B` is never anything but 0.
    ///
    /// # Definition
    /// The interval is `R ± z s / √n`, with `s²` the mean square of `(D − R B) / E[B]`, the linear part of the error
    /// of the ratio (delta method). Where `D` never was anything but 0, the upper end is that of a share that was
    /// never seen, times the largest `D`, which is ½.
    pub(super) fn index(&self, term: &Term, n: f64) -> Option<Estimate> {
        let [b, bb] = self.sums.map(|sum| sum / n.max(1.0));
        let [d, dd, db] = term.sums.map(|sum| sum / n.max(1.0));
        if n < 2.0 || b < 1e-12 {
            return None;
        }
        if dd == 0.0 {
            let high = (wilson(0.0, n).1 * 0.5 / b).min(1.0);
            return Some(Estimate { value: 0.0, low: 0.0, high });
        }
        let ratio = d / b;
        let square = (dd - 2.0 * ratio * db + ratio * ratio * bb).max(0.0) / (b * b);
        let half = Z95 * (square / n).sqrt();
        Some(Estimate {
            value: ratio,
            low: (ratio - half).clamp(0.0, 1.0),
            high: (ratio + half).clamp(0.0, 1.0),
        })
    }
}

impl Term {
    pub(super) fn add(&mut self, d: f64, b: f64) {
        add(&mut self.sums, [d, d * d, d * b]);
    }

    pub(super) fn merge(&mut self, other: &Self) {
        add(&mut self.sums, other.sums);
    }

    pub(super) fn sum(&self) -> f64 {
        self.sums[0]
    }
}

impl Change {
    pub(super) fn add(&mut self, before: f64, after: f64) {
        let change = after - before;
        add(&mut self.sums, [change, change * change, before, change * before]);
    }

    pub(super) fn merge(&mut self, other: &Self) {
        add(&mut self.sums, other.sums);
    }

    /// The share of `hits` in `draws` draws, changed as the first `n` of them were.
    ///
    /// # Definition
    /// The interval is Wilson's of as many draws as would have the variance of the sum: `(Var Y + 2 Cov(C, Y)) /
    /// draws + Var C / n`, for the `n` draws are among the others.
    pub(super) fn share(&self, hits: f64, draws: f64, n: f64) -> Estimate {
        let [c, cc, y, cy] = self.sums.map(|sum| sum / n.max(1.0));
        let before = hits / draws.max(1.0);
        let value = (before + c).clamp(0.0, 1.0);
        let (own, joint) = (cc - c * c, cy - c * y);
        let variance = (before * (1.0 - before) + 2.0 * joint) / draws.max(1.0) + own / n.max(1.0);
        let alike = if variance > 0.0 { value * (1.0 - value) / variance } else { 0.0 };
        // Near 0 and 1 the variance says nothing.
        let alike = if alike > 0.0 { alike.min(draws.max(n)) } else { n };
        let (low, high) = wilson(value * alike, alike);
        Estimate { value, low, high }
    }
}
