//! The same set under another order of variables.

use std::collections::HashMap;

use super::frozen::Frozen;
use super::store::{Diagrams, Edge, FALSE, Halt, TRUE};
use crate::{Quiet, Stop};

impl Frozen {
    /// The first root, with the variable of level `levels[n]` moved to level `n`. The answer can be
    /// exponentially larger: `None` when it takes more than about `steps` steps or `memory` bytes.
    pub(crate) fn reordered(&self, levels: &[u32], memory: u64, steps: u64) -> Option<Frozen> {
        let mut from = Diagrams::new(memory / 2, &Quiet).with_budget(steps);
        let set = from.thaw(self).ok()?.into_iter().next()?;
        let mut reorder =
            Reorder { levels, from, to: Diagrams::new(memory / 2, &Quiet), known: HashMap::new() };
        let edge = reorder.run(set.edge(), 0).ok()?;
        let moved = reorder.to.keep(edge);
        Some(reorder.to.freeze(&[moved]))
    }
}

struct Reorder<'l> {
    levels: &'l [u32],
    from: Diagrams<'static>,
    to: Diagrams<'static>,
    known: HashMap<Edge, Edge>,
}

impl Reorder<'_> {
    /// `edge` depends on the variables from place `at` on only.
    fn run(&mut self, edge: Edge, at: usize) -> Result<Edge, Halt> {
        let flip = edge & 1;
        if edge ^ flip == TRUE {
            return Ok(edge);
        }
        // A variable that has no new place: the caller's mistake, answered like too much work.
        let level = self.levels.get(at).copied().ok_or(Halt(Stop::Work))?;
        if let Some(known) = self.known.get(&(edge ^ flip)) {
            return Ok(known ^ flip);
        }
        let low = self.from.fix_edge(edge ^ flip, level, false)?;
        let high = self.from.fix_edge(edge ^ flip, level, true)?;
        let low = self.run(low, at + 1)?;
        let high = self.run(high, at + 1)?;
        let moved = self.to.node(at as u32, low, high)?;
        self.known.insert(edge ^ flip, moved);
        Ok(moved ^ flip)
    }
}

impl Diagrams<'_> {
    /// The function where the variable of `level` is fixed.
    pub(super) fn fix_edge(&mut self, edge: Edge, level: u32, on: bool) -> Result<Edge, Halt> {
        let literal = if on { self.node(level, FALSE, TRUE)? } else { self.node(level, TRUE, FALSE)? };
        let vars = self.node(level, FALSE, TRUE)?;
        self.and_exists_edge(edge, literal, vars)
    }
}
