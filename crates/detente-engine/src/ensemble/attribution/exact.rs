//! What moves a share when every model was solved: sums over all models instead of draws.

use super::{Attribution, AttributionSettings, Estimate, Factor, Flip, Moved, Setting};
use crate::ensemble::every::{Asked, EveryModel};
use crate::ensemble::inputs::Ensemble;

/// The doubtful inputs as the axes of a grid that has one cell per model, the last axis the fastest.
#[derive(Clone, Debug)]
pub(super) struct Grid {
    axes: Vec<Axis>,
    /// Per input of the ensemble: its axis; `None`: it has one possible level only.
    axis_of: Vec<Option<usize>>,
    cells: usize,
    /// Per cell: on which axes it is not at 0.
    off: Vec<u64>,
}

/// The levels of an input that have a chance.
#[derive(Clone, Debug)]
struct Axis {
    input: usize,
    levels: Vec<usize>,
    chances: Vec<f64>,
    /// How far apart two neighbouring levels are.
    stride: usize,
}

impl Axis {
    fn digit(&self, cell: usize) -> usize {
        cell / self.stride % self.levels.len()
    }

    /// The means over its levels of values in which it is the slowest axis.
    fn mean(&self, values: &[f64]) -> Vec<f64> {
        let mut sums = vec![0.0; self.stride];
        for (chance, part) in self.chances.iter().zip(values.chunks(self.stride)) {
            sums.iter_mut().zip(part).for_each(|(sum, value)| *sum += chance * value);
        }
        sums
    }
}

impl Grid {
    pub(super) fn new(ensemble: &Ensemble) -> Self {
        let mut axes: Vec<Axis> = Vec::new();
        let mut axis_of = vec![None; ensemble.inputs.len()];
        for (at, input) in ensemble.inputs.iter().enumerate() {
            let levels: Vec<usize> = (0..input.levels.len()).filter(|l| input.levels[*l] > 0.0).collect();
            if levels.len() > 1 {
                axis_of[at] = Some(axes.len());
                let chances = levels.iter().map(|level| input.levels[*level]).collect();
                axes.push(Axis { input: at, levels, chances, stride: 1 });
            }
        }
        let mut cells = 1;
        for axis in axes.iter_mut().rev() {
            axis.stride = cells;
            cells *= axis.levels.len();
        }
        let off = |cell| {
            let axes = axes.iter().enumerate();
            axes.fold(0, |off, (at, axis)| off | u64::from(axis.digit(cell) > 0) << at)
        };
        let off = (0..cells).map(off).collect();
        Self { axes, axis_of, cells, off }
    }

    /// The share of `values` where axes have these digits; the others are summed over.
    fn share(&self, values: &[f64], axis: usize, digits: &[Option<usize>]) -> f64 {
        let Some(here) = self.axes.get(axis) else { return values[0] };
        match digits[axis] {
            Some(digit) => self.share(&values[digit * here.stride..][..here.stride], axis + 1, digits),
            None => self.share(&here.mean(values), axis + 1, digits),
        }
    }

    /// The parts of the variance of `values`: per cell the part of the set of axes on which the cell is not at 0.
    ///
    /// # Definition
    /// The squared coefficients of `values` in the product of orthonormal bases of the axes, each of which begins
    /// with the constant 1. Their sum over the cells whose axes off 0 are exactly the set `T` is the variance that
    /// is of `T` together and of no smaller set (Hoeffding's decomposition; Efron and Stein 1981), so that all of
    /// them but that of the empty set sum to the variance.
    ///
    /// # Complexity
    /// One pass over the cells per axis.
    fn spectrum(&self, mut values: Vec<f64>) -> Vec<f64> {
        for axis in &self.axes {
            for first in (0..self.cells).filter(|cell| axis.digit(*cell) == 0) {
                let (mut mean, mut below) = (values[first], axis.chances[0]);
                for (digit, chance) in axis.chances.iter().enumerate().skip(1) {
                    let cell = first + digit * axis.stride;
                    let value = values[cell];
                    values[cell] = (chance * below / (below + chance)).sqrt() * (mean - value);
                    mean = (mean * below + value * chance) / (below + chance);
                    below += chance;
                }
                values[first] = mean;
            }
        }
        values.iter_mut().for_each(|value| *value *= *value);
        values
    }

    pub(super) fn moved(&self, values: &[f64], settings: &AttributionSettings) -> Moved {
        let parts = self.spectrum(values.to_vec());
        let variance: f64 = parts.iter().skip(1).sum();
        // Per input: each set's part divided equally among its members.
        let mut shapley = vec![0.0; self.axis_of.len()];
        for (part, off) in parts.iter().zip(&self.off).skip(1).filter(|(part, _)| **part > 0.0) {
            let fair = part / f64::from(off.count_ones());
            for axis in (0..self.axes.len()).filter(|axis| off >> axis & 1 == 1) {
                shapley[self.axes[axis].input] += fair;
            }
        }
        let varies = variance > 1e-12;
        let index = |sum: f64| varies.then(|| Estimate::exact((sum / variance).clamp(0.0, 1.0)));
        let total = |factor: &Factor| {
            let axes = factor.inputs.iter().filter_map(|(input, _)| self.axis_of[*input]);
            let inside = axes.fold(0_u64, |inside, axis| inside | 1 << axis);
            index(
                parts.iter().zip(&self.off).filter(|(_, off)| *off & inside != 0).map(|(part, _)| part).sum(),
            )
        };
        let fair =
            |factor: &Factor| index(factor.inputs.iter().map(|(input, part)| shapley[*input] * part).sum());
        let given = |factor: &Factor| factor.settings.iter().map(|s| self.given(values, s)).collect();
        Moved {
            share: self.given(values, &Vec::new()),
            total: settings.factors.iter().map(total).collect(),
            shapley: settings.factors.iter().map(fair).collect(),
            given: settings.factors.iter().map(given).collect(),
        }
    }

    /// The share where inputs have the levels of `setting`; a level without a chance is not looked at.
    fn given(&self, values: &[f64], setting: &Setting) -> Estimate {
        let mut digits = vec![None; self.axes.len()];
        for (input, level) in setting {
            if let Some(axis) = self.axis_of.get(*input).copied().flatten() {
                digits[axis] = self.axes[axis].levels.iter().position(|known| known == level);
            }
        }
        Estimate::exact(self.share(values, 0, &digits).clamp(0.0, 1.0))
    }

    /// The smallest setting that takes the share of `values` across one half; of one size the one that takes it
    /// farthest, then the first by input and level.
    ///
    /// # Complexity
    /// An axis is either summed over or split by level: for each size at most the product of (levels + 1).
    pub(super) fn flip(&self, values: &[f64], likely: bool) -> Option<Flip> {
        (1..=self.axes.len()).find_map(|size| {
            let mut search = Search { grid: self, likely, set: Vec::new(), best: None };
            search.walk(values, 0, size);
            let (setting, share) = search.best?;
            Some(Flip { setting, share: Estimate::exact(share), smallest: true })
        })
    }
}

struct Search<'g> {
    grid: &'g Grid,
    likely: bool,
    set: Setting,
    best: Option<(Setting, f64)>,
}

impl Search<'_> {
    fn walk(&mut self, values: &[f64], axis: usize, left: usize) {
        let Some(here) = self.grid.axes.get(axis) else {
            // What is one half but for rounding is one half, and so likely.
            let share = (values[0] * 1e9).round() / 1e9;
            let across = if self.likely { share < 0.5 } else { share >= 0.5 };
            let farther = |best: f64| if self.likely { share < best } else { share > best };
            if left == 0 && across && self.best.as_ref().is_none_or(|(_, best)| farther(*best)) {
                self.best = Some((self.set.clone(), share));
            }
            return;
        };
        if left > 0 {
            for (level, part) in here.levels.iter().zip(values.chunks(here.stride)) {
                self.set.push((here.input, *level));
                self.walk(part, axis + 1, left - 1);
                self.set.pop();
            }
        }
        if self.grid.axes.len() - axis > left {
            self.walk(&here.mean(values), axis + 1, left);
        }
    }
}

impl EveryModel {
    /// What moves the shares that are asked for, exactly. The Shapley values of the inputs of an item that varies
    /// sum to 1 but for rounding.
    ///
    /// # Complexity
    /// Per item one pass over the models for each input, factor and setting.
    #[must_use]
    pub fn attribute(&self, ensemble: &Ensemble, settings: &AttributionSettings) -> Attribution {
        let grid = Grid::new(ensemble);
        let moved = |asked: &Asked| grid.moved(&self.values(*asked), settings);
        Attribution { draws: None, items: settings.asked.iter().map(moved).collect() }
    }

    /// The smallest set of inputs that, made certain, takes a share across one half: `likely` says on which side
    /// it is. `None`: no set does.
    #[must_use]
    pub fn flip(&self, ensemble: &Ensemble, asked: Asked, likely: bool) -> Option<Flip> {
        Grid::new(ensemble).flip(&self.values(asked), likely)
    }
}
