//! What the improvements of the others can lead to.

use super::lane::{Lane, Row};
use super::plan::{Moves, Plan};
use crate::ensemble::worlds::LANES;

/// The least values of each state, one row each: of the score, and of the best that the actor can have.
pub(super) type Least<T> = [Row<T>; 2];

/// Every value becomes the least that improvements of others than `focal` can lead to.
///
/// An actor looks again only at states whose values fell since it looked last: what it found at the others is in
/// the values already. What its own pass lowers it need not look at either, since its improvements are transitive:
/// whatever lowered `t` is an improvement on all from which `t` is one.
#[inline(always)]
pub(super) fn improve<T: Lane>(
    plan: &Plan,
    focal: usize,
    score: &[Vec<Row<T>>],
    least: &mut [Least<T>],
    news: &mut News,
) {
    // At most one per option, and there are at most 64 options.
    let others =
        plan.moves.iter().zip(score).enumerate().filter(|(a, (moves, _))| *a != focal && !moves.none());
    let others: Vec<_> = others.enumerate().map(|(bit, (_, other))| (1_u64 << bit, other)).collect();
    let all = others.iter().fold(0, |all, (bit, _)| all | bit);
    news.fell.fill(all);
    let mut left = others.len();
    for (own, (moves, score)) in others.iter().cycle() {
        // No improvement leads from an infeasible state: its score is the largest.
        let changed = better(moves, score, *own, all & !own, least, news);
        left = if changed { others.len() - 1 } else { left - 1 };
        if left == 0 {
            break;
        }
    }
}

/// Which states have values that fell, and who has yet to look at them.
pub(super) struct News {
    /// Per state: the actors, as bits, that have yet to look.
    fell: Vec<u64>,
    /// Scratch: where the moves at hand lead.
    to: Vec<u32>,
}

impl News {
    pub(super) fn new(states: usize) -> Self {
        Self { fell: vec![0; states], to: Vec::new() }
    }
}

/// One pass of one opponent's improvements, to the states that it has yet to look at.
#[inline(always)]
fn better<T: Lane>(
    moves: &Moves,
    score: &[Row<T>],
    own: u64,
    others: u64,
    least: &mut [Least<T>],
    news: &mut News,
) -> bool {
    let News { fell, to } = news;
    let mut changed = false;
    if moves.two_way {
        for group in &moves.groups {
            to.clear();
            for &t in group {
                if fell[t as usize] & own != 0 {
                    fell[t as usize] &= !own;
                    to.push(t);
                }
            }
            if to.is_empty() {
                continue;
            }
            for &s in group {
                if look(s as usize, to, score, least) {
                    fell[s as usize] |= others;
                    changed = true;
                }
            }
        }
    } else {
        for (s, reach) in moves.reach.iter().enumerate() {
            to.clear();
            to.extend(reach.iter().filter(|t| fell[**t as usize] & own != 0));
            if !to.is_empty() && look(s, to, score, least) {
                fell[s] |= others;
                changed = true;
            }
        }
        fell.iter_mut().for_each(|fell| *fell &= !own);
    }
    changed
}

/// The values of `s` become the least among its own and those of its improvements among `to`; whether they fell.
#[inline(always)]
fn look<T: Lane>(s: usize, to: &[u32], score: &[Row<T>], least: &mut [Least<T>]) -> bool {
    let here = score[s];
    let [mut a, mut b] = least[s];
    for &t in to {
        let (there, [w, e]) = (&score[t as usize], &least[t as usize]);
        for l in 0..LANES {
            // All ones, the largest value, where it is no improvement; so also where `t` is `s`.
            let no = T::mask(there[l] <= here[l]);
            a[l] = a[l].smaller(w[l].or(no));
            b[l] = b[l].smaller(e[l].or(no));
        }
    }
    let [w, e] = &least[s];
    let mut fell = T::default();
    for l in 0..LANES {
        fell = fell.or(a[l].differs(w[l])).or(b[l].differs(e[l]));
    }
    least[s] = [a, b];
    fell != T::default()
}
