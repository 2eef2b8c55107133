//! What opponents can reach by legal sequences, on a list of states: the least of values.

use super::mover::{Mover, Steps};
use super::reach::{Components, Digraph, least_reachable};
use super::{NOTHING, Pair};
use crate::{Stop, Watch};

/// `values[s]` becomes the least over `s` itself and all states that the `opponents` reach from
/// `s` by legal sequences of moves, or of improvements; each half of the pair by itself.
///
/// # Method
/// With all moves the rule that nobody moves twice in a row only matters for the start itself
/// (see `semantics`): plain reachability. Two-way moves: components joined group by group.
/// Otherwise, and for improvements: each class of states is a *chain* of levels; a level leads to
/// its states and to the level above, and a state leads to one level of each class that it can
/// enter. One depth-first search over states and levels. With moves taken away the search is over
/// (state, last mover).
///
/// # Complexity
/// O(states × opponents) nodes and arcs, times the classes that a state can enter; with moves
/// taken away times the number of opponents again. No list of moves is made.
///
/// # Errors
/// What the watch says.
pub(crate) fn closure(
    opponents: &[&Mover<'_>],
    steps: Steps,
    values: &mut Vec<Pair>,
    watch: &dyn Watch,
) -> Result<(), Stop> {
    let opponents: Vec<&Mover<'_>> = opponents.iter().copied().filter(|m| m.can_move()).collect();
    let states = values.len();
    if opponents.is_empty() {
        return Ok(());
    }
    if opponents.iter().all(|m| m.transitive()) {
        if steps == Steps::Moves && opponents.iter().all(|m| m.two_way()) {
            let mut components = Components::new(states);
            for mover in opponents {
                mover.by_class().for_each(|class| components.join(class));
                if let Some(stop) = watch.stop() {
                    return Err(stop);
                }
            }
            components.spread(values);
            return Ok(());
        }
        let chains = Chains::new(&opponents, steps, states, false);
        numbered(chains.nodes)?;
        values.resize(chains.nodes, NOTHING);
        least_reachable(&chains, states, values, watch)?;
    } else {
        let repeat = |values: &mut Vec<Pair>, nodes: usize| {
            // (state, last mover): the same value whoever moved last.
            for copy in 1..=opponents.len() {
                values.extend_from_within(..states);
                debug_assert_eq!(values.len(), (copy + 1) * states);
            }
            values.resize(nodes, NOTHING);
        };
        match steps {
            Steps::Improvements => {
                let chains = Chains::new(&opponents, steps, states, true);
                numbered(chains.nodes)?;
                repeat(values, chains.nodes);
                least_reachable(&chains, states, values, watch)?;
            }
            Steps::Moves => {
                let walks = Walks::new(&opponents, states);
                numbered(walks.nodes)?;
                repeat(values, walks.nodes);
                least_reachable(&walks, states, values, watch)?;
            }
        }
    }
    values.truncate(states);
    Ok(())
}

/// Nodes have 32-bit numbers.
fn numbered(nodes: usize) -> Result<(), Stop> {
    if u32::try_from(nodes).is_ok() { Ok(()) } else { Err(Stop::Memory) }
}

/// Where the search stands at a node: which mover, which of its classes (or members of a level),
/// which half of a walk.
#[derive(Clone, Copy, Default)]
pub(super) struct Cursor {
    mover: u32,
    at: u32,
    second: bool,
}

/// States and levels. Nodes: the states; when last movers are kept, the states again for each
/// mover, entered by a step of that mover; then the levels of each mover.
struct Chains<'m> {
    movers: &'m [&'m Mover<'m>],
    steps: Steps,
    states: u32,
    /// Whether nodes know who moved last.
    last_movers: bool,
    /// First level node of each mover.
    offsets: Vec<u32>,
    nodes: usize,
}

impl<'m> Chains<'m> {
    fn new(movers: &'m [&'m Mover<'m>], steps: Steps, states: usize, last_movers: bool) -> Self {
        let mut nodes = if last_movers { states * (movers.len() + 1) } else { states };
        let mut offsets = Vec::with_capacity(movers.len());
        for mover in movers {
            offsets.push(nodes as u32);
            nodes += mover.level_count();
        }
        Self { movers, steps, states: states as u32, last_movers, offsets, nodes }
    }

    /// The node of `place` after a step of `mover`.
    fn after(&self, mover: usize, place: u32) -> u32 {
        if self.last_movers { self.states * (mover as u32 + 1) + place } else { place }
    }
}

impl Digraph for Chains<'_> {
    type Cursor = Cursor;

    fn next(&self, node: u32, cursor: &mut Cursor) -> Option<u32> {
        if node >= self.offsets[0] {
            let mover = self.offsets.iter().rposition(|&offset| offset <= node)?;
            let level = node - self.offsets[mover];
            let members = self.movers[mover].level(level);
            let at = cursor.at as usize;
            cursor.at += 1;
            return match members.get(at) {
                Some(&place) => Some(self.after(mover, place)),
                None if at == members.len() => self.movers[mover].level_above(level).map(|_| node + 1),
                None => None,
            };
        }
        let (place, copy) = (node % self.states, node / self.states);
        loop {
            let mover = self.movers.get(cursor.mover as usize)?;
            if copy == cursor.mover + 1 {
                cursor.mover += 1;
                continue;
            }
            if self.steps == Steps::Improvements && mover.two_way() {
                cursor.mover += 1;
                if let Some(level) = mover.better_in_class(place) {
                    return Some(self.offsets[cursor.mover as usize - 1] + level);
                }
                continue;
            }
            let Some(class) = mover.class_in_group(place, cursor.at) else {
                (cursor.mover, cursor.at) = (cursor.mover + 1, 0);
                continue;
            };
            cursor.at += 1;
            if mover.enters(place, class) {
                let level = match self.steps {
                    Steps::Moves => Some(mover.first_level(class)),
                    Steps::Improvements => mover.first_better(place, class),
                };
                if let Some(level) = level {
                    return Some(self.offsets[cursor.mover as usize] + level);
                }
            }
        }
    }
}

/// (State, last mover) under moves of which some are taken away. A mover must not stay where it
/// is (another could then move twice in a row), so a class is entered at its neighbours: nodes
/// *up* and *down* for each member, leading to it and to the next in that direction.
struct Walks<'m> {
    movers: &'m [&'m Mover<'m>],
    states: u32,
    /// For each mover, where each place stands among its members.
    positions: Vec<Vec<u32>>,
    nodes: usize,
}

impl<'m> Walks<'m> {
    fn new(movers: &'m [&'m Mover<'m>], states: usize) -> Self {
        let positions = movers
            .iter()
            .map(|mover| {
                let mut positions = vec![0; states];
                for (at, &place) in mover.members().iter().enumerate() {
                    positions[place as usize] = at as u32;
                }
                positions
            })
            .collect();
        let nodes = states * (movers.len() + 1) + 2 * states * movers.len();
        Self { movers, states: states as u32, positions, nodes }
    }

    /// The node *up* or *down* at member `at` of `mover`.
    fn walk(&self, mover: usize, down: bool, at: u32) -> u32 {
        let copies = self.movers.len() as u32 + 1 + 2 * mover as u32 + u32::from(down);
        self.states * copies + at
    }
}

impl Digraph for Walks<'_> {
    type Cursor = Cursor;

    fn next(&self, node: u32, cursor: &mut Cursor) -> Option<u32> {
        let (at, copy) = (node % self.states, node / self.states);
        let copies = self.movers.len() as u32 + 1;
        if copy >= copies {
            let (mover, down) = ((copy - copies) / 2, (copy - copies) % 2 == 1);
            let members = self.movers[mover as usize].members();
            let place = members[at as usize];
            cursor.at += 1;
            let range = self.movers[mover as usize].class_range(self.movers[mover as usize].class(place));
            return match cursor.at {
                1 => Some(self.states * (mover + 1) + place),
                2 if down => (at > range.start).then(|| node - 1),
                2 => (at + 1 < range.end).then(|| node + 1),
                _ => None,
            };
        }
        loop {
            let mover = self.movers.get(cursor.mover as usize)?;
            let class = if copy == cursor.mover + 1 { None } else { mover.class_in_group(at, cursor.at) };
            let Some(class) = class else {
                (cursor.mover, cursor.at, cursor.second) = (cursor.mover + 1, 0, false);
                continue;
            };
            let which = cursor.mover as usize;
            if !mover.enters(at, class) {
                cursor.at += 1;
                continue;
            }
            let range = mover.class_range(class);
            if class != mover.class(at) {
                cursor.at += 1;
                return Some(self.walk(which, false, range.start));
            }
            let here = self.positions[which][at as usize];
            if !std::mem::replace(&mut cursor.second, true) {
                if here + 1 < range.end {
                    return Some(self.walk(which, false, here + 1));
                }
            } else {
                (cursor.at, cursor.second) = (cursor.at + 1, false);
                if here > range.start {
                    return Some(self.walk(which, true, here - 1));
                }
            }
        }
    }
}
