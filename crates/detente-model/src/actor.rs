//! Decision makers, and the switches that make up a state.

use crate::{ActId, ActorId, ChanceId, Condition, Direction, Grounds, Lever, ScaleId};

/// A decision maker.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Actor {
    /// Id in the file.
    pub id: String,
    /// Name for readers.
    pub name: String,
    /// Anything else for the reader.
    pub note: Option<String>,
}

/// One switch of the state, a bit of its number: an option of one actor, or one of the bits of a
/// levelled option, an act, a chance event.
///
/// Switches of actors come first, in file order; then those of acts, then chance events.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Opt {
    /// Id inside the actor: the `sign` of `az.sign`; of an act or a chance event, its id.
    pub id: String,
    /// Whose; [`ActorId::NOBODY`] for acts and chance events.
    pub actor: ActorId,
    /// In words.
    pub text: String,
    /// How it can be moved.
    pub direction: Direction,
    /// What must hold before it is switched on (risen), besides its direction; all of them.
    pub begins_if: Vec<Condition>,
    /// What must hold before it is switched off (lowered); all of them.
    pub ends_if: Vec<Condition>,
    /// What it is a switch of.
    pub of: Switch,
    /// The scale that it is a bit of, with its place in the chain from 0; `None`: it is on or off.
    pub scale: Option<(ScaleId, u32)>,
    /// The variants in which it is there; none: it is there in all of them and in the case as written.
    pub only_in: Vec<String>,
    /// What it would cost to bring about by an incentive.
    pub lever: Option<Lever>,
    /// What it rests on.
    pub grounds: Grounds,
    /// How sure that it is available, 0..1, for sampling; `None` is certain.
    pub confidence: Option<f64>,
}

impl Eq for Opt {}

/// What a switch belongs to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Switch {
    /// An actor: it is an option.
    #[default]
    Option,
    /// An act of several.
    Act(ActId),
    /// A chance event.
    Chance(ChanceId),
}
