//! The questions of a case, answered in words.

mod blockers;
mod movers;
pub mod price;
mod said;
mod share;
mod trust;
mod view;
pub(crate) mod why;

use detente_engine::trust::{Cause, Status};
use detente_engine::{LimitHit, SolveError, StateSet, Stop};
use detente_model::{ActorId, Concept, Conflict, OutcomeStates, Question, QuestionKind, State};
use num_bigint::BigUint;

use crate::find::findings::Findings;
use crate::find::headline;
use crate::find::together::Together;
use crate::refusal::Refusal;
use crate::say::agree::Agree;
use crate::say::{between, concept, names, reason, words};
use crate::wire::Answer;

/// A question with its answer. Those that answer one kind of question make it of what they found ([`Reply::default`]
/// has no question yet); [`answer`] puts the question to it.
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
    /// The same with one way of each kind, for where there is little room; empty where the text names no ways.
    pub short: String,
    /// Why it is so: what holds an outcome that shows it, or who would leave those that have it; empty where the text
    /// says it.
    pub reason: String,
    /// States that show it, ascending.
    pub states: Vec<State>,
    /// Bounds that were hit on the way to the answer.
    pub limits: Vec<LimitHit>,
    /// What computes more than the answer has.
    pub remedy: Option<Remedy>,
    /// Of a question of kind trust: what becomes of the answer, and by what it is overturned.
    pub status: Option<(Status, Option<Cause>)>,
}

impl Default for Reply {
    fn default() -> Self {
        Self {
            id: String::new(),
            kind: QuestionKind::Possible,
            ask: String::new(),
            answer: Answer::NotComputed,
            lead: "",
            brief: String::new(),
            text: String::new(),
            short: String::new(),
            reason: String::new(),
            states: Vec::new(),
            limits: Vec::new(),
            remedy: None,
            status: None,
        }
    }
}

/// What computes more than an answer has: each medium says in its own words how to ask for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// The coalitions that can leave one outcome, of any size.
    Coalitions,
    /// What changes make or break an outcome.
    Price,
    /// Several changes at once.
    PriceMore,
    /// Shares of models.
    Sample,
    /// More models, and what moves the share.
    SampleMore,
    /// All models, and what moves the share.
    SampleAll,
    /// Nothing: models are drawn of smaller cases only.
    SampleSmaller,
    /// The case without some of the evidence.
    Trust,
    /// What was said, in a case of any size that fits.
    Said,
}

impl Remedy {
    /// What to write on the command line, as a sentence.
    #[must_use]
    pub fn command(self) -> &'static str {
        match self {
            Self::Coalitions => "`detente coalitions --state` looks at them.",
            Self::Price => "`detente price` tries changes.",
            Self::PriceMore => "`detente price` tries several changes at once.",
            Self::Sample => "`detente sample` draws models and counts.",
            Self::SampleMore => "`detente sample` draws more and says what moves it.",
            Self::SampleSmaller => "No command draws models of a case of this size.",
            Self::SampleAll => "`detente sample` counts all of them and says what moves it.",
            Self::Trust => "`detente trust` strikes each part of the evidence.",
            Self::Said => "`detente said` looks at everything that is said.",
        }
    }
}

impl From<Parts> for Reply {
    fn from((answer, lead, text, states): Parts) -> Self {
        Self { answer, lead, brief: lead.to_owned(), text, states, ..Self::default() }
    }
}

impl Reply {
    /// No answer, for this reason.
    fn not_computed(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// Whether `hit` leaves something to what [`Reply::remedy`] names: then the answer says so, and nothing that was
    /// computed is inexact.
    #[must_use]
    pub fn defers(&self, hit: &LimitHit) -> bool {
        self.remedy.is_some() && hit.stop == Stop::Work
    }

    /// The whole answer in words, for the command line: with the command that computes more.
    #[must_use]
    pub fn words(&self) -> String {
        let lead = if self.lead.is_empty() { String::new() } else { format!("{}. ", self.lead) };
        format!(
            "{lead}{}{}",
            self.text,
            self.remedy.map_or_else(String::new, |r| format!(" {}", r.command()))
        )
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
            QuestionKind::Movers
            | QuestionKind::Share
            | QuestionKind::Trust
            | QuestionKind::Deadline
            | QuestionKind::Said => false,
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

/// Adds to `asked` the concepts that answering the questions of a case takes; each stands once, in the order of reports.
pub fn add_concepts<'q>(asked: &mut Vec<Concept>, questions: impl IntoIterator<Item = &'q Question>) {
    asked.extend(concepts(questions));
    asked.sort_unstable();
    asked.dedup();
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
    Reply { id: question.id.clone(), kind: question.kind, ask: question.ask.clone(), ..said }
}

/// In how many of the models that the doubts of the case leave open the answer to `question`, of kind possible or certain, is
/// yes.
#[must_use]
pub fn share_of_yes(found: &Findings, question: &Question) -> Reply {
    share::answer(found, question, question.kind == QuestionKind::Certain)
}

/// Whether the answer takes more than the verdicts of the case.
fn solves_again(question: &Question) -> bool {
    !matches!(question.kind, QuestionKind::Possible | QuestionKind::Certain)
}

/// What is said of a question that a bound came before.
fn unanswered(hit: LimitHit) -> Reply {
    let text = match hit.stop {
        Stop::Time => "Not answered: the time allowed was used up.",
        Stop::Cancelled => "Not answered: it was stopped before the end.",
        Stop::Memory | Stop::Work => "Not answered: a bound was hit before the end.",
    };
    Reply { limits: vec![hit], ..Reply::from((Answer::NotComputed, "", text.to_owned(), Vec::new())) }
}

fn computed(found: &Findings, question: &Question, list: usize) -> Reply {
    let which = concept_of(question);
    match (question.kind, &question.outcome) {
        (QuestionKind::Possible, Some(outcome)) => possible(found, question, which, outcome, list),
        (QuestionKind::Certain, Some(outcome)) => certain(found, question, which, outcome, list),
        (QuestionKind::Blockers, Some(outcome)) => blockers::answer(found, which, outcome),
        (QuestionKind::Movers, _) => movers::answer(found, question),
        (QuestionKind::Trust, Some(_)) => trust::answer(found, question),
        (QuestionKind::Share, _) => share::answer(found, question, false),
        (QuestionKind::Price, Some(outcome)) => price::answer(found, question, outcome),
        (QuestionKind::View, _) => view::answer(found, question),
        (QuestionKind::Deadline, _) => deadline(found, question),
        (QuestionKind::Said, _) => said::answer(found, question),
        _ => no_outcome().into(),
    }
}

/// What happens by a date of the case, or by all of them, if nobody acts; yes: something changes.
fn deadline(found: &Findings, question: &Question) -> Reply {
    match crate::say::dates::by(found, question.about.as_deref()) {
        Ok((changes, text, end)) => {
            let brief = if changes { "It changes if nobody acts" } else { "Nothing changes if nobody acts" };
            Reply { brief: brief.to_owned(), ..(Answer::from(changes), "", text, vec![end]).into() }
        }
        Err(why) => Reply::not_computed(why),
    }
}

/// Who it is in a few words: those who go alone, else the smallest group that goes together.
fn who(found: &Findings, alone: &[ActorId], left_out: &LeftOut, joint: &Together) -> String {
    let together = || joint.ways().first().map(|way| way.coalition.members().collect());
    let mut alone: Vec<ActorId> = alone.iter().chain(&left_out.leave).copied().collect();
    alone.sort_unstable();
    alone.dedup();
    let going = if alone.is_empty() { together() } else { Some(alone) };
    let nobody = if left_out.unknown.is_empty() { "Nobody" } else { "Not known" };
    going.map_or_else(|| nobody.to_owned(), |list: Vec<ActorId>| names::actors(&found.conflict, &list))
}

/// Actors with too many moves to look at where they would go.
#[derive(Default)]
struct LeftOut {
    /// Would leave, by their verdicts.
    leave: Vec<ActorId>,
    /// Have no verdict either.
    unknown: Vec<ActorId>,
}

impl LeftOut {
    /// One more, that was asked about `state`: nothing is left out of one that stays.
    fn add(&mut self, found: &Findings, actor: ActorId, state: &State) {
        let list = match found.leaves(actor, state) {
            Some(false) => return,
            Some(true) => &mut self.leave,
            None => &mut self.unknown,
        };
        if !list.contains(&actor) {
            list.push(actor);
        }
    }

    fn is_empty(&self) -> bool {
        self.leave.is_empty() && self.unknown.is_empty()
    }

    /// Whose steps were not looked at, as a sentence; empty when all were.
    fn words(&self, found: &Findings) -> String {
        let mut said = Vec::new();
        let too_many = |list: &[ActorId]| {
            let agree = Agree::with_all(&found.conflict, list);
            (agree, format!("{} {} too many moves", agree.it(), agree.has()))
        };
        if !self.leave.is_empty() {
            let (agree, why) = too_many(&self.leave);
            let who = names::inside_all(&found.conflict, &self.leave);
            said.push(format!(
                "On {} own, {who} would leave it; to where was not looked at: {why}.",
                agree.its()
            ));
        }
        if !self.unknown.is_empty() {
            let (_, why) = too_many(&self.unknown);
            let who = names::inside_all(&found.conflict, &self.unknown);
            said.push(format!("What {who} could do alone was not looked at: {why}."));
        }
        said.join(" ")
    }
}

type Parts = (Answer, &'static str, String, Vec<State>);

fn possible(
    found: &Findings,
    question: &Question,
    which: Concept,
    outcome: &OutcomeStates,
    list: usize,
) -> Reply {
    let Some(all_lasting) = found.lasting(which) else {
        return between::possible(found, which, outcome).unwrap_or_else(|| cut_short(found, which).into());
    };
    let shown = match given(found, question, which, &*all_lasting) {
        Ok(shown) => shown,
        Err(nothing) => return *nothing,
    };
    let lasting: &dyn StateSet = shown.as_deref().unwrap_or(&*all_lasting);
    let given = in_which(&found.conflict, question);
    let all = lasting.count();
    let among = lasting.among(outcome);
    let hits = among.count();
    if headline::is_so(false, &hits, &all) {
        let first = among.first(list.max(1));
        let text = format!("{}: {}.", holds(which, &hits, &all, &given), some(found, &first, &hits));
        let reason = why::lasts(found, which, &first);
        return Reply { reason, ..(Answer::Yes, "Yes", text, shortened(first, list)).into() };
    }
    let no = |text: String, reason: String| Reply { reason, ..(Answer::No, "No", text, Vec::new()).into() };
    if found.count(outcome) == BigUint::ZERO {
        return no(IMPOSSIBLE.to_owned(), String::new());
    }
    let ahead = why::foresight(found, which, outcome, false);
    if all == BigUint::ZERO {
        return no(nothing_lasts(found, which) + &ahead, String::new());
    }
    let first = lasting.first(FIRST);
    let text = format!("{}: {}.{ahead}", holds(which, &hits, &all, &given), some(found, &first, &all));
    no(text, why::left(found, which, outcome))
}

/// What is said of an outcome that the rules exclude.
const IMPOSSIBLE: &str = "The rules of the case leave no room for it: no possible outcome has it.";

/// What lasts and shows what the question takes as given (`None`: it takes nothing as given); that nothing does.
fn given<'f>(
    found: &Findings,
    question: &Question,
    which: Concept,
    lasting: &'f dyn StateSet,
) -> Result<Option<Box<dyn StateSet + 'f>>, Box<Reply>> {
    let Some(given) = &question.given else { return Ok(None) };
    let among = lasting.among(given);
    if !among.is_empty() {
        return Ok(Some(among));
    }
    let what = match given {
        OutcomeStates::Formula(formula) => reason::clause(&found.conflict, formula, true),
        OutcomeStates::Listed(_) => {
            format!("it is {}", names::quoted(question.given_text.as_deref().unwrap_or_default()))
        }
    };
    let text =
        format!("The question takes as given that {what}; in nothing {} is that so.", concept::lasts(which));
    Err(Box::new((Answer::SaysNothing, "No answer", text, Vec::new()).into()))
}

fn certain(
    found: &Findings,
    question: &Question,
    which: Concept,
    outcome: &OutcomeStates,
    list: usize,
) -> Reply {
    let Some(all_lasting) = found.lasting(which) else {
        return between::certain(found, which, outcome).unwrap_or_else(|| cut_short(found, which).into());
    };
    let shown = match given(found, question, which, &*all_lasting) {
        Ok(shown) => shown,
        Err(nothing) => return *nothing,
    };
    let lasting: &dyn StateSet = shown.as_deref().unwrap_or(&*all_lasting);
    let given = in_which(&found.conflict, question);
    let all = lasting.count();
    let among = lasting.among(outcome);
    let hits = among.count();
    let states = shortened(among.first(list), list);
    if headline::is_so(true, &hits, &all) {
        let first = lasting.first(FIRST);
        let text = format!("{}: {}.", holds(which, &hits, &all, &given), some(found, &first, &all));
        let reason = if all == one() { why::lasts(found, which, &first) } else { String::new() };
        return Reply { reason, ..(Answer::Yes, "Yes", text, states).into() };
    }
    let no =
        |text: String, reason: String| Reply { reason, ..(Answer::No, "No", text, states.clone()).into() };
    if found.count(outcome) == BigUint::ZERO {
        return no(IMPOSSIBLE.to_owned(), String::new());
    }
    let ahead = why::foresight(found, which, outcome, true);
    if all == BigUint::ZERO {
        return no(nothing_lasts(found, which) + &ahead, String::new());
    }
    let without = headline::without(found, lasting, outcome);
    let not = some(found, &without, &(&all - &hits));
    let text = if hits == BigUint::ZERO {
        format!("{}: {not}.{ahead}", holds(which, &hits, &all, &given))
    } else {
        let only = holds(which, &hits, &all, &given).replacen("holds in", "holds in only", 1);
        format!("{only}; it does not hold in {not}.{ahead}")
    };
    no(text, why::lasts(found, which, &without))
}

/// Of which of those that last a question asks that takes something as given: ` and in which he governs`; empty when of
/// all.
pub(crate) fn in_which(conflict: &Conflict, question: &Question) -> String {
    match &question.given {
        None => String::new(),
        Some(OutcomeStates::Formula(formula)) => {
            format!(" and in which {}", reason::clause(conflict, formula, true))
        }
        Some(OutcomeStates::Listed(_)) => {
            format!(" and are {}", names::quoted(question.given_text.as_deref().unwrap_or_default()))
        }
    }
}

/// In how many of those that last it holds: "It holds in one of the 3 outcomes that last"; `given`: as [`in_which`].
fn holds(which: Concept, hits: &BigUint, all: &BigUint, given: &str) -> String {
    let those = format!("{}{given}", outcomes_that(which, all));
    if *all == one() {
        let not = if hits == all { "It holds" } else { "It does not hold" };
        let given = given.replacen(" and are ", " and is ", 1);
        return format!("{not} in the one outcome {}{given}", concept::lasts(which));
    }
    let two = *all == BigUint::from(2_u32);
    match hits {
        hits if *hits == BigUint::ZERO && two => format!("It holds in neither of the {those}"),
        hits if *hits == BigUint::ZERO => format!("It holds in none of the {those}"),
        hits if hits == all && two => format!("It holds in both outcomes {}{given}", concept::lasting(which)),
        hits if hits == all => format!("It holds in all {those}"),
        hits if *hits == one() => format!("It holds in one of the {those}"),
        hits => format!("It holds in {} of the {those}", words::count(hits)),
    }
}

fn no_outcome() -> Parts {
    (Answer::NotComputed, "", "The question names no outcome.".to_owned(), Vec::new())
}

/// That `what` failed, and why.
fn unsolved(what: &str, conflict: &Conflict, error: &SolveError) -> Reply {
    Reply::not_computed(format!("{what}: {}.", Refusal::of(conflict, error).sentence()))
}

/// Why there is no answer under a concept: it is not defined here, or a bound cut it short.
fn cut_short(found: &Findings, which: Concept) -> Parts {
    let text = match which.undefined_for(&found.conflict.game) {
        Some(why) => concept::refused(which, why),
        None => format!("{} was not computed to the end: a bound was hit.", concept::name(which)),
    };
    (Answer::NotComputed, "", text, Vec::new())
}

fn nothing_lasts(found: &Findings, which: Concept) -> String {
    let all = words::count(&found.feasible().count());
    match which {
        Concept::Nash => {
            format!("Nothing lasts: someone would leave each of the {all} possible outcomes.")
        }
        _ => format!(
            "Nothing lasts, even when everyone reckons with the others' answers ({}): someone would leave each of \
             the {all} possible outcomes.",
            concept::adjective(which)
        ),
    }
}

/// "3 outcomes that last".
pub fn outcomes_that(which: Concept, all: &BigUint) -> String {
    let what = words::counted(all, "outcome", "outcomes");
    format!("{what} {}", concept::lasting(which))
}

fn one() -> BigUint {
    BigUint::from(1_u32)
}

/// Names in an answer.
const NAMED: usize = 4;
/// Outcomes whose names are looked at for it.
const FIRST: usize = 8;

/// The first few of some outcomes by name, and how many more there are.
fn some(found: &Findings, first: &[State], all: &BigUint) -> String {
    words::list(&names::some(&found.conflict, &first[..first.len().min(FIRST)], all, NAMED))
}

fn shortened(mut states: Vec<State>, list: usize) -> Vec<State> {
    states.truncate(list);
    states
}
