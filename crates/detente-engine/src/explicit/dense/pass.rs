//! One pass of one opponent over a tile: what all kernels share.

use super::dispatch::{self, Level};
use super::layout::{Field, LINE};
use super::score::Score;

/// A tile (some slices of the box, or one) while one opponent's moves are followed.
///
/// `worst` is, for each state, the largest cost of the focal actor among the states found so far
/// that opponents can reach; `escape` the same for the least cost that the focal actor could
/// restore from there. Infeasible states carry 0 in both, the least, and the largest key.
pub(super) struct Pass<'a, T> {
    /// Whose moves.
    pub(super) field: &'a Field,
    /// The opponent's keys; empty when all moves count.
    pub(super) keys: &'a [T],
    /// 0xff where a state is infeasible.
    pub(super) infeasible: &'a [u8],
    /// Worst cost, written.
    pub(super) worst: &'a mut [T],
    /// Worst escape, written.
    pub(super) escape: &'a mut [T],
    /// Where moves find their values; `None`: in what is written.
    pub(super) from: Option<(&'a [T], &'a [T])>,
    /// Marks per line: bit `f` says that the line changed since field `f`'s last pass.
    pub(super) dirty: &'a mut [u32],
    /// The bit of this field in `dirty`.
    pub(super) bit: u32,
    /// The bits of all other fields.
    pub(super) others: u32,
    /// Room for one block of groups.
    pub(super) block: &'a mut Block<T>,
}

/// Groups side by side: a row is one setting of the mover's options, a lane one group; or the
/// lines of one or several groups of adjacent states.
pub(super) struct Block<T> {
    keys: Vec<[T; LINE]>,
    worst: Vec<[T; LINE]>,
    escape: Vec<[T; LINE]>,
}

/// What happens inside a block: raises the values of every state to the largest among those that
/// the mover's moves reach. Arguments: keys, worst costs, worst escapes, by row.
pub(super) type Follow<'f, T> = &'f dyn Fn(&[[T; LINE]], &mut [[T; LINE]], &mut [[T; LINE]]);

impl<T: Score> Block<T> {
    /// Room for so many rows.
    pub(super) fn new(rows: usize) -> Self {
        let zero = || vec![[T::default(); LINE]; rows];
        Self { keys: zero(), worst: zero(), escape: zero() }
    }

    #[inline(always)]
    fn follow(&mut self, rows: usize, follow: Follow<T>) {
        follow(&self.keys[..rows], &mut self.worst[..rows], &mut self.escape[..rows]);
    }
}

impl<T: Score> Pass<'_, T> {
    /// Copies `N` states from `at` on to a block row from `lane` on.
    #[inline(always)]
    fn load<const N: usize>(&mut self, at: usize, row: usize, lane: usize) {
        let (worst, escape): (&[T], &[T]) = self.from.unwrap_or((&*self.worst, &*self.escape));
        copy::<T, N>(&worst[at..], &mut self.block.worst[row][lane..]);
        copy::<T, N>(&escape[at..], &mut self.block.escape[row][lane..]);
        if !self.keys.is_empty() {
            copy::<T, N>(&self.keys[at..], &mut self.block.keys[row][lane..]);
        }
    }

    /// Raises `N` states from `at` on to the values of a block row from `lane` on; tells whether
    /// any rose.
    #[inline(always)]
    fn raise<const N: usize>(&mut self, at: usize, row: usize, lane: usize) -> bool {
        let mut rose = [T::default(); N];
        let Some(infeasible) = self.infeasible[at..at + N].first_chunk::<N>() else { return false };
        let pairs = [(&mut *self.worst, &self.block.worst), (&mut *self.escape, &self.block.escape)];
        for (values, rows) in pairs {
            let (Some(old), Some(new)) =
                (values[at..at + N].first_chunk_mut::<N>(), rows[row][lane..lane + N].first_chunk::<N>())
            else {
                return false;
            };
            for l in 0..N {
                let value = new[l].and(T::widen(!infeasible[l])).max(old[l]);
                rose[l] = rose[l].or(value.xor(old[l]));
                old[l] = value;
            }
        }
        let mut any = T::default();
        for rose in rose {
            any = any.or(rose);
        }
        any != T::default()
    }
}

#[inline(always)]
fn copy<T: Copy, const N: usize>(from: &[T], to: &mut [T]) {
    if let (Some(from), Some(to)) = (from.first_chunk::<N>(), to.first_chunk_mut::<N>()) {
        *to = *from;
    }
}

/// Blocks of `rows` rows that are whole lines, `step` places apart. Tells whether anything rose.
#[inline(always)]
pub(super) fn walk_lines<T: Score>(pass: &mut Pass<T>, rows: usize, step: usize, follow: Follow<T>) -> bool {
    let mut any = false;
    for outer in (0..pass.worst.len()).step_by(rows * step) {
        for base in (outer..outer + step).step_by(LINE) {
            let mut marks = 0;
            for row in 0..rows {
                let mark = &mut pass.dirty[(base + row * step) / LINE];
                marks |= *mark;
                *mark &= !pass.bit;
            }
            if marks & pass.bit == 0 {
                continue;
            }
            for row in 0..rows {
                pass.load::<LINE>(base + row * step, row, 0);
            }
            pass.block.follow(rows, follow);
            for row in 0..rows {
                let at = base + row * step;
                if pass.raise::<LINE>(at, row, 0) {
                    pass.dirty[at / LINE] |= pass.others;
                    any = true;
                }
            }
        }
    }
    any
}

/// Blocks of a field that starts inside a line: `CHUNK = 2^low` adjacent places have one row, and
/// several stretches of the tile fill the lanes. Tells whether anything rose.
fn walk_chunks<T: Score, const CHUNK: usize>(pass: &mut Pass<T>, follow: Follow<T>) -> bool {
    let (rows, states) = (pass.field.group(), pass.worst.len());
    let span = rows * CHUNK;
    let side = (LINE / CHUNK).min(states / span);
    let mut any = false;
    for base in (0..states).step_by(span * side) {
        let lines = base / LINE..(base + span * side) / LINE;
        let mut marks = 0;
        for mark in &mut pass.dirty[lines.clone()] {
            marks |= *mark;
            *mark &= !pass.bit;
        }
        if marks & pass.bit == 0 {
            continue;
        }
        for row in 0..rows {
            for part in 0..side {
                pass.load::<CHUNK>(base + row * CHUNK + part * span, row, part * CHUNK);
            }
        }
        pass.block.follow(rows, follow);
        let mut rose = false;
        for row in 0..rows {
            for part in 0..side {
                rose |= pass.raise::<CHUNK>(base + row * CHUNK + part * span, row, part * CHUNK);
            }
        }
        if rose {
            pass.dirty[lines].iter_mut().for_each(|mark| *mark |= pass.others);
            any = true;
        }
    }
    any
}

/// Blocks with one group per lane. Tells whether anything rose.
pub(super) fn walk_groups<T: Score>(level: Level, pass: &mut Pass<T>, follow: Follow<T>) -> bool {
    match pass.field.low {
        0 => walk_chunks::<T, 1>(pass, follow),
        1 => walk_chunks::<T, 2>(pass, follow),
        2 => walk_chunks::<T, 4>(pass, follow),
        3 => walk_chunks::<T, 8>(pass, follow),
        4 => walk_chunks::<T, 16>(pass, follow),
        5 => walk_chunks::<T, 32>(pass, follow),
        low => dispatch::walk_lines(level, pass, pass.field.group(), 1 << low, follow),
    }
}

/// Blocks of a field that starts at bit 0, with adjacent places in adjacent lanes. Tells whether
/// anything rose.
pub(super) fn walk_adjacent<T: Score>(level: Level, pass: &mut Pass<T>, follow: Follow<T>) -> bool {
    dispatch::walk_lines(level, pass, pass.field.group().div_ceil(LINE), LINE, follow)
}
