//! The parts of a game that changes concern: the wishes of each actor, and the options that are never on.
//!
//! # Definition
//! No change concerns two parts, and whether changes go with one another is a matter of one part. So a changed game is
//! what each part becomes, each for itself; and the least cost of a game is the sum of the least costs of its parts. What
//! a part becomes at a cost is listed once for all games, at the least cost at which it becomes that.
//!
//! # Complexity
//! Of a part with `n` changes at most `n^k / k!` at a cost of `k`, each looked up once.

use std::collections::HashSet;

use detente_model::{ActorId, Expr, Game, OptionId};

use super::change::{Change, Entry, forbidden, list, wanting};

/// A part of a game, and what changes make of it.
pub(super) struct Part {
    /// Whose wishes; `None`: the options.
    whose: Option<ActorId>,
    /// Its changes, as places among all.
    own: Vec<usize>,
    known: HashSet<Became>,
    /// By cost, what it becomes at no less.
    pub(super) levels: Vec<Vec<Variant>>,
}

/// What a part becomes, and by which changes: places among all, ascending.
pub(super) struct Variant {
    pub(super) changes: Vec<usize>,
    pub(super) became: Became,
}

/// What a part becomes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Became {
    /// The wishes of an actor, most important first.
    Wishes(Vec<Entry>),
    /// The options that are never on, ascending.
    Never(Vec<OptionId>),
}

/// What all parts have in common.
#[derive(Clone, Copy)]
pub(super) struct Whole<'s> {
    pub(super) game: &'s Game,
    /// What actors can come to wish.
    pub(super) wish: Option<&'s Expr>,
    pub(super) changes: &'s [Change],
    /// What each costs, 1 or more.
    pub(super) costs: &'s [u32],
}

/// The parts of a game: the options first, then the actors in their order.
pub(super) fn parts(of: Whole<'_>) -> Vec<Part> {
    let whose = std::iter::once(None).chain(of.game.actor_ids().map(Some));
    whose
        .map(|whose| {
            let own = (0..of.changes.len()).filter(|at| concerns(of.changes[*at]) == whose).collect();
            let mut part = Part { whose, own, known: HashSet::new(), levels: Vec::new() };
            let as_it_is = part.became(of, Vec::new());
            part.levels.push(as_it_is.into_iter().collect());
            part
        })
        .collect()
}

/// Whose wishes a change concerns; `None`: the options.
fn concerns(change: Change) -> Option<ActorId> {
    match change {
        Change::Drop { actor, .. }
        | Change::Flip { actor, .. }
        | Change::Move { actor, .. }
        | Change::Add { actor, .. } => Some(actor),
        Change::Forbid(_) => None,
    }
}

impl Part {
    /// Lists what it becomes at a cost of `cost`, the one after the last that was listed: at most so many, in the
    /// lexicographic order of the changes.
    pub(super) fn list(&mut self, of: Whole<'_>, cost: u32, most: usize) {
        let mut level = Vec::new();
        let own = std::mem::take(&mut self.own);
        let mut sets = Sets { of, own: &own, chosen: Vec::new(), next: 0, left: cost };
        while level.len() < most
            && let Some(set) = sets.next()
        {
            level.extend(self.became(of, set));
        }
        self.own = own;
        self.levels.push(level);
    }

    /// What these changes make of it; `None`: what cannot be, or what others made of it before.
    fn became(&mut self, of: Whole<'_>, set: Vec<usize>) -> Option<Variant> {
        let changes: Vec<Change> = set.iter().map(|at| of.changes[*at]).collect();
        let became = match self.whose {
            None => Became::Never(forbidden(&changes)),
            Some(actor) => Became::Wishes(list(of.game, actor, &changes)?),
        };
        if !self.known.insert(became.clone()) {
            return None;
        }
        if let (Some(actor), Became::Wishes(entries)) = (self.whose, &became) {
            // As it is an actor may have no wish at all.
            let can = set.is_empty()
                || wanting(of.game.preferences.get(actor.index())?, entries, of.wish).is_some();
            return can.then_some(Variant { changes: set, became });
        }
        Some(Variant { changes: set, became })
    }
}

/// All sets of changes of one part at one cost that go with one another, in lexicographic order.
struct Sets<'c> {
    of: Whole<'c>,
    own: &'c [usize],
    /// Places of the changes taken so far, ascending.
    chosen: Vec<usize>,
    /// The next one that is looked at.
    next: usize,
    /// What may still be spent.
    left: u32,
}

impl Iterator for Sets<'_> {
    type Item = Vec<usize>;

    fn next(&mut self) -> Option<Vec<usize>> {
        let Whole { changes, costs, .. } = self.of;
        loop {
            if self.left == 0 || self.next == self.own.len() {
                let found = (self.left == 0).then(|| self.chosen.iter().map(|at| self.own[*at]).collect());
                let last = self.chosen.pop();
                if let Some(last) = last {
                    self.left += costs[self.own[last]];
                    self.next = last + 1;
                }
                match (found, last) {
                    (Some(set), Some(_)) => return Some(set),
                    (_, None) => return None,
                    (None, Some(_)) => continue,
                }
            }
            let at = self.next;
            self.next += 1;
            let one = self.own[at];
            let goes = |other: &usize| changes[one].goes_with(changes[self.own[*other]]);
            if costs[one] <= self.left && self.chosen.iter().all(goes) {
                self.chosen.push(at);
                self.left -= costs[one];
            }
        }
    }
}
