//! What can be read off a frozen set without building anything: members, counts, samples.
//!
//! Variables are known by position: the variable of position `p` has level `2p`; sets of states do
//! not depend on copies. A frozen set here is its first root.

use num_bigint::BigUint;

use super::frozen::Frozen;
use super::store::{Edge, FALSE, TRUE};

/// Nodes times squared positions beyond which a histogram of distances is not computed: about a
/// second.
const MOST_DISTANCES: usize = 1 << 25;

impl Frozen {
    /// The first root.
    fn root(&self) -> Edge {
        self.roots.first().copied().unwrap_or(FALSE)
    }

    /// Position of the top variable; `positions` for a constant.
    fn position(&self, edge: Edge, positions: usize) -> usize {
        match (edge >> 1).checked_sub(1) {
            None => positions,
            Some(at) => (self.nodes[at as usize].0 / 2) as usize,
        }
    }

    /// The function where the top variable is off and on; not for constants.
    fn split(&self, edge: Edge) -> (Edge, Edge) {
        let (_, low, high) = self.nodes[(edge >> 1) as usize - 1];
        (low ^ (edge & 1), high ^ (edge & 1))
    }

    /// Whether there is a member.
    pub(crate) fn satisfiable(&self) -> bool {
        self.root() != FALSE
    }

    /// Whether the assignment is a member.
    pub(crate) fn holds(&self, on: impl Fn(usize) -> bool) -> bool {
        let mut edge = self.root();
        while edge >> 1 != 0 {
            let (low, high) = self.split(edge);
            edge = if on(self.position(edge, 0)) { high } else { low };
        }
        edge == TRUE
    }

    /// The positions and values on a path to a member that decides the fewest positions; nothing for
    /// an empty set. Linear in the nodes.
    pub(crate) fn shortest_path(&self) -> Vec<(usize, bool)> {
        // Fewest decisions from each node to true and to false.
        let mut known: Vec<[u32; 2]> = vec![[0, u32::MAX]];
        let of = |known: &[[u32; 2]], edge: Edge, value: u32| {
            known[(edge >> 1) as usize][((edge ^ value) & 1) as usize]
        };
        for &(_, low, high) in &self.nodes {
            let least = |value: u32| of(&known, low, value).min(of(&known, high, value)).saturating_add(1);
            let both = [least(0), least(1)];
            known.push(both);
        }
        let mut path = Vec::new();
        let mut edge = self.root();
        if edge == FALSE {
            return path;
        }
        while edge >> 1 != 0 {
            let (low, high) = self.split(edge);
            let on = of(&known, high, 0) < of(&known, low, 0);
            path.push((self.position(edge, 0), on));
            edge = if on { high } else { low };
        }
        path
    }

    /// How many assignments of `positions` variables are members. Linear in the nodes.
    pub(crate) fn count(&self, positions: usize) -> BigUint {
        Counts::new(self, positions).of(self.root(), 0)
    }

    /// The same for every root.
    pub(crate) fn counts(&self, positions: usize) -> Vec<BigUint> {
        let counts = Counts::new(self, positions);
        self.roots.iter().map(|root| counts.of(*root, 0)).collect()
    }

    /// For every position the only value that it has in all members, if any; nothing is said of an
    /// empty set.
    pub(crate) fn fixed(&self, positions: usize) -> Vec<Option<bool>> {
        // Seen off, seen on, and how many more (fewer) paths skip positions from here on.
        let mut seen = vec![(false, false); positions];
        let mut skips = vec![0_i64; positions + 1];
        let mut met = vec![false; 2 * self.nodes.len() + 2];
        let mut open = vec![self.root()];
        let mut skip = |from: usize, to: usize| {
            skips[from] += 1;
            skips[to] -= 1;
        };
        skip(0, self.position(self.root(), positions));
        while let Some(edge) = open.pop() {
            if edge >> 1 == 0 || std::mem::replace(&mut met[edge as usize], true) {
                continue;
            }
            let position = self.position(edge, positions);
            let (low, high) = self.split(edge);
            for (child, on) in [(low, false), (high, true)] {
                if child != FALSE {
                    let here = &mut seen[position];
                    *if on { &mut here.1 } else { &mut here.0 } = true;
                    skip(position + 1, self.position(child, positions));
                    open.push(child);
                }
            }
        }
        let mut free = 0;
        seen.iter()
            .zip(&skips)
            .map(|(&(off, on), change)| {
                free += change;
                (free == 0 && off != on).then_some(on)
            })
            .collect()
    }

    /// `count` members drawn uniformly and independently; none from an empty set. `below(n)` gives
    /// a uniform number below `n`.
    pub(crate) fn sample(
        &self,
        positions: usize,
        count: usize,
        mut below: impl FnMut(&BigUint) -> BigUint,
    ) -> Vec<Vec<bool>> {
        let counts = Counts::new(self, positions);
        let all = counts.of(self.root(), 0);
        if all == BigUint::ZERO {
            return Vec::new();
        }
        let mut draws = Vec::with_capacity(count);
        for _ in 0..count {
            let mut rank = below(&all);
            let mut member = Vec::with_capacity(positions);
            let mut edge = self.root();
            for position in 0..positions {
                let (low, high) =
                    if self.position(edge, positions) == position { self.split(edge) } else { (edge, edge) };
                let off = counts.of(low, position + 1);
                let on = rank >= off;
                if on {
                    rank -= off;
                }
                member.push(on);
                edge = if on { high } else { low };
            }
            draws.push(member);
        }
        draws
    }

    /// How many members differ from `from` in 0, 1, 2, … positions; `None` when that is too much work.
    pub(crate) fn distances(&self, positions: usize, from: impl Fn(usize) -> bool) -> Option<Vec<BigUint>> {
        if self.nodes.len().saturating_mul((positions + 1) * (positions + 1)) > MOST_DISTANCES {
            return None;
        }
        // How many of the assignments of positions p.. differ in d: a row of Pascal's triangle.
        let mut all = vec![vec![BigUint::from(1_u32)]];
        for row in 0..positions {
            let last = &all[row];
            let mut next = vec![BigUint::ZERO; row + 2];
            for (at, n) in last.iter().enumerate() {
                next[at] += n;
                next[at + 1] += n;
            }
            all.push(next);
        }
        let of = |known: &[Vec<BigUint>], edge: Edge, position: usize| -> Vec<BigUint> {
            let top = self.position(edge, positions);
            let mut row = vec![BigUint::ZERO; positions - position + 1];
            // Skipped positions: either value, one of which differs.
            for (a, n) in known[(edge >> 1) as usize].iter().enumerate().filter(|(_, n)| **n != BigUint::ZERO)
            {
                for (b, k) in all[top - position].iter().enumerate() {
                    row[a + b] += n * k;
                }
            }
            if edge & 1 == 1 {
                for (n, all) in row.iter_mut().zip(&all[positions - position]) {
                    *n = all - &*n;
                }
            }
            row
        };
        let mut known = vec![vec![BigUint::from(1_u32)]];
        for &(level, low, high) in &self.nodes {
            let position = (level / 2) as usize;
            let (low, high) = (of(&known, low, position + 1), of(&known, high, position + 1));
            let (same, other) = if from(position) { (high, low) } else { (low, high) };
            let mut row = vec![BigUint::ZERO; positions - position + 1];
            for (at, (same, other)) in same.into_iter().zip(other).enumerate() {
                row[at] += same;
                row[at + 1] += other;
            }
            known.push(row);
        }
        Some(of(&known, self.root(), 0))
    }
}

/// The number of members of every node, over the positions from its own on.
struct Counts<'f> {
    set: &'f Frozen,
    positions: usize,
    known: Vec<BigUint>,
}

impl<'f> Counts<'f> {
    fn new(set: &'f Frozen, positions: usize) -> Self {
        let mut counts = Self { set, positions, known: vec![BigUint::from(1_u32)] };
        for &(level, low, high) in &set.nodes {
            let below = (level / 2) as usize + 1;
            let count = counts.of(low, below) + counts.of(high, below);
            counts.known.push(count);
        }
        counts
    }

    /// How many assignments of the positions from `position` on are members of `edge`.
    fn of(&self, edge: Edge, position: usize) -> BigUint {
        let top = self.set.position(edge, self.positions);
        let count = &self.known[(edge >> 1) as usize] << (top - position);
        if edge & 1 == 1 { (BigUint::from(1_u32) << (self.positions - position)) - count } else { count }
    }
}
