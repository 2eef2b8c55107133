//! Verdicts of 64 models side by side: states are rows, models are lanes.
//!
//! # Definition
//! As the explicit engine: with `r` the score of a state for the focal actor, `E` the best that it
//! can reach by its own moves, `W` the least `r` (or `E`) that the others can lead to, staying
//! included, a state is stable when the best of `min(r, W)` that the actor can reach is at most
//! `r`: with moves of the others gmr and smr, with improvements seq and sseq.
//!
//! # Complexity
//! Per batch and pass of an opponent, one row operation per pair of states in a group; passes repeat
//! until no lane changes. Memory: (actors + 6) rows of 64 scores per state.

use super::plan::{Moves, Plan};
use crate::ensemble::worlds::LANES;
use crate::explicit::dense::dispatch::Work;

/// A score of one width.
pub(crate) trait Lane: Copy + Default + Ord + Send + Sync + 'static {
    /// The largest.
    const MOST: Self;
    /// The lower bits of a number.
    fn from_bits(bits: u64) -> Self;
    /// The larger, the smaller.
    fn larger(self, other: Self) -> Self;
    /// The smaller.
    fn smaller(self, other: Self) -> Self;
    /// All ones where `a` is true.
    fn mask(a: bool) -> Self;
    /// Bitwise.
    fn or(self, other: Self) -> Self;
    /// Bitwise: this without the other.
    fn without(self, other: Self) -> Self;
    /// Sum; it does not overflow (checked when the plan is made).
    fn plus(self, other: Self) -> Self;
    /// Bits that differ.
    fn differs(self, other: Self) -> Self;
}

macro_rules! lane {
    ($($type:ty),*) => {$(
        impl Lane for $type {
            const MOST: Self = <$type>::MAX;
            #[inline(always)]
            fn from_bits(bits: u64) -> Self { bits as $type }
            #[inline(always)]
            fn larger(self, other: Self) -> Self { if self > other { self } else { other } }
            #[inline(always)]
            fn smaller(self, other: Self) -> Self { if self < other { self } else { other } }
            #[inline(always)]
            fn mask(a: bool) -> Self { (0 as $type).wrapping_sub(a as $type) }
            #[inline(always)]
            fn or(self, other: Self) -> Self { self | other }
            #[inline(always)]
            fn without(self, other: Self) -> Self { self & !other }
            #[inline(always)]
            fn plus(self, other: Self) -> Self { self.wrapping_add(other) }
            #[inline(always)]
            fn differs(self, other: Self) -> Self { self ^ other }
        }
    )*};
}
lane!(u8, u16, u32);

/// One score per lane.
pub(crate) type Row<T> = [T; LANES];

/// Bits of the verdict bytes.
pub(crate) const NASH: u8 = 1;
pub(crate) const GMR: u8 = 2;
pub(crate) const SMR: u8 = 4;
pub(crate) const SEQ: u8 = 8;
pub(crate) const SSEQ: u8 = 16;

/// Rows of one batch.
pub(crate) struct Rows<T> {
    /// Per actor and state: scores; the largest where the state is infeasible.
    pub(crate) score: Vec<Vec<Row<T>>>,
    /// Per state: all ones where it is infeasible; empty when all states are feasible in all models.
    pub(crate) gone: Vec<Row<T>>,
    best: Vec<Row<T>>,
    worst: Vec<Row<T>>,
    escape: Vec<Row<T>>,
    /// Per state: a byte per lane, one bit per concept, of what all actors so far agree on.
    pub(crate) verdict: Vec<Row<u8>>,
}

impl<T: Lane> Rows<T> {
    pub(crate) fn new(plan: &Plan) -> Self {
        let rows = || vec![[T::default(); LANES]; plan.numbers.len()];
        Self {
            score: plan.moves.iter().map(|_| rows()).collect(),
            gone: if plan.doubts.is_empty() { Vec::new() } else { rows() },
            best: rows(),
            worst: rows(),
            escape: rows(),
            verdict: vec![[0; LANES]; plan.numbers.len()],
        }
    }
}

/// What one batch adds to the scores: actor, states, value per lane.
pub(crate) struct Added<'p, T> {
    pub(crate) actor: usize,
    pub(crate) states: &'p [u32],
    pub(crate) value: Row<T>,
}

/// The verdicts of one batch.
pub(crate) struct Batch<'a, T> {
    pub(crate) plan: &'a Plan,
    pub(crate) rows: &'a mut Rows<T>,
    pub(crate) added: &'a [Added<'a, T>],
    /// Which concepts are asked for.
    pub(crate) wanted: u8,
}

impl<T: Lane> Work for Batch<'_, T> {
    #[inline(always)]
    fn run(&mut self) {
        for rows in &mut self.rows.score {
            if self.rows.gone.is_empty() {
                rows.fill([T::default(); LANES]);
            } else {
                rows.copy_from_slice(&self.rows.gone);
            }
        }
        let certain = self.rows.gone.is_empty();
        for added in self.added {
            let rows = &mut self.rows.score[added.actor];
            for &s in added.states {
                let row = &mut rows[s as usize];
                if certain {
                    for l in 0..LANES {
                        row[l] = row[l].plus(added.value[l]);
                    }
                } else {
                    // An infeasible state keeps the largest score.
                    let gone = &self.rows.gone[s as usize];
                    for l in 0..LANES {
                        row[l] = row[l].plus(added.value[l]).or(gone[l]);
                    }
                }
            }
        }
        self.rows.verdict.fill([NASH | GMR | SMR | SEQ | SSEQ; LANES]);
        for focal in 0..self.plan.moves.len() {
            self.focal(focal);
        }
    }
}

impl<T: Lane> Batch<'_, T> {
    #[inline(always)]
    fn focal(&mut self, focal: usize) {
        let moves = &self.plan.moves[focal];
        let rows = &mut *self.rows;
        let score = &rows.score[focal];
        rows.best.copy_from_slice(score);
        if !rows.gone.is_empty() {
            for (row, gone) in rows.best.iter_mut().zip(&rows.gone) {
                for l in 0..LANES {
                    row[l] = row[l].without(gone[l]);
                }
            }
        }
        raise(moves, &mut rows.best);
        mark(score, &rows.best, NASH, &mut rows.verdict);
        for (bits, improvements) in [(GMR | SMR, false), (SEQ | SSEQ, true)] {
            let bits = bits & self.wanted;
            if bits == 0 {
                continue;
            }
            rows.worst.copy_from_slice(score);
            rows.escape.copy_from_slice(&rows.best);
            hide(&rows.gone, &mut rows.escape);
            if improvements {
                improve(self.plan, focal, &rows.score, &mut rows.worst, &mut rows.escape);
            } else {
                close(self.plan, focal, &rows.gone, &mut rows.worst, &mut rows.escape);
            }
            // What the others can lead to, seen from what the actor can move to.
            for (escape, score) in rows.escape.iter_mut().zip(score) {
                for l in 0..LANES {
                    escape[l] = escape[l].smaller(score[l]);
                }
            }
            if !rows.gone.is_empty() {
                for values in [&mut rows.worst, &mut rows.escape] {
                    for (row, gone) in values.iter_mut().zip(&rows.gone) {
                        for l in 0..LANES {
                            row[l] = row[l].without(gone[l]);
                        }
                    }
                }
            }
            if bits & (GMR | SEQ) != 0 {
                raise(moves, &mut rows.worst);
                mark(score, &rows.worst, bits & (GMR | SEQ), &mut rows.verdict);
            }
            if bits & (SMR | SSEQ) != 0 {
                raise(moves, &mut rows.escape);
                mark(score, &rows.escape, bits & (SMR | SSEQ), &mut rows.verdict);
            }
        }
    }
}

/// Infeasible states carry the largest value.
#[inline(always)]
fn hide<T: Lane>(gone: &[Row<T>], values: &mut [Row<T>]) {
    for (row, gone) in values.iter_mut().zip(gone) {
        for l in 0..LANES {
            row[l] = row[l].or(gone[l]);
        }
    }
}

/// Every value becomes the largest among those that the actor's moves reach, staying included.
#[inline(always)]
fn raise<T: Lane>(moves: &Moves, values: &mut [Row<T>]) {
    if moves.two_way {
        for group in &moves.groups {
            let mut most = [T::default(); LANES];
            for &s in group {
                let row = &values[s as usize];
                for l in 0..LANES {
                    most[l] = most[l].larger(row[l]);
                }
            }
            for &s in group {
                values[s as usize] = most;
            }
        }
    } else {
        // Moves are transitive, so values already raised do no harm.
        for (s, reach) in moves.reach.iter().enumerate() {
            let mut most = values[s];
            for &t in reach {
                let row = &values[t as usize];
                for l in 0..LANES {
                    most[l] = most[l].larger(row[l]);
                }
            }
            values[s] = most;
        }
    }
}

/// Takes the bits away where the best that can be had is above the score.
#[inline(always)]
fn mark<T: Lane>(score: &[Row<T>], best: &[Row<T>], bits: u8, verdict: &mut [Row<u8>]) {
    for ((verdict, score), best) in verdict.iter_mut().zip(score).zip(best) {
        for l in 0..LANES {
            verdict[l] &= !(bits & u8::mask(best[l] > score[l]));
        }
    }
}

/// Every value becomes the least that moves of others than `focal` can lead to, staying included.
#[inline(always)]
fn close<T: Lane>(plan: &Plan, focal: usize, gone: &[Row<T>], worst: &mut [Row<T>], escape: &mut [Row<T>]) {
    if let Some(closures) = &plan.closures {
        for class in &closures[focal] {
            let (mut a, mut b) = ([T::MOST; LANES], [T::MOST; LANES]);
            for &s in class {
                let (w, e) = (&worst[s as usize], &escape[s as usize]);
                for l in 0..LANES {
                    a[l] = a[l].smaller(w[l]);
                    b[l] = b[l].smaller(e[l]);
                }
            }
            for &s in class {
                worst[s as usize] = a;
                escape[s as usize] = b;
            }
        }
        return;
    }
    let others: Vec<&Moves> =
        plan.moves.iter().enumerate().filter(|(a, _)| *a != focal).map(|(_, m)| m).collect();
    let mut left = others.len();
    for moves in others.iter().cycle() {
        let changed = follow(moves, gone, worst) | follow(moves, gone, escape);
        // The last that changed something need not look again: its moves are transitive.
        left = if changed { others.len() - 1 } else { left - 1 };
        if left == 0 {
            break;
        }
    }
}

#[inline(always)]
fn follow<T: Lane>(moves: &Moves, gone: &[Row<T>], values: &mut [Row<T>]) -> bool {
    let mut changed = [T::default(); LANES];
    let mut lower = |s: usize, least: &Row<T>, values: &mut [Row<T>]| {
        let row = &mut values[s];
        for l in 0..LANES {
            let shown = if gone.is_empty() { least[l] } else { least[l].or(gone[s][l]) };
            changed[l] = changed[l].or(row[l].differs(shown));
            row[l] = shown;
        }
    };
    if moves.two_way {
        for group in &moves.groups {
            let mut least = [T::MOST; LANES];
            for &s in group {
                let row = &values[s as usize];
                for l in 0..LANES {
                    least[l] = least[l].smaller(row[l]);
                }
            }
            for &s in group {
                lower(s as usize, &least, values);
            }
        }
    } else {
        for (s, reach) in moves.reach.iter().enumerate() {
            let mut least = values[s];
            for &t in reach {
                let row = &values[t as usize];
                for l in 0..LANES {
                    least[l] = least[l].smaller(row[l]);
                }
            }
            lower(s, &least, values);
        }
    }
    changed != [T::default(); LANES]
}

/// Every value becomes the least that improvements of others than `focal` can lead to.
#[inline(always)]
fn improve<T: Lane>(
    plan: &Plan,
    focal: usize,
    score: &[Vec<Row<T>>],
    worst: &mut [Row<T>],
    escape: &mut [Row<T>],
) {
    let others: Vec<usize> = (0..plan.moves.len()).filter(|a| *a != focal).collect();
    let mut left = others.len();
    for &other in others.iter().cycle() {
        // No improvement leads from an infeasible state: its score is the largest.
        let changed = better(&plan.moves[other], &score[other], worst, escape);
        left = if changed { others.len() - 1 } else { left - 1 };
        if left == 0 {
            break;
        }
    }
}

/// One pass of one opponent's improvements.
#[inline(always)]
fn better<T: Lane>(moves: &Moves, score: &[Row<T>], worst: &mut [Row<T>], escape: &mut [Row<T>]) -> bool {
    let mut changed = [T::default(); LANES];
    if moves.two_way {
        for group in &moves.groups {
            for &s in group {
                reached(s as usize, group, score, worst, escape, &mut changed);
            }
        }
    } else {
        for (s, reach) in moves.reach.iter().enumerate().filter(|(_, reach)| !reach.is_empty()) {
            reached(s, reach, score, worst, escape, &mut changed);
        }
    }
    changed != [T::default(); LANES]
}

#[inline(always)]
fn reached<T: Lane>(
    s: usize,
    to: &[u32],
    score: &[Row<T>],
    worst: &mut [Row<T>],
    escape: &mut [Row<T>],
    changed: &mut Row<T>,
) {
    let here = score[s];
    let (mut a, mut b) = (worst[s], escape[s]);
    for &t in to {
        let t = t as usize;
        let (there, w, e) = (&score[t], &worst[t], &escape[t]);
        for l in 0..LANES {
            // All ones, the largest value, where it is no improvement.
            let no = T::mask(there[l] <= here[l]);
            a[l] = a[l].smaller(w[l].or(no));
            b[l] = b[l].smaller(e[l].or(no));
        }
    }
    for l in 0..LANES {
        changed[l] = changed[l].or(a[l].differs(worst[s][l])).or(b[l].differs(escape[s][l]));
    }
    worst[s] = a;
    escape[s] = b;
}
