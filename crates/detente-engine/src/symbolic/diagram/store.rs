//! The nodes: one table in which equal functions are one node, a table of known results, and
//! the collection of what nobody uses any more.

use std::sync::Arc;

use crate::{Stop, Watch};

/// A function: twice the index of its node, plus one where it is the complement of that node's.
pub(super) type Edge = u32;

/// Everywhere true: the terminal node, plain.
pub(super) const TRUE: Edge = 0;
/// Everywhere false: the terminal node, complemented.
pub(super) const FALSE: Edge = 1;
/// Level of the terminal node: below every variable.
pub(super) const BOTTOM: u32 = u32::MAX;

/// Nodes that can be told apart by an edge.
const MOST_NODES: usize = 1 << 30;
/// Garbage is collected when there are this many nodes and twice as many as were left last time.
const COLLECT_LEAST: usize = 1 << 15;
/// Known results kept, at least and at most (a power of two each).
const CACHE_LEAST: usize = 1 << 12;
const CACHE_MOST: usize = 1 << 22;
/// Steps of work between two questions to the watch: about a millisecond.
const STEPS: u32 = 1 << 14;

/// Why an operation was not finished.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Halt(pub(crate) Stop);

/// A Boolean function of the variables. Equal functions compare equal (in constant time) when
/// they are of the same [`Diagrams`]; a set of one used in another means something else.
/// Cloning is cheap; a function is kept as long as a `Set` of it lives.
#[derive(Clone, Debug)]
pub(crate) struct Set(pub(super) Arc<Edge>);

impl PartialEq for Set {
    fn eq(&self, other: &Self) -> bool {
        *self.0 == *other.0
    }
}

impl Eq for Set {}

impl Set {
    pub(super) fn edge(&self) -> Edge {
        *self.0
    }

    /// Whether it is false everywhere.
    pub(crate) fn is_empty(&self) -> bool {
        self.edge() == FALSE
    }

    /// Whether it is true everywhere.
    pub(crate) fn is_all(&self) -> bool {
        self.edge() == TRUE
    }
}

/// A node: `high` where its variable is on (never complemented, which makes it unique), `low`
/// where it is off; `next` in its bucket or in the list of free nodes.
#[derive(Clone, Copy)]
pub(super) struct Node {
    pub(super) level: u32,
    pub(super) low: Edge,
    pub(super) high: Edge,
    next: u32,
}

/// A known result; `kind` 0 is none.
#[derive(Clone, Copy, Default)]
struct Known {
    kind: u32,
    operands: [Edge; 3],
    result: Edge,
}

/// Reduced ordered binary decision diagrams with complement edges, after Brace, Rudell & Bryant
/// (1990), *Efficient implementation of a BDD package*, DAC.
///
/// Variables are known by their level (0 on top). Every operation asks the [`Watch`] about every
/// millisecond of work and keeps to a bound on memory, so none runs away. Recursion is as deep
/// as there are levels.
pub(crate) struct Diagrams<'w> {
    nodes: Vec<Node>,
    /// First of the free nodes; 0: none.
    free: u32,
    /// Nodes that are not free.
    used: usize,
    /// Bucket of a hash: first node in it; 0: none. A power of two long.
    buckets: Vec<u32>,
    /// A power of two long.
    cache: Vec<Known>,
    /// Everything handed out and perhaps still used.
    roots: Vec<Arc<Edge>>,
    /// Collect before the next operation when this many nodes are used.
    collect_at: usize,
    /// Most bytes.
    memory: u64,
    /// Whose move each pair of levels is; see [`Diagrams::set_owners`].
    pub(super) owners: Vec<u64>,
    steps: u32,
    /// Steps that are left, in units of [`STEPS`].
    budget: u64,
    /// Steps taken, in units of [`STEPS`].
    taken: u64,
    watch: &'w dyn Watch,
}

impl<'w> Diagrams<'w> {
    /// An empty store that takes at most about `memory` bytes.
    pub(crate) fn new(memory: u64, watch: &'w dyn Watch) -> Self {
        let terminal = Node { level: BOTTOM, low: TRUE, high: TRUE, next: 0 };
        Self {
            nodes: vec![terminal],
            free: 0,
            used: 1,
            buckets: vec![0; CACHE_LEAST],
            cache: vec![Known::default(); CACHE_LEAST],
            roots: Vec::new(),
            collect_at: COLLECT_LEAST,
            memory,
            owners: Vec::new(),
            steps: STEPS,
            budget: u64::MAX,
            taken: 0,
            watch,
        }
    }

    /// The same store, which stops with [`Stop::Work`] after about `steps` steps.
    pub(crate) fn with_budget(self, steps: u64) -> Self {
        Self { budget: steps / u64::from(STEPS) + 1, ..self }
    }

    /// From now on about `steps` steps are allowed.
    pub(crate) fn set_budget(&mut self, steps: u64) {
        self.budget = steps / u64::from(STEPS) + 1;
    }

    /// Forgets all sets: those handed out so far mean nothing any more. Tables keep their size.
    pub(crate) fn clear(&mut self) {
        self.nodes.truncate(1);
        (self.free, self.used) = (0, 1);
        self.buckets.fill(0);
        self.cache.fill(Known::default());
        self.roots.clear();
        self.collect_at = COLLECT_LEAST;
    }

    /// Nodes in use, garbage included.
    pub(crate) fn used(&self) -> usize {
        self.used
    }

    /// Steps of work so far (what is not yet [`STEPS`] more is not counted): the same on every machine.
    pub(crate) fn steps_taken(&self) -> u64 {
        self.taken * u64::from(STEPS)
    }

    /// Who is told and asked.
    pub(crate) fn watch(&self) -> &'w dyn Watch {
        self.watch
    }

    /// Asks the watch now.
    pub(crate) fn ask(&mut self) -> Result<(), Halt> {
        self.steps = STEPS;
        self.taken += 1;
        self.budget = self.budget.checked_sub(1).ok_or(Halt(Stop::Work))?;
        self.watch.stop().map_or(Ok(()), |stop| Err(Halt(stop)))
    }

    /// Counts one step of work.
    #[inline]
    pub(super) fn step(&mut self) -> Result<(), Halt> {
        self.steps -= 1;
        if self.steps == 0 { self.ask() } else { Ok(()) }
    }

    /// Nodes of the diagram, the terminal included.
    pub(crate) fn size(&self, set: &Set) -> usize {
        let mut met = vec![0_u64; self.nodes.len().div_ceil(64)];
        let mut count = 0;
        let mut open = vec![set.edge() >> 1];
        while let Some(at) = open.pop() {
            let (word, bit) = (at as usize / 64, 1 << (at % 64));
            if met[word] & bit == 0 {
                met[word] |= bit;
                count += 1;
                let node = &self.nodes[at as usize];
                open.extend([node.low >> 1, node.high >> 1]);
            }
        }
        count
    }

    pub(super) fn keep(&mut self, edge: Edge) -> Set {
        let root = Arc::new(edge);
        self.roots.push(Arc::clone(&root));
        Set(root)
    }

    /// Runs an operation on edges: collects before it when due, and again when it ran out of
    /// memory, and then once more.
    pub(super) fn run(
        &mut self,
        mut operation: impl FnMut(&mut Self) -> Result<Edge, Halt>,
    ) -> Result<Set, Halt> {
        self.collect_when_due();
        let result = match operation(self) {
            Err(Halt(Stop::Memory)) => {
                self.collect();
                operation(self)
            }
            other => other,
        };
        result.map(|edge| self.keep(edge))
    }

    pub(super) fn collect_when_due(&mut self) {
        if self.used >= self.collect_at || self.roots.len() >= self.collect_at {
            self.collect();
        }
    }

    #[inline]
    pub(super) fn at(&self, edge: Edge) -> Node {
        self.nodes[(edge >> 1) as usize]
    }

    #[inline]
    pub(super) fn level(&self, edge: Edge) -> u32 {
        self.nodes[(edge >> 1) as usize].level
    }

    /// The function where the variable of `level`, which is not below its top, is off and on.
    #[inline]
    pub(super) fn split(&self, edge: Edge, level: u32) -> (Edge, Edge) {
        let node = self.at(edge);
        if node.level == level { (node.low ^ (edge & 1), node.high ^ (edge & 1)) } else { (edge, edge) }
    }

    /// The function that is `low` where the variable of `level` is off and `high` where it is on.
    pub(super) fn node(&mut self, level: u32, low: Edge, high: Edge) -> Result<Edge, Halt> {
        if low == high {
            return Ok(low);
        }
        let flip = high & 1;
        let (low, high) = (low ^ flip, high ^ flip);
        let hash = hash(level, low, high, 0);
        let mut at = self.buckets[hash as usize & (self.buckets.len() - 1)];
        while at != 0 {
            let node = &self.nodes[at as usize];
            if node.low == low && node.high == high && node.level == level {
                return Ok(at << 1 | flip);
            }
            at = node.next;
        }
        let at = self.vacant()?;
        let bucket = hash as usize & (self.buckets.len() - 1);
        self.nodes[at as usize] = Node { level, low, high, next: self.buckets[bucket] };
        self.buckets[bucket] = at;
        self.used += 1;
        Ok(at << 1 | flip)
    }

    /// The index of a node to be filled in.
    fn vacant(&mut self) -> Result<u32, Halt> {
        if self.free != 0 {
            let at = self.free;
            self.free = self.nodes[at as usize].next;
            return Ok(at);
        }
        let at = self.nodes.len();
        if at == self.nodes.capacity() {
            self.grow()?;
        }
        let free = Node { level: BOTTOM, low: TRUE, high: TRUE, next: 0 };
        self.nodes.push(free);
        Ok(at as u32)
    }

    /// Bytes that its tables take.
    pub(crate) fn bytes(&self) -> u64 {
        Self::bytes_of(self.nodes.capacity(), self.buckets.len(), self.cache.len())
    }

    fn bytes_of(nodes: usize, buckets: usize, cache: usize) -> u64 {
        (nodes * size_of::<Node>() + buckets * size_of::<u32>() + cache * size_of::<Known>()) as u64
    }

    /// Room for twice as many nodes, or for as many as the bound on memory allows.
    fn grow(&mut self) -> Result<(), Halt> {
        let now = self.nodes.capacity();
        let mut next = (now * 2).clamp(CACHE_LEAST, MOST_NODES);
        let mut buckets = next.next_power_of_two();
        let cache = buckets.min(CACHE_MOST);
        if Self::bytes_of(next, buckets, cache) > self.memory {
            buckets = self.buckets.len();
            let rest = self.memory.saturating_sub(Self::bytes_of(0, buckets, self.cache.len()));
            next = next.min(usize::try_from(rest).unwrap_or(usize::MAX) / size_of::<Node>());
        } else if cache > self.cache.len() {
            let known = std::mem::replace(&mut self.cache, vec![Known::default(); cache]);
            for entry in known.into_iter().filter(|entry| entry.kind != 0) {
                let [a, b, c] = entry.operands;
                let at = hash(a, b, c, entry.kind) as usize & (cache - 1);
                self.cache[at] = entry;
            }
        }
        // Less than an eighth more is not worth another copy of the table.
        if next < now + now / 8 {
            return Err(Halt(Stop::Memory));
        }
        self.nodes.reserve_exact(next - self.nodes.len());
        if buckets > self.buckets.len() {
            self.buckets = vec![0; buckets];
            for at in 1..self.nodes.len() {
                self.link(at);
            }
        }
        Ok(())
    }

    /// Puts the node into its bucket; a free node (level [`BOTTOM`]) is left alone.
    fn link(&mut self, at: usize) {
        let node = &mut self.nodes[at];
        if node.level != BOTTOM {
            let bucket = hash(node.level, node.low, node.high, 0) as usize & (self.buckets.len() - 1);
            node.next = self.buckets[bucket];
            self.buckets[bucket] = at as u32;
        }
    }

    /// A known result of operation `kind` (not 0).
    #[inline]
    pub(super) fn known(&self, kind: u32, a: Edge, b: Edge, c: Edge) -> Option<Edge> {
        let entry = &self.cache[hash(a, b, c, kind) as usize & (self.cache.len() - 1)];
        (entry.kind == kind && entry.operands == [a, b, c]).then_some(entry.result)
    }

    #[inline]
    pub(super) fn learn(&mut self, kind: u32, a: Edge, b: Edge, c: Edge, result: Edge) {
        let at = hash(a, b, c, kind) as usize & (self.cache.len() - 1);
        self.cache[at] = Known { kind, operands: [a, b, c], result };
    }

    /// Frees all nodes that no living [`Set`] needs.
    pub(crate) fn collect(&mut self) {
        self.roots.retain(|root| Arc::strong_count(root) > 1);
        let mut live = vec![false; self.nodes.len()];
        live[0] = true;
        let mut open: Vec<u32> = self.roots.iter().map(|root| **root >> 1).collect();
        while let Some(at) = open.pop() {
            if !std::mem::replace(&mut live[at as usize], true) {
                let node = &self.nodes[at as usize];
                open.extend([node.low >> 1, node.high >> 1]);
            }
        }
        self.buckets.fill(0);
        (self.free, self.used) = (0, 1);
        for at in (1..self.nodes.len()).rev() {
            if live[at] {
                self.used += 1;
                self.link(at);
            } else {
                self.nodes[at] = Node { level: BOTTOM, low: TRUE, high: TRUE, next: self.free };
                self.free = at as u32;
            }
        }
        for entry in &mut self.cache {
            let lives = |edge: &Edge| live[(*edge >> 1) as usize];
            if entry.kind != 0 && !(entry.operands.iter().all(lives) && lives(&entry.result)) {
                entry.kind = 0;
            }
        }
        self.collect_at = (self.used * 2).max(COLLECT_LEAST);
    }
}

#[inline]
fn hash(a: u32, b: u32, c: u32, d: u32) -> u32 {
    let low = u64::from(a) | u64::from(b) << 32;
    let high = u64::from(c) | u64::from(d) << 32;
    let mixed =
        (low.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ high.rotate_left(23)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    (mixed >> 32) as u32
}
