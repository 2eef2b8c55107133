//! What opponents can bring about by joint improvements of coalitions, one after the other.
//!
//! # Method
//! Wanted, for a set `M` of opponents and an actor `j`: the least rank for `j` over the states that
//! sequences of joint improvements of coalitions `K ⊆ M` lead to from each state, itself included.
//! States are taken in ascending order of that rank; each colours, backwards, every state that
//! leads to it and has no colour yet. A predecessor of `v` by `K` is a state of the same component
//! that every member of `K` likes less than `v`: an intersection of bit rows, one per member
//! ("less than this level"), and of the states without colour. Every state is taken once, so the
//! cost is states × words of a component, not pairs of states; no improvement is listed.
//!
//! # Complexity
//! For one `M` and `j`: states × Σ over `K ⊆ M` of (members + 1) × states of a component of `K` / 64.

use std::sync::Arc;

use super::Coalition;
use super::field::Field;
use super::walk::Walk;

/// Bit rows per member and component: more levels than this share a row.
const ROWS: usize = 64;

/// The joint improvements of one coalition, ready to be asked backwards.
pub(super) struct Backwards {
    members: Vec<usize>,
    /// The bit of each state; components begin at a word.
    bit: Vec<u32>,
    /// The state of each bit; `u32::MAX`: none.
    state: Vec<u32>,
    parts: Vec<Part>,
    /// The part of each state.
    part: Vec<u32>,
    /// Where the row of each member begins, `members` of them per state: states of the part below
    /// a level that is at least the rank of the state.
    row: Vec<u32>,
    /// Bit rows of all parts.
    rows: Vec<u64>,
    walk: Arc<Walk>,
}

/// States between which members can move at all.
struct Part {
    /// First word and number of words.
    words: (u32, u32),
    /// With one-way moves: where the rows "leads to a state of this component" begin, by component.
    leads: Vec<(u32, u32)>,
}

impl Backwards {
    /// For the coalition `members`, whose walk is `walk`.
    pub(super) fn new(field: &Field<'_>, members: Coalition, walk: Arc<Walk>) -> Self {
        let members: Vec<usize> = members.members().map(detente_model::ActorId::index).collect();
        let parts_of = weak_parts(&walk);
        let count = parts_of.iter().max().map_or(0, |p| *p as usize + 1);
        let mut components: Vec<Vec<u32>> = vec![Vec::new(); count];
        for (c, part) in parts_of.iter().enumerate() {
            components[*part as usize].push(c as u32);
        }
        let n = field.len();
        let mut this = Self {
            members,
            bit: vec![0; n],
            state: Vec::new(),
            parts: Vec::with_capacity(count),
            part: vec![0; n],
            row: Vec::new(),
            rows: Vec::new(),
            walk,
        };
        this.row = vec![0; n * this.members.len()];
        for components in &components {
            this.add(field, components);
        }
        this
    }

    fn add(&mut self, field: &Field<'_>, components: &[u32]) {
        let mut states: Vec<u32> =
            components.iter().flat_map(|c| self.walk.states(*c as usize).iter().copied()).collect();
        states.sort_unstable();
        let first = self.state.len() / 64;
        let count = states.len().div_ceil(64);
        for (at, s) in states.iter().enumerate() {
            self.bit[*s as usize] = (first * 64 + at) as u32;
            self.part[*s as usize] = self.parts.len() as u32;
        }
        self.state.extend(&states);
        self.state.resize((first + count) * 64, u32::MAX);
        for (k, member) in self.members.iter().enumerate() {
            let ranks = &field.ranks[*member];
            let mut all: Vec<u32> = states.iter().map(|s| ranks[*s as usize]).collect();
            all.sort_unstable();
            all.dedup();
            if all.len() > ROWS {
                let last = all.len() - 1;
                all = (1..=ROWS).map(|k| all[k * last / ROWS]).collect();
            }
            let start = self.rows.len() as u32;
            for level in &all {
                let mut row = vec![0_u64; count];
                for (at, s) in states.iter().enumerate() {
                    row[at / 64] |= u64::from(ranks[*s as usize] < *level) << (at % 64);
                }
                self.rows.extend(row);
            }
            for s in &states {
                // The last level is the highest rank of the part, so there is one.
                let level = all.partition_point(|level| *level < ranks[*s as usize]);
                self.row[*s as usize * self.members.len() + k] = start + (level * count) as u32;
            }
        }
        let mut leads = Vec::new();
        if components.len() > 1 {
            // Components lead to smaller numbers: from large to small, what leads to each.
            let mut rows: Vec<(u32, Vec<u64>)> = components
                .iter()
                .map(|c| {
                    let mut row = vec![0_u64; count];
                    for s in self.walk.states(*c as usize) {
                        let at = self.bit[*s as usize] as usize - first * 64;
                        row[at / 64] |= 1 << (at % 64);
                    }
                    (*c, row)
                })
                .collect();
            for k in (0..rows.len()).rev() {
                let row = rows[k].1.clone();
                for further in &self.walk.leads[rows[k].0 as usize] {
                    if let Ok(at) = components.binary_search(further) {
                        for (to, from) in rows[at].1.iter_mut().zip(&row) {
                            *to |= from;
                        }
                    }
                }
            }
            for (c, row) in rows {
                leads.push((c, self.rows.len() as u32));
                self.rows.extend(row);
            }
        }
        self.parts.push(Part { words: (first as u32, count as u32), leads });
    }

    /// How many words of bits.
    fn words(&self) -> usize {
        self.state.len() / 64
    }

    /// Calls `each` for every state among `live` (bits of this layout) from which the coalition
    /// jointly improves to `v`.
    fn predecessors(&self, field: &Field<'_>, v: u32, live: &[u64], mut each: impl FnMut(u32)) {
        let part = &self.parts[self.part[v as usize] as usize];
        let (first, count) = (part.words.0 as usize, part.words.1 as usize);
        let width = self.members.len();
        let rows = &self.row[v as usize * width..(v as usize + 1) * width];
        let lead = part.leads.iter().find(|(c, _)| *c == self.walk.component[v as usize]);
        for word in 0..count {
            let mut bits = live[first + word];
            if bits == 0 {
                continue;
            }
            for row in rows {
                bits &= self.rows[*row as usize + word];
            }
            if let Some((_, start)) = lead {
                bits &= self.rows[*start as usize + word];
            }
            while bits != 0 {
                let u = self.state[(first + word) * 64 + bits.trailing_zeros() as usize];
                bits &= bits - 1;
                // Levels may be shared: look at the ranks themselves.
                if self.members.iter().all(|m| field.ranks[*m][u as usize] < field.ranks[*m][v as usize]) {
                    each(u);
                }
            }
        }
    }
}

/// The part of each component: components that one-way moves link, in either direction.
fn weak_parts(walk: &Walk) -> Vec<u32> {
    let n = walk.len();
    let mut links: Vec<Vec<u32>> = vec![Vec::new(); n];
    for (a, leads) in walk.leads.iter().enumerate() {
        for b in leads {
            links[a].push(*b);
            links[*b as usize].push(a as u32);
        }
    }
    let mut part = vec![u32::MAX; n];
    let mut next = 0;
    for c in 0..n {
        if part[c] != u32::MAX {
            continue;
        }
        part[c] = next;
        let mut to_do = vec![c];
        while let Some(at) = to_do.pop() {
            for further in &links[at] {
                if part[*further as usize] == u32::MAX {
                    part[*further as usize] = next;
                    to_do.push(*further as usize);
                }
            }
        }
        next += 1;
    }
    part
}

/// For each state, the least `value` over the states that sequences of joint improvements of
/// `coalitions` lead to, itself included.
pub(super) fn least(field: &Field<'_>, coalitions: &[Arc<Backwards>], value: &[u32]) -> Vec<u32> {
    let n = field.len();
    let mut live: Vec<Vec<u64>> = coalitions
        .iter()
        .map(|k| {
            let mut bits = vec![0_u64; k.words()];
            for bit in &k.bit {
                bits[*bit as usize / 64] |= 1 << (bit % 64);
            }
            bits
        })
        .collect();
    // How many states of each part have no colour yet.
    let mut alive: Vec<Vec<u32>> = coalitions
        .iter()
        .map(|k| {
            let mut count = vec![0; k.parts.len()];
            for part in &k.part {
                count[*part as usize] += 1;
            }
            count
        })
        .collect();
    let mut order: Vec<u32> = (0..n as u32).collect();
    order.sort_by_key(|s| value[*s as usize]);
    let mut least = vec![u32::MAX; n];
    let mut coloured = vec![false; n];
    let mut to_do: Vec<u32> = Vec::new();
    let mut found: Vec<u32> = Vec::new();
    for start in order {
        if coloured[start as usize] {
            continue;
        }
        let colour = value[start as usize];
        found.push(start);
        loop {
            for s in found.drain(..) {
                if !coloured[s as usize] {
                    coloured[s as usize] = true;
                    least[s as usize] = colour;
                    for ((k, live), alive) in coalitions.iter().zip(&mut live).zip(&mut alive) {
                        let bit = k.bit[s as usize];
                        live[bit as usize / 64] &= !(1 << (bit % 64));
                        alive[k.part[s as usize] as usize] -= 1;
                    }
                    to_do.push(s);
                }
            }
            let Some(v) = to_do.pop() else { break };
            for ((k, live), alive) in coalitions.iter().zip(&live).zip(&alive) {
                if alive[k.part[v as usize] as usize] > 0 {
                    k.predecessors(field, v, live, |u| found.push(u));
                }
            }
        }
    }
    least
}
