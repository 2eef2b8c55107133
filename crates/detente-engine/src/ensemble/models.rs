//! All models of an ensemble, one after the other, with their chances.

use super::inputs::Ensemble;
use super::worlds::{LANES, Worlds};

/// All models, one after the other: the levels of the inputs as digits, the last input the fastest.
pub(crate) struct Models<'e> {
    ensemble: &'e Ensemble,
    digits: Option<Vec<usize>>,
}

impl<'e> Models<'e> {
    pub(crate) fn new(ensemble: &'e Ensemble) -> Self {
        let first = |levels: &[f64]| levels.iter().position(|p| *p > 0.0).unwrap_or(0);
        let digits = ensemble.inputs.iter().map(|input| first(&input.levels)).collect();
        Self { ensemble, digits: Some(digits) }
    }

    /// Fills up to `most` lanes (of 64) from lane 0 on with the next models and their chances; which lanes.
    pub(crate) fn fill(&mut self, worlds: &mut Worlds, weights: &mut [f64; LANES], most: usize) -> u64 {
        let mut lanes = 0;
        for (lane, weight) in weights.iter_mut().enumerate().take(most) {
            let Some(digits) = &self.digits else { break };
            *weight = 1.0;
            for (input, level) in digits.iter().enumerate() {
                worlds.set(input, *level, lane);
                *weight *= self.ensemble.inputs[input].levels[*level];
            }
            lanes |= 1 << lane;
            self.next();
        }
        lanes
    }

    fn next(&mut self) {
        let Some(digits) = &mut self.digits else { return };
        for (digit, input) in digits.iter_mut().zip(&self.ensemble.inputs).rev() {
            let above = |from: usize| (from..input.levels.len()).find(|level| input.levels[*level] > 0.0);
            match above(*digit + 1) {
                Some(level) => {
                    *digit = level;
                    return;
                }
                None => *digit = above(0).unwrap_or(0),
            }
        }
        self.digits = None;
    }
}
