//! What would it take for the outcome to last, or not to?

use detente_engine::Settings;
use detente_engine::price::Costs;
use detente_model::{OutcomeStates, Question};

use super::{Remedy, Reply, concept_of, cut_short, unsolved};
use crate::find::caps::GAMES;
use crate::find::findings::Findings;
use crate::find::price::exceeded;
use crate::say::price::{Found as Tried, Search};
use crate::wire::Answer;

/// The search that answers a question of kind price: single deeds, and single changes.
pub fn search(question: &Question, outcome: OutcomeStates) -> Search {
    Search {
        outcome,
        concept: concept_of(question),
        settings: Settings::default(),
        costs: Costs::default(),
        most: 1,
        deeds: 1,
        games: GAMES.size(),
    }
}

/// Whether changes are tried while something else is answered.
pub fn fits(found: &Findings, question: &Question) -> bool {
    exceeded(found, concept_of(question)).is_none()
}

/// The answer to a question of kind price.
pub(super) fn answer(found: &Findings, question: &Question, outcome: &OutcomeStates) -> Reply {
    if let Some(cap) = exceeded(found, concept_of(question)) {
        return Reply {
            limits: vec![cap.hit("what it would take", "not begun", "")],
            remedy: Some(Remedy::Price),
            ..Reply::not_computed(
                "Not looked at: what it would take, for there are too many outcomes to try changes.",
            )
        };
    }
    let search = search(question, outcome.clone());
    let Some(aims) = search.aims(found) else { return cut_short(found, search.concept).into() };
    let tried = match search.find(&found.conflict, &aims, &*found.watch) {
        Ok(tried) => tried,
        Err(error) => return unsolved("It cannot be solved again", &found.conflict, &error),
    };
    let mut said = said(found, &search, &tried, false);
    if said.answer != Answer::Yes {
        said.remedy = Some(Remedy::PriceMore);
    }
    said
}

/// The answer from what was found; `beside`: all ways stand beside it.
pub fn said(found: &Findings, search: &Search, tried: &[Tried], beside: bool) -> Reply {
    let met = tried.iter().filter(|found| found.is_met()).count();
    let answer = match met {
        0 => Answer::No,
        n if n == tried.len() => Answer::Yes,
        _ => Answer::Partly,
    };
    Reply {
        answer,
        lead: "",
        brief: search.brief(tried),
        text: search.sentences(&found.conflict, tried, beside).join(" "),
        short: search.sentences(&found.conflict, tried, true).join(" "),
        limits: tried.iter().flat_map(Tried::limits).cloned().collect(),
        ..Reply::default()
    }
}
