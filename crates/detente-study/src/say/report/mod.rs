//! The report to hand in: the question, the answer and what it hangs on, who can change it, by when, how sure, what to
//! check; in full also every outcome, reason and claim, what the words mean, and how to get the same again.
//!
//! It computes and says nothing of its own: each section is what the commands say, put in the order in which a reader
//! asks. The same case and settings give the same report: it names the date of the case, not that of the clock.

mod evidence;
mod extra;
mod methods;
pub mod paper;

use std::cell::Cell;

use detente_model::{Concept, Conflict, State};

use crate::find::headline::Headline;
use crate::say::headline::{self, Said};
use crate::say::solve::{self, Solved};
use crate::say::standing::Standing;
use crate::say::{accounts, concept, dates, names, words};
use crate::show::doc::{About, Block, Column, Doc, Figure, Item, Line, Table, Tone};
use crate::show::map;
use crate::wire::Answer;

use extra::Extra;

/// Outcomes that the brief report describes.
const DESCRIBED: usize = 3;
/// How many characters the brief report has for what it says of each thing, of all accounts together, so that it is two
/// pages: what is longer ends at a sentence, and says how much is left out.
mod room {
    pub(super) const ANSWER: usize = 900;
    pub(super) const MOVERS: usize = 600;
    pub(super) const PRICE: usize = 880;
    pub(super) const DATES: usize = 420;
    pub(super) const SHARE: usize = 700;
    pub(super) const CHECKS: usize = 760;
    pub(super) const LASTS: usize = 1_000;
    pub(super) const WHY: usize = 900;
    pub(super) const WATCH: usize = 5;
    pub(super) const LIMITS: usize = 460;
}

/// How much a report says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Length {
    /// Two pages.
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
    let room =
        Room { full: report.length == Length::Full, accounts: told.len().max(1), cut: Cell::new(false) };
    brief(&mut doc, &told, &room);
    if room.full {
        full(&mut doc, &told);
        doc.part("On whose word");
        evidence::sections(&mut doc, &first.found.conflict);
        doc.part("What the words mean, and what is guaranteed");
        methods::sections(&mut doc, report);
        doc.part("To get the same again");
        methods::again(&mut doc, report);
    } else {
        let left = evidence::cited(&mut doc, &first.found.conflict);
        doc.say(Line::new().quiet(left_out(&first.found.conflict, room.cut.get(), left)));
    }
    evidence::link(&mut doc, &first.found.conflict);
    doc
}

/// How much room there is.
struct Room {
    full: bool,
    /// How many accounts share it.
    accounts: usize,
    /// Whether something was cut short.
    cut: Cell<bool>,
}

impl Room {
    /// `line` within `most` characters, of all accounts together: cut at a sentence, and with how much is left out.
    fn line(&self, line: Line, most: usize) -> Line {
        if self.full {
            return line;
        }
        let short = line.shortened(most / self.accounts);
        if short != line {
            self.cut.set(true);
        }
        short
    }

    /// What is said, as a paragraph; none where it is nothing.
    fn lines(&self, texts: impl IntoIterator<Item = (String, usize)>) -> Vec<Line> {
        let said = texts.into_iter().filter(|(text, _)| !text.is_empty());
        said.map(|(text, most)| self.line(Line::from(text), most)).collect()
    }

    /// The first of `items` that fit within `most`, at least one, and how many are left.
    fn first<T>(&self, items: Vec<T>, most: usize, size: impl Fn(&T) -> usize) -> (Vec<T>, usize) {
        if self.full {
            return (items, 0);
        }
        let mut used = 0;
        let fits = |(at, item): &(usize, &T)| {
            used += size(item);
            *at == 0 || used <= most
        };
        let kept = items.iter().enumerate().take_while(fits).count();
        let left = items.len() - kept;
        if left > 0 {
            self.cut.set(true);
        }
        (items.into_iter().take(kept).collect(), left)
    }
}

/// What the full length has beside, at the end of the brief one.
fn left_out(conflict: &Conflict, cut: bool, claims: usize) -> String {
    let all = conflict.evidence.claims.len();
    let mut parts = Vec::new();
    if cut {
        parts.push("what is cut short above".to_owned());
    }
    if claims > 0 {
        parts.push(words::counted(
            &claims.into(),
            "more claim that is named here",
            "more claims that are named here",
        ));
    }
    parts.push("every outcome by name with its reasons".to_owned());
    if all > 0 {
        parts.push("all claims and sources".to_owned());
    }
    parts.push("what the words mean, and how to get the same again".to_owned());
    format!("Left to the full length: {}.", parts.join("; "))
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

/// A heading, and below it what is said: first what all accounts say, once; then, account by account, what they do not share.
fn each(doc: &mut Doc, heading: &str, told: &[Told<'_>], say: impl Fn(&Told<'_>) -> Vec<Line>) {
    let all: Vec<Vec<Line>> = told.iter().map(&say).collect();
    let Some(first) = all.first() else { return };
    if all.iter().all(Vec::is_empty) {
        return;
    }
    doc.heading(heading);
    let shared =
        (0..first.len()).take_while(|at| all.iter().all(|lines| lines.get(*at) == first.get(*at))).count();
    first.iter().take(shared).for_each(|line| doc.say(line.clone()));
    if all.iter().all(|lines| lines.len() == shared) {
        return;
    }
    let items = told.iter().zip(&all).map(|(told, lines)| {
        let title = Line::new().strong(format!("{}:", told.title()));
        match lines.get(shared..).unwrap_or_default() {
            [] => {
                let more = if shared > 0 {
                    " nothing more to say in this account."
                } else {
                    " nothing to say in this account."
                };
                Item::new(title.quiet(more))
            }
            // What is one sentence stands behind its account.
            [line] => Item::new(title.plain(" ").and(line.clone())),
            lines => lines.iter().fold(Item::new(title), |item, line| item.with(Item::new(line.clone()))),
        }
    });
    doc.list(items.collect());
}

/// What stands on the first two pages: first what one asks for, then why.
fn brief(doc: &mut Doc, told: &[Told<'_>], room: &Room) {
    let Some(first) = told.first() else { return };
    if told.len() > 1 {
        doc.say(accounts::several(told.len()));
    }
    each(doc, "The answer", told, |told| {
        let said = &told.said;
        if said.lead.is_empty() && said.text == said.lasts {
            return vec![said.lasts.as_str().into()];
        }
        let answer = room.line(said.line(), room::ANSWER);
        if room.full {
            return vec![answer, said.lasts.as_str().into()];
        }
        vec![answer.plain(" ").plain(said.lasts.as_str())]
    });
    each(doc, "Who can change it, and how", told, |told| {
        let extra = &told.extra;
        let short = !(room.full || extra.price_short.is_empty() || extra.price_short == extra.price);
        if short {
            room.cut.set(true);
        }
        let price = if short { &extra.price_short } else { &extra.price };
        room.lines([(extra.movers.clone(), room::MOVERS), (price.clone(), room::PRICE)])
    });
    each(doc, "By when", told, |told| {
        room.lines(dates::drift(&told.solved.found).into_iter().map(|text| (text, room::DATES)))
    });
    each(doc, "How sure this is", told, |told| room.lines([(told.extra.share.clone(), room::SHARE)]));
    watch(doc, told, room);
    each(doc, "What to check first", told, |told| room.lines([(told.said.checks(), room::CHECKS)]));
    each(doc, "What lasts, and why", told, |told| lasting(told, room));
    if let Some(figure) = situation(first.conflict(), room.full) {
        doc.heading("The situation");
        doc.blocks.push(Block::Figure(figure));
    }
    limits(doc, first.conflict(), room);
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

/// What is expected, and when.
fn watch(doc: &mut Doc, told: &[Told<'_>], room: &Room) {
    each(doc, "What to watch", told, |told| {
        let (kept, left) = room.first(extra::expected(told.conflict()), room::WATCH, |_| 1);
        let mut lines: Vec<Line> = kept.into_iter().map(Line::from).collect();
        if left > 0 {
            let more = words::counted(&left.into(), "more thing is expected", "more things are expected");
            lines.push(Line::new().quiet(format!("{}.", words::capital(&more))));
        }
        lines
    });
}

/// What the case says that it does not cover, and how much of it is assumed.
fn limits(doc: &mut Doc, conflict: &Conflict, room: &Room) {
    let limits = &conflict.about.limits;
    let assumed = solve::assumptions(conflict).len();
    if limits.is_empty() && assumed == 0 {
        return;
    }
    doc.heading("What this does not cover");
    let dash = || Line::new().quiet("–");
    let (kept, left) = room.first(limits.iter().collect(), room::LIMITS, |text| text.chars().count());
    let mut items: Vec<Item> = kept.into_iter().map(|text| Item::marked(dash(), text.as_str())).collect();
    if left > 0 {
        let more = words::counted(&left.into(), "more limit is named", "more limits are named");
        let more = format!("{} in the full length.", words::capital(&more));
        items.push(Item::marked(dash(), Line::new().quiet(more)));
    }
    if assumed > 0 {
        let count = words::counted(&assumed.into(), "thing is", "things are");
        items.push(Item::marked(
            dash(),
            format!("{} assumed by the analyst, on nobody's word.", words::capital(&count)),
        ));
    }
    doc.list(items);
}

/// The outcomes that last, each with why; how many more there are.
fn lasting(told: &Told<'_>, room: &Room) -> Vec<Line> {
    let found = &told.solved.found;
    let all = &told.solved.lasting.outcomes;
    // Outcomes of one name are told apart.
    let states: Vec<State> = all.iter().map(|standing| standing.state.clone()).collect();
    let names = names::apart(&found.conflict, &states);
    let one = |(at, standing): (usize, &Standing)| {
        let why = room.line(Line::from(standing.why.as_str()), room::WHY);
        // In another script its name does not turn the sentence.
        let name = Line::new().about(About::State(standing.state.clone()), names[at].as_str());
        let mut why = name.toned(Tone::Strong).plain(". ").and(why);
        let undone = standing.undone.words(found, false);
        if !undone.is_empty() {
            why = why.plain(format!(" Who could undo it: {undone}"));
        }
        why
    };
    let described: Vec<Line> = all.iter().enumerate().take(DESCRIBED).map(one).collect();
    let (mut lines, _) =
        room.first(described, room::LASTS / room.accounts, |line| line.words().chars().count());
    if all.len() > lines.len() {
        let rest: Vec<String> =
            names[lines.len()..].iter().map(|name| names::quoted(names::brief(name))).collect();
        let last = if rest.len() == 1 { "lasts" } else { "last" };
        lines.push(room.line(Line::from(format!("Also {} {last}.", words::list(&rest))), room::LASTS / 2));
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

/// The picture of who is tied to whom, in full also of what was signed and what happened when; nothing where the case says
/// nothing of it.
fn situation(conflict: &Conflict, full: bool) -> Option<Figure> {
    let situation = &conflict.situation;
    let nothing = situation.ties.is_empty()
        && (!full || situation.instruments.is_empty() && situation.events.is_empty());
    if nothing {
        return None;
    }
    let view = map::view(conflict, None);
    let (svg, caption) = if full {
        let caption =
            "Ties between the actors, what they belong to, what was signed, and what happened when.";
        (map::svg(conflict, &view), caption)
    } else {
        (map::ties(conflict, &view), "Ties between the actors, and what they belong to.")
    };
    Some(Figure { svg, caption: caption.to_owned(), alt: map::summary(conflict, &view) })
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
