//! The outcomes that last, one by one: why nobody leaves, who could undo it together, on whose word
//! it rests.

pub(crate) mod resting;
mod undone;

use detente_model::{Concept, State};
use num_bigint::BigUint;

use crate::find::findings::Findings;
use crate::find::states;
use crate::say::answers::Remedy;
use crate::say::{reason, structure};
use crate::show::doc::{Item, Line};
use crate::wire::{LastingInfo, StandingInfo};

pub use resting::Resting;
pub use undone::Undone;

/// What is said of the outcomes that last (Nash).
#[derive(Clone, Debug, Default)]
pub struct Lasting {
    /// All of them when they are few; else the first one of each name.
    pub outcomes: Vec<Standing>,
    /// Whether these are all.
    pub complete: bool,
}

/// What is said of one outcome.
#[derive(Clone, Debug)]
pub struct Standing {
    /// Which.
    pub state: State,
    /// Why nobody leaves it alone, in one sentence.
    pub why: String,
    /// Who could leave it together.
    pub undone: Undone,
    /// On whose word it rests most.
    pub resting: Resting,
}

/// What there is to say of the outcomes that last; nothing when they were not computed to the end.
pub fn lasting(found: &Findings) -> Lasting {
    let Some(set) = found.lasting(Concept::Nash) else { return Lasting::default() };
    let conflict = &found.conflict;
    let complete = set.count() <= BigUint::from(structure::LISTED);
    let list = if complete {
        set.first(structure::LISTED)
    } else {
        let named = (0..conflict.outcomes.len()).map(|at| states::named(conflict, at));
        let each = named.chain([states::unnamed(conflict)]);
        each.filter_map(|outcome| set.among(&outcome).first(1).pop()).take(structure::LISTED).collect()
    };
    // What nobody waits for is not begun: the caller says so.
    if found.watch.stop().is_some() {
        return Lasting::default();
    }
    let resting = resting::of(conflict, &list, &*found.watch);
    let outcomes = list
        .into_iter()
        .zip(resting)
        .map(|(state, resting)| {
            let why = reason::nobody_leaves(conflict, &state).words();
            let undone = undone::of(found, &state);
            Standing { state, why, undone, resting }
        })
        .collect();
    Lasting { outcomes, complete }
}

impl Lasting {
    /// What is said of `state`.
    pub fn of(&self, state: &State) -> Option<&Standing> {
        self.outcomes.iter().find(|standing| standing.state == *state)
    }

    /// The same for a program.
    pub fn info(&self, found: &Findings) -> LastingInfo {
        let outcomes = self.outcomes.iter().map(|standing| standing.info(found)).collect();
        LastingInfo { concept: Concept::Nash.id().to_owned(), complete: self.complete, outcomes }
    }
}

impl Standing {
    /// Lines below the outcome in a list. `asked`: the questions of the case say already where the
    /// coalitions would go.
    pub fn lines(&self, found: &Findings, asked: bool) -> Vec<Item> {
        let line = |lead: &str, text: String| Item::new(Line::new().quiet(format!("{lead} ")).plain(text));
        let mut lines = vec![line("Why it lasts:", self.why.clone())];
        let mut undone = self.undone.words(found, asked);
        if self.undone.is_cut() {
            undone = format!("{undone} {}", Remedy::Coalitions.command());
        }
        lines.push(line("Who could undo it:", undone));
        let resting = self.resting.words(&found.conflict);
        if !resting.is_empty() {
            lines.push(line("On whose word:", resting));
        }
        lines
    }

    fn info(&self, found: &Findings) -> StandingInfo {
        let conflict = &found.conflict;
        StandingInfo {
            state: crate::wire::state_text(&conflict.game, &self.state),
            why: self.why.clone(),
            undone: self.undone.info(found),
            resting: self.resting.info(conflict),
        }
    }
}
