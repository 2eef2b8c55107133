//! In what share of the models that the case's doubts leave open is it so?

use detente_engine::ensemble::{SampleSettings, Sampler, wilson};
use detente_model::{Question, Sequences};
use num_bigint::BigUint;

use super::{Found, concept_of};
use crate::find::findings::Findings;
use crate::say::sample::percent;
use crate::say::{concept, words};
use crate::wire::Answer;

/// Up to this many possible outcomes models are drawn while `solve` answers.
const DRAWN: u32 = 1 << 10;
/// So many are drawn.
const DRAWS: u64 = 4_096;
/// Up to so many models all are counted instead.
const COUNTED: u64 = 1_024;
/// The seed, that of `sample` when none is given.
const SEED: u64 = 1;

/// The answer to a question of kind share.
pub(super) fn answer(found: &Findings, question: &Question) -> Found {
    let conflict = &found.conflict;
    let none = |text: &str| Found::from((Answer::NotComputed, "", text.to_owned(), Vec::new()));
    let Some(outcome) = question.outcome.clone() else { return none("The question names no outcome.") };
    let refer = "`detente sample` draws models and counts: here it would take too long.";
    if found.feasible().count() > BigUint::from(DRAWN) {
        return none(refer);
    }
    let which = concept_of(question);
    let settings = SampleSettings {
        concepts: vec![which],
        sequences: Sequences::Legal,
        targets: vec![outcome],
        one_by_one: false,
    };
    let sampler = match Sampler::new(conflict, settings, conflict.ensemble_key(SEED), &*found.watch) {
        Ok(sampler) if sampler.in_lanes() && sampler.states.len() <= DRAWN as usize => sampler.on_threads(1),
        _ => return none(refer),
    };
    let models = sampler.ensemble.models();
    let exact = models.is_some_and(|models| models <= COUNTED);
    let counted = if exact {
        sampler.enumerate(&*found.watch).map(|(tally, _)| tally)
    } else {
        sampler.sample(0..DRAWS, &*found.watch)
    };
    let Ok(tally) = counted else { return none(refer) };
    let (hits, n) = (tally.some[0][0], tally.models);
    let share = if n > 0.0 { hits / n } else { 0.0 };
    let inputs = words::counted(&sampler.ensemble.inputs.len().into(), "doubtful input", "doubtful inputs");
    let leave = if sampler.ensemble.inputs.len() == 1 { "leaves" } else { "leave" };
    let text = if sampler.ensemble.inputs.is_empty() {
        format!(
            "The case says of nothing that it is doubtful: there is one model, and {} has it.",
            if share > 0.5 { "some outcome that lasts" } else { "none that lasts" }
        )
    } else if exact {
        format!(
            "An outcome that has it lasts in {} of all {} models that the {inputs} {leave} open ({}).",
            percent(share),
            words::count(&models.unwrap_or_default().into()),
            concept::name(which)
        )
    } else {
        let (low, high) = wilson(hits, n);
        format!(
            "An outcome that has it lasts in {} of {} models drawn from the {inputs} ({:.1}–{:.1} % of all at 95 %; {}); \
             `detente sample` draws more and says what moves it.",
            if share >= 1.0 { "all".to_owned() } else { percent(share) },
            words::count(&DRAWS.into()),
            low * 100.0,
            high * 100.0,
            concept::name(which)
        )
    };
    let (answer, lead, brief) = match share {
        s if s <= 0.0 => (Answer::No, "In none", "In no model".to_owned()),
        s if s >= 1.0 - 1e-9 => (Answer::Yes, "In all", "In all models".to_owned()),
        s => (Answer::Partly, "In some", format!("In {} of models", percent(s))),
    };
    Found { answer, lead, brief, text, states: Vec::new(), limits: Vec::new() }
}
