//! Who could leave an outcome together, to the gain of all of them: the smallest such coalitions.

use detente_engine::coalition::Coalition;
use detente_model::State;

use crate::find::findings::Findings;
use crate::find::together::{Together, together};
use crate::say::together::ends;
use crate::say::{coalitions, words};
use crate::wire::{self, UndoneInfo};

/// Coalitions that are named one by one.
const NAMED: usize = 3;
/// Ends of one coalition that are listed for a program.
const LISTED: usize = 64;

/// The smallest coalitions that could undo an outcome: no part of one could.
#[derive(Clone, Debug)]
pub struct Undone {
    /// Each with what it could go to, ascending.
    ways: Vec<(Coalition, Vec<State>)>,
    /// Coalitions of up to so many were looked at.
    size: usize,
    /// Whether that is all.
    whole: bool,
}

/// Looks for them.
pub(super) fn of(found: &Findings, state: &State) -> Undone {
    let joint: Together = together(found, std::slice::from_ref(state));
    let mut ways: Vec<(Coalition, Vec<State>)> = Vec::new();
    for (_, exit) in joint.exits.iter().filter(|(_, exit)| exit.minimal) {
        match ways.iter_mut().find(|(coalition, _)| *coalition == exit.coalition) {
            Some((_, ends)) => ends.push(exit.to.clone()),
            None => ways.push((exit.coalition, vec![exit.to.clone()])),
        }
    }
    Undone { ways, size: joint.size, whole: joint.whole && joint.limits.is_empty() }
}

impl Undone {
    /// In words; without the ends when those were said before (`asked`).
    pub(super) fn words(&self, found: &Findings, asked: bool) -> String {
        let size = if self.size == 2 { "two".to_owned() } else { self.size.to_string() };
        if self.ways.is_empty() {
            return match (self.whole, self.size) {
                (true, _) => "nobody, not even together.".to_owned(),
                (false, 0 | 1) => {
                    "there are too many coalitions to look at here; `detente coalitions --state` does."
                        .to_owned()
                }
                (false, _) => format!(
                    "no {} together; larger coalitions were not looked at here, `detente coalitions --state` does.",
                    if self.size == 2 { size } else { format!("coalition of up to {size}") }
                ),
            };
        }
        let mut list: Vec<String> = self
            .ways
            .iter()
            .take(NAMED)
            .map(|(coalition, to)| {
                let who = coalitions::inside(&found.conflict, *coalition);
                if asked { who } else { format!("{who}, to {}", ends(found, to)) }
            })
            .collect();
        match self.ways.len().saturating_sub(NAMED) {
            0 => {}
            more => list.push(words::counted(&more.into(), "other coalition", "other coalitions")),
        }
        let joined = if asked { words::either(&list) } else { list.join("; or ") };
        let above = if asked { " together; where to is said above." } else { "." };
        let larger = if self.whole {
            String::new()
        } else {
            format!(" Coalitions of more than {size} were not looked at here.")
        };
        format!("{joined}{above}{larger}")
    }

    /// For a program.
    pub(super) fn info(&self, found: &Findings) -> UndoneInfo {
        let game = &found.conflict.game;
        let ways = self.ways.iter().map(|(coalition, to)| wire::UndoingInfo {
            coalition: coalition.members().map(|who| game.actors[who.index()].id.clone()).collect(),
            count: to.len(),
            to: to.iter().take(LISTED).map(|state| wire::state_text(game, state)).collect(),
        });
        UndoneInfo { coalitions: ways.collect(), size: self.size, complete: self.whole }
    }
}
