//! The situation: who stands where, since when; as data, in words and as pictures.

mod counts;
mod dot;
mod place;
mod svg;
mod view;
mod words;

pub use dot::dot;
pub use svg::{svg, ties};
pub use view::view;
pub use words::{doc, summary};

use detente_model::Conflict;

use crate::wire;

/// `detente/map/1`.
pub fn json(conflict: &Conflict, view: wire::MapView) -> wire::Map {
    wire::Map {
        schema: wire::MapName::This,
        program: wire::Program::THIS,
        case: wire::CaseInfo::of(conflict),
        actors: conflict.game.actors.iter().map(|actor| actor.id.clone()).collect(),
        view,
    }
}
