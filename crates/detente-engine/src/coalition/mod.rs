//! Coalitions: who could move the conflict together, and what no coalition can undo.
//!
//! # Definition
//! For a coalition `H`, a non-empty set of actors; its movers are those all of whose parties are members:
//! * `R_H(s)`: the states that a legal sequence of their moves leads to from `s` (no mover twice in a row).
//! * `R⁺⁺_H(s)`: those of them that *every* member strictly prefers to `s`. Only the end counts: a
//!   member may lose on the way.
//!
//! | concept | `s` is stable for `H` when |
//! |---|---|
//! | C-Nash | `R⁺⁺_H(s)` is empty |
//! | C-GMR | each `t ∈ R⁺⁺_H(s)` has some `s2 ∈ R_{N∖H}(t)` that some member likes no better than `s` |
//! | C-SMR | … and every `s3 ∈ R_H(s2)` is again no better than `s` for some member |
//! | C-SEQ | as C-GMR, with `s2` brought about by joint improvements of coalitions inside `N∖H`, one after the other |
//!
//! The reading of sequences ([`Sequences`]) is about the opponents: `legal`: no opponent (C-SEQ: no
//! coalition) moves twice in a row; `once`: nobody takes part in two moves; `single`: one move. A
//! coalition's own moves are always legal sequences.
//!
//! [`table()`] for a whole conflict (state × coalition), [`exits()`] for one state ([`exits_each`] for several),
//! [`coalition_nash`] for conflicts of 30 to 100 options, without listing states.
//!
//! # Source
//! Kilgour, D. M., Hipel, K. W., Fang, L. & Peng, X. (2001), Coalition analysis in group decision
//! support, *Group Decision and Negotiation* 10; Inohara, T. & Hipel, K. W. (2008), Coalition
//! analysis in the graph model for conflict resolution, *Systems Engineering* 11.

mod exits;
mod field;
mod front;
mod lists;
mod pause;
mod sequential;
mod symmetric;
mod table;
mod walk;

use detente_model::{ActorId, Game, Sequences};

use crate::{LimitHit, SolveError};

pub use crate::symbolic::{CoalitionNash, coalition_nash};
pub(crate) use exits::inside;
pub use exits::{Exit, Exits, exits, exits_each};
pub use table::{CoalitionSettings, CoalitionTable, table};

/// A set of actors (at most 64 in a case).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Coalition(u64);

impl Coalition {
    /// These actors.
    #[must_use]
    pub fn of(actors: impl IntoIterator<Item = ActorId>) -> Self {
        Self(actors.into_iter().fold(0, |set, actor| set | 1_u64.checked_shl(actor.0).unwrap_or(0)))
    }

    /// All `actors` actors of a game.
    #[must_use]
    pub fn everybody(actors: usize) -> Self {
        Self(if actors >= 64 { u64::MAX } else { (1 << actors) - 1 })
    }

    /// The members as bits, by place in the file.
    #[must_use]
    pub(crate) fn bits(self) -> u64 {
        self.0
    }

    /// The members, in file order.
    pub fn members(self) -> impl Iterator<Item = ActorId> {
        (0..64_u32).filter(move |k| self.0 >> k & 1 == 1).map(ActorId)
    }

    /// How many members.
    #[must_use]
    pub fn size(self) -> usize {
        self.0.count_ones() as usize
    }

    /// Whether nobody is in it.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether `actor` is a member.
    #[must_use]
    pub fn contains(self, actor: ActorId) -> bool {
        self.0 >> actor.0.min(63) & 1 == 1
    }

    /// Whether every member is a member of `other`.
    #[must_use]
    pub fn is_within(self, other: Self) -> bool {
        self.0 & !other.0 == 0
    }

    /// Those of the first `actors` actors who are not members.
    #[must_use]
    pub fn others(self, actors: usize) -> Self {
        Self(Self::everybody(actors).0 & !self.0)
    }

    /// Ids of the members joined by `+`, in file order: `az+am`.
    #[must_use]
    pub fn id(self, game: &Game) -> String {
        let ids: Vec<&str> =
            self.members().filter_map(|a| game.actors.get(a.index())).map(|a| a.id.as_str()).collect();
        ids.join("+")
    }

    /// Every non-empty coalition inside this one with at most `size` members: smaller ones first,
    /// then in file order of the members. Their number is exponential in `size`.
    pub fn parts(self, size: usize) -> impl Iterator<Item = Self> {
        let members: Vec<u32> = self.members().map(|a| a.0).collect();
        (1..=size.min(members.len())).flat_map(move |k| {
            let members = members.clone();
            let mut places: Option<Vec<usize>> = Some((0..k).collect());
            std::iter::from_fn(move || {
                let now = places.clone()?;
                // The next combination in lexicographic order.
                let n = members.len();
                places = (0..k).rev().find(|&i| now[i] < n - k + i).map(|i| {
                    let mut next = now.clone();
                    next[i] += 1;
                    for j in i + 1..k {
                        next[j] = next[j - 1] + 1;
                    }
                    next
                });
                Some(Self(now.iter().fold(0, |set, &at| set | 1 << members[at])))
            })
        })
    }
}

/// Stability concepts for coalitions; see the module.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CoalitionConcept {
    /// C-Nash.
    Nash,
    /// C-GMR.
    Gmr,
    /// C-SMR.
    Smr,
    /// C-SEQ.
    Seq,
}

impl CoalitionConcept {
    /// All, in the order of reports.
    pub const ALL: [Self; 4] = [Self::Nash, Self::Gmr, Self::Smr, Self::Seq];

    /// The id on the command line and in JSON.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Nash => "c-nash",
            Self::Gmr => "c-gmr",
            Self::Smr => "c-smr",
            Self::Seq => "c-seq",
        }
    }
}

/// Why there is no coalition analysis.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CoalitionError {
    /// A state that is not one of the game.
    #[error("state {0} is not possible under the rules of the case")]
    NotFeasible(detente_model::State),
    /// The players are not a partition of the actors.
    #[error("every actor must be in exactly one player: {0}")]
    NotAPartition(String),
    /// An act has parties in several of the players.
    #[error(
        "the act {0} has parties in several of the players, which are one player here: put them together"
    )]
    ActsAcross(String),
    /// A bound was hit before there was anything to answer.
    #[error("{} stopped at {}", .0.what, .0.limit)]
    Limit(LimitHit),
    /// The game has no states.
    #[error(transparent)]
    Solve(#[from] SolveError),
}

/// Whether sequences of `reading` need no memory of who moved, and moves lie in classes: then what opponents can
/// bring about is plain reachability between these.
fn is_plain(game: &Game, reading: Sequences) -> bool {
    reading == Sequences::Legal
        && game.only_own_moves()
        && game.option_form().is_some_and(|form| form.cannot.is_empty())
}

#[cfg(test)]
mod tests;
