//! Ratios of means with their intervals.

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

/// Power sums of `Y`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Base {
    powers: [f64; 4],
}

/// Sums of a term `D` that belongs to a `Y`: of `D`, `D²`, `DY`, `DY²`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Term {
    sums: [f64; 4],
}

impl Base {
    pub(super) fn add(&mut self, y: f64) {
        let mut power = 1.0;
        for sum in &mut self.powers {
            power *= y;
            *sum += power;
        }
    }

    pub(super) fn merge(&mut self, other: &Self) {
        self.powers.iter_mut().zip(other.powers).for_each(|(a, b)| *a += b);
    }

    pub(super) fn sum(&self) -> f64 {
        self.powers[0]
    }

    /// `R = E[D] / Var Y` from `n` draws; `None` when `Y` does not vary.
    ///
    /// # Definition
    /// The interval is `R ± z s / √n`, with `s²` the mean square of `(D − R (Y − μ)²) / Var Y`, the linear part of
    /// the error of the ratio (delta method). Where `D` never was anything but 0, the upper end is that of a share
    /// that was never seen, times the largest `D`, which is ½.
    pub(super) fn index(&self, term: &Term, n: f64) -> Option<Estimate> {
        let [y1, y2, y3, y4] = self.powers.map(|sum| sum / n);
        let [d, dd, dy, dyy] = term.sums.map(|sum| sum / n);
        let variance = y2 - y1 * y1;
        if n < 2.0 || variance < 1e-12 {
            return None;
        }
        if dd == 0.0 {
            let high = (wilson(0.0, n).1 * 0.5 / variance).min(1.0);
            return Some(Estimate { value: 0.0, low: 0.0, high });
        }
        let ratio = d / variance;
        let fourth = y4 - 4.0 * y1 * y3 + 6.0 * y1 * y1 * y2 - 3.0 * y1.powi(4);
        let joint = dyy - 2.0 * y1 * dy + y1 * y1 * d;
        let square = (dd - 2.0 * ratio * joint + ratio * ratio * fourth).max(0.0) / (variance * variance);
        let half = Z95 * (square / n).sqrt();
        Some(Estimate {
            value: ratio,
            low: (ratio - half).clamp(0.0, 1.0),
            high: (ratio + half).clamp(0.0, 1.0),
        })
    }
}

impl Term {
    pub(super) fn add(&mut self, d: f64, y: f64) {
        self.sums[0] += d;
        self.sums[1] += d * d;
        self.sums[2] += d * y;
        self.sums[3] += d * y * y;
    }

    pub(super) fn merge(&mut self, other: &Self) {
        self.sums.iter_mut().zip(other.sums).for_each(|(a, b)| *a += b);
    }
}
