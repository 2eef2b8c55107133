//! Who could leave an outcome together, to the gain of all of them: the smallest such coalitions.

use detente_engine::coalition::Coalition;
use detente_model::State;

use crate::find::findings::Findings;
use crate::find::together::{AtOnce, Together, at_once, together};
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
    /// What several would gain that acted at the same time; `None`: not looked for.
    at_once: Option<Vec<AtOnce>>,
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
    let whole = joint.whole && joint.limits.is_empty();
    let at_once = if ways.is_empty() && whole { at_once(found, state, &joint) } else { Some(Vec::new()) };
    Undone { ways, at_once, size: joint.size, whole }
}

impl Undone {
    /// In words; without the ends when those were said before (`asked`).
    pub(crate) fn words(&self, found: &Findings, asked: bool) -> String {
        let size = if self.size == 2 { "two".to_owned() } else { self.size.to_string() };
        if self.ways.is_empty() {
            return match (self.whole, self.size) {
                (true, _) => match &self.at_once {
                    Some(list) if list.is_empty() => "nobody, not even together.".to_owned(),
                    Some(list) => format!(
                        "nobody by steps one after the other. {}",
                        crate::say::together::at_once(found, list)
                    ),
                    None => {
                        "nobody by steps one after the other. Not looked at: what several would gain by acting at \
                             the same time."
                            .to_owned()
                    }
                },
                (false, 0 | 1) => "not looked at: there are too many coalitions to look at here.".to_owned(),
                (false, 2) => "no two together. Not looked at: larger coalitions.".to_owned(),
                (false, _) => {
                    format!("no coalition of up to {size}. Not looked at: larger coalitions.")
                }
            };
        }
        let mut list: Vec<String> = self
            .ways
            .iter()
            .take(NAMED)
            .map(|(coalition, to)| {
                let who = coalitions::inside(&found.conflict, *coalition);
                if asked { who } else { format!("{who}, by going to {}", ends(found, to)) }
            })
            .collect();
        match self.ways.len().saturating_sub(NAMED) {
            0 => {}
            more => list.push(words::counted(&more.into(), "other coalition", "other coalitions")),
        }
        let joined = if asked { words::either(&list) } else { list.join("; or ") };
        let above = if asked { " together; see the answer above for where they would go." } else { "." };
        let larger = if self.whole {
            String::new()
        } else {
            format!(" Not looked at: coalitions of more than {size}.")
        };
        format!("{joined}{above}{larger}")
    }

    /// Whether some coalitions were not looked at that another command would look at.
    pub(super) fn is_cut(&self) -> bool {
        !self.whole
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
