//! Verdicts of 64 models side by side: states are rows, models are lanes.
//!
//! # Definition
//! As the explicit engine: with `r` the score of a state for the focal actor, `E` the best that it
//! can reach by its own moves, `W` the least `r` (or `E`) that the others can lead to, staying
//! included, a state is stable when the best of `min(r, W)` that the actor can reach is at most
//! `r`: with moves of the others gmr and smr, with improvements seq and sseq. A joint move from `s` to `t` is agreed when
//! `min(r(t), W(t))` is above `r(s)` for each party, with `W` for seq and sseq the actor's own; for gmr and smr fellow
//! parties, who might otherwise sign in order to tear it up, only improve, and the others move as they like.
//!
//! # Complexity
//! Per batch and pass of an opponent, one row operation per pair of states in a group (per joint move, and per party);
//! passes repeat until no lane changes, and later ones look only at states whose values fell. Memory: (actors + 6)
//! rows of 64 scores per state, and one per part of a preference.

use super::improve::{Least, News, Other, improve, others};
use super::lane::{Lane, Row};
use super::plan::{Classes, Fellows, Joint, Moves, Plan};
use crate::ensemble::worlds::LANES;
use crate::explicit::dense::dispatch::Work;

/// Bits of the verdict bytes.
pub(crate) const NASH: u8 = 1;
pub(crate) const GMR: u8 = 2;
pub(crate) const SMR: u8 = 4;
pub(crate) const SEQ: u8 = 8;
pub(crate) const SSEQ: u8 = 16;

/// Rows of one batch.
pub(crate) struct Rows<T> {
    /// Per actor and part of its preference: what it adds to the score of a state where it holds.
    pub(crate) value: Vec<Vec<Row<T>>>,
    /// Per actor and state: scores; the largest where the state is infeasible.
    pub(crate) score: Vec<Vec<Row<T>>>,
    /// Per state: all ones where it is infeasible; empty when all states are feasible in all models.
    pub(crate) gone: Vec<Row<T>>,
    best: Vec<Row<T>>,
    /// Per state, or per class of states that the others lead into one another: the least score, and the least of
    /// the best that the actor can have.
    least: Vec<Least<T>>,
    news: News,
    /// Per state: a byte per lane, one bit per concept, of what all movers so far agree on.
    pub(crate) verdict: Vec<Row<u8>>,
    /// Per joint mover and move, as verdicts: where no party so far refuses.
    agreed: Vec<Vec<Row<u8>>>,
}

impl<T: Lane> Rows<T> {
    pub(crate) fn new(plan: &Plan) -> Self {
        let rows = |n: usize| vec![[T::default(); LANES]; n];
        let states = plan.numbers.len();
        Self {
            value: plan.terms.iter().map(|terms| rows(terms.count)).collect(),
            score: plan.moves.iter().map(|_| rows(states)).collect(),
            gone: if plan.doubts.is_empty() { Vec::new() } else { rows(states) },
            best: rows(states),
            least: vec![[[T::default(); LANES]; 2]; states],
            news: News::new(states),
            verdict: vec![[0; LANES]; states],
            agreed: plan.joint.iter().map(|joint| vec![[0; LANES]; joint.arcs.len()]).collect(),
        }
    }
}

/// The verdicts of one batch.
pub(crate) struct Batch<'a, T> {
    pub(crate) plan: &'a Plan,
    pub(crate) rows: &'a mut Rows<T>,
    /// Which concepts are asked for.
    pub(crate) wanted: u8,
}

impl<T: Lane> Work for Batch<'_, T> {
    #[inline(always)]
    fn run(&mut self) {
        let Rows { value, score, gone, .. } = &mut *self.rows;
        for ((terms, value), score) in self.plan.terms.iter().zip(&*value).zip(score) {
            for (s, row) in score.iter_mut().enumerate() {
                let mut sum = [T::default(); LANES];
                for &term in terms.held(s) {
                    let value = &value[term as usize];
                    for l in 0..LANES {
                        sum[l] = sum[l].plus(value[l]);
                    }
                }
                *row = sum;
            }
            hide(gone, score);
        }
        self.rows.verdict.fill([NASH | GMR | SMR | SEQ | SSEQ; LANES]);
        for agreed in &mut self.rows.agreed {
            agreed.fill([NASH | GMR | SMR | SEQ | SSEQ; LANES]);
        }
        for focal in 0..self.plan.moves.len() {
            self.focal(focal);
        }
        let Rows { agreed, verdict, .. } = &mut *self.rows;
        for (joint, agreed) in self.plan.joint.iter().zip(agreed) {
            for (&(s, _), agreed) in joint.arcs.iter().zip(&*agreed) {
                let verdict = &mut verdict[s as usize];
                for l in 0..LANES {
                    verdict[l] &= !agreed[l];
                }
            }
        }
    }
}

impl<T: Lane> Batch<'_, T> {
    #[inline(always)]
    fn focal(&mut self, focal: usize) {
        let moves = &self.plan.moves[focal];
        let fellows = &self.plan.fellows[focal];
        if moves.none() && fellows.is_empty() {
            return;
        }
        let Rows { score: scores, gone, best, least, news, verdict, agreed, .. } = &mut *self.rows;
        let score = &scores[focal];
        best.copy_from_slice(score);
        clear(gone, best);
        raise(moves, best);
        for s in moves.movable() {
            mark(&score[s], &best[s], NASH, &mut verdict[s]);
        }
        for fellows in fellows {
            consent(self.plan, fellows, score, (NASH, 0), agreed, |s| {
                let mut here = score[s];
                if let Some(gone) = gone.get(s) {
                    for l in 0..LANES {
                        here[l] = here[l].without(gone[l]);
                    }
                }
                (here, here)
            });
        }
        let [gmr, smr, seq, sseq] = [GMR, SMR, SEQ, SSEQ].map(|bit| bit & self.wanted);
        if gmr | smr != 0 && !moves.none() {
            if let Some(closures) = &self.plan.closures {
                let classes = &closures[focal];
                gather(classes, score, best, least);
                judge(moves, score, (gmr, smr), verdict, |s| {
                    let [a, b] = least[classes.of[s] as usize];
                    (a, lesser(b, &score[s]))
                });
            } else {
                start(gone, score, best, least);
                close((self.plan, focal, &[]), gone, scores, least, news);
                judge(moves, score, (gmr, smr), verdict, |s| found(gone, s, least, score));
            }
        }
        if gmr | smr != 0 {
            for fellows in fellows {
                start(gone, score, best, least);
                close((self.plan, focal, &fellows.parties), gone, scores, least, news);
                consent(self.plan, fellows, score, (gmr, smr), agreed, |s| found(gone, s, least, score));
            }
        }
        if seq | sseq != 0 {
            start(gone, score, best, least);
            improve(self.plan, focal, scores, least, news);
            judge(moves, score, (seq, sseq), verdict, |s| found(gone, s, least, score));
            for fellows in fellows {
                consent(self.plan, fellows, score, (seq, sseq), agreed, |s| found(gone, s, least, score));
            }
        }
    }
}

/// Takes the bits away from the joint moves that one party refuses, each pair of bits by one of two values: where the
/// value of the end is not above the party's score of the start.
#[inline(always)]
fn consent<T: Lane>(
    plan: &Plan,
    fellows: &Fellows,
    score: &[Row<T>],
    bits: (u8, u8),
    agreed: &mut [Vec<Row<u8>>],
    value: impl Fn(usize) -> (Row<T>, Row<T>),
) {
    for &at in &fellows.joint {
        for (&(s, t), agreed) in plan.joint[at].arcs.iter().zip(&mut agreed[at]) {
            let (here, (a, b)) = (&score[s as usize], value(t as usize));
            for l in 0..LANES {
                let (no, neither) = (u8::mask(a[l] <= here[l]), u8::mask(b[l] <= here[l]));
                agreed[l] &= !(bits.0 & no) & !(bits.1 & neither);
            }
        }
    }
}

/// Before anybody moves: what each state has itself.
#[inline(always)]
fn start<T: Lane>(gone: &[Row<T>], score: &[Row<T>], best: &[Row<T>], least: &mut [Least<T>]) {
    for (s, least) in least.iter_mut().enumerate() {
        *least = [score[s], best[s]];
        if let Some(gone) = gone.get(s) {
            for l in 0..LANES {
                least[1][l] = least[1][l].or(gone[l]);
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

/// Infeasible states carry the least value.
#[inline(always)]
fn clear<T: Lane>(gone: &[Row<T>], values: &mut [Row<T>]) {
    for (row, gone) in values.iter_mut().zip(gone) {
        for l in 0..LANES {
            row[l] = row[l].without(gone[l]);
        }
    }
}

/// The two values of state `s`, at most its score, and the least where it is infeasible.
#[inline(always)]
fn found<T: Lane>(gone: &[Row<T>], s: usize, least: &[Least<T>], score: &[Row<T>]) -> (Row<T>, Row<T>) {
    let [mut a, b] = least[s];
    let mut b = lesser(b, &score[s]);
    if let Some(gone) = gone.get(s) {
        for l in 0..LANES {
            a[l] = a[l].without(gone[l]);
            b[l] = b[l].without(gone[l]);
        }
    }
    (a, b)
}

/// The smaller of each lane.
#[inline(always)]
fn lesser<T: Lane>(mut a: Row<T>, b: &Row<T>) -> Row<T> {
    for l in 0..LANES {
        a[l] = a[l].smaller(b[l]);
    }
    a
}

/// `a` becomes the larger of each lane.
#[inline(always)]
fn grow<T: Lane>(a: &mut Row<T>, b: &Row<T>) {
    for l in 0..LANES {
        a[l] = a[l].larger(b[l]);
    }
}

/// Every value becomes the largest among those that the actor's moves reach, staying included.
#[inline(always)]
fn raise<T: Lane>(moves: &Moves, values: &mut [Row<T>]) {
    if moves.two_way {
        for group in &moves.groups {
            let mut most = [T::default(); LANES];
            for &s in group {
                grow(&mut most, &values[s as usize]);
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
                grow(&mut most, &values[t as usize]);
            }
            values[s] = most;
        }
    }
}

/// Takes the bits away where the best that can be had is above the score.
#[inline(always)]
fn mark<T: Lane>(score: &Row<T>, best: &Row<T>, bits: u8, verdict: &mut Row<u8>) {
    for l in 0..LANES {
        verdict[l] &= !(bits & u8::mask(best[l] > score[l]));
    }
}

/// Takes the bits away, each pair of them by one of two values, where the best value that the actor's moves reach
/// is above the score. A value is at most the score of its own state, so that only states with moves matter.
#[inline(always)]
fn judge<T: Lane>(
    moves: &Moves,
    score: &[Row<T>],
    bits: (u8, u8),
    verdict: &mut [Row<u8>],
    value: impl Fn(usize) -> (Row<T>, Row<T>),
) {
    if moves.two_way {
        for group in &moves.groups {
            let most = most(group, &value);
            for &s in group {
                mark(&score[s as usize], &most.0, bits.0, &mut verdict[s as usize]);
                mark(&score[s as usize], &most.1, bits.1, &mut verdict[s as usize]);
            }
        }
    } else {
        for (s, reach) in moves.reach.iter().enumerate().filter(|(_, reach)| !reach.is_empty()) {
            let most = most(reach, &value);
            mark(&score[s], &most.0, bits.0, &mut verdict[s]);
            mark(&score[s], &most.1, bits.1, &mut verdict[s]);
        }
    }
}

/// The largest of both values.
#[inline(always)]
fn most<T: Lane>(states: &[u32], value: &impl Fn(usize) -> (Row<T>, Row<T>)) -> (Row<T>, Row<T>) {
    let mut most = ([T::default(); LANES], [T::default(); LANES]);
    for &s in states {
        let (a, b) = value(s as usize);
        grow(&mut most.0, &a);
        grow(&mut most.1, &b);
    }
    most
}

/// The least values of each class.
#[inline(always)]
fn gather<T: Lane>(classes: &Classes, score: &[Row<T>], best: &[Row<T>], into: &mut [Least<T>]) {
    for (class, into) in classes.members.iter().zip(into) {
        *into = class.iter().fold([[T::MOST; LANES]; 2], |[a, b], s| {
            [lesser(a, &score[*s as usize]), lesser(b, &best[*s as usize])]
        });
    }
}

/// Every value becomes the least that others than `focal` can lead to, staying included: movers with one of the
/// `fellows` by improvements, the rest by moves.
#[inline(always)]
fn close<T: Lane>(
    (plan, focal, fellows): (&Plan, usize, &[usize]),
    gone: &[Row<T>],
    score: &[Vec<Row<T>>],
    least: &mut [Least<T>],
    news: &mut News,
) {
    let others: Vec<(bool, Other<'_, T>)> =
        others(plan, focal, score).map(|other| (other.has_one_of(fellows), other)).collect();
    let mut left = others.len();
    for (fellow, other) in others.iter().cycle() {
        let changed = match other {
            _ if *fellow => {
                news.all();
                other.better(score, 1, 0, least, news)
            }
            Other::Own(_, moves, _) => follow(moves, gone, least),
            Other::Joint(joint) => follow_joint(joint, gone, least),
        };
        // The last that changed something need not look again: its moves are transitive.
        left = if changed { others.len() - 1 } else { left - 1 };
        if left == 0 {
            break;
        }
    }
}

/// One pass of the moves of several together; whether a value fell.
#[inline(always)]
fn follow_joint<T: Lane>(joint: &Joint, gone: &[Row<T>], least: &mut [Least<T>]) -> bool {
    let mut changed = false;
    for &(s, t) in &joint.arcs {
        let (s, [w, e]) = (s as usize, least[t as usize]);
        let mut found = least[s];
        for l in 0..LANES {
            // Nobody moves from where nobody can be.
            let out = gone.get(s).map_or(T::default(), |gone| gone[l]);
            found[0][l] = found[0][l].smaller(w[l].or(out));
            found[1][l] = found[1][l].smaller(e[l].or(out));
        }
        changed |= found != least[s];
        least[s] = found;
    }
    changed
}

/// One pass of one opponent's moves; whether a value fell.
#[inline(always)]
fn follow<T: Lane>(moves: &Moves, gone: &[Row<T>], least: &mut [Least<T>]) -> bool {
    let mut fell = false;
    let none = [[T::MOST; LANES]; 2];
    let meet = |[a, b]: Least<T>, s: &u32, least: &[Least<T>]| {
        let [w, e] = &least[*s as usize];
        [lesser(a, w), lesser(b, e)]
    };
    let mut lower = |s: usize, mut found: Least<T>, least: &mut [Least<T>]| {
        if let Some(gone) = gone.get(s) {
            for l in 0..LANES {
                found[0][l] = found[0][l].or(gone[l]);
                found[1][l] = found[1][l].or(gone[l]);
            }
        }
        fell |= found != least[s];
        least[s] = found;
    };
    if moves.two_way {
        for group in &moves.groups {
            let found = group.iter().fold(none, |found, s| meet(found, s, least));
            group.iter().for_each(|s| lower(*s as usize, found, least));
        }
    } else {
        for (s, reach) in moves.reach.iter().enumerate() {
            let found = reach.iter().fold(least[s], |found, t| meet(found, t, least));
            lower(s, found, least);
        }
    }
    fell
}
