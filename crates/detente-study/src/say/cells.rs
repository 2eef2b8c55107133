//! The words of a table of outcomes and of a picture of moves: what an actor would do at an outcome, what becomes of an
//! outcome, what marks and lines mean.

use detente_model::{ActorId, Conflict};

use crate::say::agree::Agree;
use crate::say::{names, words};

/// Actors that a cell names; more are counted.
const NAMED: usize = 2;

/// What an actor would do at an outcome, in each case that a cell can be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cells {
    /// It can reach nothing better alone.
    pub stay: String,
    /// It could, but the others have an answer.
    pub held: String,
    /// It could, and nothing speaks against it.
    pub go: String,
    /// A bound cut that short.
    pub unknown: String,
}

/// The words of `actor`.
#[must_use]
pub fn of(conflict: &Conflict, actor: ActorId) -> Cells {
    let (who, agree) = (names::actor(conflict, actor), Agree::with(conflict, actor));
    Cells {
        stay: format!("{who} {} no reason to leave", agree.has()),
        held: format!("{who} {} held back", agree.is()),
        go: format!("{who} would leave"),
        unknown: format!("What {} would do is not known", names::inside(conflict, actor)),
    }
}

/// What becomes of an outcome that nobody alone would leave.
pub const LASTS: &str = "Nobody alone would leave";
/// One that nobody alone would leave, and several who act together would.
pub const JOINTLY_LEFT: &str = "Nobody alone would leave; some together would";
/// One that nobody would leave, and that does not last all the same.
pub const UNDONE: &str = "Nobody would leave; a date undoes it, or it is out of reach";
/// An outcome that the rules of this version exclude.
pub const GONE: &str = "Not possible";
/// An outcome that is stable for everybody when all foresee the answers of the others.
pub const STABLE: &str = "Stable for everyone";
/// No concept makes the outcome last.
pub const LEFT: &str = "someone leaves";
/// The lines and marks of a picture of moves.
pub const TOGETHER: &str = "together";
/// A step of one actor.
pub const ALONE: &str = "alone, each by its best step";
/// Everybody stays.
pub const ALL_STAY: &str = "all stay";
/// Somebody is held back.
pub const HELD_BACK: &str = "held back";
/// No arrow leads from the outcomes shown.
pub const NOBODY: &str = "Nobody alone moves from here.";
/// No arrow leads from today.
pub const TODAY_STAYS: &str = "Nobody alone moves from today.";

/// What becomes of an outcome that somebody would leave, or at which somebody is held back; neither: a bound cut it
/// short.
#[must_use]
pub fn fate(conflict: &Conflict, going: &[ActorId], held: &[ActorId]) -> String {
    let (list, one, many) = match (going, held) {
        ([], []) => return "Cannot be said".to_owned(),
        ([], held) => (held, "is held back", "are held back"),
        (going, _) => (going, "would leave", "would leave"),
    };
    if list.len() > NAMED {
        return format!("{} {many}", words::capital(&words::small(list.len())));
    }
    format!("{} {}", names::actors(conflict, list), Agree::with_all(conflict, list).verb(one, many))
}

/// How many outcomes last, and in how many of them it holds that is asked about: `3 outcomes last. It holds in one of
/// them.`
#[must_use]
pub fn count(lasting: &num_bigint::BigUint, holds: Option<usize>) -> String {
    let last = words::counted(lasting, "outcome lasts", "outcomes last");
    match holds {
        None => format!("{last}."),
        Some(0) => format!("{last}. It holds in none of them."),
        Some(n) if *lasting == n.into() && n == 1 => format!("{last}. It holds there."),
        Some(n) if *lasting == n.into() => format!("{last}. It holds in all of them."),
        Some(n) => format!("{last}. It holds in {} of them.", words::small(n)),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn cells_agree_with_names() {
        let text = "format = 1\n[case]\ntitle = \"T\"\n\
                    [actor.a]\nname = \"The farmers\"\noption.x.text = \"Strike\"\nprefers = [{ that = \"a.x\" }]\n\
                    [actor.b]\nname = \"Bob\"\noption.y.text = \"Pay\"\nprefers = [{ that = \"not a.x\" }]\n\
                    [actor.c]\nname = \"Cid\"\noption.z.text = \"Go\"\nprefers = [{ that = \"c.z\" }]\n";
        let conflict = detente_case::read("case.toml", text.as_bytes()).conflict.unwrap();
        let all: Vec<ActorId> = conflict.game.actor_ids().collect();
        assert_eq!(of(&conflict, all[0]).stay, "The farmers have no reason to leave");
        assert_eq!(of(&conflict, all[1]).held, "Bob is held back");
        assert_eq!(fate(&conflict, &[], &all[..1]), "The farmers are held back");
        assert_eq!(fate(&conflict, &all[1..2], &all[..1]), "Bob would leave");
        assert_eq!(fate(&conflict, &all, &[]), "Three would leave");
        assert_eq!(fate(&conflict, &[], &[]), "Cannot be said");
        assert_eq!(count(&3_u8.into(), Some(1)), "3 outcomes last. It holds in one of them.");
        assert_eq!(count(&1_u8.into(), None), "1 outcome lasts.");
    }
}
