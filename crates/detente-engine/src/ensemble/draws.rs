//! Random worlds: draw `k` is a function of the key and `k` only.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::inputs::{Ensemble, Input};
use super::worlds::{LANES, Worlds};

/// Draws have numbers below this; the streams above it drive the walks from the status quo.
pub const MOST_DRAWS: u64 = 1 << 62;

/// Bits of a draw that decide a level: as many as a double has.
const BITS: u32 = 53;

/// Draws of worlds.
///
/// # Definition
/// Draw `k` takes the words of ChaCha8's stream `k` under the key, one word per input in the order
/// of the inputs: the input has the first level whose cumulated chance is above the word (its upper
/// 53 bits as a fraction). So draw `k` is the same on any machine, by any number of threads, in any
/// shard.
#[derive(Clone)]
pub(crate) struct Draws {
    random: ChaCha8Rng,
    /// Per input: cumulated chances of all levels but the last, in units of 2⁻⁵³.
    bounds: Vec<Vec<u64>>,
}

impl Draws {
    pub(crate) fn new(ensemble: &Ensemble, key: [u8; 32]) -> Self {
        let bounds = ensemble.inputs.iter().map(bounds).collect();
        Self { random: ChaCha8Rng::from_seed(key), bounds }
    }

    /// Fills `worlds` with the draws from `first` on, one per lane of `lanes`.
    pub(crate) fn fill(&mut self, first: u64, lanes: u64, worlds: &mut Worlds) {
        worlds.clear();
        for lane in (0..LANES).filter(|lane| lanes >> lane & 1 == 1) {
            self.random.set_stream(first + lane as u64);
            self.random.set_word_pos(0);
            for (input, bounds) in self.bounds.iter().enumerate() {
                let word = self.random.next_u64() >> (64 - BITS);
                let level = bounds.iter().take_while(|bound| word >= **bound).count();
                worlds.set(input, level, lane);
            }
        }
    }

    /// The random numbers of the walk that belongs to draw `k`.
    pub(crate) fn walk(&mut self, draw: u64) -> &mut ChaCha8Rng {
        self.random.set_stream(draw | MOST_DRAWS);
        self.random.set_word_pos(0);
        &mut self.random
    }

    /// The random numbers number `k` of a purpose, apart from draws and walks.
    pub(crate) fn other(&mut self, k: u64) -> &mut ChaCha8Rng {
        self.random.set_stream(k | MOST_DRAWS << 1);
        self.random.set_word_pos(0);
        &mut self.random
    }
}

fn bounds(input: &Input) -> Vec<u64> {
    let unit = (1_u64 << BITS) as f64;
    let mut sum = 0.0;
    let inner = &input.levels[..input.levels.len().saturating_sub(1)];
    inner
        .iter()
        .map(|p| {
            sum += p;
            (sum * unit).round() as u64
        })
        .collect()
}
