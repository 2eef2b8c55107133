//! In what share of the models that the case's doubts leave open is it so?

use detente_engine::ensemble::{SampleError, SampleSettings, Sampler, wilson};
use detente_model::{Question, Sequences};
use num_bigint::BigUint;

use super::{Remedy, Reply, concept_of, unsolved};
use crate::find::caps::DRAWN;
use crate::find::findings::Findings;
use crate::find::shares::{COUNTED, drawable};
use crate::say::sample::percent;
use crate::say::{concept, words};
use crate::wire::Answer;

/// So many are drawn.
const DRAWS: u64 = 4_096;
/// Where models are solved one by one, not side by side: as many as make so many outcomes together.
const ONE_BY_ONE: u64 = 1 << 18;
/// Where models are solved one by one: all are counted when they make so many outcomes together.
const ALL_ONE_BY_ONE: u64 = 1 << 21;
/// The seed, that of `sample` when none is given.
const SEED: u64 = 1;

/// The answer to a question of kind share: in how many models some outcome that lasts has what is asked; `every`: in how
/// many something lasts and all of it has that.
pub(super) fn answer(found: &Findings, question: &Question, every: bool) -> Reply {
    let conflict = &found.conflict;
    let Some(outcome) = question.outcome.clone() else {
        return Reply::not_computed("The question names no outcome.");
    };
    let possible = found.feasible().count();
    if possible > BigUint::from(DRAWN.most) {
        return too_many(found);
    }
    let which = concept_of(question);
    let settings = SampleSettings {
        concepts: vec![which],
        sequences: Sequences::Legal,
        targets: vec![outcome],
        given: vec![question.given.clone()],
        one_by_one: false,
    };
    let sampler = match Sampler::new(conflict, settings, conflict.ensemble_key(SEED), &*found.watch) {
        Ok(sampler) => sampler.on_threads(1),
        Err(error) => return unsolved("The models of the case cannot be solved", conflict, &error),
    };
    // What no model has a rule against may be much more than what the case has.
    let states = sampler.states.len() as u64;
    if states > DRAWN.most {
        return too_many(found);
    }
    let draws = if sampler.in_lanes() { DRAWS } else { (ONE_BY_ONE / states.max(1)).clamp(256, DRAWS) };
    let models = sampler.ensemble.models();
    let all = if sampler.in_lanes() { COUNTED } else { (ALL_ONE_BY_ONE / states.max(1)).clamp(256, COUNTED) };
    let exact = models.is_some_and(|models| models <= all);
    let counted = if exact {
        sampler.enumerate(&*found.watch).map(|(tally, _)| tally)
    } else {
        sampler.sample(0..draws, &*found.watch)
    };
    let tally = match counted {
        Ok(tally) => tally,
        Err(SampleError::Solve(error)) => {
            return unsolved("A model of the case cannot be solved", conflict, &error);
        }
        Err(SampleError::Stopped(_)) => {
            let limits = found.stopped("the shares of models").into_iter().collect();
            return Reply {
                limits,
                ..Reply::not_computed("Not answered: it was stopped before the models were counted.")
            };
        }
    };
    let (hits, n) = (if every { &tally.all } else { &tally.some }[0][0], tally.models);
    let share = if n > 0.0 { hits / n } else { 0.0 };
    let inputs = words::counted(&sampler.ensemble.inputs.len().into(), "doubtful input", "doubtful inputs");
    let leave = if sampler.ensemble.inputs.len() == 1 { "leaves" } else { "leave" };
    let lasts = if every { "All that lasts has it" } else { "An outcome that has it lasts" };
    let text = if sampler.ensemble.inputs.is_empty() {
        format!(
            "The case calls nothing doubtful, so there is one model, and {} has it.",
            match (every, share > 0.5) {
                (false, true) => "some outcome that lasts",
                (false, false) => "none that lasts",
                (true, true) => "all that lasts",
                (true, false) => "not all that lasts",
            }
        )
    } else if exact {
        format!(
            "{lasts} in {} of the models ({}; the {inputs} {leave} {} open, all counted by chance).",
            if share >= 1.0 - 1e-9 { "all".to_owned() } else { percent(share) },
            concept::name(which),
            words::counted(&models.unwrap_or_default().into(), "model", "models")
        )
    } else {
        let (low, high) = wilson(hits, n);
        format!(
            "{lasts} in {} of {} models drawn from the {inputs} ({:.1}–{:.1} % of all at 95 %; {}).",
            if share >= 1.0 { "all".to_owned() } else { percent(share) },
            words::count(&draws.into()),
            low * 100.0,
            high * 100.0,
            concept::name(which)
        )
    };
    let (answer, lead, brief) = match share {
        s if s <= 0.0 => {
            (Answer::No, "In none", if exact { "In no model" } else { "In no model drawn" }.to_owned())
        }
        s if s >= 1.0 - 1e-9 => {
            (Answer::Yes, "In all", if exact { "In all models" } else { "In all models drawn" }.to_owned())
        }
        // The text says in how many.
        s => (Answer::Partly, "", format!("In {} of models", percent(s))),
    };
    let countable = models.is_some_and(|models| models <= COUNTED);
    let remedy = (!exact).then_some(if countable { Remedy::SampleAll } else { Remedy::SampleMore });
    Reply { answer, lead, brief, text, remedy, ..Reply::default() }
}

/// No answer, for there are too many possible outcomes.
fn too_many(found: &Findings) -> Reply {
    Reply {
        limits: vec![DRAWN.hit("the shares of models", "not begun", "")],
        remedy: Some(if drawable(&found.conflict, &*found.watch) {
            Remedy::Sample
        } else {
            Remedy::SampleSmaller
        }),
        ..Reply::not_computed(
            "Not looked at: shares of models, for there are too many possible outcomes to draw them.",
        )
    }
}
