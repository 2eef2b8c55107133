//! Opponents' unilateral moves: every state rises to the largest value of its group.

use super::dispatch::{self, Level};
use super::layout::{Field, LINE};
use super::pass::{Pass, walk_adjacent, walk_groups};
use super::score::Score;

/// A pass of moves; tells whether anything rose.
///
/// One-way options: a move may change several of them, and states in between need not be
/// feasible, so values are carried through all states of the group bit by bit and infeasible
/// ones are cleared at the end.
pub(super) fn reach<T: Score>(level: Level, pass: &mut Pass<T>) -> bool {
    let field = pass.field;
    match (field.low, field.one_way()) {
        (0, 0) => walk_adjacent(level, pass, &|_, worst, escape| {
            for values in [worst, escape] {
                dispatch::level_adjacent(level, field.group(), values);
            }
        }),
        (_, 0) => walk_groups(level, pass, &|_, worst, escape| {
            for values in [worst, escape] {
                dispatch::level_rows(level, values);
            }
        }),
        _ => walk_groups(level, pass, &|_, worst, escape| {
            for values in [worst, escape] {
                dispatch::carry_rows(level, field, values);
            }
        }),
    }
}

/// Two-way moves, a group per lane.
#[inline(always)]
pub(super) fn level_rows<T: Score>(values: &mut [[T; LINE]]) {
    let mut top = [T::default(); LINE];
    for row in &*values {
        for l in 0..LINE {
            top[l] = top[l].max(row[l]);
        }
    }
    values.fill(top);
}

/// Any directions, a group per lane.
#[inline(always)]
pub(super) fn carry_rows<T: Score>(field: &Field, values: &mut [[T; LINE]]) {
    for bit in 0..field.width {
        let (on_only, off_only) = (field.on_only >> bit & 1 == 1, field.off_only >> bit & 1 == 1);
        let step = 1 << bit;
        for pair in values.chunks_exact_mut(2 * step) {
            let (off, on) = pair.split_at_mut(step);
            for (off, on) in off.iter_mut().zip(on) {
                for l in 0..LINE {
                    let top = off[l].max(on[l]);
                    if !off_only {
                        off[l] = top;
                    }
                    if !on_only {
                        on[l] = top;
                    }
                }
            }
        }
    }
}

/// Two-way moves in groups of adjacent states: several in a line, or one in all lines.
#[inline(always)]
pub(super) fn level_adjacent<T: Score>(group: usize, values: &mut [[T; LINE]]) {
    match group {
        2 => level_groups::<T, 2>(values),
        4 => level_groups::<T, 4>(values),
        8 => level_groups::<T, 8>(values),
        16 => level_groups::<T, 16>(values),
        32 => level_groups::<T, 32>(values),
        _ => {
            level_rows(values);
            level_groups::<T, LINE>(values);
        }
    }
}

#[inline(always)]
fn level_groups<T: Score, const G: usize>(values: &mut [[T; LINE]]) {
    for group in values.as_flattened_mut().as_chunks_mut::<G>().0 {
        let mut top = T::default();
        for value in group.iter() {
            top = top.max(*value);
        }
        *group = [top; G];
    }
}
