//! Sets taken out of a store: to be kept as answers, and to be put into the store of another thread.

use std::collections::HashMap;

use super::store::{Diagrams, Edge, Halt, Set};
use crate::Stop;

/// Some sets apart from any store.
#[derive(Clone, Debug, Default)]
pub(crate) struct Frozen {
    /// Level and cofactors (off, on) of node `n + 1`; cofactors come before. Node 0 is the terminal.
    pub(crate) nodes: Vec<(u32, Edge, Edge)>,
    /// The sets: twice the node, plus one for the complement.
    pub(crate) roots: Vec<Edge>,
}

impl Diagrams<'_> {
    /// Takes out `sets`, in this order. Linear in their nodes.
    pub(crate) fn freeze(&self, sets: &[Set]) -> Frozen {
        let mut out = Frozen::default();
        let mut names: HashMap<u32, u32> = HashMap::from([(0, 0)]);
        for set in sets {
            // Children first, without recursion: a node is named when met for the second time.
            let mut open = vec![set.edge() >> 1];
            while let Some(&at) = open.last() {
                let node = self.at(at << 1);
                let (low, high) = (names.get(&(node.low >> 1)), names.get(&(node.high >> 1)));
                let children = low.zip(high).map(|(low, high)| (*low, *high));
                let named = names.contains_key(&at);
                if let (false, Some((low, high))) = (named, children) {
                    out.nodes.push((node.level, low << 1 | (node.low & 1), high << 1 | (node.high & 1)));
                    names.insert(at, out.nodes.len() as u32);
                }
                if named || children.is_some() {
                    open.pop();
                } else {
                    open.extend([node.low >> 1, node.high >> 1].iter().filter(|n| !names.contains_key(n)));
                }
            }
            out.roots.push(names[&(set.edge() >> 1)] << 1 | (set.edge() & 1));
        }
        out
    }

    /// Puts in sets of a store with the same levels.
    pub(crate) fn thaw(&mut self, sets: &Frozen) -> Result<Vec<Set>, Halt> {
        self.collect_when_due();
        let mut edges: Vec<Edge> = Vec::with_capacity(sets.nodes.len() + 1);
        edges.push(0);
        let of = |edges: &[Edge], edge: Edge| {
            edges.get((edge >> 1) as usize).map(|e| e ^ (edge & 1)).ok_or(Halt(Stop::Memory))
        };
        for &(level, low, high) in &sets.nodes {
            let (low, high) = (of(&edges, low)?, of(&edges, high)?);
            edges.push(self.node(level, low, high)?);
        }
        sets.roots.iter().map(|&root| Ok(self.keep(of(&edges, root)?))).collect()
    }
}
