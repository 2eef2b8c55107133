//! The equations of absorption, component by component.
//!
//! Let `n_s` be the expected number of visits to a state `s` that does not absorb, and `m_s` the
//! same with the visit at step `k` counted `k` times. With `Q` the chain among these states and
//! `e` the start, `n = e + nQ` and `m = (m + n)Q`. The probability of ending in `A` is
//! `Σ n_s P(s → A)`, and the expected number of steps on the paths that do is
//! `Σ (m_s + n_s) P(s → A)`. Two systems with one matrix, whatever the number of ends.

use detente_model::State;

use super::chain::{Chain, Link};
use super::number::Number;
use super::{Absorbing, ChainStep, ELIMINATED, EXACT, Evolution, Fraction};
use crate::strong::strong_components;
use crate::{LimitHit, Stop, Watch};

/// Sweeps of Gauss–Seidel at most.
const SWEEPS: usize = 20_000;

/// Where iteration stops: largest change of a visit count, relative to the largest count.
const CLOSE_ENOUGH: f64 = 1e-15;

pub(super) fn solve(from: &State, chain: Chain, watch: &dyn Watch) -> Evolution {
    solve_with(from, chain, ELIMINATED, EXACT, watch)
}

/// Components above `eliminated` states by iteration; chains of up to `fractions` in fractions.
fn solve_with(
    from: &State,
    chain: Chain,
    eliminated: usize,
    fractions: usize,
    watch: &dyn Watch,
) -> Evolution {
    let edges: Vec<Vec<u32>> = chain
        .links
        .iter()
        .map(|links| links.iter().filter_map(|l| l.to).map(|to| to as u32).collect())
        .collect();
    // Components are numbered against the flow.
    let component = strong_components(&edges);
    let count = component.iter().max().map_or(0, |c| *c as usize + 1);
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); count];
    for (s, c) in component.iter().enumerate() {
        members[*c as usize].push(s);
    }
    let closed: Vec<bool> = members
        .iter()
        .enumerate()
        .map(|(c, states)| {
            states
                .iter()
                .all(|s| chain.links[*s].iter().all(|l| l.to.is_some_and(|t| component[t] as usize == c)))
        })
        .collect();
    let frame =
        Frame { chain: &chain, component: &component, members: &members, closed: &closed, eliminated };
    let transient: usize = (0..count).filter(|c| !closed[*c]).map(|c| members[c].len()).sum();
    let followed = chain.limits.is_empty();

    let mut limits = chain.limits.clone();
    let (visits, residual) = frame.visits::<f64>(watch, &mut limits);
    let mut ends = frame.ends(&visits);
    let mut exact: Vec<Option<Fraction>> = vec![None; count];
    let mut residual = residual;
    if transient <= fractions && followed {
        let (visits, _) = frame.visits::<Fraction>(watch, &mut Vec::new());
        for (c, (probability, steps)) in frame.ends(&visits).into_iter().enumerate() {
            ends[c] = (probability.value(), steps.value());
            exact[c] = closed[c].then_some(probability);
        }
        residual = 0.0;
    }
    let mut absorbing: Vec<Absorbing> = (0..count)
        .filter(|c| closed[*c])
        .map(|c| {
            let (probability, steps) = ends[c];
            let mut states = members[c].clone();
            states.sort_by(|a, b| chain.states[*a].cmp(&chain.states[*b]));
            let moves = if probability > 0.0 { steps / probability } else { 0.0 };
            Absorbing { states, probability, exact: exact[c].clone(), moves }
        })
        .collect();
    absorbing.sort_by(|a, b| {
        b.probability
            .total_cmp(&a.probability)
            .then_with(|| chain.states[a.states[0]].cmp(&chain.states[b.states[0]]))
    });
    let moves =
        if followed { (0..count).filter(|c| closed[*c]).map(|c| ends[c].1).sum() } else { f64::INFINITY };
    let accounted: f64 = absorbing.iter().map(|a| a.probability).sum();
    let mut steps: Vec<ChainStep> = Vec::new();
    for (from, links) in chain.links.iter().enumerate() {
        for link in links.iter().filter(|l| !l.mover.is_empty()) {
            let probability = probability::<f64>(link);
            steps.push(ChainStep { from, to: link.to, mover: link.mover, probability });
        }
    }
    let mut open_cycles: Vec<Vec<usize>> =
        (0..count).filter(|c| !closed[*c] && members[*c].len() > 1).map(|c| members[c].clone()).collect();
    open_cycles.sort();
    Evolution {
        from: from.clone(),
        steps,
        absorbing,
        moves,
        residual,
        open_cycles,
        unfollowed: if followed { 0.0 } else { (1.0 - accounted).max(0.0) },
        limits,
        states: chain.states,
    }
}

fn probability<N: Number>(link: &Link) -> N {
    N::ratio(link.weight, link.total).over(&N::ratio(link.ways, 1))
}

struct Frame<'c> {
    chain: &'c Chain,
    component: &'c [u32],
    members: &'c [Vec<usize>],
    closed: &'c [bool],
    eliminated: usize,
}

/// Expected visits `n` and step-weighted visits `m`, per state; 0 where the chain absorbs.
struct Visits<N> {
    once: Vec<N>,
    weighted: Vec<N>,
}

impl Frame<'_> {
    /// Solves both systems along the flow; also the residual.
    fn visits<N: Number + Solve>(&self, watch: &dyn Watch, limits: &mut Vec<LimitHit>) -> (Visits<N>, f64) {
        let n = self.chain.states.len();
        // What flows in from upstream, for both systems.
        let mut inflow: Vec<(N, N)> = vec![(N::zero(), N::zero()); n];
        let mut visits = Visits { once: vec![N::zero(); n], weighted: vec![N::zero(); n] };
        if let Some(start) = inflow.first_mut() {
            start.0 = N::ratio(1, 1);
        }
        let mut residual: f64 = 0.0;
        for c in (0..self.members.len()).rev() {
            if self.closed[c] {
                continue;
            }
            let states = &self.members[c];
            let inside: Vec<Vec<(usize, N)>> = states.iter().map(|s| self.inside(*s, c)).collect();
            let outside: Vec<N> = states.iter().map(|s| self.outside(*s, c)).collect();
            let system = (states.len() <= self.eliminated).then(|| eliminate(&inside, &outside));
            let first: Vec<N> = states.iter().map(|s| inflow[*s].0.clone()).collect();
            let (once, error) = N::solve(&system, &inside, &first, watch, limits);
            residual = residual.max(error);
            // m = (inflow of m and n) + n Q inside + m Q inside.
            let mut second: Vec<N> = states.iter().map(|s| inflow[*s].1.clone()).collect();
            for (from, row) in inside.iter().enumerate() {
                for (to, p) in row {
                    second[*to] = second[*to].add(&once[from].times(p));
                }
            }
            let (weighted, error) = N::solve(&system, &inside, &second, watch, limits);
            residual = residual.max(error);
            for (k, s) in states.iter().enumerate() {
                let both = once[k].add(&weighted[k]);
                for link in &self.chain.links[*s] {
                    if let Some(to) = link.to.filter(|to| self.component[*to] as usize != c) {
                        let p = probability::<N>(link);
                        inflow[to].0 = inflow[to].0.add(&once[k].times(&p));
                        inflow[to].1 = inflow[to].1.add(&both.times(&p));
                    }
                }
                visits.once[*s] = once[k].clone();
                visits.weighted[*s] = weighted[k].clone();
            }
        }
        (visits, residual)
    }

    /// The chain from `s` to states of its own component, by their place in it.
    fn inside<N: Number>(&self, s: usize, c: usize) -> Vec<(usize, N)> {
        let mut row: Vec<(usize, N)> = Vec::new();
        for link in &self.chain.links[s] {
            if let Some(to) = link.to.filter(|to| self.component[*to] as usize == c)
                && let Ok(at) = self.members[c].binary_search(&to)
            {
                let p = probability::<N>(link);
                match row.iter_mut().find(|(place, _)| *place == at) {
                    Some((_, sum)) => *sum = sum.add(&p),
                    None => row.push((at, p)),
                }
            }
        }
        row
    }

    /// The chance of leaving component `c` from `s` in one step.
    fn outside<N: Number>(&self, s: usize, c: usize) -> N {
        let leaving = |l: &&Link| l.to.is_none_or(|to| self.component[to] as usize != c);
        let links = self.chain.links[s].iter().filter(leaving);
        links.fold(N::zero(), |sum, link| sum.add(&probability(link)))
    }

    /// By component: the probability of ending there and the expected steps on paths that do.
    fn ends<N: Number>(&self, visits: &Visits<N>) -> Vec<(N, N)> {
        let mut ends: Vec<(N, N)> = vec![(N::zero(), N::zero()); self.members.len()];
        if let Some(start) = self.component.first()
            && self.closed[*start as usize]
        {
            ends[*start as usize].0 = N::ratio(1, 1);
        }
        for (s, links) in self.chain.links.iter().enumerate() {
            if self.closed[self.component[s] as usize] {
                continue;
            }
            let both = visits.once[s].add(&visits.weighted[s]);
            for link in links {
                if let Some(c) = link.to.map(|to| self.component[to] as usize).filter(|c| self.closed[*c]) {
                    let p = probability::<N>(link);
                    ends[c].0 = ends[c].0.add(&visits.once[s].times(&p));
                    ends[c].1 = ends[c].1.add(&both.times(&p));
                }
            }
        }
        ends
    }
}

/// The elimination of one component: rows with the eliminated states folded in.
struct Eliminated<N> {
    /// `p[i][j]` for `i, j` in place; row `r` as it was when `r` was eliminated.
    p: Vec<Vec<N>>,
    /// The chance of leaving `r` for an earlier state or for outside, when `r` was eliminated.
    leave: Vec<N>,
}

/// How a system of one component is solved.
trait Solve: Number {
    /// `x = b + xQ` by substitution, or by iteration when the system was not eliminated; and the
    /// residual.
    fn solve(
        system: &Option<Eliminated<Self>>,
        inside: &[Vec<(usize, Self)>],
        b: &[Self],
        watch: &dyn Watch,
        limits: &mut Vec<LimitHit>,
    ) -> (Vec<Self>, f64);
}

/// Removes states from the last to the first, sending what passes through each on to where it
/// goes. Nothing is subtracted: what leaves a state is summed up, not taken as 1 − what stays.
fn eliminate<N: Number>(inside: &[Vec<(usize, N)>], outside: &[N]) -> Eliminated<N> {
    let k = inside.len();
    let mut p: Vec<Vec<N>> = vec![vec![N::zero(); k]; k];
    for (row, entries) in p.iter_mut().zip(inside) {
        for (to, value) in entries {
            row[*to] = row[*to].add(value);
        }
    }
    let mut out = outside.to_vec();
    let mut leave = vec![N::zero(); k];
    for r in (0..k).rev() {
        let (before, rest) = p.split_at_mut(r);
        let row = &rest[0];
        leave[r] = row[..r].iter().fold(out[r].clone(), |sum, value| sum.add(value));
        if leave[r].is_zero() {
            continue;
        }
        for (i, other) in before.iter_mut().enumerate() {
            if other[r].is_zero() {
                continue;
            }
            let through = other[r].over(&leave[r]);
            for (to, value) in row[..r].iter().enumerate() {
                if !value.is_zero() {
                    other[to] = other[to].add(&through.times(value));
                }
            }
            out[i] = out[i].add(&through.times(&out[r]));
        }
    }
    Eliminated { p, leave }
}

fn substitute<N: Number>(system: &Eliminated<N>, b: &[N]) -> Vec<N> {
    let k = b.len();
    let mut b = b.to_vec();
    for r in (0..k).rev() {
        if system.leave[r].is_zero() || b[r].is_zero() {
            continue;
        }
        let through = b[r].over(&system.leave[r]);
        for (value, part) in b[..r].iter_mut().zip(&system.p[r]) {
            *value = value.add(&through.times(part));
        }
    }
    let mut x: Vec<N> = vec![N::zero(); k];
    for r in 0..k {
        if system.leave[r].is_zero() {
            continue;
        }
        let arriving = (0..r).fold(b[r].clone(), |sum, i| sum.add(&x[i].times(&system.p[i][r])));
        x[r] = arriving.over(&system.leave[r]);
    }
    x
}

impl Solve for Fraction {
    fn solve(
        system: &Option<Eliminated<Self>>,
        _: &[Vec<(usize, Self)>],
        b: &[Self],
        _: &dyn Watch,
        _: &mut Vec<LimitHit>,
    ) -> (Vec<Self>, f64) {
        (system.as_ref().map(|s| substitute(s, b)).unwrap_or_default(), 0.0)
    }
}

impl Solve for f64 {
    fn solve(
        system: &Option<Eliminated<Self>>,
        inside: &[Vec<(usize, Self)>],
        b: &[Self],
        watch: &dyn Watch,
        limits: &mut Vec<LimitHit>,
    ) -> (Vec<Self>, f64) {
        let x = match system {
            Some(system) => substitute(system, b),
            None => iterate(inside, b, watch, limits),
        };
        let mut right = b.to_vec();
        for (from, row) in inside.iter().enumerate() {
            for (to, p) in row {
                right[*to] += x[from] * p;
            }
        }
        let error = x.iter().zip(&right).map(|(l, r)| (l - r).abs()).fold(0.0, Self::max);
        (x, error)
    }
}

/// Gauss–Seidel: every unknown in turn from the latest values of the others.
fn iterate(
    inside: &[Vec<(usize, f64)>],
    b: &[f64],
    watch: &dyn Watch,
    limits: &mut Vec<LimitHit>,
) -> Vec<f64> {
    let k = b.len();
    let mut into: Vec<Vec<(usize, f64)>> = vec![Vec::new(); k];
    let mut stays = vec![0.0; k];
    for (from, row) in inside.iter().enumerate() {
        for (to, p) in row {
            if *to == from { stays[from] += p } else { into[*to].push((from, *p)) }
        }
    }
    let mut x = vec![0.0; k];
    for sweep in 0..SWEEPS {
        let (mut change, mut largest) = (0.0_f64, 0.0_f64);
        for s in 0..k {
            let sum: f64 = into[s].iter().map(|(from, p)| x[*from] * p).sum();
            let value = (b[s] + sum) / (1.0 - stays[s]);
            change = change.max((value - x[s]).abs());
            largest = largest.max(value.abs());
            x[s] = value;
        }
        if change <= CLOSE_ENOUGH * largest {
            return x;
        }
        if let Some(stop) = watch.stop() {
            limits.push(unsettled(stop, sweep + 1, change));
            return x;
        }
    }
    limits.push(unsettled(Stop::Work, SWEEPS, 0.0));
    x
}

fn unsettled(stop: Stop, sweeps: usize, change: f64) -> LimitHit {
    LimitHit {
        stop,
        what: "the probabilities of where it ends".to_owned(),
        limit: if stop == Stop::Work { format!("{SWEEPS} sweeps") } else { stop.words().to_owned() },
        reached: format!("{sweeps} sweeps, last change {change:e}"),
        exact: "to within the residual".to_owned(),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
pub(super) fn by_iteration(from: &State, game: &detente_model::Game, watch: &dyn Watch) -> Evolution {
    let chain = Chain::new(game, from, &super::EvolveSettings::default(), watch).unwrap();
    solve_with(from, chain, 0, 0, watch)
}
