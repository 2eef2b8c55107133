//! Sets taken out of a store: to be kept as answers, and to be put into the store of another thread.

use super::store::{Diagrams, Edge, FALSE, Halt, Set, TRUE};
use crate::Stop;
use crate::cover::Map;

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
        let mut names: Map<u32, u32> = Map::from_iter([(0, 0)]);
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

/// Options that one word holds as a truth table.
const IN_A_WORD: usize = 6;

/// Builds the diagram of a list, each node once.
#[derive(Default)]
struct Builder {
    nodes: Vec<(u32, Edge, Edge)>,
    unique: Map<(u32, Edge, Edge), Edge>,
    /// The functions of truth tables over so many options.
    words: Map<(u32, u64), Edge>,
}

impl Builder {
    /// Where the option is on never complemented, which makes the node unique.
    fn node(&mut self, option: usize, off: Edge, on: Edge) -> Edge {
        if off == on {
            return off;
        }
        let flip = on & 1;
        let key = (2 * option as u32, off ^ flip, on ^ flip);
        let nodes = &mut self.nodes;
        flip ^ *self.unique.entry(key).or_insert_with(|| {
            nodes.push(key);
            (nodes.len() as Edge) << 1
        })
    }

    /// The set of `flipped` (numbers with bits reversed, ascending) over the options from `option`.
    fn list(&mut self, flipped: &[u64], option: usize, options: usize) -> Edge {
        let left = options - option;
        if flipped.is_empty() {
            return FALSE;
        }
        if left <= IN_A_WORD {
            let table = flipped.iter().fold(0_u64, |table, n| {
                let place = if left == 0 { 0 } else { n << option >> (64 - left) };
                table | 1 << place
            });
            return self.word(table, left, option);
        }
        let bit = 1_u64 << (63 - option);
        let split = flipped.partition_point(|n| n & bit == 0);
        let off = self.list(&flipped[..split], option + 1, options);
        let on = self.list(&flipped[split..], option + 1, options);
        self.node(option, off, on)
    }

    /// The function with the truth table `table` over the `left` options from `option`, the first of which is the
    /// highest bit of a place.
    fn word(&mut self, table: u64, left: usize, option: usize) -> Edge {
        let places = 1_u32 << left;
        let all = if left == IN_A_WORD { u64::MAX } else { (1 << places) - 1 };
        match table {
            0 => return FALSE,
            full if full == all => return TRUE,
            _ => {}
        }
        if let Some(known) = self.words.get(&(left as u32, table)) {
            return *known;
        }
        let half = places / 2;
        let off = self.word(table & ((1 << half) - 1), left - 1, option + 1);
        let on = self.word(table >> half, left - 1, option + 1);
        let edge = self.node(option, off, on);
        self.words.insert((left as u32, table), edge);
        edge
    }
}

impl Frozen {
    /// The set of these state numbers over `options` options (at most 64), option `o` at level `2 o`.
    ///
    /// # Complexity
    /// Sorts the numbers; then one step for each group of numbers that differ in the last six options only, and for
    /// each prefix of them.
    pub(crate) fn of_numbers(numbers: &[u64], options: usize) -> Self {
        let mut flipped: Vec<u64> = numbers.iter().map(|n| n.reverse_bits()).collect();
        flipped.sort_unstable();
        let mut builder = Builder::default();
        let root = builder.list(&flipped, 0, options);
        Self { nodes: builder.nodes, roots: vec![root] }
    }
}
