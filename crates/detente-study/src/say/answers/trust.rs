//! Does an answer survive without some of the evidence?

use detente_engine::Settings;
use detente_engine::trust::{After, Answer as Then, Status, TrustSettings, strike};
use detente_model::Question;
use num_bigint::BigUint;

use super::{Found, SOLVED_AGAIN, concept_of, one};
use crate::find::findings::Findings;
use crate::say::{trust as report, words};
use crate::wire::Answer;

/// The answer to a question of kind trust.
pub(super) fn answer(found: &Findings, question: &Question) -> Found {
    let conflict = &found.conflict;
    let none = |text: String| Found::from((Answer::NotComputed, "", text, Vec::new()));
    if question.strike.is_empty() {
        return none(
            "The question strikes nothing; `detente trust` strikes each part of the evidence.".to_owned(),
        );
    }
    if found.feasible().count() > BigUint::from(SOLVED_AGAIN) {
        return none("Too many possible outcomes to solve again here: `detente trust` does.".to_owned());
    }
    let settings = TrustSettings {
        settings: Settings { threads: 1, ..Settings::default() },
        concept: concept_of(question),
        ..TrustSettings::default()
    };
    let (conclusions, _, run) = match strike(conflict, &question.strike, &settings, &*found.watch) {
        Ok(all) => all,
        Err(error) => return none(format!("It cannot be solved again: {error}.")),
    };
    let after = match &run.after {
        Ok(after) => after,
        Err(why) => return none(format!("The case cannot stand without what is struck: {why}.")),
    };
    let Some(at) = conclusions.iter().position(|conclusion| conclusion.id == question.id) else {
        return none("The question names no outcome.".to_owned());
    };
    let before = conclusions[at].before;
    let (answer, lead) = match after.conclusions[at].status {
        Status::Supported => (Answer::Yes, "Yes"),
        Status::Unsupported => (Answer::Partly, "Not on its own feet"),
        Status::Overturned => (Answer::No, "No"),
    };
    (
        answer,
        lead,
        format!("{} {}", first(before, after, at), report::remains(conflict, after, at)).trim().to_owned(),
        Vec::new(),
    )
        .into()
}

/// What becomes of the answer.
fn first(before: Then, after: &After, at: usize) -> String {
    let word = |answer: Then| match answer {
        Then::Yes => "yes",
        Then::No => "no",
        Then::NotComputed => "not computed",
    };
    let now = &after.conclusions[at];
    let size = format!(
        "{} possible outcomes, of which {}",
        words::count(&after.outcome.feasible),
        if after.outcome.equilibria == one() {
            "one lasts".to_owned()
        } else {
            format!("{} last", words::count(&after.outcome.equilibria))
        }
    );
    if now.status == Status::Overturned {
        format!("The answer turns from {} to {}: there are then {size}.", word(before), word(now.after))
    } else {
        format!("The answer stays {}; there are then {size}.", word(before))
    }
}
