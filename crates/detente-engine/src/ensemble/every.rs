//! Every model of an ensemble, and what each of them answers.

use super::tally::Tally;
use crate::Stop;

/// What is asked of each model about one target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Asked {
    /// Number of the concept.
    pub concept: usize,
    /// Number of the target.
    pub target: usize,
    /// Whether there must be equilibria and all of them be in it; otherwise some.
    pub every: bool,
}

/// What was found in all models, one by one.
#[derive(Clone, Debug)]
pub struct EveryModel {
    /// The counts, each model by its chance.
    pub tally: Tally,
    /// What stopped it: then only the models so far are counted, and nothing can be attributed.
    pub stopped: Option<Stop>,
    models: usize,
    /// Per concept and target: one bit per model, in the order of the models, for some and for every.
    bits: Vec<Vec<[Vec<u64>; 2]>>,
}

impl EveryModel {
    pub(crate) fn new(tally: Tally) -> Self {
        let bits = tally.some.iter().map(|targets| vec![<[Vec<u64>; 2]>::default(); targets.len()]).collect();
        Self { tally, stopped: None, models: 0, bits }
    }

    /// Writes down what so many further models answer, one per lane from 0.
    pub(crate) fn record(&mut self, models: usize, answers: &[Vec<(u64, u64)>]) {
        let from = self.models;
        self.models += models;
        let words = self.models.div_ceil(64);
        for (concept, answers) in self.bits.iter_mut().zip(answers) {
            for (lists, (some, every)) in concept.iter_mut().zip(answers) {
                for (list, lanes) in lists.iter_mut().zip([some, every]) {
                    list.resize(words, 0);
                    for lane in (0..models).filter(|lane| lanes >> lane & 1 == 1) {
                        let at = from + lane;
                        list[at / 64] |= 1 << (at % 64);
                    }
                }
            }
        }
    }

    /// 1 for each model that answers yes, 0 for the others; in the order of the models.
    pub(crate) fn values(&self, asked: Asked) -> Vec<f64> {
        let list = &self.bits[asked.concept][asked.target][usize::from(asked.every)];
        (0..self.models).map(|at| (list[at / 64] >> (at % 64) & 1) as f64).collect()
    }
}
