//! What the others can do after a step, in the three readings.

use detente_model::Sequences;

use super::world::World;

/// Which steps the others may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Steps {
    /// Any move; movers with a fellow party of who is asked only by improvements.
    Moves,
    /// Moves to a state that each party of the mover prefers to the one it moves from.
    Improvements,
}

/// The states that the others can bring about after a step of one mover, by the party that looks ahead and the
/// state they start from.
///
/// Worked out when first asked for, and kept.
pub(super) struct Answers<'w> {
    world: &'w World,
    /// The mover whose step is answered.
    mover: usize,
    reading: Sequences,
    /// By party and state.
    by_moves: Vec<Vec<Option<Vec<usize>>>>,
    by_improvements: Vec<Vec<Option<Vec<usize>>>>,
}

impl<'w> Answers<'w> {
    /// To steps of mover `m`.
    pub(super) fn new(world: &'w World, m: usize, reading: Sequences) -> Self {
        let none = vec![vec![None; world.states.len()]; world.actors];
        Self { world, mover: m, reading, by_moves: none.clone(), by_improvements: none }
    }

    /// What movers without `j` make of `s1`, ascending. `s1` itself only when a sequence returns to it.
    pub(super) fn from(&mut self, j: usize, s1: usize, steps: Steps) -> &[usize] {
        let known = match steps {
            Steps::Moves => &mut self.by_moves[j][s1],
            Steps::Improvements => &mut self.by_improvements[j][s1],
        };
        let (world, mover, reading) = (self.world, self.mover, self.reading);
        known.get_or_insert_with(|| {
            let others: Vec<(usize, Steps)> = (0..world.movers.len())
                .filter(|&m| !world.takes_part(j, m))
                .map(|m| {
                    let fellow = world.parties(m).any(|party| world.takes_part(party, mover));
                    (m, if fellow { Steps::Improvements } else { steps })
                })
                .collect();
            match reading {
                Sequences::Legal => legal(world, &others, s1),
                Sequences::Once => once(world, &others, s1),
                Sequences::Single => single(world, &others, s1),
            }
        })
    }
}

/// Where `m` can go from `s` in one step.
fn step(world: &World, (m, steps): (usize, Steps), s: usize) -> Vec<usize> {
    match steps {
        Steps::Moves => world.moves[m][s].clone(),
        Steps::Improvements => world.improvements(m, s).collect(),
    }
}

/// Legal sequences: no mover moves twice in a row. A search over (state, last mover).
fn legal(world: &World, others: &[(usize, Steps)], s1: usize) -> Vec<usize> {
    let mut seen = vec![vec![false; world.movers.len()]; world.states.len()];
    let mut to_do: Vec<(usize, Option<usize>)> = vec![(s1, None)];
    while let Some((s, last)) = to_do.pop() {
        for &other in others.iter().filter(|(m, _)| Some(*m) != last) {
            for t in step(world, other, s) {
                if !seen[t][other.0] {
                    seen[t][other.0] = true;
                    to_do.push((t, Some(other.0)));
                }
            }
        }
    }
    (0..world.states.len()).filter(|&t| seen[t].contains(&true)).collect()
}

/// Sequences in which every actor takes part in at most one step. A search over (state, who has taken part).
fn once(world: &World, others: &[(usize, Steps)], s1: usize) -> Vec<usize> {
    let mut seen = std::collections::BTreeSet::new();
    let mut to_do: Vec<(usize, Vec<usize>)> = vec![(s1, vec![])];
    let mut reached = vec![false; world.states.len()];
    while let Some((s, moved)) = to_do.pop() {
        for &other in others {
            if world.parties(other.0).any(|party| moved.contains(&party)) {
                continue;
            }
            let mut and_these: Vec<usize> = moved.iter().copied().chain(world.parties(other.0)).collect();
            and_these.sort_unstable();
            for t in step(world, other, s) {
                reached[t] = true;
                if seen.insert((t, and_these.clone())) {
                    to_do.push((t, and_these.clone()));
                }
            }
        }
    }
    (0..world.states.len()).filter(|&t| reached[t]).collect()
}

/// One step of one mover.
fn single(world: &World, others: &[(usize, Steps)], s1: usize) -> Vec<usize> {
    let mut reached: Vec<usize> = others.iter().flat_map(|&other| step(world, other, s1)).collect();
    reached.sort_unstable();
    reached.dedup();
    reached
}
