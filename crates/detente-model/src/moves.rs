//! Who can move where: directions of options, moves taken away, listed arcs.

use crate::{ActorId, Expr, Grounds};

/// The direction in which an option can be moved.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Direction {
    /// On and off again.
    #[default]
    Both,
    /// From off to on only.
    OnOnly,
    /// From on to off only.
    OffOnly,
}

/// Moves taken away in option form: `actor` cannot move from a state that
/// satisfies `from` to one that satisfies `to`. Its move relation is then no
/// longer transitive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cannot {
    /// Whose moves.
    pub actor: ActorId,
    /// Where they start.
    pub from: Expr,
    /// Where they end.
    pub to: Expr,
    /// What it rests on.
    pub grounds: Grounds,
}

/// One listed move in graph form. States are positions from 0 in
/// [`crate::GraphForm::states`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Arc {
    /// Whose move.
    pub actor: ActorId,
    /// Where from.
    pub from: u32,
    /// Where to; never `from`.
    pub to: u32,
}

/// The listed moves of several actors together, in graph form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JointArc {
    /// Who moves together, ascending, at least two.
    pub parties: Vec<ActorId>,
    /// From and to, as in [`Arc`]: sorted, without repetition.
    pub arcs: Vec<(u32, u32)>,
}
