//! The answer of `solve` for a reader: what was asked, what lasts, who would leave the rest, what
//! it rests on.

mod basis;
mod concepts;
mod lasting;
mod looking_back;
mod others;
mod variants;

use detente_engine::LimitHit;
use detente_model::{Concept, OptionId, Sequences};

use super::answers::Reply;
use super::doc::{Doc, Item, Line};
use super::findings::Findings;
use super::standing::Lasting;
use super::words;
use crate::wire::Answer;

/// Everything that the answer is made of.
pub(crate) struct Solved {
    /// The conflict that was asked about.
    pub(crate) found: Findings,
    /// Why outcomes last, who could undo them, on whose word.
    pub(crate) lasting: Lasting,
    /// Its questions, answered.
    pub(crate) replies: Vec<Reply>,
    /// The concepts that were asked for.
    pub(crate) concepts: Vec<Concept>,
    /// The same with something changed, in file order, the case as written first.
    pub(crate) beside: Vec<Beside>,
    /// Why no variants stand beside it, when the case has some.
    pub(crate) alone: Option<String>,
    /// Under `--compare-readings`: the same in each reading of joint sanctions.
    pub(crate) readings: Vec<(Sequences, Findings)>,
    /// The reading of joint sanctions.
    pub(crate) sequences: Sequences,
    /// Bounds that were hit.
    pub(crate) limits: Vec<LimitHit>,
    /// How many outcomes are listed one by one.
    pub(crate) list: usize,
    /// Whether the answer is kept to about a screen.
    pub(crate) brief: bool,
    /// Where the random numbers for examples start.
    pub(crate) seed: u64,
    /// Options on which to look alone; none: not asked.
    pub(crate) project: Vec<OptionId>,
}

/// The case with something changed, beside the one that was asked about.
pub(crate) struct Beside {
    /// Id of the variant; `None`: the case as written.
    pub(crate) id: Option<String>,
    /// What is different, in words.
    pub(crate) title: String,
    /// What was found; why nothing, otherwise.
    pub(crate) found: Result<Findings, String>,
    /// The same questions.
    pub(crate) replies: Vec<Reply>,
    /// Whether it is the one that the whole report is about.
    pub(crate) this: bool,
}

/// The answer, from top to bottom.
pub(crate) fn doc(solved: &Solved) -> Doc {
    let mut doc = Doc::default();
    head(&mut doc, solved);
    questions(&mut doc, solved);
    lasting::section(&mut doc, solved);
    others::section(&mut doc, solved);
    concepts::section(&mut doc, solved);
    variants::section(&mut doc, solved);
    looking_back::section(&mut doc, solved);
    basis::section(&mut doc, solved);
    doc
}

fn head(doc: &mut Doc, solved: &Solved) {
    let about = &solved.found.conflict.about;
    let date = about.as_of.as_deref().map(|date| format!("as of {}", words::date(date)));
    doc.title(about.title.clone(), date);
    if let Some(question) = &about.question {
        doc.say(Line::new().plain(question.clone()));
    }
    if let Some(this) = solved.beside.iter().find(|beside| beside.this && beside.id.is_some()) {
        let id = this.id.clone().unwrap_or_default();
        doc.say(Line::new().marked("Variant").plain(" ").code(id).plain(format!(": {}", this.title)));
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
            if let Some(also) = variants::changed(solved, reply) {
                answer = answer.plain(" ").and(also);
            }
            Item::new(reply.ask.clone()).with(Item::marked(Line::new().quiet("→"), answer))
        })
        .collect();
    if !open.is_empty() {
        let mut line = Line::new().plain("Not answered: ");
        for (at, reply) in open.iter().enumerate() {
            line = line
                .plain(if at == 0 { "" } else { " " })
                .code(reply.id.clone())
                .plain(format!(" ({})", reply.text.trim_end_matches('.')));
        }
        items.push(Item::new(line.plain(".")));
    }
    doc.list(items);
}

/// About two lines of an answer.
const BRIEF: usize = 190;
