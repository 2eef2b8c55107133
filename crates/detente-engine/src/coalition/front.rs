//! Which of many vectors are not below another: the answer to "is there one that beats this in
//! every coordinate?".

/// The maximal vectors of a set: none is at most another in every coordinate. A vector is beaten
/// (every coordinate strictly larger) by some vector of the set exactly when it is beaten by one
/// of these.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Front {
    /// `width` coordinates each, first coordinate descending.
    points: Vec<u32>,
}

impl Front {
    /// The maximal ones of `vectors`, `width` coordinates each, one after the other.
    ///
    /// # Complexity
    /// A sort, then vectors × maximal ones (one and two coordinates: linear).
    pub(super) fn new(vectors: &[u32], width: usize) -> Self {
        if width == 0 || vectors.is_empty() {
            return Self::default();
        }
        if width == 1 {
            return Self { points: vectors.iter().max().map(|v| vec![*v]).unwrap_or_default() };
        }
        let mut rows: Vec<&[u32]> = vectors.chunks_exact(width).collect();
        rows.sort_unstable_by(|a, b| b.cmp(a));
        rows.dedup();
        let mut points: Vec<u32> = Vec::new();
        if width == 2 {
            let mut best = None;
            for row in rows {
                if best.is_none_or(|best| row[1] > best) {
                    best = Some(row[1]);
                    points.extend_from_slice(row);
                }
            }
            return Self { points };
        }
        for row in rows {
            // Whatever is at least `row` everywhere comes before it in this order.
            let below = |point: &[u32]| point.iter().zip(row).all(|(p, r)| p >= r);
            if !points.chunks_exact(width).any(below) {
                points.extend_from_slice(row);
            }
        }
        Self { points }
    }

    /// The coordinates, `width` each.
    pub(super) fn points(&self) -> &[u32] {
        &self.points
    }

    /// Whether some vector of the set is strictly larger than `than` in every coordinate.
    pub(super) fn beats(&self, than: &[u32]) -> bool {
        let width = than.len();
        if width == 0 {
            return false;
        }
        self.points
            .chunks_exact(width)
            .take_while(|point| point[0] > than[0])
            .any(|point| point.iter().zip(than).all(|(p, t)| p > t))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::{RngExt, SeedableRng};
    use rand_chacha::ChaCha8Rng;

    #[test]
    fn a_front_beats_what_some_vector_beats() {
        let mut random = ChaCha8Rng::seed_from_u64(5);
        for round in 0..400 {
            let width = round % 5 + 1;
            let vectors: Vec<u32> =
                (0..width * random.random_range(0..12)).map(|_| random.random_range(0..5)).collect();
            let front = Front::new(&vectors, width);
            for _ in 0..50 {
                let than: Vec<u32> = (0..width).map(|_| random.random_range(0..5)).collect();
                let some = vectors.chunks_exact(width).any(|v| v.iter().zip(&than).all(|(a, b)| a > b));
                assert_eq!(front.beats(&than), some);
            }
            let points: Vec<&[u32]> = front.points().chunks_exact(width).collect();
            for (k, a) in points.iter().enumerate() {
                let below = |b: &[u32]| a.iter().zip(b).all(|(a, b)| a <= b);
                assert!(!points.iter().enumerate().any(|(l, b)| l != k && below(b)));
            }
        }
    }
}
