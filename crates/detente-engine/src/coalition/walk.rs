//! Plain reachability by the moves of a set of actors: components and the order between them.

use super::Coalition;
use super::field::{Field, Moves, Place};
use crate::strong::strong_components;

/// The condensation of "some sequence of moves of members leads from s to t": mutually reachable
/// states form a component; components are numbered so that a move leads to the same or a
/// smaller number.
pub(super) struct Walk {
    /// The component of each state.
    pub(super) component: Vec<u32>,
    /// Where components lead in one step, other components only; all empty without one-way options.
    pub(super) leads: Vec<Vec<u32>>,
    /// States by component: those of `c` are `states[starts[c]..starts[c + 1]]`, ascending.
    starts: Vec<u32>,
    states: Vec<Place>,
}

impl Walk {
    /// Reachability by `members`, all of whose moves are transitive.
    ///
    /// # Complexity
    /// Near-linear in states times members plus one-way links.
    pub(super) fn new(field: &Field<'_>, members: Coalition) -> Self {
        let n = field.len();
        let mut sets = Sets::new(n);
        let mut links: Vec<(u32, u32)> = Vec::new();
        for actor in members.members() {
            let Some(Moves::Classes { of, count, leads }) = field.moves.get(actor.index()) else { continue };
            let mut first = vec![u32::MAX; *count as usize];
            for (state, class) in of.iter().enumerate() {
                let first = &mut first[*class as usize];
                if *first == u32::MAX {
                    *first = state as u32;
                } else {
                    sets.join(*first, state as u32);
                }
            }
            links.extend(leads.iter().map(|(a, b)| (first[*a as usize], first[*b as usize])));
        }
        let mut ids = vec![u32::MAX; n];
        let mut count = 0;
        let mut component: Vec<u32> = (0..n as u32)
            .map(|s| {
                let root = sets.root(s) as usize;
                if ids[root] == u32::MAX {
                    ids[root] = count;
                    count += 1;
                }
                ids[root]
            })
            .collect();
        let mut leads: Vec<Vec<u32>> = vec![Vec::new(); count as usize];
        for (a, b) in links {
            let (a, b) = (component[a as usize], component[b as usize]);
            if a != b {
                leads[a as usize].push(b);
            }
        }
        if leads.iter().any(|l| !l.is_empty()) {
            let strong = strong_components(&leads);
            let count = strong.iter().map(|c| c + 1).max().unwrap_or(0);
            let mut merged: Vec<Vec<u32>> = vec![Vec::new(); count as usize];
            for (a, list) in leads.iter().enumerate() {
                let from = strong[a];
                merged[from as usize].extend(list.iter().map(|b| strong[*b as usize]).filter(|b| *b != from));
            }
            for list in &mut merged {
                list.sort_unstable();
                list.dedup();
            }
            for c in &mut component {
                *c = strong[*c as usize];
            }
            leads = merged;
        }
        let (starts, states) = by_key(&component, leads.len());
        Self { component, leads, starts, states }
    }

    /// How many components.
    pub(super) fn len(&self) -> usize {
        self.leads.len()
    }

    /// The states of a component, ascending.
    pub(super) fn states(&self, component: usize) -> &[Place] {
        &self.states[self.starts[component] as usize..self.starts[component + 1] as usize]
    }

    /// Whether every move can be undone.
    pub(super) fn is_symmetric(&self) -> bool {
        self.leads.iter().all(Vec::is_empty)
    }

    /// The least `value` over all states that each component reaches, itself included.
    pub(super) fn least(&self, value: &[u32]) -> Vec<u32> {
        let mut least = vec![u32::MAX; self.len()];
        for c in 0..self.len() {
            let own = self.states(c).iter().map(|s| value[*s as usize]);
            let further = self.leads[c].iter().map(|d| least[*d as usize]);
            least[c] = own.chain(further).min().unwrap_or(u32::MAX);
        }
        least
    }
}

/// Items by key: those with key `k` are `items[starts[k]..starts[k + 1]]`, ascending.
pub(super) fn by_key(keys: &[u32], count: usize) -> (Vec<u32>, Vec<u32>) {
    let mut starts = vec![0_u32; count + 1];
    for key in keys {
        starts[*key as usize + 1] += 1;
    }
    for k in 0..count {
        starts[k + 1] += starts[k];
    }
    let mut next = starts.clone();
    let mut items = vec![0; keys.len()];
    for (item, key) in keys.iter().enumerate() {
        let place = &mut next[*key as usize];
        items[*place as usize] = item as u32;
        *place += 1;
    }
    (starts, items)
}

/// Disjoint sets with path halving.
struct Sets {
    parent: Vec<u32>,
}

impl Sets {
    fn new(n: usize) -> Self {
        Self { parent: (0..n as u32).collect() }
    }

    fn root(&mut self, mut at: u32) -> u32 {
        while self.parent[at as usize] != at {
            let up = self.parent[self.parent[at as usize] as usize];
            self.parent[at as usize] = up;
            at = up;
        }
        at
    }

    fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.root(a), self.root(b));
        let (low, high) = (a.min(b), a.max(b));
        self.parent[high as usize] = low;
    }
}
