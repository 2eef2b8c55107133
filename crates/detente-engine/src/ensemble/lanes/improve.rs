//! What the improvements of the others can lead to.

use super::lane::{Lane, Row};
use super::plan::{Joint, Moves, Plan};
use crate::ensemble::worlds::LANES;

/// The least values of each state, one row each: of the score, and of the best that the actor can have.
pub(super) type Least<T> = [Row<T>; 2];

/// Somebody else's improvements: an actor's by its scores, or those of several, which all of them want.
pub(super) enum Other<'a, T> {
    Own(usize, &'a Moves, &'a [Row<T>]),
    Joint(&'a Joint),
}

impl<T: Lane> Other<'_, T> {
    /// Whether one of these actors takes part.
    pub(super) fn has_one_of(&self, actors: &[usize]) -> bool {
        match self {
            Self::Own(actor, ..) => actors.contains(actor),
            Self::Joint(joint) => joint.parties.iter().any(|party| actors.contains(party)),
        }
    }

    /// One pass of its improvements to the states that it has yet to look at; whether a value fell.
    ///
    /// No improvement leads from an infeasible state, whose score is the largest, and one that leads there lowers nothing.
    #[inline(always)]
    pub(super) fn better(
        &self,
        score: &[Vec<Row<T>>],
        own: u64,
        others: u64,
        least: &mut [Least<T>],
        news: &mut News,
    ) -> bool {
        match self {
            Self::Own(_, moves, score) => better(moves, score, own, others, least, news),
            Self::Joint(joint) => agreed(joint, score, own, others, least, news),
        }
    }
}

/// Who has no part in what `focal` does, and can move at all.
#[inline(always)]
pub(super) fn others<'a, T: Lane>(
    plan: &'a Plan,
    focal: usize,
    score: &'a [Vec<Row<T>>],
) -> impl Iterator<Item = Other<'a, T>> {
    let own =
        plan.moves.iter().zip(score).enumerate().filter(move |(a, (moves, _))| *a != focal && !moves.none());
    let own = own.map(|(actor, (moves, score))| Other::Own(actor, moves, score.as_slice()));
    own.chain(plan.others(focal).map(Other::Joint))
}

/// Every value becomes the least that improvements of others than `focal` can lead to.
///
/// A mover looks again only at states whose values fell since it looked last: what it found at the others is in
/// the values already. What its own pass lowers it need not look at either, since its improvements are transitive:
/// whatever lowered `t` is an improvement on all from which `t` is one. (Those of several together are no chain at all.)
#[inline(always)]
pub(super) fn improve<T: Lane>(
    plan: &Plan,
    focal: usize,
    score: &[Vec<Row<T>>],
    least: &mut [Least<T>],
    news: &mut News,
) {
    // The plan sees to it that there are no more movers than bits.
    let others: Vec<_> =
        others(plan, focal, score).enumerate().map(|(bit, other)| (1_u64 << bit, other)).collect();
    let all = others.iter().fold(0, |all, (bit, _)| all | bit);
    news.fell.fill(all);
    let mut left = others.len();
    for (own, other) in others.iter().cycle() {
        let changed = other.better(score, *own, all & !own, least, news);
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

    /// One mover looks at everything.
    #[inline(always)]
    pub(super) fn all(&mut self) {
        self.fell.fill(1);
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

/// One pass of the improvements of several together.
#[inline(always)]
fn agreed<T: Lane>(
    joint: &Joint,
    score: &[Vec<Row<T>>],
    own: u64,
    others: u64,
    least: &mut [Least<T>],
    news: &mut News,
) -> bool {
    let mut changed = false;
    for &(s, t) in &joint.arcs {
        let (s, t) = (s as usize, t as usize);
        if news.fell[t] & own == 0 {
            continue;
        }
        let mut no = [T::default(); LANES];
        for party in &joint.parties {
            let (here, there) = (&score[*party][s], &score[*party][t]);
            for l in 0..LANES {
                no[l] = no[l].or(T::mask(there[l] <= here[l]));
            }
        }
        let [w, e] = least[t];
        let [a, b] = &mut least[s];
        let mut fell = T::default();
        for l in 0..LANES {
            let (lower, fallen) = (a[l].smaller(w[l].or(no[l])), b[l].smaller(e[l].or(no[l])));
            fell = fell.or(a[l].differs(lower)).or(b[l].differs(fallen));
            (a[l], b[l]) = (lower, fallen);
        }
        if fell != T::default() {
            news.fell[s] |= others;
            changed = true;
        }
    }
    news.fell.iter_mut().for_each(|fell| *fell &= !own);
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
