//! What is drawn of where a conflict goes: too much would say nothing.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use detente_engine::evolution::{Evolution, Route, Walker};
use detente_model::Conflict;

use crate::say::names;

/// At most this many outcomes are drawn.
const DRAWN: usize = 14;

/// What is drawn: outcomes by place in [`Evolution::states`], and who leads from one to another.
pub(super) struct Part {
    /// The start first.
    pub(super) keep: Vec<usize>,
    /// Movers by pair of outcomes: `Azerbaijan`, `Azerbaijan + Armenia`.
    pub(super) edges: BTreeMap<(usize, usize), Vec<String>>,
    /// How many steps from the start, along what is drawn.
    pub(super) layer: BTreeMap<usize, usize>,
    /// Steps back or within a layer that are left out.
    pub(super) left_out: usize,
}

/// The start, the status quo, where it ends, and the shortest ways between them; all when they are few.
pub(super) fn part(conflict: &Conflict, evolution: &Evolution, routes: &[Route]) -> Part {
    let count = evolution.states.len();
    let mut keep: BTreeSet<usize> = BTreeSet::from([0]);
    if count <= DRAWN {
        keep.extend(0..count);
    } else {
        let place = |state: &detente_model::State| evolution.states.iter().position(|s| s == state);
        keep.extend(conflict.game.status_quo.as_ref().and_then(place));
        let ends = evolution.absorbing.iter().map(|end| end.states.iter().copied().take(2));
        for end in ends.flatten() {
            for step in way(evolution, end) {
                if keep.len() < DRAWN {
                    keep.insert(step);
                }
            }
        }
        for state in routes.iter().flat_map(|route| &route.sequence).filter_map(|(_, state)| place(state)) {
            if keep.len() < DRAWN {
                keep.insert(state);
            }
        }
    }
    let mut edges: BTreeMap<(usize, usize), Vec<String>> = BTreeMap::new();
    for step in &evolution.steps {
        let Some(to) = step.to.filter(|to| keep.contains(to) && keep.contains(&step.from)) else { continue };
        let members = step.mover.members(&conflict.game);
        let who: Vec<String> = members.into_iter().map(|actor| names::actor(conflict, actor)).collect();
        let chance = match step.mover {
            Walker::Chance(at) => conflict.game.option_form().and_then(|form| form.chances.get(at)),
            _ => None,
        };
        let label = chance.map_or_else(|| who.join(" + "), |chance| chance.text.clone());
        edges.entry((step.from, to)).or_default().push(label);
    }
    let mut layer = BTreeMap::from([(0, 0)]);
    let mut queue = VecDeque::from([0]);
    while let Some(from) = queue.pop_front() {
        let next = layer[&from] + 1;
        for (_, to) in edges.keys().filter(|(start, _)| *start == from) {
            if let std::collections::btree_map::Entry::Vacant(free) = layer.entry(*to) {
                free.insert(next);
                queue.push_back(*to);
            }
        }
    }
    let last = layer.values().max().copied().unwrap_or(0);
    for state in &keep {
        layer.entry(*state).or_insert(last + 1);
    }
    let all = edges.len();
    // Many steps: only those that lead on.
    if all > 2 * keep.len() {
        edges.retain(|(from, to), _| layer[to] > layer[from]);
    }
    let left_out = all - edges.len();
    Part { keep: keep.into_iter().collect(), edges, layer, left_out }
}

/// The places on a shortest way of the chain to `end`.
fn way(evolution: &Evolution, end: usize) -> Vec<usize> {
    let mut before: BTreeMap<usize, usize> = BTreeMap::from([(0, 0)]);
    let mut queue = VecDeque::from([0]);
    while let Some(from) = queue.pop_front() {
        for to in evolution.steps.iter().filter(|step| step.from == from).filter_map(|step| step.to) {
            if let std::collections::btree_map::Entry::Vacant(free) = before.entry(to) {
                free.insert(from);
                queue.push_back(to);
            }
        }
    }
    let mut places = vec![end];
    let mut at = end;
    while at != 0 {
        let Some(from) = before.get(&at) else { break };
        at = *from;
        places.push(at);
    }
    places
}
