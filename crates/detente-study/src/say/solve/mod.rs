//! The answer of `solve` for a reader: what was asked, what lasts, who would leave the rest, what
//! it rests on.

mod basis;
mod concepts;
mod lasting;
mod looking_back;
mod others;
mod variants;
mod votes;

pub use basis::assumptions;
use detente_engine::LimitHit;
use detente_model::{Concept, Conflict, OptionId, Sequences};

use crate::find::findings::Findings;
use crate::find::headline::Headline;
use crate::find::version::Start;
use crate::say::accounts as say_accounts;
use crate::say::answers::{self, Reply};
use crate::say::standing::{self, Lasting};
use crate::say::{dates, headline, version, words};
use crate::show::doc::{Doc, Item, Line};
use crate::wire::Answer;

/// Everything that the answer is made of.
pub struct Solved {
    /// The conflict that was asked about.
    pub found: Findings,
    /// Why outcomes last, who could undo them, on whose word.
    pub lasting: Lasting,
    /// Where this version starts, in words, when that is not the status quo as written.
    pub start: Option<String>,
    /// Its questions, answered.
    pub replies: Vec<Reply>,
    /// The concepts that were asked for.
    pub concepts: Vec<Concept>,
    /// The same with something changed, in file order, the case as written first.
    pub beside: Vec<Beside>,
    /// Why no variants stand beside it, when the case has some.
    pub alone: Option<String>,
    /// Under `--compare-readings`: the same in each reading of joint sanctions.
    pub readings: Vec<(Sequences, Findings)>,
    /// The reading of joint sanctions.
    pub sequences: Sequences,
    /// Bounds that were hit.
    pub limits: Vec<LimitHit>,
    /// Bounds beyond which a question is another command's: its answer says which.
    pub deferred: Vec<LimitHit>,
    /// How many outcomes are listed one by one.
    pub list: usize,
    /// Whether the answer is kept to about a screen.
    pub brief: bool,
    /// Where the random numbers for examples start.
    pub seed: u64,
    /// Options on which to look alone; none: not asked.
    pub project: Vec<OptionId>,
}

impl Solved {
    /// What was `found`, with the questions of the case answered; `asked`: the concepts to tell; at most `list` outcomes
    /// are listed one by one. What is said of each outcome that lasts comes with [`Solved::with_lasting`].
    #[must_use]
    pub fn of(found: Findings, sequences: Sequences, asked: Vec<Concept>, list: usize) -> Self {
        let answer = |question| answers::answer(&found, question, list);
        let replies: Vec<Reply> = found.conflict.questions.iter().map(answer).collect();
        let mut limits = found.solution.limits.clone();
        // What another command computes is said in the answer that lacks it; nothing that was computed is inexact for
        // it.
        let mut deferred = Vec::new();
        for reply in &replies {
            for hit in &reply.limits {
                let list = if reply.defers(hit) { &mut deferred } else { &mut limits };
                if !list.contains(hit) {
                    list.push(hit.clone());
                }
            }
        }
        Self {
            found,
            lasting: Lasting::default(),
            start: None,
            replies,
            concepts: asked,
            beside: Vec::new(),
            alone: None,
            readings: Vec::new(),
            sequences,
            limits,
            deferred,
            list,
            brief: false,
            seed: 1,
            project: Vec::new(),
        }
    }

    /// With what is said of each outcome that lasts: who could undo it, what it rests on.
    #[must_use]
    pub fn with_lasting(mut self) -> Self {
        self.lasting = standing::lasting(&self.found);
        self
    }

    /// With a word on where this version starts, when that is not where `written` starts.
    #[must_use]
    pub fn starting_from(mut self, written: &Conflict) -> Self {
        self.start = Start::of(written, &self.found.conflict).map(|start| version::start(written, &start));
        self
    }
}

/// The case with something changed, beside the one that was asked about.
pub struct Beside {
    /// Id of the variant; `None`: the case as written.
    pub id: Option<String>,
    /// What is different, in words.
    pub title: String,
    /// What was found; why nothing, otherwise.
    pub found: Result<Findings, String>,
    /// The same questions.
    pub replies: Vec<Reply>,
    /// Whether it is the one that the whole report is about.
    pub this: bool,
}

/// The answer, from top to bottom.
pub fn doc(solved: &Solved) -> Doc {
    let mut doc = Doc::default();
    head(&mut doc, solved);
    sections(&mut doc, solved);
    doc
}

/// Everything below the headline.
pub fn sections(doc: &mut Doc, solved: &Solved) {
    questions(doc, solved);
    dates::section(doc, &solved.found);
    lasting::section(doc, solved);
    others::section(doc, solved);
    votes::section(doc, solved);
    concepts::section(doc, solved);
    variants::section(doc, solved);
    looking_back::section(doc, solved);
    basis::section(doc, solved);
}

/// The answers of several accounts of a case: once where all agree, else one after the other, each in brief.
pub fn accounts_doc(accounts: &[Solved]) -> Doc {
    let mut doc = Doc::default();
    let Some(first) = accounts.first() else { return doc };
    let about = &first.found.conflict.about;
    let date = about.as_of.as_deref().map(|date| format!("as of {}", words::date(date)));
    doc.title(about.title.clone(), date);
    if let Some(question) = &about.question {
        doc.say(Line::new().plain(question.clone()));
    }
    doc.say(Line::new().plain(say_accounts::several(accounts.len())));
    let mut alike: Vec<&Reply> = Vec::new();
    for reply in &first.replies {
        let same = |solved: &Solved| {
            let other = solved.replies.iter().find(|other| other.id == reply.id);
            other.is_some_and(|other| other.answer == reply.answer && other.text == reply.text)
        };
        if accounts.iter().all(same) {
            alike.push(reply);
        }
    }
    if !alike.is_empty() {
        doc.heading("However it is told");
        doc.list(alike.iter().map(|reply| asked(reply)).collect::<Vec<_>>());
    }
    for solved in accounts {
        let conflict = &solved.found.conflict;
        let title = conflict.account.as_ref().map(|account| say_accounts::title(conflict, account));
        doc.heading(title.unwrap_or_default());
        let first = Headline::of(&solved.found).checked(&solved.found);
        let said = headline::said(&solved.found, &first, &solved.replies);
        doc.say(said.line());
        if !said.check.is_empty() {
            doc.say(said.checks());
        }
        if !(said.lead.is_empty() && said.text == said.lasts) {
            doc.say(Line::new().plain(said.lasts));
        }
        dates::section(&mut doc, &solved.found);
        let own = solved.replies.iter().filter(|reply| !alike.iter().any(|same| same.id == reply.id));
        doc.list(own.map(asked).collect::<Vec<_>>());
        let id = conflict.account.as_ref().map(|account| account.id.clone()).unwrap_or_default();
        doc.say(Line::new().quiet("Everything of this account: ").code(format!("--reading {id}")));
    }
    doc
}

/// A question with its answer in brief.
fn asked(reply: &Reply) -> Item {
    let mut answer = Line::new();
    if !reply.lead.is_empty() {
        answer = answer.strong(format!("{}.", reply.lead)).plain(" ");
    }
    Item::new(reply.ask.clone()).with(Item::marked(Line::new().quiet("→"), answer.plain(reply.text.clone())))
}

fn head(doc: &mut Doc, solved: &Solved) {
    let about = &solved.found.conflict.about;
    let date = about.as_of.as_deref().map(|date| format!("as of {}", words::date(date)));
    doc.title(about.title.clone(), date);
    if let Some(question) = &about.question {
        doc.say(Line::new().plain(question.clone()));
    }
    let first = Headline::of(&solved.found).checked(&solved.found);
    let said = headline::said(&solved.found, &first, &solved.replies);
    if said.lead.is_empty() && said.text == said.lasts {
        doc.say(Line::new().plain(said.lasts));
    } else {
        doc.say(said.line());
        if !said.check.is_empty() {
            doc.say(if solved.brief { said.check.clone() } else { said.checks() });
        }
        // In brief, what lasts is on the same screen.
        if !solved.brief {
            doc.say(Line::new().plain(said.lasts));
        }
    }
    if let Some(this) = solved.beside.iter().find(|beside| beside.this && beside.id.is_some()) {
        let id = this.id.clone().unwrap_or_default();
        doc.say(Line::new().marked("Variant").plain(" ").code(id).plain(format!(": {}", this.title)));
    }
    if let Some(start) = &solved.start {
        doc.say(Line::new().plain(start.as_str()));
    }
}

fn questions(doc: &mut Doc, solved: &Solved) {
    let (computed, open): (Vec<&Reply>, Vec<&Reply>) =
        solved.replies.iter().partition(|reply| reply.answer != Answer::NotComputed);
    if solved.replies.is_empty() {
        return;
    }
    doc.heading("What was asked");
    let mut items: Vec<Item> = computed
        .iter()
        .map(|reply| {
            let mut answer = Line::new();
            if !reply.lead.is_empty() {
                answer = answer.strong(format!("{}.", reply.lead)).plain(" ");
            }
            answer = answer.plain(reply.text.clone());
            if solved.brief {
                answer = answer.shortened(BRIEF);
            }
            if let Some(remedy) = reply.remedy.filter(|_| !solved.brief) {
                answer = answer.plain(format!(" {}", remedy.command()));
            }
            if let Some(also) = variants::changed(solved, reply) {
                answer = answer.plain(" ").and(also);
            }
            let item = Item::new(reply.ask.clone()).with(Item::marked(Line::new().quiet("→"), answer));
            // What holds an outcome that lasts stands below, beside the outcome.
            if reply.reason.is_empty() || reply.answer != Answer::No || solved.brief {
                item
            } else {
                item.with(Item::marked(Line::new().quiet("–"), Line::new().quiet(reply.reason.clone())))
            }
        })
        .collect();
    if solved.brief && !open.is_empty() {
        let mut line = Line::new().plain("Not answered: ");
        for (at, reply) in open.iter().enumerate() {
            line = line
                .plain(if at == 0 { "" } else { "; " })
                .code(reply.id.clone())
                .plain(format!(" ({})", open_words(reply, true).trim_end_matches('.')));
        }
        items.push(Item::new(line.plain(".")));
    } else {
        items.extend(open.iter().map(|reply| {
            let answer = Line::new().quiet("Not answered. ").plain(open_words(reply, false));
            Item::new(reply.ask.clone()).with(Item::marked(Line::new().quiet("→"), answer))
        }));
    }
    doc.list(items);
}

/// Why a question is not answered; in brief, what answers it.
fn open_words(reply: &Reply, brief: bool) -> String {
    match reply.remedy.filter(|_| brief) {
        Some(remedy) => remedy.command().to_owned(),
        None => reply.words(),
    }
}

/// About two lines of an answer, with how much is left out.
const BRIEF: usize = 155;
