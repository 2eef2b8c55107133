//! What a report says beside `solve`: who can leave today, what it would take, how often it is so in what the doubts
//! leave open. Where the case asks it, its own answer stands here; else the question is put for it.

use detente_engine::certificate::{Certificate, Search};
use detente_engine::{Bounds, LimitHit};
use detente_model::{Concept, Conflict, Question, QuestionKind, State};

use crate::find::dates;
use crate::find::findings::Findings;
use crate::find::headline::Headline;
use crate::say::answers::{self, Reply};
use crate::say::solve::Solved;
use crate::say::{names, reason, words};
use crate::show::doc::{Block, Doc, Line};

/// Outcomes whose reasons are told actor by actor.
const EXPLAINED: usize = 4;

/// The answers.
#[derive(Default)]
pub(super) struct Extra {
    /// Who can leave today, alone or together.
    pub(super) movers: String,
    /// The least change that makes or breaks the headline.
    pub(super) price: String,
    /// The same with one way of each kind; empty where there is no more than one.
    pub(super) price_short: String,
    /// The share of models in which the headline is so.
    pub(super) share: String,
    /// Bounds that were hit.
    pub(super) limits: Vec<LimitHit>,
}

impl Extra {
    /// For the question that `headline` answers; nothing but who can leave today where it asks for no yes or no.
    pub(super) fn of(found: &Findings, headline: &Headline, replies: &[Reply]) -> Self {
        let conflict = &found.conflict;
        let mut all = Self::default();
        let about = headline.question.and_then(|at| conflict.questions.get(at));
        let about = about.filter(|_| headline.decided.is_some());
        let mut told = |reply: Reply| {
            all.limits.extend(reply.limits);
            match reply.lead {
                "" => reply.text,
                lead => format!("{lead}. {}", reply.text),
            }
        };
        let ask = |kind: QuestionKind| {
            let question = question(kind, about);
            let own = conflict.questions.iter().position(|other| same(other, &question));
            match own.and_then(|at| replies.get(at)) {
                Some(reply) => reply.clone(),
                None => answers::answer(found, &question, 0),
            }
        };
        let today = conflict.game.status_quo.is_some();
        let movers = if today { told(ask(QuestionKind::Movers)) } else { String::new() };
        let price = about.map(|_| ask(QuestionKind::Price)).unwrap_or_default();
        let price_short = price.short.clone();
        let price = about.map_or_else(String::new, |_| told(price));
        // Of the question itself: a share of what is possible says nothing of what is certain.
        let share = about.map_or_else(String::new, |about| told(answers::share_of_yes(found, about)));
        Self { movers, price, price_short, share, ..all }
    }
}

/// A question of `kind` about what `about` asks.
fn question(kind: QuestionKind, about: Option<&Question>) -> Question {
    let id = String::new();
    match about.filter(|_| kind != QuestionKind::Movers) {
        Some(about) => Question { id, kind, view: None, from: None, about: None, ..about.clone() },
        None => Question { id, kind, ..Question::default() },
    }
}

/// Whether two questions ask the same, whatever they are called.
fn same(one: &Question, other: &Question) -> bool {
    let plain = |question: &Question| Question {
        id: String::new(),
        ask: String::new(),
        outcome_text: None,
        given_text: None,
        grounds: detente_model::Grounds::default(),
        concept: Some(answers::concept_of(question)),
        ..question.clone()
    };
    plain(one) == plain(other)
}

/// What the author of the case expects, and when; what a date brings.
pub(super) fn expected(conflict: &Conflict) -> Vec<String> {
    fn says(one: dates::Expected<'_>) -> (&str, String) {
        let title = one.title.trim_end_matches('.');
        let said = match (one.deadline, one.on) {
            (true, on) => format!("{}: {}.", words::date(on), one.title),
            (false, "") => format!("Expected, without a date: {title}."),
            (false, on) => format!("Expected {}: {title}.", words::dates(on, one.until)),
        };
        (one.on, said)
    }
    let mut all: Vec<(&str, String)> = dates::expected(conflict).map(says).collect();
    all.sort();
    all.into_iter().map(|(_, said)| said).collect()
}

/// Why each actor stays, or would leave, outcome by outcome: those that last, and where things stand.
pub(super) fn reasons(doc: &mut Doc, solved: &Solved) {
    let found = &solved.found;
    let conflict = &found.conflict;
    let mut states: Vec<State> =
        solved.lasting.outcomes.iter().take(EXPLAINED).map(|standing| standing.state.clone()).collect();
    if let Some(today) = &conflict.game.status_quo
        && !states.contains(today)
    {
        states.push(today.clone());
    }
    let bounds = Bounds::default();
    let mut search = Search::new(&conflict.game, &bounds, &*found.watch);
    for state in states {
        doc.heading(format!("Why: {}", names::quoted(&names::outcome(conflict, &state))));
        let mut missing = Vec::new();
        let mut certificates: Vec<Certificate> = Vec::new();
        for actor in conflict.game.actor_ids() {
            match search.certificate(solved.sequences, Concept::Nash, actor, &state) {
                Ok(certificate) => certificates.push(certificate),
                Err(error) => missing.push(format!("{}: {error}.", names::actor(conflict, actor))),
            }
        }
        // Its heads stand below that of the outcome.
        for block in reason::doc(conflict, &state, &certificates, &[], &missing).blocks {
            match block {
                Block::Title(..) => {}
                Block::Heading(text, remark) => {
                    let remark = remark.map_or_else(String::new, |remark| format!(": {remark}"));
                    doc.say(Line::new().strong(text).quiet(remark));
                }
                other => doc.blocks.push(other),
            }
        }
    }
}
