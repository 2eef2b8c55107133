//! What opponents can do after a move of the focal actor, in the three readings.

use detente_model::Sequences;

use super::world::World;

/// Which steps opponents may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Steps {
    /// Any move.
    Moves,
    /// Moves to a state that the mover prefers to the one it moves from.
    Improvements,
}

/// The states that the opponents of one actor can bring about, by the state they start from.
///
/// Worked out when first asked for, and kept.
pub(super) struct Answers<'w> {
    world: &'w World,
    opponents: Vec<usize>,
    reading: Sequences,
    by_moves: Vec<Option<Vec<usize>>>,
    by_improvements: Vec<Option<Vec<usize>>>,
}

impl<'w> Answers<'w> {
    /// For the opponents of `i`.
    pub(super) fn new(world: &'w World, i: usize, reading: Sequences) -> Self {
        Self {
            world,
            opponents: (0..world.actors).filter(|&j| j != i).collect(),
            reading,
            by_moves: vec![None; world.states.len()],
            by_improvements: vec![None; world.states.len()],
        }
    }

    /// `R_{N−i}(s1)`, or `R⁺_{N−i}(s1)`, ascending. `s1` itself only when a sequence returns to it.
    pub(super) fn from(&mut self, s1: usize, steps: Steps) -> &[usize] {
        let known = match steps {
            Steps::Moves => &mut self.by_moves[s1],
            Steps::Improvements => &mut self.by_improvements[s1],
        };
        let (world, opponents) = (self.world, self.opponents.as_slice());
        known.get_or_insert_with(|| match self.reading {
            Sequences::Legal => legal(world, opponents, s1, steps),
            Sequences::Once => once(world, opponents, s1, steps),
            Sequences::Single => single(world, opponents, s1, steps),
        })
    }
}

/// Where `j` can go from `s` in one step.
fn step(world: &World, j: usize, s: usize, steps: Steps) -> Vec<usize> {
    match steps {
        Steps::Moves => world.moves[j][s].clone(),
        Steps::Improvements => world.improvements(j, s).collect(),
    }
}

/// Legal sequences: nobody moves twice in a row. A search over (state, last mover).
fn legal(world: &World, opponents: &[usize], s1: usize, steps: Steps) -> Vec<usize> {
    let mut seen = vec![vec![false; world.actors]; world.states.len()];
    let mut to_do: Vec<(usize, Option<usize>)> = vec![(s1, None)];
    while let Some((s, last)) = to_do.pop() {
        for &j in opponents {
            if Some(j) == last {
                continue;
            }
            for t in step(world, j, s, steps) {
                if !seen[t][j] {
                    seen[t][j] = true;
                    to_do.push((t, Some(j)));
                }
            }
        }
    }
    (0..world.states.len()).filter(|&t| seen[t].contains(&true)).collect()
}

/// Sequences in which every opponent moves at most once. A search over (state, who has moved).
fn once(world: &World, opponents: &[usize], s1: usize, steps: Steps) -> Vec<usize> {
    let mut seen = std::collections::BTreeSet::new();
    let mut to_do: Vec<(usize, Vec<usize>)> = vec![(s1, vec![])];
    let mut reached = vec![false; world.states.len()];
    while let Some((s, moved)) = to_do.pop() {
        for &j in opponents {
            if moved.contains(&j) {
                continue;
            }
            let mut and_j = moved.clone();
            and_j.push(j);
            and_j.sort_unstable();
            for t in step(world, j, s, steps) {
                reached[t] = true;
                if seen.insert((t, and_j.clone())) {
                    to_do.push((t, and_j.clone()));
                }
            }
        }
    }
    (0..world.states.len()).filter(|&t| reached[t]).collect()
}

/// One step of one opponent.
fn single(world: &World, opponents: &[usize], s1: usize, steps: Steps) -> Vec<usize> {
    let mut reached: Vec<usize> = opponents.iter().flat_map(|&j| step(world, j, s1, steps)).collect();
    reached.sort_unstable();
    reached.dedup();
    reached
}
