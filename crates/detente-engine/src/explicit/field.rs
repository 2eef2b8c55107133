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

    /// The actor's score of every state, larger is better.
    fn scores(&self, actor: usize) -> &[u32];

    /// Whether the actor has any move.
    fn can_move(&self, actor: usize) -> bool;

    /// For every state: the largest of `values` over it and what the actor reaches in one move.
    ///
    /// # Errors
    /// What the watch says.
    fn own_most(&self, actor: usize, values: &[u32], watch: &dyn Watch) -> Result<Vec<u32>, Stop>;

    /// `into[s]` becomes the least of itself and of `values` over what the actor reaches from `s`
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
        opponents: &[usize],
        steps: Steps,
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
        opponents: &[usize],
        steps: Steps,
        values: &mut Vec<Pair>,
        watch: &dyn Watch,
    ) -> Result<(), Stop> {
        let movers: Vec<&Mover<'_>> = opponents.iter().map(|&j| &self.movers[j]).collect();
        closure(&movers, steps, values, watch)
    }
}

/// More opponents than this cannot be told apart by who has moved: `2^opponents` sets.
pub(super) const MOST_ONCE: usize = 20;

/// `values[s]` becomes the least over `s` itself and what the opponents of `actor` bring about
/// from `s` in the given reading.
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
    sequences: Sequences,
    steps: Steps,
    values: &mut Vec<Pair>,
    watch: &dyn Watch,
) -> Result<(), Stop> {
    let opponents: Vec<usize> = (0..field.actors()).filter(|&j| j != actor && field.can_move(j)).collect();
    match sequences {
        Sequences::Legal => field.closure(&opponents, steps, values, watch),
        Sequences::Once => once(field, &opponents, steps, values, watch),
        Sequences::Single => {
            let start = values.clone();
            for &j in &opponents {
                if let Some(stop) = watch.stop() {
                    return Err(stop);
                }
                field.step_least(j, steps, &start, values, watch)?;
            }
            Ok(())
        }
    }
}

/// Everyone at most once: dynamic programming over the set of opponents that may still move.
/// What is least with a set is the least with the sets that lack one member, after its step.
///
/// Time: states × opponents × 2^(opponents − 1); memory: two layers of sets of one size.
fn once(
    field: &dyn Field,
    opponents: &[usize],
    steps: Steps,
    values: &mut Vec<Pair>,
    watch: &dyn Watch,
) -> Result<(), Stop> {
    if opponents.len() > MOST_ONCE {
        return Err(Stop::Work);
    }
    let start = values.clone();
    let mut smaller = std::collections::BTreeMap::from([(0_u32, start.clone())]);
    for size in 1..=opponents.len() as u32 {
        let mut larger = std::collections::BTreeMap::new();
        for set in (0..1_u32 << opponents.len()).filter(|set| set.count_ones() == size) {
            let mut reached = start.clone();
            for (at, &j) in opponents.iter().enumerate().filter(|(at, _)| set >> at & 1 == 1) {
                if let Some(stop) = watch.stop() {
                    return Err(stop);
                }
                if let Some(before) = smaller.get(&(set & !(1 << at))) {
                    field.step_least(j, steps, before, &mut reached, watch)?;
                }
            }
            larger.insert(set, reached);
        }
        smaller = larger;
    }
    if let Some((_, reached)) = smaller.pop_last() {
        *values = reached;
    }
    Ok(())
}
