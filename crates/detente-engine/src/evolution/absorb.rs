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
use super::{Absorbing, ChainStep, ELIMINATED, EXACT, Evolution, Fraction, LAST_ELIMINATED, Walker};
use crate::strong::strong_components;
use crate::{LimitHit, Stop, Watch};

/// Sweeps of Gauss–Seidel at most.
const SWEEPS: usize = crate::caps::SWEEPS.size();

/// Sweeps between two looks at the residual.
const LOOK: usize = 4;

/// Looks without half the residual after which it is as small as rounding lets it become.
const PATIENCE: usize = 100;

/// Where iteration stops: the sum of the errors, relative to what comes in.
const CLOSE_ENOUGH: f64 = 1e-14;

/// The sum of the errors, relative to what comes in, up to which the equations count as solved: no
/// probability is farther off.
const SETTLED: f64 = 1e-7;

/// Sweeps for lower bounds where the equations do not settle.
const SWEEPS_BELOW: usize = 500;

pub(super) fn solve(from: &State, chain: Chain<'_>, watch: &dyn Watch) -> Evolution {
    solve_with(from, chain, Sizes { eliminated: ELIMINATED, last: LAST_ELIMINATED, fractions: EXACT }, watch)
}

/// What is solved how.
#[derive(Clone, Copy)]
struct Sizes {
    /// Components above this many states by iteration.
    eliminated: usize,
    /// Components up to this many states by elimination, where iteration does not settle.
    last: usize,
    /// Chains of up to so many states in fractions.
    fractions: usize,
}

fn solve_with(from: &State, chain: Chain<'_>, sizes: Sizes, watch: &dyn Watch) -> Evolution {
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
    let frame = Frame { chain: &chain, component: &component, members: &members, closed: &closed, sizes };
    let transient: usize = (0..count).filter(|c| !closed[*c]).map(|c| members[c].len()).sum();
    let followed = chain.limits.is_empty();

    let mut limits = chain.limits.clone();
    let visits = frame.visits::<f64>(watch);
    let mut ends = frame.ends(&visits);
    let mut exact: Vec<Option<Fraction>> = vec![None; count];
    let (mut residual, mut open) = (visits.residual, visits.open);
    if transient <= sizes.fractions && followed {
        let visits = frame.visits::<Fraction>(watch);
        (residual, open) = (0.0, visits.open);
        for (c, (probability, steps)) in frame.ends(&visits).into_iter().enumerate() {
            ends[c] = (probability.value(), steps.value());
            exact[c] = (closed[c] && open.is_none()).then_some(probability);
        }
    }
    let settled = open.as_ref().is_none_or(|open| !open.chances);
    let lasting = open.is_none();
    limits.extend(open.map(Open::hit));
    let mut absorbing: Vec<Absorbing> = (0..count)
        .filter(|c| closed[*c])
        .map(|c| {
            let (probability, steps) = ends[c];
            let mut states = members[c].clone();
            states.sort_by(|a, b| chain.states[*a].cmp(&chain.states[*b]));
            let moves = match lasting {
                true if probability > 0.0 => steps / probability,
                true => 0.0,
                false => f64::INFINITY,
            };
            let mut held: Vec<Walker> = states.iter().flat_map(|s| chain.held[*s].iter().copied()).collect();
            held.sort_by_key(|walker| {
                let members = walker.members(chain.game);
                (members.len(), members)
            });
            held.dedup();
            Absorbing { states, probability, exact: exact[c].clone(), moves, held }
        })
        .collect();
    absorbing.sort_by(|a, b| {
        b.probability
            .total_cmp(&a.probability)
            .then_with(|| chain.states[a.states[0]].cmp(&chain.states[b.states[0]]))
    });
    let all = followed && lasting;
    let moves = if all { (0..count).filter(|c| closed[*c]).map(|c| ends[c].1).sum() } else { f64::INFINITY };
    let accounted: f64 = absorbing.iter().map(|a| a.probability).sum();
    let mut steps: Vec<ChainStep> = Vec::new();
    for (from, links) in chain.links.iter().enumerate() {
        for link in links {
            let Some(mover) = link.mover else { continue };
            steps.push(ChainStep { from, to: link.to, mover, probability: probability::<f64>(link) });
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
        settled,
        residual,
        open_cycles,
        unfollowed: if followed && settled { 0.0 } else { (1.0 - accounted).max(0.0) },
        limits,
        states: chain.states,
    }
}

fn probability<N: Number>(link: &Link) -> N {
    N::ratio(link.weight, link.total).over(&N::ratio(link.ways, 1))
}

struct Frame<'c> {
    chain: &'c Chain<'c>,
    component: &'c [u32],
    members: &'c [Vec<usize>],
    closed: &'c [bool],
    sizes: Sizes,
}

/// Expected visits `n` and step-weighted visits `m`, per state; 0 where the chain absorbs.
struct Visits<N> {
    once: Vec<N>,
    weighted: Vec<N>,
    /// The sum of the errors of the first system.
    residual: f64,
    /// What did not settle.
    open: Option<Open>,
}

/// Equations that did not settle.
#[derive(Clone, Copy)]
struct Open {
    stop: Stop,
    sweeps: usize,
    residual: f64,
    /// The first system too, on which the probabilities rest.
    chances: bool,
}

impl Open {
    fn hit(self) -> LimitHit {
        LimitHit {
            stop: self.stop,
            what: if self.chances {
                "the probabilities of where it ends".to_owned()
            } else {
                "the expected number of moves".to_owned()
            },
            limit: match self.stop {
                Stop::Work => format!("{SWEEPS} sweeps"),
                other => other.words().to_owned(),
            },
            reached: format!("{} sweeps, residual {:.1e}", self.sweeps, self.residual),
            exact: if self.chances {
                "no probability, but bounds: each is at least what is shown".to_owned()
            } else {
                "the probabilities".to_owned()
            },
        }
    }
}

impl Frame<'_> {
    /// Solves both systems along the flow.
    fn visits<N: Number + Solve>(&self, watch: &dyn Watch) -> Visits<N> {
        let n = self.chain.states.len();
        // What flows in from upstream, for both systems.
        let mut inflow: Vec<(N, N)> = vec![(N::zero(), N::zero()); n];
        let mut visits =
            Visits { once: vec![N::zero(); n], weighted: vec![N::zero(); n], residual: 0.0, open: None };
        if let Some(start) = inflow.first_mut() {
            start.0 = N::ratio(1, 1);
        }
        for c in (0..self.members.len()).rev() {
            if self.closed[c] {
                continue;
            }
            let states = &self.members[c];
            let inside: Vec<Vec<(usize, N)>> = states.iter().map(|s| self.inside(*s, c)).collect();
            let outside: Vec<N> = states.iter().map(|s| self.outside(*s, c)).collect();
            let mut system = System { inside: &inside, outside: &outside, eliminated: None };
            if states.len() <= self.sizes.eliminated {
                system.eliminate(watch);
            }
            let first: Vec<N> = states.iter().map(|s| inflow[*s].0.clone()).collect();
            let mut once = N::solve(&system, &first, watch);
            if once.open.is_some_and(|(stop, _)| stop == Stop::Work) && states.len() <= self.sizes.last {
                system.eliminate(watch);
                once = N::solve(&system, &first, watch);
            }
            visits.residual += once.residual;
            // m = (inflow of m and n) + n Q inside + m Q inside.
            let mut second: Vec<N> = states.iter().map(|s| inflow[*s].1.clone()).collect();
            for (from, row) in inside.iter().enumerate() {
                for (to, p) in row {
                    second[*to] = second[*to].add(&once.x[from].times(p));
                }
            }
            let weighted = N::solve(&system, &second, watch);
            for (solved, chances) in [(&once, true), (&weighted, false)] {
                if let Some((stop, sweeps)) = solved.open
                    && visits.open.is_none_or(|open| chances && !open.chances)
                {
                    visits.open = Some(Open { stop, sweeps, residual: solved.residual, chances });
                }
            }
            for (k, s) in states.iter().enumerate() {
                let both = once.x[k].add(&weighted.x[k]);
                for link in &self.chain.links[*s] {
                    if let Some(to) = link.to.filter(|to| self.component[*to] as usize != c) {
                        let p = probability::<N>(link);
                        inflow[to].0 = inflow[to].0.add(&once.x[k].times(&p));
                        inflow[to].1 = inflow[to].1.add(&both.times(&p));
                    }
                }
                visits.once[*s] = once.x[k].clone();
                visits.weighted[*s] = weighted.x[k].clone();
            }
        }
        visits
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

/// The equations of one component.
struct System<'s, N> {
    inside: &'s [Vec<(usize, N)>],
    outside: &'s [N],
    eliminated: Option<Eliminated<N>>,
}

impl<N: Number> System<'_, N> {
    /// Prepares for substitution, unless the watch says stop before that is done.
    fn eliminate(&mut self, watch: &dyn Watch) {
        self.eliminated = eliminate(self.inside, self.outside, watch);
    }
}

/// A solution of `x = b + xQ`.
struct Solved<N> {
    x: Vec<N>,
    /// The sum of the errors of the equations.
    residual: f64,
    /// What stopped it, after how many sweeps: then `x` is a lower bound.
    open: Option<(Stop, usize)>,
}

/// How a system of one component is solved.
trait Solve: Number {
    /// `x = b + xQ` by substitution, or by iteration when the system was not eliminated.
    fn solve(system: &System<'_, Self>, b: &[Self], watch: &dyn Watch) -> Solved<Self>;
}

/// Removes states from the last to the first, sending what passes through each on to where it
/// goes. Nothing is subtracted: what leaves a state is summed up, not taken as 1 − what stays. `None`: the
/// watch said stop.
fn eliminate<N: Number>(
    inside: &[Vec<(usize, N)>],
    outside: &[N],
    watch: &dyn Watch,
) -> Option<Eliminated<N>> {
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
        if r % 16 == 0 && watch.stop().is_some() {
            return None;
        }
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
    Some(Eliminated { p, leave })
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
    fn solve(system: &System<'_, Self>, b: &[Self], watch: &dyn Watch) -> Solved<Self> {
        match &system.eliminated {
            Some(eliminated) => Solved { x: substitute(eliminated, b), residual: 0.0, open: None },
            None => {
                let stop = watch.stop().unwrap_or(Stop::Work);
                Solved { x: vec![Self::zero(); b.len()], residual: 1.0, open: Some((stop, 0)) }
            }
        }
    }
}

impl Solve for f64 {
    fn solve(system: &System<'_, Self>, b: &[Self], watch: &dyn Watch) -> Solved<Self> {
        match &system.eliminated {
            Some(eliminated) => {
                let x = substitute(eliminated, b);
                Solved { residual: residual(system.inside, b, &x), x, open: None }
            }
            None => Iteration::new(system, b).run(watch),
        }
    }
}

/// The sum of the errors of `x = b + xQ`: as a state is left for one end with a probability of at most 1,
/// no probability of an end that follows from `x` is farther off than this.
fn residual(inside: &[Vec<(usize, f64)>], b: &[f64], x: &[f64]) -> f64 {
    let mut right = b.to_vec();
    for (from, row) in inside.iter().enumerate() {
        for (to, p) in row {
            right[*to] += x[from] * p;
        }
    }
    x.iter().zip(&right).map(|(left, right)| (left - right).abs()).sum()
}

/// Gauss–Seidel: every unknown in turn from the latest values of the others.
struct Iteration<'s> {
    inside: &'s [Vec<(usize, f64)>],
    outside: &'s [f64],
    b: &'s [f64],
    /// By state: from where, with which probability, others only.
    into: Vec<Vec<(usize, f64)>>,
    stays: Vec<f64>,
    x: Vec<f64>,
}

impl<'s> Iteration<'s> {
    fn new(system: &System<'s, f64>, b: &'s [f64]) -> Self {
        let k = b.len();
        let mut into: Vec<Vec<(usize, f64)>> = vec![Vec::new(); k];
        let mut stays = vec![0.0; k];
        for (from, row) in system.inside.iter().enumerate() {
            for (to, p) in row {
                if *to == from { stays[from] += p } else { into[*to].push((from, *p)) }
            }
        }
        Self { inside: system.inside, outside: system.outside, b, into, stays, x: vec![0.0; k] }
    }

    fn sweep(&mut self) {
        for s in 0..self.b.len() {
            let sum: f64 = self.into[s].iter().map(|(from, p)| self.x[*from] * p).sum();
            self.x[s] = (self.b[s] + sum) / (1.0 - self.stays[s]);
        }
    }

    /// What comes in goes out in the end: scales all visits so that it does.
    fn balance(&mut self, comes_in: f64) {
        let goes_out: f64 = self.x.iter().zip(self.outside).map(|(x, p)| x * p).sum();
        let scale = comes_in / goes_out;
        if scale.is_finite() && scale > 0.0 {
            self.x.iter_mut().for_each(|x| *x *= scale);
        }
    }

    fn run(mut self, watch: &dyn Watch) -> Solved<f64> {
        let comes_in: f64 = self.b.iter().sum();
        let mut best = (f64::INFINITY, self.x.clone());
        let (mut goal, mut patience) = (f64::INFINITY, PATIENCE);
        let (mut stop, mut sweeps) = (Stop::Work, 0);
        while sweeps < SWEEPS && patience > 0 {
            self.sweep();
            self.balance(comes_in);
            sweeps += 1;
            if !sweeps.is_multiple_of(LOOK) {
                continue;
            }
            let error = residual(self.inside, self.b, &self.x);
            if error < best.0 {
                best = (error, self.x.clone());
            }
            if error <= CLOSE_ENOUGH * comes_in {
                break;
            }
            if error < goal / 2.0 {
                (goal, patience) = (error, PATIENCE);
            } else {
                patience -= 1;
            }
            if let Some(said) = watch.stop() {
                stop = said;
                break;
            }
        }
        if best.0 <= SETTLED * comes_in {
            return Solved { x: best.1, residual: best.0, open: None };
        }
        // From nothing upwards without balance: never more than the solution.
        self.x.fill(0.0);
        for _ in 0..SWEEPS_BELOW {
            self.sweep();
            if watch.stop().is_some() {
                break;
            }
        }
        Solved { residual: residual(self.inside, self.b, &self.x), x: self.x, open: Some((stop, sweeps)) }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
pub(super) fn by_iteration(from: &State, game: &detente_model::Game, watch: &dyn Watch) -> Evolution {
    let chain = Chain::new(game, from, &super::EvolveSettings::default(), watch).unwrap();
    solve_with(from, chain, Sizes { eliminated: 0, last: 0, fractions: 0 }, watch)
}
