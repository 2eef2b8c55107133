//! Coalitions, sentence by sentence: what the fast coalition analysis is tested against.
//!
//! A coalition is a list of actors. `H` is the coalition whose stability is asked for, its
//! opponents are `N∖H`.

use std::collections::BTreeSet;

use detente_model::{Game, Sequences, State};

use super::world::World;
use crate::{Quiet, SolveError};

/// The concepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LiteralConcept {
    /// C-Nash: no joint improvement.
    Nash,
    /// C-GMR.
    Gmr,
    /// C-SMR.
    Smr,
    /// C-SEQ.
    Seq,
}

/// A small game, laid out for questions about coalitions.
pub(crate) struct LiteralCoalitions {
    world: World,
    reading: Sequences,
}

impl LiteralCoalitions {
    /// Lays `game` out.
    ///
    /// # Errors
    /// As the reference engine.
    pub(crate) fn new(game: &Game, reading: Sequences) -> Result<Self, SolveError> {
        Ok(Self { world: World::new(game, &Quiet)?, reading })
    }

    /// The feasible states, ascending.
    pub(crate) fn states(&self) -> &[State] {
        &self.world.states
    }

    /// Where a mover can go in one move.
    pub(crate) fn moves(&self, mover: usize, s: usize) -> &[usize] {
        &self.world.moves[mover][s]
    }

    /// Whether an actor strictly prefers `t` to `s`.
    pub(crate) fn prefers(&self, actor: usize, t: usize, s: usize) -> bool {
        self.world.prefers(actor, t, s)
    }

    /// `R_H(s)`: the states that a legal sequence of moves of members of `h` leads to from `s`:
    /// nobody twice in a row. `s` itself only when a sequence returns to it.
    pub(crate) fn reach(&self, h: &[usize], s: usize) -> BTreeSet<usize> {
        let mut seen: BTreeSet<(usize, usize)> = BTreeSet::new();
        let mut to_do: Vec<(usize, Option<usize>)> = vec![(s, None)];
        while let Some((from, last)) = to_do.pop() {
            for j in self.movers_of(h).filter(|j| Some(*j) != last) {
                for &t in &self.world.moves[j][from] {
                    if seen.insert((t, j)) {
                        to_do.push((t, Some(j)));
                    }
                }
            }
        }
        seen.into_iter().map(|(t, _)| t).collect()
    }

    /// The movers all of whose parties are in `h`.
    fn movers_of<'a>(&'a self, h: &'a [usize]) -> impl Iterator<Item = usize> + 'a {
        (0..self.world.movers.len()).filter(|&m| self.world.parties(m).all(|party| h.contains(&party)))
    }

    /// `R⁺⁺_H(s)`: those of `R_H(s)` that every member strictly prefers to `s`.
    pub(crate) fn gains(&self, h: &[usize], s: usize) -> BTreeSet<usize> {
        self.reach(h, s).into_iter().filter(|&t| h.iter().all(|&j| self.world.prefers(j, t, s))).collect()
    }

    /// Whether `s` is stable for `h` when its opponents are `players`, each a coalition that moves
    /// as one; C-SEQ: when the coalitions in `players` may improve.
    ///
    /// For C-SEQ of the definitions: `players` are all coalitions of opponents ([`LiteralCoalitions::stable`]). The
    /// game in which some coalitions are players: `players` are the other players, for all concepts.
    pub(crate) fn stable_against(
        &self,
        concept: LiteralConcept,
        h: &[usize],
        players: &[Vec<usize>],
        s: usize,
    ) -> bool {
        let improving = concept == LiteralConcept::Seq;
        self.withstands(concept, h, s, &|t| self.answers(players, t, improving))
    }

    /// Whether each gain of `h` at `s` has an answer, one of `answers`, that sanctions it.
    fn withstands(
        &self,
        concept: LiteralConcept,
        h: &[usize],
        s: usize,
        answers: &dyn Fn(usize) -> BTreeSet<usize>,
    ) -> bool {
        let no_better = |t: usize| h.iter().any(|&j| !self.world.prefers(j, t, s));
        self.gains(h, s).into_iter().all(|t| match concept {
            LiteralConcept::Nash => false,
            LiteralConcept::Gmr | LiteralConcept::Seq => answers(t).into_iter().any(no_better),
            LiteralConcept::Smr => {
                answers(t).into_iter().any(|s2| no_better(s2) && self.reach(h, s2).into_iter().all(no_better))
            }
        })
    }

    /// Whether `s` is stable for `h`.
    pub(crate) fn stable(&self, concept: LiteralConcept, h: &[usize], s: usize) -> bool {
        let others: Vec<usize> = (0..self.world.actors).filter(|j| !h.contains(j)).collect();
        match concept {
            LiteralConcept::Seq => self.stable_against(concept, h, &subsets(&others), s),
            _ => self.withstands(concept, h, s, &|t| self.answers_of_movers(&others, t)),
        }
    }

    /// The states that sequences of moves of the movers among `others` lead to from `t`. Legal: no mover twice in a
    /// row; once: nobody takes part in two moves; single: one move.
    fn answers_of_movers(&self, others: &[usize], t: usize) -> BTreeSet<usize> {
        let mut seen: BTreeSet<(usize, Vec<usize>)> = BTreeSet::new();
        let mut to_do: Vec<(usize, Vec<usize>)> = vec![(t, vec![])];
        while let Some((from, past)) = to_do.pop() {
            for mover in self.movers_of(others) {
                let (barred, memory) = match self.reading {
                    Sequences::Legal => (past == [mover], vec![mover]),
                    Sequences::Once => {
                        let mut both = past.clone();
                        both.extend(self.world.parties(mover));
                        both.sort_unstable();
                        (self.world.parties(mover).any(|j| past.contains(&j)), both)
                    }
                    Sequences::Single => (!past.is_empty(), vec![mover]),
                };
                if barred {
                    continue;
                }
                for &end in &self.world.moves[mover][from] {
                    if seen.insert((end, memory.clone())) {
                        to_do.push((end, memory.clone()));
                    }
                }
            }
        }
        seen.into_iter().map(|(end, _)| end).collect()
    }

    /// The states that sequences of moves (or joint improvements) of `players` lead to from `t`.
    /// Legal: no player twice in a row; once: nobody takes part in two moves; single: one move.
    fn answers(&self, players: &[Vec<usize>], t: usize, improving: bool) -> BTreeSet<usize> {
        let mut reached = BTreeSet::new();
        let mut seen: BTreeSet<(usize, Vec<usize>)> = BTreeSet::new();
        let mut to_do: Vec<(usize, Vec<usize>)> = vec![(t, vec![])];
        // Remembered: the last player, or all actors that took part so far.
        while let Some((from, past)) = to_do.pop() {
            for player in players {
                let barred = match self.reading {
                    Sequences::Legal => past == *player,
                    Sequences::Once => player.iter().any(|j| past.contains(j)),
                    Sequences::Single => !past.is_empty(),
                };
                if barred {
                    continue;
                }
                let ends = if improving { self.gains(player, from) } else { self.reach(player, from) };
                for end in ends {
                    reached.insert(end);
                    let mut memory = player.clone();
                    if self.reading == Sequences::Once {
                        memory.extend(&past);
                        memory.sort_unstable();
                    }
                    if seen.insert((end, memory.clone())) {
                        to_do.push((end, memory));
                    }
                }
            }
        }
        reached
    }
}

/// All non-empty subsets, members ascending.
fn subsets(of: &[usize]) -> Vec<Vec<usize>> {
    (1..1_usize << of.len())
        .map(|mask| of.iter().enumerate().filter(|(k, _)| mask >> k & 1 == 1).map(|(_, j)| *j).collect())
        .collect()
}
