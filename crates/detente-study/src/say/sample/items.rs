//! What is asked of each model: questions, outcomes, and what was typed.

use detente_engine::ensemble::Sampler;
use detente_model::{Concept, Conflict, OutcomeStates, QuestionKind};

use crate::Refusal;
use crate::find::refer;
use crate::find::states;
use crate::say::{answers, names, refer as said, sample as report};
use crate::wire::{CaseInfo, Frame, ItemInfo, NamedState, SamplingInfo};

/// Something to count.
pub struct Item {
    /// What it is called, and which kind of thing it is.
    pub info: ItemInfo,
    /// A question's own concept.
    pub concept: Option<Concept>,
    /// The states that are counted.
    pub states: OutcomeStates,
    /// Of what lasts only what shows this is counted.
    pub given: Option<OutcomeStates>,
}

/// Questions whose answer is yes or no in a model, named outcomes, and `also`.
pub fn of(conflict: &Conflict, also: Option<&str>) -> Result<Vec<Item>, Refusal> {
    let mut items = Vec::new();
    for question in &conflict.questions {
        let counts =
            matches!(question.kind, QuestionKind::Possible | QuestionKind::Certain | QuestionKind::Share);
        let Some(states) = question.outcome.clone().filter(|_| counts) else { continue };
        let concept = answers::concept_of(question);
        items.push(Item {
            info: ItemInfo {
                id: question.id.clone(),
                kind: "question".to_owned(),
                name: question.ask.clone(),
                concept: Some(concept.id().to_owned()),
                certain: question.kind == QuestionKind::Certain,
            },
            concept: Some(concept),
            states,
            given: question.given.clone(),
        });
    }
    let plain = |id: String, kind: &str, name: String, states: OutcomeStates| Item {
        info: ItemInfo { id, kind: kind.to_owned(), name, concept: None, certain: false },
        concept: None,
        states,
        given: None,
    };
    for (at, outcome) in conflict.outcomes.iter().enumerate() {
        let states = states::named(conflict, at);
        items.push(plain(outcome.id.clone(), "outcome", names::named(conflict, outcome), states));
    }
    let wrong = |fault| said::refusal(conflict, &fault);
    for (typed, text) in
        also.map(|text| refer::list(conflict, text)).transpose().map_err(wrong)?.unwrap_or_default()
    {
        let name = said::name(conflict, &typed, &text);
        let states = refer::set(conflict, &text).map_err(wrong)?;
        items.push(plain(text, "pattern", name, states));
    }
    Ok(items)
}

/// What is counted, for the counts and the report.
pub fn frame(sampler: &Sampler, items: &[Item], seed: u64, draws: u64) -> Frame {
    let conflict = &sampler.ensemble.conflict;
    let id = |state: &detente_model::State| match conflict.game.graph_form() {
        Some(_) => crate::wire::state_text(&conflict.game, state),
        None => state.to_string(),
    };
    Frame {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        case: CaseInfo::of(conflict),
        ensemble: conflict.ensemble_digest(),
        seed,
        draws,
        settings: SamplingInfo {
            concepts: sampler.settings.concepts.iter().map(|c| c.id().to_owned()).collect(),
            sequences: sampler.settings.sequences.id().to_owned(),
        },
        models: sampler.ensemble.models().map(|n| n.to_string()),
        inputs: report::inputs(&sampler.ensemble),
        items: items.iter().map(|item| item.info.clone()).collect(),
        states: (sampler.states.iter())
            .map(|state| NamedState { state: id(state), name: names::outcome(conflict, state) })
            .collect(),
        start: sampler.start,
    }
}
