//! Graph form: states and each actor's arcs are listed; arcs need not be transitive.

use detente_model::{Game, GraphForm};

use super::field::Field;
use super::mover::Steps;
use super::reach::{Digraph, least_reachable};
use super::space::Space;
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
    let (actors, limits) = general::verdicts(&field, &lists::names(game), settings, watch)?;
    Ok((ExplicitVerdicts { space, actors, form: game.form.clone() }, limits))
}

/// The arcs of a game in graph form, by actor and state.
pub(super) struct ArcField {
    scores: Vec<Vec<u32>>,
    arcs: Vec<Arcs>,
}

/// One actor's arcs: from state `s` to `to[start[s]..start[s + 1]]`.
struct Arcs {
    start: Vec<u32>,
    to: Vec<u32>,
}

impl Arcs {
    fn from(&self, state: u32) -> &[u32] {
        &self.to[self.start[state as usize] as usize..self.start[state as usize + 1] as usize]
    }
}

impl ArcField {
    /// The arcs of `form` and the actors' scores, by state.
    pub(super) fn new(form: &GraphForm, scores: Vec<Vec<u32>>) -> Self {
        let states = form.states.len();
        let arcs = (0..scores.len())
            .map(|actor| {
                // Arcs are sorted by actor, then by where they start; not relied upon.
                let mut own: Vec<(u32, u32)> = form
                    .arcs
                    .iter()
                    .filter(|arc| arc.actor.index() == actor && arc.from != arc.to)
                    .filter(|arc| (arc.from as usize) < states && (arc.to as usize) < states)
                    .map(|arc| (arc.from, arc.to))
                    .collect();
                own.sort_unstable();
                own.dedup();
                let mut start = vec![0_u32; states + 1];
                own.iter().for_each(|(from, _)| start[*from as usize + 1] += 1);
                (0..states).for_each(|s| start[s + 1] += start[s]);
                Arcs { start, to: own.into_iter().map(|(_, to)| to).collect() }
            })
            .collect();
        Self { scores, arcs }
    }

    /// The states to which some actor improves from `state`, ascending.
    pub(super) fn improvements(&self, state: u32) -> Vec<u32> {
        let of = |actor: usize| {
            let to = self.arcs[actor].from(state).iter().copied();
            to.filter(move |&to| self.counts(actor, Steps::Improvements, state, to))
        };
        let mut to: Vec<u32> = (0..self.arcs.len()).flat_map(of).collect();
        to.sort_unstable();
        to.dedup();
        to
    }

    fn counts(&self, actor: usize, steps: Steps, from: u32, to: u32) -> bool {
        let scores = &self.scores[actor];
        steps == Steps::Moves || scores[to as usize] > scores[from as usize]
    }
}

impl Field for ArcField {
    fn actors(&self) -> usize {
        self.scores.len()
    }

    fn scores(&self, actor: usize) -> &[u32] {
        &self.scores[actor]
    }

    fn can_move(&self, actor: usize) -> bool {
        !self.arcs[actor].to.is_empty()
    }

    fn own_most(&self, actor: usize, values: &[u32], _watch: &dyn Watch) -> Result<Vec<u32>, Stop> {
        let reached = |s: usize| self.arcs[actor].from(s as u32).iter().map(|&t| values[t as usize]);
        Ok((0..values.len()).map(|s| reached(s).fold(values[s], u32::max)).collect())
    }

    fn step_least(
        &self,
        actor: usize,
        steps: Steps,
        values: &[Pair],
        into: &mut [Pair],
        _watch: &dyn Watch,
    ) -> Result<(), Stop> {
        for (s, into) in into.iter_mut().enumerate() {
            for &t in self.arcs[actor].from(s as u32) {
                if self.counts(actor, steps, s as u32, t) {
                    *into = least(*into, values[t as usize]);
                }
            }
        }
        Ok(())
    }

    fn closure(
        &self,
        opponents: &[usize],
        steps: Steps,
        values: &mut Vec<Pair>,
        watch: &dyn Watch,
    ) -> Result<(), Stop> {
        let states = values.len();
        for _ in opponents {
            values.extend_from_within(..states);
        }
        let sequences = Sequences { field: self, opponents, steps, states: states as u32 };
        least_reachable(&sequences, states, values, watch)?;
        values.truncate(states);
        Ok(())
    }
}

/// Nodes: the states, then for each opponent the states, entered by a step of that opponent.
struct Sequences<'f> {
    field: &'f ArcField,
    opponents: &'f [usize],
    steps: Steps,
    states: u32,
}

impl Digraph for Sequences<'_> {
    /// Which opponent, which of its arcs.
    type Cursor = (u32, u32);

    fn next(&self, node: u32, (opponent, at): &mut Self::Cursor) -> Option<u32> {
        let (state, copy) = (node % self.states, node / self.states);
        loop {
            let actor = *self.opponents.get(*opponent as usize)?;
            let arc = if copy == *opponent + 1 {
                None
            } else {
                self.field.arcs[actor].from(state).get(*at as usize)
            };
            let Some(&to) = arc else {
                (*opponent, *at) = (*opponent + 1, 0);
                continue;
            };
            *at += 1;
            if self.field.counts(actor, self.steps, state, to) {
                return Some(self.states * (*opponent + 1) + to);
            }
        }
    }
}
