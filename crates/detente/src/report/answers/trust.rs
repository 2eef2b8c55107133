//! Does an answer survive without some of the evidence?

use detente_engine::trust::{After, Answer as Then, Status, TrustSettings, strike};
use detente_engine::{Quiet, Settings};
use detente_model::{ActorId, Conflict, Preference, Question};
use num_bigint::BigUint;

use super::{Found, concept_of};
use crate::report::findings::Findings;
use crate::report::{names, reason, trust as report, words};
use crate::wire::Answer;

/// Up to this many possible outcomes the case is solved again while `solve` answers.
const SOLVED_AGAIN: u32 = 1 << 16;

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
    let (conclusions, _, run) = match strike(conflict, &question.strike, &settings, &Quiet) {
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
        format!("{} {}", first(before, after, at), rest(conflict, after, at)).trim().to_owned(),
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
        if after.outcome.equilibria == BigUint::from(1_u32) {
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

/// Who is held there by nothing any more, and what fell that had made the answer hard to have.
fn rest(conflict: &Conflict, after: &After, at: usize) -> String {
    let now = &after.conclusions[at];
    let mut text = Vec::new();
    if !now.indifferent.is_empty() {
        let who = names::actors(conflict, &now.indifferent);
        let (stays, it) =
            if now.indifferent.len() == 1 { ("stays", "it wants") } else { ("stay", "they want") };
        text.push(format!("But {who} then {stays} only because nothing that {it} is left to decide."));
    }
    for actor in conflict.game.actor_ids() {
        let lost: Vec<usize> =
            now.lost_motives.iter().filter(|(who, _)| *who == actor).map(|(_, k)| *k).collect();
        if lost.is_empty() {
            continue;
        }
        let wishes: Vec<String> = lost.iter().map(|k| reason::wish(conflict, actor, *k, true)).collect();
        let needed: Vec<String> = now
            .freed
            .iter()
            .filter(|(option, on)| *on && conflict.game.options()[option.index()].actor != actor)
            .map(|(option, _)| names::quoted(names::option(conflict, *option)))
            .collect();
        let who = names::inside(conflict, actor);
        let basis = basis(conflict, actor, &lost);
        let that = format!("that {who} wants that {}", words::list(&wishes));
        text.push(if needed.is_empty() {
            format!("What stood against it rests on what is struck alone: {that}{basis}.")
        } else {
            format!(
                "What makes {} necessary rests on what is struck alone: {that}{basis}.",
                words::list(&needed)
            )
        });
    }
    let idle = report::without_motive(conflict, after);
    if !idle.is_empty() {
        text.push(idle);
    }
    text.join(" ")
}

/// Who says so, in brackets.
fn basis(conflict: &Conflict, actor: ActorId, lost: &[usize]) -> String {
    let Some(Preference::Statements(list)) = conflict.game.preferences.get(actor.index()) else {
        return String::new();
    };
    let grounds: Vec<_> = lost.iter().filter_map(|k| list.get(*k)).map(|s| &s.grounds).collect();
    let basis = reason::basis(conflict, &grounds);
    if basis.is_empty() { basis } else { format!(" – {basis}") }
}
