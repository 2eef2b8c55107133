//! What moves a share: which inputs, alone or together, and how much.
//!
//! # Definition
//! `Y` is 1 in the models in which an item holds, else 0; the inputs `X₁ … X_d` are independent. For a set `u`
//! of inputs: the *total-order Sobol index* `E[Var(Y | X_¬u)] / Var Y`, the part of the variance that is left when
//! all other inputs are known; the *Shapley value* of an input, its average part of that over all orders in which
//! inputs can become known, which sums to 1; the share *given* levels of inputs, one at a time (tornado).
//!
//! # Method
//! With `a`, `b` independent draws and `a_u` the draw `a` with the inputs of `u` taken from `b`, the total index is
//! the mean of `½ (f(a) − f(a_u))²` (Jansen 1999; Saltelli and others 2010). Along a random order of the inputs,
//! with `z_j` the draw `a` with the first `j` of them from `b`, the mean of
//! `(f(z_{j−1}) − f(z_j)) (f(a) − ½ (f(z_{j−1}) + f(z_j)))` is the Shapley value of the input that comes `j`-th
//! (Owen 2014; Song, Nelson and Staum 2016; Goda 2021). Both are divided by the variance of `f(a)`; intervals are
//! those of a ratio of means (delta method). Formulas with sources: `docs/uncertainty.md`.
//!
//! # Complexity
//! Per 64 draws one batch of models each for the draw, every input, every factor and every setting.

mod flips;
mod moments;
#[cfg(test)]
#[allow(clippy::panic)]
mod tests;

use std::ops::Range;

use rand::seq::SliceRandom;
use rayon::prelude::*;

use super::draws::{Draws, MOST_DRAWS};
use super::sampler::{SampleError, Sampler};
use super::worlds::{LANES, Worlds};
use crate::Watch;
use moments::{Base, Term};

pub use flips::Flip;
pub use moments::Estimate;

/// The second draws are those from here on.
const SECOND: u64 = MOST_DRAWS >> 1;

/// Levels that inputs are given.
pub type Setting = Vec<(usize, usize)>;

/// Some inputs that are looked at together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Factor {
    /// Which inputs, and which part of the Shapley value of each is this factor's.
    pub inputs: Vec<(usize, f64)>,
    /// The share is wanted given each of these.
    pub settings: Vec<Setting>,
}

/// What to look for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AttributionSettings {
    /// Whose shares: number of the concept, number of the target; in how many models some equilibrium is in it.
    pub asked: Vec<(usize, usize)>,
    /// By what.
    pub factors: Vec<Factor>,
}

/// What was found. Sums of one batch do not depend on the threads, and batches are added in order.
#[derive(Clone, Debug, PartialEq)]
pub struct Effects {
    /// Draws.
    n: f64,
    /// Per item.
    base: Vec<Base>,
    /// Per factor and item.
    total: Vec<Vec<Term>>,
    shapley: Vec<Vec<Term>>,
    /// Per factor, setting and item: the sum of the values.
    given: Vec<Vec<Vec<f64>>>,
}

impl Effects {
    fn new(settings: &AttributionSettings) -> Self {
        let asked = settings.asked.len();
        let terms = vec![vec![Term::default(); asked]; settings.factors.len()];
        let given = settings.factors.iter().map(|f| vec![vec![0.0; asked]; f.settings.len()]).collect();
        Self { n: 0.0, base: vec![Base::default(); asked], total: terms.clone(), shapley: terms, given }
    }

    fn merge(&mut self, other: &Self) {
        self.n += other.n;
        self.base.iter_mut().zip(&other.base).for_each(|(a, b)| a.merge(b));
        let terms = |a: &mut [Vec<Term>], b: &[Vec<Term>]| {
            a.iter_mut().flatten().zip(b.iter().flatten()).for_each(|(a, b)| a.merge(b));
        };
        terms(&mut self.total, &other.total);
        terms(&mut self.shapley, &other.shapley);
        self.given
            .iter_mut()
            .flatten()
            .flatten()
            .zip(other.given.iter().flatten().flatten())
            .for_each(|(a, b)| *a += b);
    }

    /// How many draws.
    #[must_use]
    pub fn draws(&self) -> f64 {
        self.n
    }

    /// In how many of them an item holds.
    #[must_use]
    pub fn hits(&self, item: usize) -> f64 {
        self.base.get(item).map_or(0.0, Base::sum)
    }

    /// In how many of them it holds when inputs have the levels of a setting of a factor.
    #[must_use]
    pub fn given(&self, factor: usize, setting: usize, item: usize) -> f64 {
        self.given.get(factor).and_then(|f| f.get(setting)?.get(item)).copied().unwrap_or(0.0)
    }

    /// The total-order index of a factor; `None`: the item holds in all or none of the draws.
    #[must_use]
    pub fn total(&self, factor: usize, item: usize) -> Option<Estimate> {
        self.base.get(item)?.index(self.total.get(factor)?.get(item)?, self.n)
    }

    /// The Shapley value of a factor; `None` as with [`Effects::total`].
    #[must_use]
    pub fn shapley(&self, factor: usize, item: usize) -> Option<Estimate> {
        self.base.get(item)?.index(self.shapley.get(factor)?.get(item)?, self.n)
    }
}

/// Values of each item in each lane.
type Values = Vec<[f64; LANES]>;

/// What is looked at: the values of the items in the worlds of some lanes.
type Model<'m> = dyn FnMut(&Worlds, u64, &mut Values) -> Result<(), SampleError> + 'm;

/// Scratch space.
struct Scratch {
    draws: Draws,
    first: Worlds,
    second: Worlds,
    mixed: Worlds,
    orders: Vec<Vec<usize>>,
    /// Per input: the Shapley terms of the batch.
    parts: Vec<Values>,
}

impl Scratch {
    fn new(draws: Draws, worlds: &Worlds, inputs: usize, asked: usize) -> Self {
        Self {
            draws,
            first: worlds.clone(),
            second: worlds.clone(),
            mixed: worlds.clone(),
            orders: vec![(0..inputs).collect(); LANES],
            parts: vec![vec![[0.0; LANES]; asked]; inputs],
        }
    }

    /// The draws from `from` on, in `lanes`.
    fn batch(
        &mut self,
        from: u64,
        lanes: u64,
        settings: &AttributionSettings,
        model: &mut Model<'_>,
    ) -> Result<Effects, SampleError> {
        let here = || (0..LANES).filter(move |lane| lanes >> lane & 1 == 1);
        let mut found = Effects::new(settings);
        found.n = f64::from(lanes.count_ones());
        let asked = settings.asked.len();
        let (mut base, mut before, mut after): (Values, Values, Values) =
            (vec![[0.0; LANES]; asked], vec![[0.0; LANES]; asked], vec![[0.0; LANES]; asked]);
        self.draws.fill(from, lanes, &mut self.first);
        self.draws.fill(from + SECOND, lanes, &mut self.second);
        model(&self.first, lanes, &mut base)?;
        for (sums, values) in found.base.iter_mut().zip(&base) {
            here().for_each(|lane| sums.add(values[lane]));
        }
        let inputs = self.parts.len();
        for lane in here() {
            let order = &mut self.orders[lane];
            order.clear();
            order.extend(0..inputs);
            order.shuffle(self.draws.other(from + lane as u64));
        }
        self.mixed.clone_from(&self.first);
        before.clone_from(&base);
        for step in 0..inputs {
            for lane in here() {
                self.mixed.copy(&self.second, self.orders[lane][step], 1 << lane);
            }
            model(&self.mixed, lanes, &mut after)?;
            for lane in here() {
                let parts = &mut self.parts[self.orders[lane][step]];
                for (item, part) in parts.iter_mut().enumerate() {
                    let (y, x, z) = (base[item][lane], before[item][lane], after[item][lane]);
                    part[lane] = (x - z) * (y - (x + z) / 2.0);
                }
            }
            std::mem::swap(&mut before, &mut after);
        }
        for (at, factor) in settings.factors.iter().enumerate() {
            for (item, values) in base.iter().enumerate() {
                for lane in here() {
                    let part =
                        factor.inputs.iter().map(|(input, part)| self.parts[*input][item][lane] * part);
                    found.shapley[at][item].add(part.sum(), values[lane]);
                }
            }
            self.mixed.clone_from(&self.first);
            factor.inputs.iter().for_each(|(input, _)| self.mixed.copy(&self.second, *input, lanes));
            model(&self.mixed, lanes, &mut after)?;
            for (item, values) in base.iter().enumerate() {
                for lane in here() {
                    let apart = values[lane] - after[item][lane];
                    found.total[at][item].add(apart * apart / 2.0, values[lane]);
                }
            }
            for (setting, sums) in factor.settings.iter().zip(&mut found.given[at]) {
                self.mixed.clone_from(&self.first);
                setting.iter().for_each(|(input, level)| self.mixed.force(*input, *level, lanes));
                model(&self.mixed, lanes, &mut after)?;
                for (sum, values) in sums.iter_mut().zip(&after) {
                    *sum += here().map(|lane| values[lane]).sum::<f64>();
                }
            }
        }
        Ok(found)
    }
}

/// Batches of 64 draws: the first draw and the lanes of each.
fn batches(range: Range<u64>) -> Vec<(u64, u64)> {
    let (first, last) = (range.start / LANES as u64, range.end.div_ceil(LANES as u64));
    (first..last)
        .map(|at| {
            let base = at * LANES as u64;
            let lanes = (0..LANES as u64).filter(|lane| range.contains(&(base + lane)));
            (base, lanes.fold(0, |all, lane| all | 1 << lane))
        })
        .collect()
}

impl Sampler {
    /// What moves the shares that are asked for, from the draws of `range`.
    ///
    /// # Errors
    /// As [`Sampler::sample`].
    pub fn attribute(
        &self,
        range: Range<u64>,
        settings: &AttributionSettings,
        watch: &dyn Watch,
    ) -> Result<Effects, SampleError> {
        let (inputs, asked) = (self.ensemble.inputs.len(), settings.asked.len());
        let parts: Result<Vec<Effects>, SampleError> = self.install(|| {
            (batches(range).into_par_iter())
                .map_init(
                    || {
                        let bench = self.bench();
                        let scratch = Scratch::new(bench.draws(), bench.worlds(), inputs, asked);
                        (bench, scratch)
                    },
                    |(bench, scratch), (from, lanes)| {
                        let mut model = |worlds: &Worlds, lanes: u64, values: &mut Values| {
                            self.values(bench, worlds, lanes, &settings.asked, watch, values)
                        };
                        scratch.batch(from, lanes, settings, &mut model)
                    },
                )
                .collect()
        });
        let mut all = Effects::new(settings);
        parts?.iter().for_each(|part| all.merge(part));
        Ok(all)
    }

    /// 1 where the items hold, 0 elsewhere.
    fn values(
        &self,
        bench: &mut super::sampler::Bench,
        worlds: &Worlds,
        lanes: u64,
        asked: &[(usize, usize)],
        watch: &dyn Watch,
        values: &mut Values,
    ) -> Result<(), SampleError> {
        if let Some(stop) = watch.stop() {
            return Err(SampleError::Stopped(stop));
        }
        for (values, hits) in values.iter_mut().zip(self.hits(bench, worlds, lanes, asked)?) {
            for (lane, value) in values.iter_mut().enumerate() {
                *value = (hits >> lane & 1) as f64;
            }
        }
        Ok(())
    }
}
