//! What was counted: sums that can be added in any order.

use hashbrown::HashTable;

/// Counts over models. Sampled models count 1 each, so that all sums are whole numbers below 2⁵³ and
/// adding is exact; enumerated models count with their chance.
#[derive(Clone, Debug, PartialEq)]
pub struct Tally {
    /// Models, by weight.
    pub models: f64,
    /// Models in which the rules leave no state.
    pub empty: f64,
    /// Per concept: models without any equilibrium.
    pub none: Vec<f64>,
    /// Per concept and state: models in which it is an equilibrium.
    pub lasting: Vec<Vec<f64>>,
    /// Per concept and target: models in which some equilibrium is in it.
    pub some: Vec<Vec<f64>>,
    /// Per concept and target: models in which there are equilibria and all are in it.
    pub all: Vec<Vec<f64>>,
    /// Per concept and target: models in which nothing lasts that shows what is given (all that lasts, where nothing is).
    pub nothing: Vec<Vec<f64>>,
    /// Per concept and target, for some and for all: of these models those in which it rests on a motive, not on the
    /// want of one.
    pub motive: Vec<Vec<[f64; 2]>>,
    /// Per state: models in which the walk from the status quo ends there.
    pub ends: Vec<f64>,
    /// Models in which it goes on and on.
    pub moving: f64,
    /// Models in which the status quo is not possible.
    pub no_start: f64,
    /// Per concept: the sets of equilibria.
    pub sets: Vec<Sets>,
    /// Per stretch of draws (0..64, 64..128, 128..256, …): models, then `some` of all concepts and targets.
    pub stretches: Vec<Vec<f64>>,
}

/// Sets of equilibria with the models in which they are it.
///
/// At most [`Sets::MOST`] different sets are kept: when there are more, only those whose hash ends
/// in `halvings` zeros are, so that what is kept is exact and depends on nothing but the models.
#[derive(Clone, Debug, Default)]
pub struct Sets {
    /// How often the sets that are kept were halved; 0: all are there.
    pub halvings: u32,
    /// The words of the sets, one after the other, and the models of each.
    words: Vec<u64>,
    models: Vec<f64>,
    /// Where each set is among them.
    table: HashTable<u32>,
}

impl PartialEq for Sets {
    fn eq(&self, other: &Self) -> bool {
        self.halvings == other.halvings && self.counts() == other.counts()
    }
}

impl Sets {
    /// The most sets that are kept.
    pub const MOST: usize = crate::caps::SETS.size();

    /// Counts `set` with `weight`. All sets have as many words as the first.
    pub fn add(&mut self, set: &[u64], weight: f64) {
        let hash = hash(set);
        if hash & self.mask() != 0 {
            return;
        }
        let words = &self.words;
        let at = |at: &u32| &words[*at as usize * set.len()..][..set.len()];
        if let Some(known) = self.table.find(hash, |other| at(other).iter().eq(set)) {
            self.models[*known as usize] += weight;
            return;
        }
        self.table.insert_unique(hash, self.models.len() as u32, |other| self::hash(at(other)));
        self.words.extend(set);
        self.models.push(weight);
        while self.models.len() > Self::MOST && self.halvings < 63 {
            self.halve(self.halvings + 1);
        }
    }

    /// Keeps those whose hash ends in so many zeros.
    fn halve(&mut self, halvings: u32) {
        let all = std::mem::take(self);
        self.halvings = halvings;
        all.each().for_each(|(set, weight)| self.add(set, weight));
    }

    fn merge(&mut self, other: &Self) {
        if other.halvings > self.halvings {
            self.halve(other.halvings);
        }
        other.each().for_each(|(set, weight)| self.add(set, weight));
    }

    /// Sets that were counted before; `None`: more than are ever kept, or more halvings than a hash has bits.
    #[must_use]
    pub fn of(halvings: u32, counts: &[(Vec<u64>, f64)]) -> Option<Self> {
        let mut sets = Self { halvings, ..Self::default() };
        counts.iter().for_each(|(set, weight)| sets.add(set, *weight));
        (halvings <= 63 && sets.halvings == halvings && sets.models.len() == counts.len()).then_some(sets)
    }

    /// Each set that is kept, as one bit per state, with the models in which it is the set of equilibria; in
    /// the order of the bits.
    #[must_use]
    pub fn counts(&self) -> Vec<(&[u64], f64)> {
        let mut all: Vec<(&[u64], f64)> = self.each().collect();
        all.sort_unstable_by_key(|(set, _)| *set);
        all
    }

    fn each(&self) -> impl Iterator<Item = (&[u64], f64)> {
        let width = (self.words.len() / self.models.len().max(1)).max(1);
        self.words.chunks(width).zip(self.models.iter().copied())
    }

    fn mask(&self) -> u64 {
        (1_u64 << self.halvings.min(63)) - 1
    }

    /// About how many different sets there are; exactly, when none was left out.
    #[must_use]
    pub fn distinct(&self) -> f64 {
        self.models.len() as f64 * 2_f64.powi(self.halvings as i32)
    }
}

/// A hash of a set: the same on any machine.
fn hash(set: &[u64]) -> u64 {
    set.iter().fold(0x9e37_79b9_7f4a_7c15, |h: u64, word| {
        // The mixing of SplitMix64 (Steele, Lea & Flood 2014).
        let mut z = (h ^ word).wrapping_add(0x9e37_79b9_7f4a_7c15);
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    })
}

impl Tally {
    /// Nothing yet, for so many concepts, states and targets.
    #[must_use]
    pub fn new(concepts: usize, states: usize, targets: usize) -> Self {
        Self {
            models: 0.0,
            empty: 0.0,
            none: vec![0.0; concepts],
            lasting: vec![vec![0.0; states]; concepts],
            some: vec![vec![0.0; targets]; concepts],
            all: vec![vec![0.0; targets]; concepts],
            nothing: vec![vec![0.0; targets]; concepts],
            motive: vec![vec![[0.0; 2]; targets]; concepts],
            ends: vec![0.0; states],
            moving: 0.0,
            no_start: 0.0,
            sets: vec![Sets::default(); concepts],
            stretches: Vec::new(),
        }
    }

    /// Adds `other`, which is about the same concepts, states and targets.
    pub fn merge(&mut self, other: &Self) {
        let add = |a: &mut [f64], b: &[f64]| a.iter_mut().zip(b).for_each(|(a, b)| *a += b);
        let adds = |a: &mut [Vec<f64>], b: &[Vec<f64>]| a.iter_mut().zip(b).for_each(|(a, b)| add(a, b));
        self.models += other.models;
        self.empty += other.empty;
        add(&mut self.none, &other.none);
        adds(&mut self.lasting, &other.lasting);
        adds(&mut self.some, &other.some);
        adds(&mut self.all, &other.all);
        adds(&mut self.nothing, &other.nothing);
        for (a, b) in self.motive.iter_mut().flatten().zip(other.motive.iter().flatten()) {
            add(a, b);
        }
        add(&mut self.ends, &other.ends);
        self.moving += other.moving;
        self.no_start += other.no_start;
        self.sets.iter_mut().zip(&other.sets).for_each(|(a, b)| a.merge(b));
        for (at, stretch) in other.stretches.iter().enumerate() {
            if !stretch.is_empty() {
                add(self.stretch(at), stretch);
            }
        }
    }

    /// The sums of a stretch of draws.
    pub(crate) fn stretch(&mut self, at: usize) -> &mut [f64] {
        let width = 1 + self.some.iter().map(Vec::len).sum::<usize>();
        if self.stretches.len() <= at {
            self.stretches.resize(at + 1, vec![0.0; width]);
        }
        &mut self.stretches[at]
    }

    /// After 64, 128, 256, … draws and after all: models, and in how many of them `target` has some
    /// equilibrium of concept number `concept`.
    #[must_use]
    pub fn history(&self, concept: usize, target: usize) -> Vec<(f64, f64)> {
        let at = 1 + self.some.iter().take(concept).map(Vec::len).sum::<usize>() + target;
        let mut sums = (0.0, 0.0);
        (self.stretches.iter())
            .map(|stretch| {
                sums.0 += stretch.first().copied().unwrap_or(0.0);
                sums.1 += stretch.get(at).copied().unwrap_or(0.0);
                sums
            })
            .collect()
    }
}

/// The stretch that draw `k` belongs to.
pub(crate) fn stretch_of(draw: u64) -> usize {
    if draw < 64 { 0 } else { (draw / 64).ilog2() as usize + 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_kept_do_not_depend_on_the_order() {
        let list: Vec<[u64; 2]> = (0..30_000_u64).map(|k| [k % 20_011, k * k % 3]).collect();
        let (mut forth, mut back) = (Sets::default(), Sets::default());
        list.iter().for_each(|set| forth.add(set, 1.0));
        list.iter().rev().for_each(|set| back.add(set, 1.0));
        assert_eq!(forth, back);
        assert!(forth.halvings > 0 && forth.counts().len() <= Sets::MOST);
        let mut merged = Sets::default();
        for part in list.chunks(997) {
            let mut one = Sets::default();
            part.iter().for_each(|set| one.add(set, 1.0));
            merged.merge(&one);
        }
        assert_eq!(forth, merged);
    }

    #[test]
    fn stretches_double() {
        let at: Vec<usize> = [0, 63, 64, 127, 128, 255, 256].map(stretch_of).to_vec();
        assert_eq!(at, [0, 0, 1, 1, 2, 2, 3]);
    }
}
