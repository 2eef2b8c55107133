//! Verdicts of one focal actor over the whole box.
//!
//! # Definitions
//! Let the *cost* of a state be the complement of the focal actor's score, so that larger is
//! worse, and `own(s)` the states that it can move to from `s`, with `s` itself. Then, with
//! `escape(s) = min cost over own(s)`,
//! - nash: `escape(s) ≥ cost(s)`;
//! - gmr: `min over own(s) of worst ≥ cost(s)`, where `worst(t)` is the largest cost among `t`
//!   and the states that sequences of opponents' moves lead to from `t`;
//! - smr: `min over own(s) of max(cost, worst escape) ≥ cost(s)`, where `worst escape(t)` is the
//!   largest escape among the same states;
//! - seq, sseq: the same with sequences of opponents' improvements.
//!
//! That `t` itself counts among the sanctions of a move to `t` does no harm: an improvement is
//! better than `s`, so it sanctions nothing; and a `t` that is no improvement has
//! `worst(t) ≥ cost(t) ≥ cost(s)`, so that it does not make `s` unstable (for smr and sseq the
//! maximum with the cost sees to that).
//!
//! # Layout and memory
//! The box is walked tile by tile (a tile is one slice, or several small ones): the focal
//! actor's options are the top bits of a place, so all that opponents can do stays inside a
//! tile, and its own moves go to the same offset in another tile. What is kept for the whole box
//! is the cost and one byte; the minima over own moves are kept per offset and per setting of
//! the focal actor's one-way options ([`Minima`]).

use std::sync::{Mutex, PoisonError};

use detente_model::{Answers, Concept};

use super::closure::Workspace;
use super::dispatch::{self, Level};
use super::layout::{LINE, Layout};
use super::score::Score;
use super::scores::Scores;
use super::terms::{Cursor, Terms};
use super::{Frame, workers};
use crate::explicit::mover::Steps;
use crate::explicit::verdict::bit;
use crate::stability;

/// One focal actor's problem.
pub(super) struct Focal<'a, T> {
    pub(super) frame: &'a Frame<'a>,
    pub(super) layout: Layout,
    /// Bits of a tile.
    pub(super) tile: u32,
    /// Own scores.
    own: Scores<'a, T>,
    /// Opponents' scores, one per field.
    opponents: Vec<Scores<'a, T>>,
    /// 0xff for each broken rule.
    broken: Terms<u8>,
}

/// A tile whose costs are known.
pub(super) struct Tile<'a, T> {
    /// 0xff where a state is infeasible.
    pub(super) infeasible: &'a [u8],
    /// Costs; [`Score::MAX`] where infeasible.
    pub(super) cost: &'a [T],
    /// Escapes, by offset.
    pub(super) escape: &'a [T],
}

impl<'a, T: Score> Focal<'a, T> {
    /// The problem of the actor at position `focal`.
    pub(super) fn new(frame: &'a Frame<'a>, ranks: &'a [Vec<T>], focal: usize) -> Self {
        let layout = frame.layout(focal);
        let scores = |actor: usize| frame.scores(&layout, ranks, actor);
        let broken = frame.broken.iter().map(|rule| (rule, u8::MAX));
        Self {
            frame,
            tile: frame.tuning.tile(&layout),
            own: scores(focal),
            opponents: layout.fields.iter().map(|field| scores(field.actor)).collect(),
            broken: Terms::new(frame.form, &layout.position, broken),
            layout,
        }
    }

    pub(super) fn level(&self) -> Level {
        self.frame.tuning.level
    }

    /// One byte per place of the layout; bits as in [`bit`]. `None`: stopped.
    pub(super) fn run(&self, workers: usize) -> Option<Vec<u8>> {
        let states = 1_usize << self.layout.bits;
        let tile = 1_usize << self.tile;
        let mut cost = vec![T::default(); states];
        let mut bytes = vec![0_u8; states];
        let mut escape = Minima::new(self);
        {
            let cells = escape.cells(self);
            let tiles = cost.chunks_mut(tile).zip(bytes.chunks_mut(tile)).enumerate();
            workers::each(
                workers,
                tiles,
                || (),
                |(), (at, (cost, infeasible))| {
                    if !self.frame.stopped() {
                        dispatch::fill_own(self.level(), self, at * tile, infeasible, cost);
                        dispatch::lower(self.level(), &mut lock(&cells[self.cell(at)]), cost);
                    }
                },
            );
        }
        escape.carry(self);
        let mut moves = self.closed(Steps::Moves, &cost, &bytes, &escape, workers)?;
        let mut improvements = self.closed(Steps::Improvements, &cost, &bytes, &escape, workers)?;
        for minima in [&mut moves.0, &mut moves.1, &mut improvements.0, &mut improvements.1] {
            minima.carry(self);
        }
        let minima = |concept: Concept| {
            Some(match (concept.answers(), concept.way_out()) {
                (Answers::Nothing, _) => &escape,
                (Answers::Moves, false) => &moves.0,
                (Answers::Moves, true) => &moves.1,
                (Answers::Improvements, false) => &improvements.0,
                (Answers::Improvements, true) => &improvements.1,
                (Answers::AtOnce, _) => return None,
            })
        };
        let rows: Vec<_> = stability::in_turn(&Concept::ALL)
            .into_iter()
            .filter_map(|concept| Some((bit(concept), minima(concept)?)))
            .collect();
        let tiles = cost.chunks(tile).zip(bytes.chunks_mut(tile)).enumerate();
        workers::each(
            workers,
            tiles,
            || (),
            |(), (at, (cost, bytes))| {
                bytes.fill(0);
                for (bit, minima) in rows.iter().filter(|(bit, _)| self.frame.concepts & bit != 0) {
                    dispatch::mark(self.level(), cost, minima.cell(self, at), *bit, bytes);
                }
            },
        );
        (!self.frame.stopped()).then_some(bytes)
    }

    /// Least worst cost, and least larger of cost and worst escape, over own moves.
    fn closed(
        &self,
        steps: Steps,
        cost: &[T],
        infeasible: &[u8],
        escape: &Minima<T>,
        workers: usize,
    ) -> Option<(Minima<T>, Minima<T>)> {
        if !self.frame.wants(steps) {
            return Some((Minima { values: vec![] }, Minima { values: vec![] }));
        }
        let (mut to_worst, mut to_escape) = (Minima::new(self), Minima::new(self));
        {
            let (worst_cells, escape_cells) = (to_worst.cells(self), to_escape.cells(self));
            let size = 1_usize << self.tile;
            let tiles = cost.chunks(size).zip(infeasible.chunks(size)).enumerate();
            workers::each(
                workers,
                tiles,
                || Workspace::new(self),
                |space, (at, (cost, infeasible))| {
                    let tile = Tile { infeasible, cost, escape: escape.cell(self, at) };
                    if steps == Steps::Improvements {
                        for (scores, keys) in self.opponents.iter().zip(&mut space.keys) {
                            dispatch::fill_keys(
                                self.level(),
                                scores,
                                &self.layout,
                                at * size,
                                infeasible,
                                keys,
                            );
                        }
                        space.sort(self);
                    }
                    if space.close(self, &tile, steps) {
                        let cell = self.cell(at);
                        let (mut worst, mut escape) = (lock(&worst_cells[cell]), lock(&escape_cells[cell]));
                        dispatch::gather(
                            self.level(),
                            &tile,
                            [&space.worst, &space.escape],
                            [&mut worst, &mut escape],
                        );
                    }
                },
            );
        }
        (!self.frame.stopped()).then_some((to_worst, to_escape))
    }

    /// Own one-way bits above the tile.
    fn cell_bits(&self) -> u32 {
        self.layout.own_one_way.min(self.layout.bits - self.tile)
    }

    /// The setting of own one-way options above the tile, by tile.
    fn cell(&self, tile: usize) -> usize {
        tile >> (self.layout.bits - self.tile - self.cell_bits())
    }
}

fn lock<'m, 'v, T>(cell: &'m Mutex<&'v mut [T]>) -> std::sync::MutexGuard<'m, &'v mut [T]> {
    cell.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Least values over own moves, by setting of own one-way options above the tile (a *cell*) and
/// by offset in the tile. Starts with [`Score::MAX`].
struct Minima<T> {
    values: Vec<T>,
}

impl<T: Score> Minima<T> {
    fn new(focal: &Focal<T>) -> Self {
        Self { values: vec![T::MAX; 1 << (focal.tile + focal.cell_bits())] }
    }

    fn cells(&mut self, focal: &Focal<T>) -> Vec<Mutex<&mut [T]>> {
        self.values.chunks_mut(1 << focal.tile).map(Mutex::new).collect()
    }

    fn cell(&self, focal: &Focal<T>, tile: usize) -> &[T] {
        let start = focal.cell(tile) << focal.tile;
        &self.values[start..start + (1 << focal.tile)]
    }

    /// Carries values along the own options that have not been taken the minimum over: those
    /// inside the tile and the one-way options.
    fn carry(&mut self, focal: &Focal<T>) {
        if self.values.is_empty() {
            return;
        }
        let (layout, cell_bits) = (&focal.layout, focal.cell_bits());
        for bit in layout.slice..focal.tile + cell_bits {
            let place = if bit < focal.tile { bit } else { bit - focal.tile + layout.bits - cell_bits };
            let on_only = layout.own_on_only >> place & 1 == 1;
            let off_only = layout.own_off_only >> place & 1 == 1;
            dispatch::carry(focal.level(), &mut self.values, 1 << bit, on_only, off_only);
        }
    }
}

/// Marks infeasible places of the tile that starts at `first`, and writes own costs.
#[inline(always)]
pub(super) fn fill_own<T: Score>(focal: &Focal<T>, first: usize, infeasible: &mut [u8], cost: &mut [T]) {
    let (mut rules, mut scores) = (Cursor::new(), Cursor::new());
    let lines = infeasible.as_chunks_mut::<LINE>().0.iter_mut().zip(cost.as_chunks_mut::<LINE>().0);
    for (at, (infeasible, cost)) in lines.enumerate() {
        let place = first + at * LINE;
        let mut broken = focal.broken.line(&mut rules, place);
        if focal.layout.padding != 0 {
            for (lane, broken) in broken.iter_mut().enumerate() {
                if (place + lane) as u64 & focal.layout.padding != 0 {
                    *broken = u8::MAX;
                }
            }
        }
        let score = focal.own.line(&mut scores, &focal.layout, place);
        for l in 0..LINE {
            cost[l] = score[l].and(T::widen(!broken[l])).not();
        }
        *infeasible = broken;
    }
}

/// Writes an opponent's keys of the tile that starts at `first`.
#[inline(always)]
pub(super) fn fill_keys<T: Score>(
    scores: &Scores<T>,
    layout: &Layout,
    first: usize,
    infeasible: &[u8],
    keys: &mut [T],
) {
    let mut cursor = Cursor::new();
    let lines = infeasible.as_chunks::<LINE>().0.iter().zip(keys.as_chunks_mut::<LINE>().0);
    for (at, (infeasible, keys)) in lines.enumerate() {
        let score = scores.line(&mut cursor, layout, first + at * LINE);
        for l in 0..LINE {
            keys[l] = score[l].or(T::widen(infeasible[l])).xor(T::FLIP);
        }
    }
}

/// What closures start from: every feasible state's own cost and escape; 0 where infeasible.
#[inline(always)]
pub(super) fn start<T: Score>(tile: &Tile<T>, worst: &mut [T], escape: &mut [T]) {
    for (((infeasible, cost), own), (worst, escape)) in tile
        .infeasible
        .as_chunks::<LINE>()
        .0
        .iter()
        .zip(tile.cost.as_chunks::<LINE>().0)
        .zip(tile.escape.as_chunks::<LINE>().0)
        .zip(worst.as_chunks_mut::<LINE>().0.iter_mut().zip(escape.as_chunks_mut::<LINE>().0))
    {
        for l in 0..LINE {
            let feasible = T::widen(!infeasible[l]);
            worst[l] = cost[l].and(feasible);
            escape[l] = own[l].and(feasible);
        }
    }
}

/// Lowers minima over own moves to what a closed tile has.
#[inline(always)]
pub(super) fn gather<T: Score>(
    tile: &Tile<T>,
    [worst, escape]: [&[T]; 2],
    [to_worst, to_escape]: [&mut [T]; 2],
) {
    for ((((infeasible, cost), worst), escape), (to_worst, to_escape)) in tile
        .infeasible
        .as_chunks::<LINE>()
        .0
        .iter()
        .zip(tile.cost.as_chunks::<LINE>().0)
        .zip(worst.as_chunks::<LINE>().0)
        .zip(escape.as_chunks::<LINE>().0)
        .zip(to_worst.as_chunks_mut::<LINE>().0.iter_mut().zip(to_escape.as_chunks_mut::<LINE>().0))
    {
        for l in 0..LINE {
            let infeasible = T::widen(infeasible[l]);
            to_worst[l] = to_worst[l].min(worst[l].or(infeasible));
            to_escape[l] = to_escape[l].min(escape[l].max(cost[l]).or(infeasible));
        }
    }
}

/// `least := min(least, values)`.
#[inline(always)]
pub(super) fn lower<T: Score>(least: &mut [T], values: &[T]) {
    for (least, values) in least.as_chunks_mut::<LINE>().0.iter_mut().zip(values.as_chunks::<LINE>().0) {
        for l in 0..LINE {
            least[l] = least[l].min(values[l]);
        }
    }
}

/// Sets `bit` where the least value over own moves is at least the cost.
#[inline(always)]
pub(super) fn mark<T: Score>(cost: &[T], least: &[T], bit: u8, bytes: &mut [u8]) {
    let lines = cost.as_chunks::<LINE>().0.iter().zip(least.as_chunks::<LINE>().0);
    for ((cost, least), bytes) in lines.zip(bytes.as_chunks_mut::<LINE>().0) {
        for l in 0..LINE {
            bytes[l] |= T::at_most(cost[l], least[l]) & bit;
        }
    }
}

/// Carries least values along one own option: places `step` apart.
#[inline(always)]
pub(super) fn carry<T: Score>(values: &mut [T], step: usize, on_only: bool, off_only: bool) {
    for pair in values.chunks_exact_mut(2 * step) {
        let (off, on) = pair.split_at_mut(step);
        for (off, on) in off.iter_mut().zip(on) {
            let least = (*off).min(*on);
            if !off_only {
                *off = least;
            }
            if !on_only {
                *on = least;
            }
        }
    }
}
