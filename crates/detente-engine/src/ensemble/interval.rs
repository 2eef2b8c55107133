//! Intervals for shares.

/// The quantile of the normal distribution for 95 % two-sided.
pub const Z95: f64 = 1.959_963_984_540_054;

/// Wilson's interval for a share: `hits` of `n` draws, at 95 %.
///
/// # Definition
/// All shares `p` whose distance from `hits/n` is at most `z √(p(1−p)/n)`.
///
/// # Source
/// Wilson, E. B. (1927), Probable inference, the law of succession, and statistical inference,
/// *Journal of the American Statistical Association* 22, 209–212.
#[must_use]
pub fn wilson(hits: f64, n: f64) -> (f64, f64) {
    if n <= 0.0 {
        return (0.0, 1.0);
    }
    let (p, z2) = (hits / n, Z95 * Z95);
    let centre = (p + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let half = Z95 * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt() / (1.0 + z2 / n);
    // At the ends the bound is the end itself; rounding must not move it.
    let low = if hits <= 0.0 { 0.0 } else { (centre - half).max(0.0) };
    let high = if hits >= n { 1.0 } else { (centre + half).min(1.0) };
    (low, high)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Newcombe (1998), Statistics in Medicine 17, table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
    #[test]
    fn published_examples() {
        for (hits, n, low, high) in [
            (81.0, 263.0, 0.2553, 0.3662),
            (15.0, 148.0, 0.0624, 0.1605),
            (0.0, 20.0, 0.0, 0.1611),
            (1.0, 29.0, 0.0061, 0.1718),
        ] {
            let (a, b) = wilson(hits, n);
            assert!((a - low).abs() < 5e-5 && (b - high).abs() < 5e-5, "{hits} of {n}: {a} {b}");
        }
    }
}
