//! What would it take for the outcome to last, or not to?

use detente_engine::Settings;
use detente_engine::price::Costs;
use detente_model::{Concept, OutcomeStates, Question};
use num_bigint::BigUint;

use super::{Found, concept_of, cut_short};
use crate::find::findings::Findings;
use crate::say::price::{Found as Tried, Search};
use crate::wire::Answer;

/// Up to this many possible outcomes changes are tried while `solve` answers.
const TRIED: u32 = 1 << 12;
/// Up to so many options they are under Nash stability, however many outcomes are possible: some milliseconds a game.
const TRIED_NASH: usize = 40;
/// Games that are solved for it at most.
const GAMES: usize = 4_096;

/// The search that answers a question of kind price: single changes.
pub fn search(question: &Question, outcome: OutcomeStates) -> Search {
    Search {
        outcome,
        concept: concept_of(question),
        settings: Settings::default(),
        costs: Costs::default(),
        most: 1,
        games: GAMES,
    }
}

/// Whether changes are tried while something else is answered.
pub fn fits(found: &Findings, question: &Question) -> bool {
    let options = found.conflict.game.options().len();
    found.feasible().count() <= BigUint::from(TRIED)
        || concept_of(question) == Concept::Nash && (1..=TRIED_NASH).contains(&options)
}

/// The answer to a question of kind price.
pub(super) fn answer(found: &Findings, question: &Question, outcome: &OutcomeStates) -> Found {
    let none = |text: &str| Found::from((Answer::NotComputed, "", text.to_owned(), Vec::new()));
    if !fits(found, question) {
        return none("`detente price` tries changes: here it would take too long.");
    }
    let search = search(question, outcome.clone());
    let Some(aims) = search.aims(found) else { return cut_short(search.concept).into() };
    let tried = match search.find(&found.conflict, &aims, &*found.watch) {
        Ok(tried) => tried,
        Err(error) => return none(&format!("It cannot be solved again: {error}.")),
    };
    let mut said = said(found, &search, &tried, false);
    if said.answer != Answer::Yes {
        said.text += " `detente price` tries several changes at once.";
    }
    said
}

/// The answer from what was found; `beside`: all ways stand beside it.
pub fn said(found: &Findings, search: &Search, tried: &[Tried], beside: bool) -> Found {
    let met = tried.iter().filter(|found| found.price.cost.is_some()).count();
    let answer = match met {
        0 => Answer::No,
        n if n == tried.len() => Answer::Yes,
        _ => Answer::Partly,
    };
    Found {
        answer,
        lead: "",
        brief: search.brief(tried),
        text: search.sentences(&found.conflict, tried, beside).join(" "),
        states: Vec::new(),
        limits: tried.iter().flat_map(|found| found.price.limits.clone()).collect(),
    }
}
