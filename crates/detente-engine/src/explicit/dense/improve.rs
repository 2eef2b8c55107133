//! Opponents' improvements: kernels that compare all pairs of a group.
//!
//! For every state `s` of a group and every `t` of it that the mover likes better, the values of
//! `s` rise to those of `t`. A group of `G` states costs `G²` comparisons, but one comparison
//! serves both values (sequential and symmetric sequential stability) and one instruction does
//! 8 to 64 of them. Wide groups: [`super::sorted`].
//!
//! Written for the automatic vectoriser: arrays of constant length, masks instead of branches.
//! What it makes of them is read off the machine code by `scripts/vectors`, and measured by the
//! benchmark program (`kernels`, on data of [`super::kernels`]).

use super::dispatch::{self, Level};
use super::layout::{Field, LINE};
use super::pass::{Pass, walk_adjacent, walk_groups};
use super::score::Score;

/// A pass of improvements; tells whether anything rose.
pub(super) fn improve<T: Score>(level: Level, pass: &mut Pass<T>) -> bool {
    let field = pass.field;
    match (field.low, field.one_way(), field.group()) {
        (0, 0, group) if group >= T::VECTOR => walk_adjacent(level, pass, &|keys, worst, escape| {
            let worst = worst.as_flattened_mut().chunks_exact_mut(group);
            let escape = escape.as_flattened_mut().chunks_exact_mut(group);
            for ((keys, worst), escape) in keys.as_flattened().chunks_exact(group).zip(worst).zip(escape) {
                dispatch::adjacent(level, keys, worst, escape);
            }
        }),
        (0, 0, group) => walk_adjacent(level, pass, &|keys, worst, escape| {
            dispatch::short(level, group, keys, worst, escape);
        }),
        (_, 0, 4..) => walk_groups(level, pass, &|keys, worst, escape| {
            dispatch::pairs(level, keys, worst, escape);
        }),
        _ => walk_groups(level, pass, &|keys, worst, escape| {
            dispatch::pairs_one_way(level, field, keys, worst, escape);
        }),
    }
}

/// Two-way moves, a group of at least four per lane, `V` lanes in a vector. Four rows at a time,
/// so that a row read serves four comparisons and all sums stay in registers.
#[inline(always)]
pub(super) fn pairs<T: Score, const V: usize>(
    keys: &[[T; LINE]],
    worst: &mut [[T; LINE]],
    escape: &mut [[T; LINE]],
) {
    const S: usize = 4;
    let rows = keys.len();
    let (worst, escape) = (&mut worst[..rows], &mut escape[..rows]);
    for part in 0..LINE / V {
        for first in (0..rows - rows % S).step_by(S) {
            let mut own = [[T::default(); V]; S];
            for q in 0..S {
                own[q] = keys[first + q].as_chunks::<V>().0[part];
            }
            let mut worst_sum = [[T::default(); V]; S];
            let mut escape_sum = [[T::default(); V]; S];
            for t in 0..rows {
                let key = &keys[t].as_chunks::<V>().0[part];
                let w = &worst[t].as_chunks::<V>().0[part];
                let e = &escape[t].as_chunks::<V>().0[part];
                for q in 0..S {
                    for l in 0..V {
                        let better = T::above(key[l], own[q][l]);
                        worst_sum[q][l] = worst_sum[q][l].max(w[l].and(better));
                        escape_sum[q][l] = escape_sum[q][l].max(e[l].and(better));
                    }
                }
            }
            for q in 0..S {
                let w = &mut worst[first + q].as_chunks_mut::<V>().0[part];
                let e = &mut escape[first + q].as_chunks_mut::<V>().0[part];
                for l in 0..V {
                    w[l] = w[l].max(worst_sum[q][l]);
                    e[l] = e[l].max(escape_sum[q][l]);
                }
            }
        }
    }
}

/// Any directions, a group per lane, `V` lanes in a vector.
#[inline(always)]
pub(super) fn pairs_one_way<T: Score, const V: usize>(
    field: &Field,
    keys: &[[T; LINE]],
    worst: &mut [[T; LINE]],
    escape: &mut [[T; LINE]],
) {
    let rows = keys.len();
    let (worst, escape) = (&mut worst[..rows], &mut escape[..rows]);
    for part in 0..LINE / V {
        for s in 0..rows {
            let own = keys[s].as_chunks::<V>().0[part];
            let mut worst_sum = worst[s].as_chunks::<V>().0[part];
            let mut escape_sum = escape[s].as_chunks::<V>().0[part];
            for t in 0..rows {
                if field.allows(s as u32, t as u32) {
                    let key = &keys[t].as_chunks::<V>().0[part];
                    let w = &worst[t].as_chunks::<V>().0[part];
                    let e = &escape[t].as_chunks::<V>().0[part];
                    for l in 0..V {
                        let better = T::above(key[l], own[l]);
                        worst_sum[l] = worst_sum[l].max(w[l].and(better));
                        escape_sum[l] = escape_sum[l].max(e[l].and(better));
                    }
                }
            }
            worst[s].as_chunks_mut::<V>().0[part] = worst_sum;
            escape[s].as_chunks_mut::<V>().0[part] = escape_sum;
        }
    }
}

/// Two-way moves in one group of at least `V` adjacent states, which are the lanes.
#[inline(always)]
pub(super) fn adjacent<T: Score, const V: usize>(keys: &[T], worst: &mut [T], escape: &mut [T]) {
    if keys.len() == V {
        adjacent_vectors::<T, 1, V>(keys, worst, escape);
    } else {
        adjacent_vectors::<T, 2, V>(keys, worst, escape);
    }
}

#[inline(always)]
fn adjacent_vectors<T: Score, const S: usize, const V: usize>(keys: &[T], worst: &mut [T], escape: &mut [T]) {
    let group = keys.len();
    let (worst, escape) = (&mut worst[..group], &mut escape[..group]);
    let vectors = keys.as_chunks::<V>().0;
    for first in (0..vectors.len() - vectors.len() % S).step_by(S) {
        let mut own = [[T::default(); V]; S];
        own.copy_from_slice(&vectors[first..first + S]);
        let mut worst_sum = [[T::default(); V]; S];
        let mut escape_sum = [[T::default(); V]; S];
        for t in 0..group {
            let (key, w, e) = (keys[t], worst[t], escape[t]);
            for q in 0..S {
                for l in 0..V {
                    let better = T::above(key, own[q][l]);
                    worst_sum[q][l] = worst_sum[q][l].max(w.and(better));
                    escape_sum[q][l] = escape_sum[q][l].max(e.and(better));
                }
            }
        }
        for q in 0..S {
            let w = &mut worst.as_chunks_mut::<V>().0[first + q];
            let e = &mut escape.as_chunks_mut::<V>().0[first + q];
            for l in 0..V {
                w[l] = w[l].max(worst_sum[q][l]);
                e[l] = e[l].max(escape_sum[q][l]);
            }
        }
    }
}

/// Two-way moves in groups of 2, 4, 8 or 16 adjacent states, several in a line.
#[inline(always)]
pub(super) fn short<T: Score>(
    group: usize,
    keys: &[[T; LINE]],
    worst: &mut [[T; LINE]],
    escape: &mut [[T; LINE]],
) {
    for ((keys, worst), escape) in keys.iter().zip(worst).zip(escape) {
        match group {
            2 => short_groups::<T, 2>(keys, worst, escape),
            4 => short_groups::<T, 4>(keys, worst, escape),
            8 => short_groups::<T, 8>(keys, worst, escape),
            _ => short_groups::<T, 16>(keys, worst, escape),
        }
    }
}

#[inline(always)]
fn short_groups<T: Score, const G: usize>(keys: &[T; LINE], worst: &mut [T; LINE], escape: &mut [T; LINE]) {
    let (mut worst_sum, mut escape_sum) = (*worst, *escape);
    for t in 0..G {
        let mut key = [T::default(); LINE];
        let mut w = [T::default(); LINE];
        let mut e = [T::default(); LINE];
        for l in 0..LINE {
            key[l] = keys[(l & !(G - 1)) | t];
        }
        for l in 0..LINE {
            w[l] = worst[(l & !(G - 1)) | t];
        }
        for l in 0..LINE {
            e[l] = escape[(l & !(G - 1)) | t];
        }
        for l in 0..LINE {
            let better = T::above(key[l], keys[l]);
            worst_sum[l] = worst_sum[l].max(w[l].and(better));
            escape_sum[l] = escape_sum[l].max(e[l].and(better));
        }
    }
    (*worst, *escape) = (worst_sum, escape_sum);
}
