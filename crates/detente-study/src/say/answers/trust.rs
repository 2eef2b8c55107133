//! Does an answer survive without some of the evidence?

use detente_engine::Settings;
use detente_engine::trust::{After, Cause, Status, TrustSettings, strike};
use detente_model::{OutcomeStates, Question};
use num_bigint::BigUint;

use super::{Remedy, Reply, concept_of, one, unsolved};
use crate::find::caps::SOLVED_AGAIN;
use crate::find::findings::Findings;
use crate::say::{headline, trust as report, words};
use crate::wire::Answer;

/// Claims that are named one by one.
const NAMED: usize = 3;

/// The answer to a question of kind trust: whether the answer to its outcome ("can it last?") stays.
pub(super) fn answer(found: &Findings, question: &Question) -> Reply {
    let conflict = &found.conflict;
    if question.strike.is_empty() {
        return Reply {
            remedy: Some(Remedy::Trust),
            ..Reply::not_computed("The question strikes nothing, so there is nothing to compare with.")
        };
    }
    if found.feasible().count() > BigUint::from(SOLVED_AGAIN.most) {
        return Reply {
            limits: vec![SOLVED_AGAIN.hit("the case without some of its evidence", "not begun", "")],
            remedy: Some(Remedy::Trust),
            ..Reply::not_computed(
                "Not looked at: the case without this evidence, for it has too many outcomes.",
            )
        };
    }
    let settings = TrustSettings {
        settings: Settings { threads: 1, ..Settings::default() },
        concept: concept_of(question),
        ..TrustSettings::default()
    };
    let (conclusions, _, run) = match strike(conflict, &question.strike, &settings, &*found.watch) {
        Ok(all) => all,
        Err(error) => return unsolved("It cannot be solved again", conflict, &error),
    };
    let after = match &run.after {
        Ok(after) => after,
        Err(why) if why.is_open() => {
            let text = format!("{}.", words::capital(&report::nothing_follows(conflict, why)));
            return Reply {
                status: Some((Status::Open, None)),
                ..(Answer::NotComputed, "It is open", text, Vec::new()).into()
            };
        }
        Err(why) => {
            return Reply::not_computed(format!(
                "{}.",
                words::capital(&report::nothing_follows(conflict, why))
            ));
        }
    };
    let Some(at) = conclusions.iter().position(|conclusion| conclusion.id == question.id) else {
        return Reply::not_computed("The question names no outcome.");
    };
    let before = conclusions[at].before;
    let (answer, lead) = match after.conclusions[at].status {
        _ if before == Answer::NotComputed => (Answer::NotComputed, ""),
        Status::Supported => (Answer::Yes, "The answer stands"),
        Status::Unsupported => (Answer::Partly, "The answer holds without support"),
        Status::Overturned => (Answer::No, "The answer falls"),
        Status::Open => (Answer::NotComputed, "It is open"),
        Status::NotKnown => (Answer::NotComputed, ""),
    };
    let without = match question.strike.claims.len() {
        n if n > NAMED => {
            format!("the {} that the question strikes", words::counted(&n.into(), "claim", "claims"))
        }
        _ => report::struck(conflict, &question.strike),
    };
    // What it is that lasts: "it" is the answer.
    let what = match &question.outcome {
        Some(OutcomeStates::Formula(that)) => headline::plain(conflict, that),
        _ => None,
    };
    let what =
        what.map_or_else(|| "what is asked about".to_owned(), |so| format!("an outcome in which {so}"));
    let then = &after.conclusions[at];
    let first = match (then.status, then.by) {
        (Status::Open, _) => format!(
            "Without {without} nothing can be said: a definition falls that does not say what it stands for otherwise, or \
             where things stand would break a rule."
        ),
        (Status::Overturned, Some(Cause::Options)) => {
            format!(
                "{} It is so because options or acts are then not there.",
                first(&without, &what, before, after, at)
            )
        }
        _ => first(&without, &what, before, after, at),
    };
    let remains =
        if then.status == Status::Open { String::new() } else { report::remains(conflict, after, at) };
    let text = format!("{first} {remains}");
    let status = (before != Answer::NotComputed).then_some((then.status, then.by));
    Reply { status, ..(answer, lead, text.trim().to_owned(), Vec::new()).into() }
}

/// What becomes of the answer: what lasted lasts still, or no longer.
fn first(without: &str, what: &str, before: Answer, after: &After, at: usize) -> String {
    let falls = after.conclusions[at].status == Status::Overturned;
    let no = what.replacen("an outcome", "no outcome", 1);
    let clause = match (before, falls) {
        (Answer::NotComputed | Answer::SaysNothing | Answer::Partly, _) => {
            "what lasts was not computed to the end".to_owned()
        }
        (Answer::Yes, false) => format!("{what} still lasts"),
        (Answer::Yes, true) if no != what => format!("{no} lasts any longer"),
        (Answer::Yes, true) => format!("{what} no longer lasts"),
        (Answer::No, false) if no != what => format!("{no} lasts either"),
        (Answer::No, false) => format!("{what} does not last either"),
        (Answer::No, true) if no != what => format!("{what} lasts, as none does on all evidence"),
        (Answer::No, true) => format!("{what} lasts, which it does not on all evidence"),
    };
    let possible = words::counted(&after.outcome.feasible, "outcome is", "outcomes are");
    let lasting = match &after.outcome.equilibria {
        none if *none == BigUint::ZERO => "none of them lasts".to_owned(),
        n if *n == one() => "one of them lasts".to_owned(),
        n => format!("{} of them last", words::count(n)),
    };
    format!("Without {without}, {clause}: {possible} then possible, and {lasting}.")
}
