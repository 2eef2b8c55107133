//! The report to hand in: the question, the answer and what it hangs on, who can change it, by when, how sure, what to
//! check; in full also every outcome, reason and claim, what the words mean, and how to get the same again.
//!
//! It computes and says nothing of its own: each section is what the commands say, put in the order in which a reader
//! asks. The same case and settings give the same report: it names the date of the case, not that of the clock.

mod evidence;
mod extra;
mod methods;
pub mod paper;

use detente_model::{Concept, Conflict, State};

use crate::find::headline::Headline;
use crate::say::headline::{self, Said};
use crate::say::solve::{self, Solved};
use crate::say::standing::Standing;
use crate::say::{accounts, concept, dates, names, words};
use crate::show::doc::{Block, Column, Doc, Figure, Item, Line, Table};
use crate::show::map;
use crate::wire::Answer;

use extra::Extra;

/// Outcomes that the brief report describes.
const DESCRIBED: usize = 3;

/// How much a report says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Length {
    /// About two pages.
    #[default]
    Brief,
    /// Everything.
    Full,
}

/// What a report is made of.
pub struct Report<'r> {
    /// The case, solved: once, or as each of its accounts tells it.
    pub accounts: &'r [Solved],
    /// How much it says.
    pub length: Length,
    /// What to type to get the same again.
    pub command: &'r str,
}

/// The report.
///
/// # Complexity
/// The judgements of each account are reversed one by one and some thousand models are drawn, each under its bound; a
/// bound that was hit is named at the end.
#[must_use]
pub fn doc(report: &Report<'_>) -> Doc {
    let mut doc = Doc::default();
    let Some(first) = report.accounts.first() else { return doc };
    let told: Vec<Told<'_>> = report.accounts.iter().map(Told::of).collect();
    head(&mut doc, &told);
    if report.length == Length::Full {
        doc.part("In brief");
    }
    brief(&mut doc, &told);
    if report.length == Length::Full {
        full(&mut doc, &told);
        doc.part("On whose word");
        evidence::sections(&mut doc, &first.found.conflict);
        doc.part("What the words mean, and what is guaranteed");
        methods::sections(&mut doc, report);
        doc.part("To get the same again");
        methods::again(&mut doc, report);
    } else {
        doc.heading("The claims that are named here");
        evidence::cited(&mut doc, &first.found.conflict);
    }
    evidence::link(&mut doc, &first.found.conflict);
    doc
}

/// One account, and what is said of it beside what `solve` says.
struct Told<'r> {
    solved: &'r Solved,
    said: Said,
    extra: Extra,
}

impl<'r> Told<'r> {
    fn of(solved: &'r Solved) -> Self {
        let first = Headline::of(&solved.found).checked(&solved.found);
        let said = headline::said(&solved.found, &first, &solved.replies);
        Self { solved, said, extra: Extra::of(&solved.found, &first, &solved.replies) }
    }

    fn conflict(&self) -> &Conflict {
        &self.solved.found.conflict
    }

    /// What the account is called; empty where there is one only.
    fn title(&self) -> String {
        self.conflict().account.as_ref().map(|one| accounts::title(self.conflict(), one)).unwrap_or_default()
    }
}

fn head(doc: &mut Doc, told: &[Told<'_>]) {
    let Some(first) = told.first() else { return };
    let conflict = first.conflict();
    let about = &conflict.about;
    let date = about.as_of.as_deref().map(|date| format!("as of {}", words::date(date)));
    let by = about.author.as_deref().map(|author| format!("case by {author}"));
    let aside: Vec<String> = [date, by].into_iter().flatten().collect();
    doc.title(about.title.clone(), (!aside.is_empty()).then(|| aside.join(" · ")));
    if let Some(question) = &about.question {
        doc.say(Line::new().strong(question.clone()));
    }
    if let Some(id) = &conflict.variant {
        let title = conflict.variant(id).map(|variant| variant.title.clone()).unwrap_or_default();
        doc.say(format!("This report is about the variant “{id}”: {title}."));
    }
    if let Some(start) = &first.solved.start {
        doc.say(start.as_str());
    }
}

/// A heading, and below it what is said: once where all accounts say the same, else account by account.
fn each(doc: &mut Doc, heading: &str, told: &[Told<'_>], say: impl Fn(&Told<'_>) -> Vec<Line>) {
    let all: Vec<Vec<Line>> = told.iter().map(&say).collect();
    let Some(first) = all.first() else { return };
    if all.iter().all(Vec::is_empty) {
        return;
    }
    doc.heading(heading);
    if all.iter().all(|lines| lines == first) {
        first.iter().for_each(|line| doc.say(line.clone()));
        return;
    }
    let items = told.iter().zip(&all).map(|(told, lines)| {
        let mut item = Item::new(Line::new().strong(told.title()));
        if lines.is_empty() {
            item = item.with(Item::new(Line::new().quiet("Nothing to say in this account.")));
        }
        lines.iter().fold(item, |item, line| item.with(Item::new(line.clone())))
    });
    doc.list(items.collect());
}

fn brief(doc: &mut Doc, told: &[Told<'_>]) {
    let Some(first) = told.first() else { return };
    if told.len() > 1 {
        doc.say(accounts::several(told.len()));
    }
    each(doc, "The answer", told, |told| {
        let said = &told.said;
        if said.lead.is_empty() && said.text == said.lasts {
            return vec![said.lasts.as_str().into()];
        }
        vec![said.line(), said.lasts.as_str().into()]
    });
    each(doc, "What to check first", told, |told| lines([told.said.checks()]));
    if let Some(figure) = situation(first.conflict()) {
        doc.heading("The situation");
        doc.blocks.push(Block::Figure(figure));
    }
    each(doc, "What lasts, and why", told, lasting);
    each(doc, "Who can change it, and how", told, |told| {
        lines([told.extra.movers.clone(), told.extra.price.clone()])
    });
    each(doc, "By when", told, |told| lines(dates::drift(&told.solved.found)));
    each(doc, "How sure this is", told, |told| lines([told.extra.share.clone()]));
    each(doc, "What to watch", told, |told| lines(extra::expected(told.conflict())));
    let limits = &first.conflict().about.limits;
    let assumed = solve::assumptions(first.conflict()).len();
    if !limits.is_empty() || assumed > 0 {
        doc.heading("What this does not cover");
        let dash = || Line::new().quiet("–");
        let mut items: Vec<Item> = limits.iter().map(|text| Item::marked(dash(), text.as_str())).collect();
        if assumed > 0 {
            let count = words::counted(&assumed.into(), "thing is", "things are");
            items.push(Item::marked(
                dash(),
                format!("{} assumed by the analyst, on nobody's word.", words::capital(&count)),
            ));
        }
        doc.list(items);
    }
    let mut hits = Vec::new();
    for told in told {
        for hit in told.solved.limits.iter().chain(&told.extra.limits) {
            if !hits.contains(hit) {
                hits.push(hit.clone());
            }
        }
    }
    if !hits.is_empty() {
        doc.heading("What was not computed to the end");
        doc.list(hits.iter().map(|hit| Item::new(words::capital(&words::limit(&hit.into())))).collect());
    }
}

fn lines(texts: impl IntoIterator<Item = String>) -> Vec<Line> {
    texts.into_iter().filter(|text| !text.is_empty()).map(Line::from).collect()
}

/// The outcomes that last, each with why; how many more there are.
fn lasting(told: &Told<'_>) -> Vec<Line> {
    let found = &told.solved.found;
    let all = &told.solved.lasting.outcomes;
    // Outcomes of one name are told apart.
    let states: Vec<State> = all.iter().map(|standing| standing.state.clone()).collect();
    let names = names::apart(&found.conflict, &states);
    let one = |(at, standing): (usize, &Standing)| {
        let mut line = Line::new().strong(names[at].as_str()).plain(format!(". {}", standing.why));
        let undone = standing.undone.words(found, false);
        if !undone.is_empty() {
            line = line.plain(format!(" Who could undo it: {undone}"));
        }
        line
    };
    let mut lines: Vec<Line> = all.iter().enumerate().take(DESCRIBED).map(one).collect();
    if all.len() > DESCRIBED {
        let rest: Vec<String> =
            names[DESCRIBED..].iter().map(|name| names::quoted(names::brief(name))).collect();
        let last = if rest.len() == 1 { "lasts" } else { "last" };
        lines.push(Line::from(format!("Also {} {last}.", words::list(&rest))));
    }
    if !told.solved.lasting.complete && !all.is_empty() {
        lines.push(Line::new().quiet("One outcome of each name is described; more than these last."));
    }
    let asked = found.conflict.questions.first().and_then(|question| question.concept);
    if let Some(asked) = asked.filter(|asked| *asked != Concept::Nash && !lines.is_empty()) {
        lines.push(Line::new().quiet(format!(
            "Told here is what nobody alone has a reason to leave ({}). The question asks under another concept ({}), \
             under which other outcomes can last too: they are named in the answer.",
            concept::short(Concept::Nash),
            concept::short(asked)
        )));
    }
    lines
}

/// The picture of who is tied to whom; nothing where the case says nothing of it.
fn situation(conflict: &Conflict) -> Option<Figure> {
    let situation = &conflict.situation;
    if situation.ties.is_empty() && situation.instruments.is_empty() && situation.events.is_empty() {
        return None;
    }
    let view = map::view(conflict, None);
    Some(Figure {
        svg: map::svg(conflict, &view),
        caption: "Ties between the actors, what they belong to, what was signed, and what happened when."
            .to_owned(),
        alt: map::summary(conflict, &view),
    })
}

fn full(doc: &mut Doc, told: &[Told<'_>]) {
    if told.len() > 1 {
        doc.part("The accounts side by side");
        side_by_side(doc, told);
    }
    for told in told {
        let title = told.title();
        doc.part(if title.is_empty() { "Every answer".to_owned() } else { format!("Every answer: {title}") });
        solve::sections(doc, told.solved);
        extra::reasons(doc, told.solved);
    }
}

/// Question by question, what each account answers.
fn side_by_side(doc: &mut Doc, told: &[Told<'_>]) {
    let Some(first) = told.first() else { return };
    let mut columns = vec![Column::text("Question")];
    columns.extend(told.iter().map(|told| Column::text(told.title())));
    let mut table = Table::new(columns);
    for (at, reply) in first.solved.replies.iter().enumerate() {
        let mut row = vec![Line::from(reply.ask.as_str())];
        row.extend(told.iter().map(|told| match told.solved.replies.get(at) {
            Some(reply) if reply.answer == Answer::NotComputed => Line::new().quiet("not computed"),
            Some(reply) => Line::from(reply.brief.as_str()),
            None => Line::new(),
        }));
        table.row(row);
    }
    doc.table(table);
}
