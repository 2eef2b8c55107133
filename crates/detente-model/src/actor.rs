//! Decision makers and their options.

use crate::{ActorId, Direction, Grounds};

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

/// Something that one actor can do or leave.
#[derive(Clone, Debug, PartialEq)]
pub struct Opt {
    /// Id inside the actor: the `sign` of `az.sign`.
    pub id: String,
    /// Whose.
    pub actor: ActorId,
    /// In words.
    pub text: String,
    /// How it can be moved.
    pub direction: Direction,
    /// What it rests on.
    pub grounds: Grounds,
    /// How sure that it is available, 0..1, for sampling; `None` is certain.
    pub confidence: Option<f64>,
}

impl Eq for Opt {}
