//! The questions of a case, answered in words.

mod blockers;
mod movers;
pub mod price;
mod share;
mod trust;
mod view;

use detente_engine::{LimitHit, Stop};
use detente_model::{ActorId, Concept, OutcomeStates, Question, QuestionKind, State};
use num_bigint::BigUint;

use crate::find::findings::Findings;
use crate::find::together::Together;
use crate::say::{between, concept, names, words};
use crate::wire::Answer;

/// The most states that an answer looks at one by one.
const LOOKED_AT: usize = 64;
/// Up to this many possible outcomes the case is solved again, without something or as somebody sees it, while `solve`
/// answers.
const SOLVED_AGAIN: u32 = 1 << 16;

/// A question with its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The question's id.
    pub id: String,
    /// What is asked.
    pub kind: QuestionKind,
    /// The question in words.
    pub ask: String,
    /// The answer.
    pub answer: Answer,
    /// The answer's first word: `Yes`, `No`; empty when it has none.
    pub lead: &'static str,
    /// The answer in a few words, for a list of questions: `Yes`, `In 83.1 % of models`, `Azerbaijan and Russia`;
    /// empty when it was not computed.
    pub brief: String,
    /// The rest of the answer.
    pub text: String,
    /// States that show it, ascending.
    pub states: Vec<State>,
    /// Bounds that were hit on the way to the answer.
    pub limits: Vec<LimitHit>,
}

/// An answer before it has its question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// As in [`Reply::answer`].
    pub answer: Answer,
    /// As in [`Reply::lead`].
    pub lead: &'static str,
    /// As in [`Reply::brief`].
    pub brief: String,
    /// As in [`Reply::text`].
    pub text: String,
    /// As in [`Reply::states`].
    pub states: Vec<State>,
    /// As in [`Reply::limits`].
    pub limits: Vec<LimitHit>,
}

impl From<Parts> for Found {
    fn from((answer, lead, text, states): Parts) -> Self {
        Self { answer, lead, brief: lead.to_owned(), text, states, limits: Vec::new() }
    }
}

impl Reply {
    /// The whole answer in words.
    pub fn words(&self) -> String {
        if self.lead.is_empty() { self.text.clone() } else { format!("{}. {}", self.lead, self.text) }
    }
}

/// The concept that `question` is asked under.
pub fn concept_of(question: &Question) -> Concept {
    question.concept.unwrap_or(Concept::Nash)
}

/// The concepts that answering the questions of a case takes.
pub fn concepts<'q>(questions: impl IntoIterator<Item = &'q Question>) -> Vec<Concept> {
    let mut needed = vec![Concept::Nash];
    for question in questions {
        // Those that look at what lasts in the case as it is.
        let looks = match question.kind {
            QuestionKind::Movers | QuestionKind::Share | QuestionKind::Trust => false,
            QuestionKind::Possible
            | QuestionKind::Certain
            | QuestionKind::Blockers
            | QuestionKind::Price
            | QuestionKind::View => true,
        };
        if looks {
            needed.push(concept_of(question));
        }
    }
    needed.sort_unstable();
    needed.dedup();
    needed
}

/// Answers `question`; at most `list` states show it. When nobody waits any longer it is not answered, and says so.
pub fn answer(found: &Findings, question: &Question, list: usize) -> Reply {
    let stopped = || found.stopped(&format!("the question `{}`", question.id));
    let mut said = match stopped() {
        Some(hit) => unanswered(hit),
        None => computed(found, question, list),
    };
    // What was found on the way is no answer when it was cut short, unless it names its bound itself.
    if said.limits.is_empty()
        && solves_again(question)
        && let Some(hit) = stopped()
    {
        said = unanswered(hit);
    }
    said.states.sort_unstable();
    said.states.truncate(list);
    Reply {
        id: question.id.clone(),
        kind: question.kind,
        ask: question.ask.clone(),
        answer: said.answer,
        lead: said.lead,
        brief: said.brief,
        text: said.text,
        states: said.states,
        limits: said.limits,
    }
}

/// Whether the answer takes more than the verdicts of the case.
fn solves_again(question: &Question) -> bool {
    !matches!(question.kind, QuestionKind::Possible | QuestionKind::Certain)
}

/// What is said of a question that a bound came before.
fn unanswered(hit: LimitHit) -> Found {
    let text = match hit.stop {
        Stop::Time => "Not answered: the time allowed was used up.",
        Stop::Cancelled => "Not answered: it was stopped before.",
        Stop::Memory | Stop::Work => "Not answered: a bound was hit before.",
    };
    Found { limits: vec![hit], ..Found::from((Answer::NotComputed, "", text.to_owned(), Vec::new())) }
}

fn computed(found: &Findings, question: &Question, list: usize) -> Found {
    let which = concept_of(question);
    match (question.kind, &question.outcome) {
        (QuestionKind::Possible, Some(outcome)) => possible(found, which, outcome, list).into(),
        (QuestionKind::Certain, Some(outcome)) => certain(found, which, outcome, list).into(),
        (QuestionKind::Blockers, Some(outcome)) => blockers::answer(found, which, outcome),
        (QuestionKind::Movers, _) => movers::answer(found, question),
        (QuestionKind::Trust, Some(_)) => trust::answer(found, question),
        (QuestionKind::Share, _) => share::answer(found, question),
        (QuestionKind::Price, Some(outcome)) => price::answer(found, question, outcome),
        (QuestionKind::View, _) => view::answer(found, question),
        _ => no_outcome().into(),
    }
}

/// Who it is in a few words: those who go alone, else the smallest group that goes together.
fn who(found: &Findings, alone: &[ActorId], joint: &Together) -> String {
    let together = || joint.ways().first().map(|way| way.coalition.members().collect());
    let going = if alone.is_empty() { together() } else { Some(alone.to_vec()) };
    going.map_or_else(|| "Nobody".to_owned(), |list: Vec<ActorId>| names::actors(&found.conflict, &list))
}

type Parts = (Answer, &'static str, String, Vec<State>);

fn possible(found: &Findings, which: Concept, outcome: &OutcomeStates, list: usize) -> Parts {
    let Some(lasting) = found.equilibria(which) else {
        return between::possible(found, which, outcome).unwrap_or_else(|| cut_short(which));
    };
    let all = lasting.count();
    let among = lasting.among(outcome);
    let hits = among.count();
    if hits > BigUint::ZERO {
        let first = among.first(list.max(1));
        let text = if all == one() {
            format!("{} has it: {}.", the_one(which), some(found, &first, &hits))
        } else if hits == all {
            format!("All {} have it: {}.", outcomes_that(which, &all), some(found, &first, &hits))
        } else if hits == one() {
            format!("It is so in one of the {}: {}.", outcomes_that(which, &all), some(found, &first, &hits))
        } else {
            let hits_words = words::count(&hits);
            format!(
                "It is so in {hits_words} of the {}: {}.",
                outcomes_that(which, &all),
                some(found, &first, &hits)
            )
        };
        return (Answer::Yes, "Yes", text, shortened(first, list));
    }
    if found.count(outcome) == BigUint::ZERO {
        let text = "The rules of the case leave no room for it: no possible outcome has it.".to_owned();
        return (Answer::No, "No", text, Vec::new());
    }
    if all == BigUint::ZERO {
        return (Answer::No, "No", nothing_lasts(found, which), Vec::new());
    }
    let first = lasting.first(LOOKED_AT);
    let text = if all == one() {
        format!("{} does not have it: {}.", the_one(which), some(found, &first, &all))
    } else {
        format!("It is so in none of the {}: {}.", outcomes_that(which, &all), some(found, &first, &all))
    };
    (Answer::No, "No", text, Vec::new())
}

fn certain(found: &Findings, which: Concept, outcome: &OutcomeStates, list: usize) -> Parts {
    let Some(lasting) = found.equilibria(which) else {
        return between::certain(found, which, outcome).unwrap_or_else(|| cut_short(which));
    };
    let all = lasting.count();
    if all == BigUint::ZERO {
        return (Answer::No, "No", nothing_lasts(found, which), Vec::new());
    }
    let hits = lasting.among(outcome).count();
    let states = shortened(lasting.among(outcome).first(list), list);
    if hits == all {
        let text = if all == one() {
            format!("{} has it.", the_one(which))
        } else {
            format!("It is so in every one of the {}.", outcomes_that(which, &all))
        };
        return (Answer::Yes, "Yes", text, states);
    }
    let text = if all == one() {
        format!("{} does not have it.", the_one(which))
    } else {
        format!("It is so in only {} of the {}.", words::count(&hits), outcomes_that(which, &all))
    };
    (Answer::No, "No", text, states)
}

fn no_outcome() -> Parts {
    (Answer::NotComputed, "", "The question names no outcome.".to_owned(), Vec::new())
}

fn cut_short(which: Concept) -> Parts {
    let text = format!("{} was not computed to the end: a bound was hit.", concept::name(which));
    (Answer::NotComputed, "", text, Vec::new())
}

fn nothing_lasts(found: &Findings, which: Concept) -> String {
    let all = words::count(&found.feasible().count());
    match which {
        Concept::Nash => {
            format!("Nothing lasts: in each of the {all} possible outcomes someone would leave.")
        }
        _ => format!(
            "Nothing lasts, even when all reckon with the others' answers ({}): in each of the {all} possible \
             outcomes someone would leave.",
            concept::adjective(which)
        ),
    }
}

/// "3 outcomes that nobody alone has reason to leave".
pub fn outcomes_that(which: Concept, all: &BigUint) -> String {
    let what = words::counted(all, "outcome", "outcomes");
    format!("{what} {}", concept::lasting(which))
}

/// "The one outcome that nobody alone has reason to leave".
fn the_one(which: Concept) -> String {
    format!("The one outcome {}", concept::lasting(which).replacen("that last ", "that lasts ", 1))
}

fn one() -> BigUint {
    BigUint::from(1_u32)
}

/// The first few of some outcomes by name, and how many more there are.
fn some(found: &Findings, first: &[State], all: &BigUint) -> String {
    const NAMED: usize = 4;
    let shown = &first[..first.len().min(NAMED)];
    let mut list: Vec<String> =
        names::briefly(&found.conflict, shown).iter().map(|name| names::quoted(name)).collect();
    let more = all - BigUint::from(shown.len());
    if more > BigUint::ZERO {
        list.push(format!("{} more", words::count(&more)));
    }
    words::list(&list)
}

fn shortened(mut states: Vec<State>, list: usize) -> Vec<State> {
    states.truncate(list);
    states
}
