//! Another order of the variables for many sets at once: the one a search finds, or one that is given.
//!
//! # Definition
//! Two variables that stand next to each other change places without touching any node above or
//! below: a node of the upper variable that depends on the lower one becomes a node of the lower
//! variable with two nodes of the upper one below it. *Sifting* takes one variable after the
//! other (the one with the most nodes first) through all places and leaves it where all sets
//! together have the fewest nodes; a direction is given up when they have grown by a fifth.
//! Variables move with their copies: a pair is one thing.
//!
//! # Complexity
//! A change of places: linear in the nodes of the two levels. A pass: about twice the square of
//! the number of pairs, times that. Recursion: none.
//!
//! # Source
//! Rudell, R. (1993), Dynamic variable ordering for ordered binary decision diagrams, ICCAD, 42–47.

use hashbrown::HashTable;

use super::frozen::Frozen;
use super::store::{BOTTOM, Edge, Halt, TRUE};
use crate::{Stop, Watch};

/// A pass that saves less than this share of the nodes is the last one.
const WORTH: f64 = 0.05;
/// Passes at most.
const PASSES: usize = 3;
/// Growth at which a direction is given up.
const GROWTH: f64 = 1.2;

/// Nodes to look at between two questions to the watch: about a millisecond.
const LOOKED_AT: usize = 1 << 14;

/// Sets whose pairs of variables can change places.
pub(crate) struct Shelf {
    nodes: Vec<Node>,
    free: Vec<u32>,
    /// Per variable: its nodes, found by their branches.
    tables: Vec<HashTable<u32>>,
    /// The variable at each level.
    order: Vec<u32>,
    roots: Vec<Edge>,
    /// Nodes that somebody needs.
    used: usize,
    /// Nodes at most.
    most: usize,
    /// Nodes that were looked at since the watch was asked.
    looked_at: usize,
}

#[derive(Clone, Copy)]
struct Node {
    variable: u32,
    low: Edge,
    high: Edge,
    users: u32,
}

impl Shelf {
    /// The sets, with `pairs` pairs of variables, in about `memory` bytes.
    pub(crate) fn new(sets: &Frozen, pairs: usize, memory: u64) -> Self {
        // A node, and its place in a table with room to grow.
        let most = usize::try_from(memory).unwrap_or(usize::MAX) / (size_of::<Node>() + 16);
        let variables = 2 * pairs;
        let terminal = Node { variable: BOTTOM, low: TRUE, high: TRUE, users: 1 };
        let mut shelf = Self {
            nodes: vec![terminal],
            free: Vec::new(),
            tables: (0..variables).map(|_| HashTable::new()).collect(),
            order: (0..variables as u32).collect(),
            roots: sets.roots.clone(),
            used: 1,
            most: most.min(1 << 30),
            looked_at: 0,
        };
        for &(level, low, high) in &sets.nodes {
            let at = shelf.nodes.len() as u32;
            shelf.nodes.push(Node { variable: level, low, high, users: 0 });
            shelf.enter(at);
            shelf.used += 1;
            for edge in [low, high] {
                shelf.nodes[(edge >> 1) as usize].users += 1;
            }
        }
        for root in &sets.roots {
            shelf.nodes[(*root >> 1) as usize].users += 1;
        }
        shelf
    }

    /// Nodes of all sets together, the terminal included.
    pub(crate) fn used(&self) -> usize {
        self.used
    }

    /// The pair that stands at each position: its position when the sets were put in.
    pub(crate) fn pairs(&self) -> Vec<usize> {
        self.order.chunks(2).map(|pair| (pair[0] / 2) as usize).collect()
    }

    /// The sets under the order that now is.
    pub(crate) fn freeze(&self) -> Frozen {
        let mut out = Frozen::default();
        let mut names: Vec<u32> = vec![0; self.nodes.len()];
        // From the bottom up: branches come before the nodes that need them.
        for (level, &variable) in self.order.iter().enumerate().rev() {
            for &at in &self.tables[variable as usize] {
                let node = self.nodes[at as usize];
                let name = |edge: Edge| names[(edge >> 1) as usize] << 1 | (edge & 1);
                out.nodes.push((level as u32, name(node.low), name(node.high)));
                names[at as usize] = out.nodes.len() as u32;
            }
        }
        out.roots = self.roots.iter().map(|root| names[(root >> 1) as usize] << 1 | (root & 1)).collect();
        out
    }

    /// Looks for an order with fewer nodes. Stopped early, all sets are still what they were.
    ///
    /// # Errors
    /// When the watch stops it or there is no memory for another place.
    pub(crate) fn sift(&mut self, watch: &dyn Watch) -> Result<(), Halt> {
        for _ in 0..PASSES {
            let before = self.used;
            let mut pairs: Vec<(usize, usize)> = (self.order.chunks(2).enumerate())
                .map(|(at, pair)| {
                    (pair.iter().map(|&v| self.tables[v as usize].len()).sum(), self.pairs()[at])
                })
                .collect();
            pairs.sort_unstable_by_key(|&(nodes, pair)| (std::cmp::Reverse(nodes), pair));
            for (_, pair) in pairs {
                self.place(pair, watch)?;
            }
            if (self.used as f64) > (1.0 - WORTH) * before as f64 {
                break;
            }
        }
        Ok(())
    }

    /// Brings the pairs into an order: at each position, the pair to stand there.
    ///
    /// # Errors
    /// When the watch stops it or there is no memory: what is left to do may be exponential.
    pub(crate) fn arrange(&mut self, pairs: &[usize], watch: &dyn Watch) -> Result<(), Halt> {
        for (place, pair) in pairs.iter().enumerate() {
            let now = self.pairs();
            let Some(mut at) = now.iter().position(|p| p == pair) else { continue };
            while at > place {
                self.exchange(at - 1, watch)?;
                at -= 1;
            }
        }
        Ok(())
    }

    /// Takes one pair through all places and leaves it at the best.
    fn place(&mut self, pair: usize, watch: &dyn Watch) -> Result<(), Halt> {
        let last = self.order.len() / 2 - 1;
        let Some(mut at) = self.pairs().iter().position(|&p| p == pair) else { return Ok(()) };
        let (mut best, mut least) = (at, self.used);
        let down_first = last - at < at;
        for down in [down_first, !down_first] {
            // From where it is: on its way it passes places that it has been at.
            while if down { at < last } else { at > 0 } {
                self.exchange(if down { at } else { at - 1 }, watch)?;
                at = if down { at + 1 } else { at - 1 };
                if self.used < least {
                    (best, least) = (at, self.used);
                }
                let beyond = if down { at > best } else { at < best };
                if beyond && self.used as f64 > GROWTH * least as f64 {
                    break;
                }
            }
        }
        while at != best {
            self.exchange(if at < best { at } else { at - 1 }, watch)?;
            at = if at < best { at + 1 } else { at - 1 };
        }
        Ok(())
    }

    /// The pairs at positions `at` and `at + 1` change places.
    fn exchange(&mut self, at: usize, watch: &dyn Watch) -> Result<(), Halt> {
        let level = 2 * at;
        for variable in &self.order[level..level + 4] {
            self.looked_at += self.tables[*variable as usize].len();
        }
        if self.looked_at >= LOOKED_AT {
            self.looked_at = 0;
            if let Some(stop) = watch.stop() {
                return Err(Halt(stop));
            }
        }
        if self.nodes.len() - self.free.len() > self.most {
            return Err(Halt(Stop::Memory));
        }
        for level in [level + 1, level, level + 2, level + 1] {
            self.swap(level);
        }
        Ok(())
    }

    /// The variables at `level` and `level + 1` change places.
    fn swap(&mut self, level: usize) {
        let (upper, lower) = (self.order[level], self.order[level + 1]);
        self.order.swap(level, level + 1);
        let nodes = &self.nodes;
        let depends = |edge: Edge| nodes[(edge >> 1) as usize].variable == lower;
        let moved: Vec<u32> = self.tables[upper as usize]
            .extract_if(|&mut at| depends(nodes[at as usize].low) || depends(nodes[at as usize].high))
            .collect();
        for &at in &moved {
            let Node { low, high, .. } = self.nodes[at as usize];
            let ((low_low, low_high), (high_low, high_high)) =
                (self.split(low, lower), self.split(high, lower));
            // The branch where a variable is on is never complemented, here as before.
            let new_low = self.node(upper, low_low, high_low);
            let new_high = self.node(upper, low_high, high_high);
            let node = &mut self.nodes[at as usize];
            (node.variable, node.low, node.high) = (lower, new_low, new_high);
            self.enter(at);
            self.release(low);
            self.release(high);
        }
    }

    fn split(&self, edge: Edge, variable: u32) -> (Edge, Edge) {
        let node = self.nodes[(edge >> 1) as usize];
        if node.variable == variable { (node.low ^ (edge & 1), node.high ^ (edge & 1)) } else { (edge, edge) }
    }

    /// The function with these branches, with one user more.
    fn node(&mut self, variable: u32, low: Edge, high: Edge) -> Edge {
        if low == high {
            self.nodes[(low >> 1) as usize].users += 1;
            return low;
        }
        let flip = high & 1;
        let (low, high) = (low ^ flip, high ^ flip);
        let nodes = &self.nodes;
        let same = |&at: &u32| nodes[at as usize].low == low && nodes[at as usize].high == high;
        if let Some(&at) = self.tables[variable as usize].find(hash(low, high), same) {
            self.nodes[at as usize].users += 1;
            return at << 1 | flip;
        }
        let node = Node { variable, low, high, users: 1 };
        let at = if let Some(at) = self.free.pop() {
            self.nodes[at as usize] = node;
            at
        } else {
            self.nodes.push(node);
            (self.nodes.len() - 1) as u32
        };
        self.used += 1;
        for edge in [low, high] {
            self.nodes[(edge >> 1) as usize].users += 1;
        }
        self.enter(at);
        at << 1 | flip
    }

    /// Puts a node into the table of its variable.
    fn enter(&mut self, at: u32) {
        let nodes = &self.nodes;
        let of = |at: &u32| hash(nodes[*at as usize].low, nodes[*at as usize].high);
        self.tables[nodes[at as usize].variable as usize].insert_unique(of(&at), at, of);
    }

    /// One user less; what nobody uses is taken away.
    fn release(&mut self, edge: Edge) {
        let mut open = vec![edge >> 1];
        while let Some(at) = open.pop() {
            let node = &mut self.nodes[at as usize];
            node.users -= 1;
            if node.users > 0 {
                continue;
            }
            let Node { variable, low, high, .. } = *node;
            let found = self.tables[variable as usize].find_entry(hash(low, high), |&other| other == at);
            if let Ok(entry) = found {
                entry.remove();
            }
            self.free.push(at);
            self.used -= 1;
            open.extend([low >> 1, high >> 1]);
        }
    }
}

fn hash(low: Edge, high: Edge) -> u64 {
    let both = (u64::from(low) << 32 | u64::from(high)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (both ^ (both >> 32)).wrapping_mul(0xff51_afd7_ed55_8ccd)
}
