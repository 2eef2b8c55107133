//! Moves and scores of all actors, however they are held, and the readings of sequences on them.

use detente_model::Sequences;

use super::Pair;
use super::closure::closure;
use super::mover::{Mover, Steps};
use crate::{Stop, Watch};

/// What the general method needs to know of a game. States are places.
pub(crate) trait Field: Sync {
    /// How many actors.
    fn actors(&self) -> usize;

    /// How many movers: the actors, then those who move together.
    fn movers(&self) -> usize {
        self.actors()
    }

    /// Who takes part in the moves of a mover, ascending.
    fn parties(&self, mover: usize) -> Vec<usize> {
        vec![mover]
    }

    /// The actor's score of every state, larger is better.
    fn scores(&self, actor: usize) -> &[u32];

    /// Whether the mover has any move.
    fn can_move(&self, mover: usize) -> bool;

    /// For every state: the largest of `values` over it and what the actor reaches in one move.
    ///
    /// # Errors
    /// What the watch says.
    fn own_most(&self, actor: usize, values: &[u32], watch: &dyn Watch) -> Result<Vec<u32>, Stop>;

    /// For a mover of several: marks the states from which no move leads to where for each party, in their order,
    /// `kept` is more than the state is worth to it.
    fn mark_unless_all_gain(&self, _mover: usize, _kept: &[Vec<u32>], _bit: u8, _verdicts: &mut [u8]) {}

    /// `into[s]` becomes the least of itself and of `values` over what the mover reaches from `s`
    /// in one step (and possibly `s`, for [`Steps::Moves`]).
    ///
    /// # Errors
    /// What the watch says.
    fn step_least(
        &self,
        actor: usize,
        steps: Steps,
        values: &[Pair],
        into: &mut [Pair],
        watch: &dyn Watch,
    ) -> Result<(), Stop>;

    /// `values[s]` becomes the least over `s` and what `opponents` reach by legal sequences.
    ///
    /// # Errors
    /// What the watch says.
    fn closure(
        &self,
        opponents: &[(usize, Steps)],
        values: &mut Vec<Pair>,
        watch: &dyn Watch,
    ) -> Result<(), Stop>;
}

/// Option form: a list of states and one [`Mover`] per actor.
pub(crate) struct ListField<'a> {
    /// One per actor.
    pub(crate) movers: Vec<Mover<'a>>,
    /// One per actor.
    pub(crate) scores: &'a [Vec<u32>],
}

impl Field for ListField<'_> {
    fn actors(&self) -> usize {
        self.movers.len()
    }

    fn scores(&self, actor: usize) -> &[u32] {
        &self.scores[actor]
    }

    fn can_move(&self, actor: usize) -> bool {
        self.movers[actor].can_move()
    }

    fn own_most(&self, actor: usize, values: &[u32], watch: &dyn Watch) -> Result<Vec<u32>, Stop> {
        self.movers[actor].own_most(values, watch)
    }

    fn step_least(
        &self,
        actor: usize,
        steps: Steps,
        values: &[Pair],
        into: &mut [Pair],
        watch: &dyn Watch,
    ) -> Result<(), Stop> {
        self.movers[actor].step_least(steps, values, into, watch)
    }

    fn closure(
        &self,
        opponents: &[(usize, Steps)],
        values: &mut Vec<Pair>,
        watch: &dyn Watch,
    ) -> Result<(), Stop> {
        // Nobody moves together here, so all answer by steps of one kind.
        let Some((_, steps)) = opponents.first() else { return Ok(()) };
        let movers: Vec<&Mover<'_>> = opponents.iter().map(|&(j, _)| &self.movers[j]).collect();
        closure(&movers, *steps, values, watch)
    }
}

/// More opponents than this cannot be told apart by who has moved: `2^opponents` sets.
pub(super) const MOST_ONCE: usize = 20;

/// `values[s]` becomes the least over `s` itself and what movers without `actor` bring about from `s` in the given
/// reading, after a step of a mover whose parties are `together`: its fellows move by improvements only.
///
/// That `s` itself counts is harmless: the verdicts ask this of improvements `s` only, which
/// are no sanction against themselves.
///
/// # Errors
/// What the watch says; [`Stop::Work`] for more than [`MOST_ONCE`] opponents with the reading
/// `once`.
pub(super) fn answers(
    field: &dyn Field,
    actor: usize,
    together: &[usize],
    sequences: Sequences,
    steps: Steps,
    values: &mut Vec<Pair>,
    watch: &dyn Watch,
) -> Result<(), Stop> {
    let opponents: Vec<(usize, Steps)> = (0..field.movers())
        .filter(|&m| field.can_move(m))
        .filter_map(|m| {
            let parties = field.parties(m);
            let fellow = parties.iter().any(|party| together.contains(party));
            (!parties.contains(&actor)).then_some((m, if fellow { Steps::Improvements } else { steps }))
        })
        .collect();
    match sequences {
        Sequences::Legal => field.closure(&opponents, values, watch),
        Sequences::Once => once(field, &opponents, values, watch),
        Sequences::Single => {
            let start = values.clone();
            for &(m, steps) in &opponents {
                if let Some(stop) = watch.stop() {
                    return Err(stop);
                }
                field.step_least(m, steps, &start, values, watch)?;
            }
            Ok(())
        }
    }
}

/// Everyone takes part at most once: dynamic programming over the set of actors that may still take part.
/// What is least with a set is the least with the sets that lack the parties of one mover, after its step.
///
/// Time: states × movers × 2^(opponents − 1); memory: the sets of opponents of one size and those below it.
fn once(
    field: &dyn Field,
    opponents: &[(usize, Steps)],
    values: &mut Vec<Pair>,
    watch: &dyn Watch,
) -> Result<(), Stop> {
    let parties: Vec<Vec<usize>> = opponents.iter().map(|(m, _)| field.parties(*m)).collect();
    let mut actors: Vec<usize> = parties.iter().flatten().copied().collect();
    actors.sort_unstable();
    actors.dedup();
    if actors.len() > MOST_ONCE {
        return Err(Stop::Work);
    }
    let largest = parties.iter().map(Vec::len).max().unwrap_or(1);
    let set_of = |parties: &Vec<usize>| -> u32 {
        parties.iter().filter_map(|party| actors.binary_search(party).ok()).map(|at| 1 << at).sum()
    };
    let sets: Vec<u32> = parties.iter().map(set_of).collect();
    let start = values.clone();
    // By size, as many sizes back as the largest mover has parties.
    let mut known = std::collections::BTreeMap::from([((0_u32, 0_u32), start.clone())]);
    for size in 1..=actors.len() as u32 {
        for set in (0..1_u32 << actors.len()).filter(|set| set.count_ones() == size) {
            let mut reached = start.clone();
            for (&own, &(m, steps)) in sets.iter().zip(opponents).filter(|(own, _)| *own & !set == 0) {
                if let Some(stop) = watch.stop() {
                    return Err(stop);
                }
                let rest = set & !own;
                if let Some(before) = known.get(&(rest.count_ones(), rest)) {
                    field.step_least(m, steps, before, &mut reached, watch)?;
                }
            }
            known.insert((size, set), reached);
        }
        known.retain(|(old, _), _| *old + largest as u32 > size);
    }
    if let Some((_, reached)) = known.pop_last() {
        *values = reached;
    }
    Ok(())
}
