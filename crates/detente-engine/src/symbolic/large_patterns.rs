//! Some large patterns of a set that has too many for a whole cover.
//!
//! # Definition
//! Patterns inside the set, largest first, none of which is inside the union of the others, and
//! none of which stays inside the set when one more cell is opened.
//!
//! # Method
//! Again and again: the path with the fewest decisions through the diagram of what is not covered
//! yet is a pattern with the most open cells among all paths; its cells are opened one by one, in
//! option order, as long as the pattern stays inside the whole set; then it is taken away. Patterns
//! that later ones cover together are dropped at the end.
//!
//! # Complexity
//! Per pattern: linear in the nodes of the diagram for the path, options × nodes at most for
//! opening. Cut at [`MOST_STEPS`] diagram steps.

use detente_model::Pattern;

use super::diagram::{Diagrams, Frozen, Halt, Set};
use crate::{Cover, Quiet};

/// Diagram steps after which no further pattern is looked for: less than half a second.
const MOST_STEPS: u64 = 1 << 22;

/// At most `most` patterns of `set`, whose positions are the options `order`; complete when they are
/// the whole set.
pub(super) fn large_patterns(set: &Frozen, order: &[usize], most: usize) -> Cover {
    let mut d = Diagrams::new(u64::MAX, &Quiet).with_budget(MOST_STEPS);
    let Some(all) = d.thaw(set).ok().and_then(|mut sets| sets.pop()) else {
        return Cover::default();
    };
    let mut found: Vec<(Pattern, Set)> = Vec::new();
    let mut rest = all.clone();
    while !rest.is_empty() && found.len() < most {
        // Out of steps: what was found so far is the answer.
        let Ok((pattern, set, left)) = next(&mut d, order, &all, &rest) else { break };
        found.push((pattern, set));
        rest = left;
    }
    let complete = rest.is_empty();
    let mut at = 0;
    while at < found.len() {
        match others_cover(&mut d, &found, at) {
            Ok(true) => drop(found.remove(at)),
            Ok(false) => at += 1,
            Err(_) => break,
        }
    }
    let mut patterns: Vec<Pattern> = found.into_iter().map(|(pattern, _)| pattern).collect();
    // `Y` before `N` before `-`, as in whole covers.
    let cell = |cell: &Option<bool>| match cell {
        Some(true) => 0_u8,
        Some(false) => 1,
        None => 2,
    };
    let key = |p: &Pattern| p.cells.iter().map(cell).collect::<Vec<u8>>();
    let closed = |p: &Pattern| p.cells.iter().flatten().count();
    patterns.sort_by(|a, b| closed(a).cmp(&closed(b)).then_with(|| key(a).cmp(&key(b))));
    Cover { patterns, complete }
}

/// The next pattern, its states, and what is left.
fn next(d: &mut Diagrams<'_>, order: &[usize], all: &Set, rest: &Set) -> Result<(Pattern, Set, Set), Halt> {
    let mut cells = d.freeze(std::slice::from_ref(rest)).shortest_path();
    let set_of = |d: &mut Diagrams<'_>, cells: &[(usize, bool)]| {
        d.literals(cells.iter().map(|&(position, on)| (2 * position as u32, on)))
    };
    // In option order, so that what is opened does not depend on the diagram more than it must.
    cells.sort_by_key(|(position, _)| order[*position]);
    let mut set = set_of(d, &cells)?;
    let mut at = 0;
    while at < cells.len() {
        let cell = cells.remove(at);
        let wider = set_of(d, &cells)?;
        if d.without(&wider, all)?.is_empty() {
            set = wider;
        } else {
            cells.insert(at, cell);
            at += 1;
        }
    }
    let mut pattern = Pattern { cells: vec![None; order.len()] };
    for (position, on) in cells {
        pattern.cells[order[position]] = Some(on);
    }
    let left = d.without(rest, &set)?;
    Ok((pattern, set, left))
}

/// Whether the pattern at place `at` is inside the union of the others.
fn others_cover(d: &mut Diagrams<'_>, found: &[(Pattern, Set)], at: usize) -> Result<bool, Halt> {
    let mut left = found[at].1.clone();
    for (other, (_, set)) in found.iter().enumerate() {
        if other != at {
            left = d.without(&left, set)?;
        }
    }
    Ok(left.is_empty())
}
