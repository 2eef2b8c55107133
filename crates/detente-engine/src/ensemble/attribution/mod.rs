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
//! (Owen 2014; Song, Nelson and Staum 2016; Goda 2021). Both are divided by the mean of `½ (f(a) − f(b))²`, which is
//! the variance and the sum of the Shapley terms of the same draws, so that Shapley values sum to 1; intervals are
//! those of a ratio of means (delta method). The draws are the first of those that the shares come from. Where every
//! model was solved, all of it is exact ([`EveryModel::attribute`](super::EveryModel::attribute)).
//! Formulas with sources: `docs/uncertainty.md`.
//!
//! # Complexity
//! Per 64 draws one batch of models each for the draw, every input, every factor and every setting.

mod exact;
mod flips;
mod moments;
#[cfg(test)]
#[allow(clippy::panic)]
mod tests;

use std::ops::Range;

use rand::seq::SliceRandom;
use rayon::prelude::*;

use super::draws::{Draws, MOST_DRAWS};
use super::every::Asked;
use super::sampler::{SampleError, Sampler};
use super::worlds::{LANES, Worlds};
use crate::Watch;
use moments::{Base, Change, Term};

pub use flips::{Flip, LARGEST_FLIP, Looked};
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
    /// Whose shares.
    pub asked: Vec<Asked>,
    /// By what.
    pub factors: Vec<Factor>,
}

/// What moves some shares.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribution {
    /// How many draws it comes from; `None`: it is exact.
    pub draws: Option<f64>,
    /// Per item that was asked for.
    pub items: Vec<Moved>,
}

/// What moves one share.
#[derive(Clone, Debug, PartialEq)]
pub struct Moved {
    /// The share itself.
    pub share: Estimate,
    /// Per factor: its total-order index; `None`: the item never varies.
    pub total: Vec<Option<Estimate>>,
    /// Per factor: its Shapley value.
    pub shapley: Vec<Option<Estimate>>,
    /// Per factor and setting: the share when its inputs have those levels.
    pub given: Vec<Vec<Estimate>>,
}

/// What was found in some draws. Sums of one batch do not depend on the threads, and batches are added in order.
#[derive(Clone, Debug, PartialEq)]
pub struct Effects {
    /// Draws.
    n: f64,
    /// Per item: of `½ (f(a) − f(b))²`.
    base: Vec<Base>,
    /// Per item and factor.
    total: Vec<Vec<Term>>,
    /// Per item and input.
    inputs: Vec<Vec<Term>>,
    /// Per item and factor.
    shapley: Vec<Vec<Term>>,
    /// Per item, factor and setting.
    given: Vec<Vec<Vec<Change>>>,
}

impl Effects {
    /// Of no draws, when there are so many inputs.
    #[must_use]
    pub fn new(settings: &AttributionSettings, inputs: usize) -> Self {
        let asked = settings.asked.len();
        let terms = vec![vec![Term::default(); settings.factors.len()]; asked];
        let given: Vec<_> =
            settings.factors.iter().map(|f| vec![Change::default(); f.settings.len()]).collect();
        Self {
            n: 0.0,
            base: vec![Base::default(); asked],
            total: terms.clone(),
            inputs: vec![vec![Term::default(); inputs]; asked],
            shapley: terms,
            given: vec![given; asked],
        }
    }

    /// Adds what was found in the draws after these.
    pub fn merge(&mut self, other: &Self) {
        self.n += other.n;
        self.base.iter_mut().zip(&other.base).for_each(|(a, b)| a.merge(b));
        let terms = |a: &mut [Vec<Term>], b: &[Vec<Term>]| {
            a.iter_mut().flatten().zip(b.iter().flatten()).for_each(|(a, b)| a.merge(b));
        };
        terms(&mut self.total, &other.total);
        terms(&mut self.inputs, &other.inputs);
        terms(&mut self.shapley, &other.shapley);
        let changes = other.given.iter().flatten().flatten();
        self.given.iter_mut().flatten().flatten().zip(changes).for_each(|(a, b)| a.merge(b));
    }

    /// How many draws.
    #[must_use]
    pub fn draws(&self) -> f64 {
        self.n
    }

    /// What moves the shares. `hits` says in how many of `draws` draws each item holds: all the draws that shares
    /// come from, of which these are the first.
    ///
    /// # Definition
    /// A share given levels is the share plus the mean change that the levels make in these draws, so that what
    /// changes nothing leaves the share as it is, digit for digit. Estimates of Shapley values below 0 are 0 and the
    /// others are scaled, so that those of the inputs sum to 1.
    #[must_use]
    pub fn attribution(&self, settings: &AttributionSettings, hits: &[f64], draws: f64) -> Attribution {
        let items = (0..settings.asked.len())
            .map(|item| self.moved(settings, item, hits.get(item).copied().unwrap_or(0.0), draws))
            .collect();
        Attribution { draws: Some(self.n), items }
    }

    fn moved(&self, settings: &AttributionSettings, item: usize, hits: f64, draws: f64) -> Moved {
        let base = &self.base[item];
        let index = |term: &Term| base.index(term, self.n);
        let raw: Vec<f64> = self.inputs[item].iter().map(|term| term.sum().max(0.0)).collect();
        let sum: f64 = raw.iter().sum();
        let fair = |(factor, term): (&Factor, &Term)| {
            let own: f64 = factor.inputs.iter().map(|(input, part)| raw[*input] * part).sum();
            let value = if sum > 0.0 { own / sum } else { 0.0 };
            index(term).map(|found| found.at(value))
        };
        let given = |changes: &Vec<Change>| {
            changes.iter().map(|change| change.share(hits, draws, self.n)).collect::<Vec<_>>()
        };
        Moved {
            share: Estimate::share(hits, draws),
            total: self.total[item]
                .iter()
                .map(|term| index(term).map(|found| found.at(found.value)))
                .collect(),
            shapley: settings.factors.iter().zip(&self.shapley[item]).map(fair).collect(),
            given: self.given[item].iter().map(given).collect(),
        }
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
        let inputs = self.parts.len();
        let mut found = Effects::new(settings, inputs);
        found.n = f64::from(lanes.count_ones());
        let asked = settings.asked.len();
        let empty = || -> Values { vec![[0.0; LANES]; asked] };
        let (mut base, mut apart, mut before, mut after) = (empty(), empty(), empty(), empty());
        self.draws.fill(from, lanes, &mut self.first);
        self.draws.fill(from + SECOND, lanes, &mut self.second);
        model(&self.first, lanes, &mut base)?;
        model(&self.second, lanes, &mut apart)?;
        for (item, (first, second)) in base.iter().zip(&mut apart).enumerate() {
            for lane in here() {
                // From here on: ½ (f(a) − f(b))².
                second[lane] = half_square(first[lane] - second[lane]);
                found.base[item].add(second[lane]);
            }
        }
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
        for (item, apart) in apart.iter().enumerate() {
            for (input, parts) in self.parts.iter().enumerate() {
                here().for_each(|lane| found.inputs[item][input].add(parts[item][lane], apart[lane]));
            }
        }
        for (at, factor) in settings.factors.iter().enumerate() {
            for (item, apart) in apart.iter().enumerate() {
                for lane in here() {
                    let part =
                        factor.inputs.iter().map(|(input, part)| self.parts[*input][item][lane] * part);
                    found.shapley[item][at].add(part.sum(), apart[lane]);
                }
            }
            self.mixed.clone_from(&self.first);
            factor.inputs.iter().for_each(|(input, _)| self.mixed.copy(&self.second, *input, lanes));
            model(&self.mixed, lanes, &mut after)?;
            for (item, values) in base.iter().enumerate() {
                for lane in here() {
                    let term = half_square(values[lane] - after[item][lane]);
                    found.total[item][at].add(term, apart[item][lane]);
                }
            }
            for (number, setting) in factor.settings.iter().enumerate() {
                self.mixed.clone_from(&self.first);
                setting.iter().for_each(|(input, level)| self.mixed.force(*input, *level, lanes));
                model(&self.mixed, lanes, &mut after)?;
                for (item, values) in base.iter().enumerate() {
                    let change = &mut found.given[item][at][number];
                    here().for_each(|lane| change.add(values[lane], after[item][lane]));
                }
            }
        }
        Ok(found)
    }
}

fn half_square(x: f64) -> f64 {
    x * x / 2.0
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
        let mut all = Effects::new(settings, inputs);
        parts?.iter().for_each(|part| all.merge(part));
        Ok(all)
    }

    /// 1 where the items hold, 0 elsewhere.
    fn values(
        &self,
        bench: &mut super::sampler::Bench,
        worlds: &Worlds,
        lanes: u64,
        asked: &[Asked],
        watch: &dyn Watch,
        values: &mut Values,
    ) -> Result<(), SampleError> {
        if let Some(stop) = watch.stop() {
            return Err(SampleError::Stopped(stop));
        }
        for (values, hits) in values.iter_mut().zip(self.hits(bench, worlds, lanes, asked, watch)?) {
            for (lane, value) in values.iter_mut().enumerate() {
                *value = (hits >> lane & 1) as f64;
            }
        }
        Ok(())
    }
}
