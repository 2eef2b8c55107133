//! Listed moves: each mover's arcs by state. Graph form, where arcs need not be transitive; and option form where
//! conditions or acts decide who can move where (`super::several` lists them).

use std::sync::Arc;

use detente_model::{Game, GraphForm};

use super::field::Field;
use super::mover::Steps;
use super::reach::{Digraph, least_reachable};
use super::space::Space;
use super::standing::Ways;
use super::verdict::ExplicitVerdicts;
use super::{Pair, general, least, lists};
use crate::{LimitHit, Settings, SolveError, Stop, Watch};

/// Solves a game in graph form.
///
/// # Errors
/// As [`crate::solve()`].
pub(super) fn solve(
    game: &Game,
    form: &GraphForm,
    settings: &Settings,
    watch: &dyn Watch,
) -> Result<(ExplicitVerdicts, Vec<LimitHit>), SolveError> {
    let states = form.states.len();
    if states == 0 {
        return Err(SolveError::NoFeasibleState);
    }
    let space = Space::Graph { states: states as u32 };
    let field = ArcField::new(form, lists::all_scores(&space, game)?);
    let (actors, limits) = general::verdicts(&field, &lists::mover_names(game), settings, watch)?;
    Ok(ExplicitVerdicts::new(game, space, actors, limits, &Ways::Arcs(&field), watch))
}

/// The arcs of a game, by mover and state.
pub(crate) struct ArcField {
    scores: Vec<Vec<u32>>,
    arcs: Arc<Vec<Arcs>>,
    /// `P(m)` of each mover: the actors, each by itself, then who moves together.
    parties: Vec<Vec<usize>>,
    /// Whether a mover that has just moved may be kept from moving again at no loss: its moves are transitive.
    transitive: bool,
}

/// One mover's arcs: from state `s` to `to[start[s]..start[s + 1]]`.
pub(crate) struct Arcs {
    start: Vec<u32>,
    to: Vec<u32>,
}

impl Arcs {
    /// The arcs of a list of pairs between `states` states.
    pub(super) fn new(states: usize, mut pairs: Vec<(u32, u32)>) -> Self {
        pairs.retain(|&(from, to)| from != to && (from as usize) < states && (to as usize) < states);
        pairs.sort_unstable();
        pairs.dedup();
        let mut start = vec![0_u32; states + 1];
        pairs.iter().for_each(|(from, _)| start[*from as usize + 1] += 1);
        (0..states).for_each(|s| start[s + 1] += start[s]);
        Self { start, to: pairs.into_iter().map(|(_, to)| to).collect() }
    }

    /// Where one gets from `state`, ascending.
    pub(crate) fn from(&self, state: u32) -> &[u32] {
        &self.to[self.start[state as usize] as usize..self.start[state as usize + 1] as usize]
    }

    /// How many arcs.
    pub(super) fn len(&self) -> usize {
        self.to.len()
    }
}

impl ArcField {
    /// The arcs of `form` and the actors' scores, by state.
    pub(super) fn new(form: &GraphForm, scores: Vec<Vec<u32>>) -> Self {
        let states = form.states.len();
        let own = (0..scores.len()).map(|actor| {
            let own = form.arcs.iter().filter(|arc| arc.actor.index() == actor);
            Arcs::new(states, own.map(|arc| (arc.from, arc.to)).collect())
        });
        let joint = form.joint.iter().map(|joint| Arcs::new(states, joint.arcs.clone()));
        let arcs = Arc::new(own.chain(joint).collect());
        let alone = (0..scores.len()).map(|actor| vec![actor]);
        let several = form.joint.iter().map(|j| j.parties.iter().map(|party| party.index()).collect());
        Self { arcs, parties: alone.chain(several).collect(), scores, transitive: false }
    }

    /// Arcs that are listed already, one list per mover with these parties.
    pub(super) fn listed(
        scores: Vec<Vec<u32>>,
        arcs: Vec<Arcs>,
        parties: Vec<Vec<usize>>,
        transitive: bool,
    ) -> Self {
        Self { scores, arcs: Arc::new(arcs), parties, transitive }
    }

    /// Where a mover gets from `state`, ascending.
    pub(super) fn from(&self, mover: usize, state: u32) -> &[u32] {
        self.arcs.get(mover).map_or(&[], |arcs| arcs.from(state))
    }

    /// The same moves, judged by other scores.
    pub(super) fn judged_by(&self, scores: Vec<Vec<u32>>) -> Self {
        Self {
            scores,
            arcs: Arc::clone(&self.arcs),
            parties: self.parties.clone(),
            transitive: self.transitive,
        }
    }

    /// The states to which some mover improves from `state`, ascending.
    pub(super) fn improvements(&self, state: u32) -> Vec<u32> {
        let of = |mover: usize| {
            let to = self.arcs[mover].from(state).iter().copied();
            to.filter(move |&to| self.counts(mover, Steps::Improvements, state, to))
        };
        let mut to: Vec<u32> = (0..self.arcs.len()).flat_map(of).collect();
        to.sort_unstable();
        to.dedup();
        to
    }

    /// Adds to `bits` everything that arcs lead to from `open`.
    ///
    /// # Errors
    /// What the watch says.
    pub(super) fn spread(&self, bits: &mut [u64], mut open: Vec<u32>, watch: &dyn Watch) -> Result<(), Stop> {
        let mut steps = 0_u32;
        while let Some(place) = open.pop() {
            steps = steps.wrapping_add(1);
            if steps.is_multiple_of(1 << 14)
                && let Some(stop) = watch.stop()
            {
                return Err(stop);
            }
            for &to in self.arcs.iter().flat_map(|arcs| arcs.from(place)) {
                let (word, bit) = (to as usize / 64, to % 64);
                if bits[word] >> bit & 1 == 0 {
                    bits[word] |= 1 << bit;
                    open.push(to);
                }
            }
        }
        Ok(())
    }

    fn counts(&self, mover: usize, steps: Steps, from: u32, to: u32) -> bool {
        let gains = |&party: &usize| self.scores[party][to as usize] > self.scores[party][from as usize];
        steps == Steps::Moves || self.parties[mover].iter().all(gains)
    }
}

impl Field for ArcField {
    fn actors(&self) -> usize {
        self.scores.len()
    }

    fn scores(&self, actor: usize) -> &[u32] {
        &self.scores[actor]
    }

    fn movers(&self) -> usize {
        self.arcs.len()
    }

    fn parties(&self, mover: usize) -> Vec<usize> {
        self.parties[mover].clone()
    }

    fn can_move(&self, mover: usize) -> bool {
        !self.arcs[mover].to.is_empty()
    }

    fn mark_unless_all_gain(&self, mover: usize, kept: &[Vec<u32>], bit: u8, verdicts: &mut [u8]) {
        let parties = &self.parties[mover];
        for (s, verdict) in verdicts.iter_mut().enumerate() {
            let agreed = |&t: &u32| {
                let gains = |(&party, kept): (&usize, &Vec<u32>)| kept[t as usize] > self.scores[party][s];
                parties.iter().zip(kept).all(gains)
            };
            if !self.arcs[mover].from(s as u32).iter().any(agreed) {
                *verdict |= bit;
            }
        }
    }

    fn own_most(&self, actor: usize, values: &[u32], _watch: &dyn Watch) -> Result<Vec<u32>, Stop> {
        let reached = |s: usize| self.arcs[actor].from(s as u32).iter().map(|&t| values[t as usize]);
        Ok((0..values.len()).map(|s| reached(s).fold(values[s], u32::max)).collect())
    }

    fn step_least(
        &self,
        mover: usize,
        steps: Steps,
        values: &[Pair],
        into: &mut [Pair],
        _watch: &dyn Watch,
    ) -> Result<(), Stop> {
        for (s, into) in into.iter_mut().enumerate() {
            for &t in self.arcs[mover].from(s as u32) {
                if self.counts(mover, steps, s as u32, t) {
                    *into = least(*into, values[t as usize]);
                }
            }
        }
        Ok(())
    }

    fn closure(
        &self,
        opponents: &[(usize, Steps)],
        values: &mut Vec<Pair>,
        watch: &dyn Watch,
    ) -> Result<(), Stop> {
        let states = values.len();
        if !self.transitive {
            for _ in opponents {
                values.extend_from_within(..states);
            }
        }
        let sequences = Sequences { field: self, opponents, states: states as u32 };
        least_reachable(&sequences, states, values, watch)?;
        values.truncate(states);
        Ok(())
    }
}

/// Nodes: the states; where a mover that has moved must let another one move first, also the states for each
/// opponent, entered by a step of that opponent.
struct Sequences<'f> {
    field: &'f ArcField,
    opponents: &'f [(usize, Steps)],
    states: u32,
}

impl Digraph for Sequences<'_> {
    /// Which opponent, which of its arcs.
    type Cursor = (u32, u32);

    fn next(&self, node: u32, (opponent, at): &mut Self::Cursor) -> Option<u32> {
        let (state, copy) = (node % self.states, node / self.states);
        loop {
            let &(mover, steps) = self.opponents.get(*opponent as usize)?;
            let arc = if copy == *opponent + 1 {
                None
            } else {
                self.field.arcs[mover].from(state).get(*at as usize)
            };
            let Some(&to) = arc else {
                (*opponent, *at) = (*opponent + 1, 0);
                continue;
            };
            *at += 1;
            if self.field.counts(mover, steps, state, to) {
                return Some(if self.field.transitive { to } else { self.states * (*opponent + 1) + to });
            }
        }
    }
}
