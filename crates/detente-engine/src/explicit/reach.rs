//! The least value that can be reached in a directed graph.

use super::{Pair, least};
use crate::{Stop, Watch};

/// A directed graph whose arcs are worked out on demand.
pub(super) trait Digraph {
    /// Where one is in the list of successors of a node.
    type Cursor: Copy + Default;

    /// The next successor of `node`; `None` when there is no more.
    fn next(&self, node: u32, cursor: &mut Self::Cursor) -> Option<u32>;
}

/// For every node that can be reached from the first `starts` nodes, `values` becomes the least
/// over the node itself and all nodes that can be reached from it; each half of the pair by itself.
///
/// # Complexity
/// One depth-first search: linear in nodes and arcs; 4 bytes per node beside the values.
///
/// # Source
/// Pearce, D. J. (2016), A space-efficient algorithm for finding strongly connected components,
/// Information Processing Letters 116 (after Tarjan 1972), with values carried along.
///
/// # Errors
/// What the watch says; [`Stop::Memory`] for 2^32 nodes or more.
pub(super) fn least_reachable<G: Digraph>(
    graph: &G,
    starts: usize,
    values: &mut [Pair],
    watch: &dyn Watch,
) -> Result<(), Stop> {
    if u32::try_from(values.len()).is_err() {
        return Err(Stop::Memory);
    }
    // 0: not seen; small: order of discovery, or of the earliest node it leads back to; large: done.
    let mut order = vec![0_u32; values.len()];
    let (mut index, mut component) = (1_u32, u32::MAX);
    let mut open: Vec<u32> = Vec::new();
    // Node, its cursor, whether it still may be the first of its component.
    let mut path: Vec<(u32, G::Cursor, bool)> = Vec::new();
    let mut steps = 0_u32;
    for start in 0..starts as u32 {
        if order[start as usize] != 0 {
            continue;
        }
        path.push((start, G::Cursor::default(), true));
        order[start as usize] = index;
        index += 1;
        while let Some((node, cursor, first)) = path.last_mut() {
            steps = steps.wrapping_add(1);
            if steps.is_multiple_of(1 << 16)
                && let Some(stop) = watch.stop()
            {
                return Err(stop);
            }
            let at = *node as usize;
            if let Some(next) = graph.next(*node, cursor) {
                let to = next as usize;
                if order[to] == 0 {
                    order[to] = index;
                    index += 1;
                    path.push((next, G::Cursor::default(), true));
                } else {
                    values[at] = least(values[at], values[to]);
                    if order[to] < order[at] {
                        order[at] = order[to];
                        *first = false;
                    }
                }
                continue;
            }
            let (node, first) = (*node, *first);
            path.pop();
            if first {
                index -= 1;
                while let Some(&member) = open.last().filter(|m| order[at] <= order[**m as usize]) {
                    open.pop();
                    order[member as usize] = component;
                    values[member as usize] = values[at];
                    index -= 1;
                }
                order[at] = component;
                component -= 1;
            } else {
                open.push(node);
            }
            if let Some((parent, _, first)) = path.last_mut() {
                let parent = *parent as usize;
                values[parent] = least(values[parent], values[at]);
                if order[at] < order[parent] {
                    order[parent] = order[at];
                    *first = false;
                }
            }
        }
    }
    Ok(())
}

/// `values` becomes the least over the component; components are joined by `join(sets)`.
pub(super) struct Components {
    parent: Vec<u32>,
}

impl Components {
    /// Every state by itself.
    pub(super) fn new(states: usize) -> Self {
        Self { parent: (0..states as u32).collect() }
    }

    fn root(&mut self, mut at: u32) -> u32 {
        while self.parent[at as usize] != at {
            let up = self.parent[self.parent[at as usize] as usize];
            self.parent[at as usize] = up;
            at = up;
        }
        at
    }

    /// Puts all of `states` into one component.
    pub(super) fn join(&mut self, states: &[u32]) {
        let Some((&first, others)) = states.split_first() else { return };
        let mut root = self.root(first);
        for &other in others {
            let other = self.root(other);
            // The smaller place stays root: no ranks needed, and scans run forward.
            let (low, high) = (root.min(other), root.max(other));
            self.parent[high as usize] = low;
            root = low;
        }
    }

    /// Each value becomes the least of its component.
    pub(super) fn spread(mut self, values: &mut [Pair]) {
        for at in 0..values.len() as u32 {
            let root = self.root(at) as usize;
            values[root] = least(values[root], values[at as usize]);
        }
        for at in 0..values.len() as u32 {
            let root = self.root(at) as usize;
            values[at as usize] = values[root];
        }
    }
}
