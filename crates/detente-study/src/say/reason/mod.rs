//! Why an outcome is stable for an actor, or not: the one author of reasons. The terminal, documents, certificates
//! and the page show these sentences.
//!
//! Written for a reader who has never heard of the theory: names of options and outcomes, no
//! symbols.

mod basis;
mod clause;
mod consent;
mod held;
mod moves;

use detente_engine::certificate::{Certificate, Consent};
use detente_model::{ActorId, ClaimId, Concept, Conflict, MoverId, State};

use crate::find::rests::{self, Body, Decides, Move, Support};
use crate::say::{concept, names, words, written};
use crate::show::doc::{Doc, Item, Line, Tone};

pub use basis::{basis, speaker};
pub use clause::{
    clause, deeds, do_together, does, gain, phrase, place, preferred, prefers, rule, whole_wish, wish,
};
pub use consent::{consent, consent_text};
pub use held::nobody_leaves;

/// Up to this many moves are explained one by one.
const EXPLAINED: usize = 6;

/// One sentence of a reason, with what it rests on and what it shows.
#[derive(Clone, Debug, Default)]
pub struct Sentence {
    /// The sentence; its spans know actors, outcomes and wishes.
    pub line: Line,
    /// The parts of the case that it rests on; none: the logic of the model.
    pub parts: Vec<Support>,
    /// The move that it tells.
    pub hop: Option<Hop>,
    /// Whether that move can be made: not when it is told what stands against it.
    pub possible: bool,
    /// What decides, and whether the actor gains it or gives it up.
    pub decides: Option<(Decides, bool)>,
}

/// A move, or several one after the other.
#[derive(Clone, Debug)]
pub struct Hop {
    /// Who moves, in order, each once.
    pub actors: Vec<ActorId>,
    /// From where.
    pub from: State,
    /// To where.
    pub to: State,
}

impl Sentence {
    fn new(line: Line, parts: Vec<Support>) -> Self {
        Self { line, parts, possible: true, ..Self::default() }
    }

    /// The words.
    #[must_use]
    pub fn text(&self) -> String {
        self.line.words()
    }

    /// Speakers and claims, or that the analyst assumed it; empty for the logic of the model.
    #[must_use]
    pub fn basis(&self, conflict: &Conflict) -> Line {
        let grounds: Vec<_> = self.parts.iter().filter_map(|part| part.grounds(conflict)).collect();
        basis(conflict, &grounds)
    }

    /// The claims that it rests on, ascending.
    #[must_use]
    pub fn claims(&self, conflict: &Conflict) -> Vec<ClaimId> {
        rests::claims(conflict, &self.parts)
    }

    /// Whether a part that it rests on is the analyst's assumption.
    #[must_use]
    pub fn is_assumed(&self, conflict: &Conflict) -> bool {
        self.parts.iter().filter_map(|part| part.grounds(conflict)).any(|grounds| grounds.assumption)
    }
}

/// A reason in sentences: the first one says it all, the others why.
#[must_use]
pub fn sentences(conflict: &Conflict, certificate: &Certificate) -> Vec<Sentence> {
    let reason = rests::reason(conflict, certificate);
    let moves = match &reason.body {
        Body::Stays(stay) => return held::alone(conflict, stay),
        Body::Moves(moves) => moves,
    };
    let count = moves.len();
    let mut all = vec![Sentence::new(moves::verdict(conflict, &reason, count), Vec::new())];
    let shown = if reason.stable { EXPLAINED } else { 1 };
    for entry in moves.iter().take(shown) {
        all.extend(moves::entry(conflict, &reason, entry));
    }
    if reason.stable && count > shown {
        let more = words::counted(&(count - shown).into(), "other move is", "other moves are");
        let line = Line::from(format!("The {more} answered in the same way: as data they are all there."));
        all.push(Sentence::new(line, Vec::new()));
    }
    all
}

/// The verdict and what one move comes to: the one that leads to `about`, when that is one of them, else
/// the first.
#[must_use]
pub fn told(conflict: &Conflict, certificate: &Certificate, about: Option<&State>) -> String {
    let reason = rests::reason(conflict, certificate);
    let moves = match &reason.body {
        Body::Stays(stay) => return joined(&held::alone(conflict, stay)),
        Body::Moves(moves) => moves,
    };
    let mut all = Vec::new();
    if certificate.concept != Concept::Nash || certificate.stable {
        all.push(Sentence::new(moves::verdict(conflict, &reason, moves.len()), Vec::new()));
    }
    let leads = |entry: &&Move| matches!(entry, Move::One(step, _) if Some(&step.to) == about);
    // Without one that is asked about: the actor's best.
    let best = certificate.improvements.first().and_then(|entry| entry.to.one());
    let is_best = |entry: &&Move| matches!(entry, Move::One(step, _) if Some(&step.to) == best);
    let entry = moves.iter().find(leads).or_else(|| moves.iter().find(is_best)).or(moves.first());
    all.extend(entry.into_iter().flat_map(|entry| moves::entry(conflict, &reason, entry)));
    joined(&all)
}

/// The sentences as one text.
#[must_use]
pub fn text(conflict: &Conflict, certificate: &Certificate) -> String {
    joined(&sentences(conflict, certificate))
}

/// Sentences as one text.
#[must_use]
pub fn joined(sentences: &[Sentence]) -> String {
    sentences.iter().map(Sentence::text).collect::<Vec<_>>().join(" ")
}

/// The verdict in the terms of the field: `Stable under sequential stability (SEQ).`
#[must_use]
pub fn technical(certificate: &Certificate) -> String {
    let which = certificate.concept;
    let is = if certificate.stable { "Stable" } else { "Not stable" };
    format!("{is} under {} ({}).", concept::name(which), concept::short(which))
}

/// A part that a reason rests on, in words: `The West: the agreement holds`.
#[must_use]
pub fn part(conflict: &Conflict, part: Support) -> String {
    match part {
        Support::Statement(actor, at) | Support::Weighed(actor, at) => {
            let wish = words::capital(&wish(conflict, actor, at, true));
            format!("{}: {wish}", names::actor(conflict, actor))
        }
        Support::Ranking(actor) => format!("{}: its ranking", names::actor(conflict, actor)),
        Support::Rule(at) => words::capital(&rule(conflict, at)),
        Support::Cannot(at) => {
            let taken = conflict.game.option_form().and_then(|form| form.cannot.get(at));
            let who = taken.map_or_else(String::new, |cannot| names::actor(conflict, cannot.actor));
            format!("{who}: {}", clause::barred(conflict, &[part]).words())
        }
        Support::OneWay(_) | Support::Condition(..) => {
            words::capital(&clause::barred(conflict, &[part]).words())
        }
    }
}

/// Reasons as a report. Actors that can reach nothing better alone come first, once: they stay under
/// every concept. `missing`: what was asked for and is not there, with why, a sentence each.
#[must_use]
pub fn doc(
    conflict: &Conflict,
    state: &State,
    certificates: &[Certificate],
    consents: &[Consent],
    missing: &[String],
) -> Doc {
    let mut doc = Doc::default();
    doc.title(format!("Why: {}", names::outcome(conflict, state)), Some(format!("state {state}")));
    let mut idle: Vec<&Certificate> = Vec::new();
    for certificate in certificates.iter().filter(|c| c.improvements.is_empty()) {
        if !idle.iter().any(|other| other.actor == certificate.actor) {
            idle.push(certificate);
        }
    }
    let mut concepts: Vec<Concept> = certificates.iter().map(|c| c.concept).collect();
    concepts.dedup();
    if !idle.is_empty() {
        let under = if concepts.len() == 1 { "" } else { ", so it stays under every concept" };
        doc.heading_with(
            "Who has nothing to gain alone",
            format!("no move of its own leads to what it prefers{under}"),
        );
        doc.list(idle.iter().flat_map(|certificate| reasons(conflict, certificate)).collect());
    }
    for which in concepts {
        let list: Vec<Item> = certificates
            .iter()
            .filter(|c| c.concept == which && !c.improvements.is_empty())
            .flat_map(|certificate| reasons(conflict, certificate))
            .collect();
        if !list.is_empty() {
            doc.heading_with(concept::name(which), concept::meaning(which));
            doc.list(list);
        }
    }
    let mut together: Vec<MoverId> = consents.iter().map(|given| given.mover).collect();
    together.sort_unstable();
    together.dedup();
    let mut items = Vec::new();
    for mover in together {
        let own = consents.iter().filter(|given| given.mover == mover);
        let mut whys: Vec<(Concept, Vec<Sentence>)> =
            own.map(|given| (given.concept, consent(conflict, given))).collect();
        // What does not hang on the concept is told once.
        let same = whys.iter().all(|(_, why)| joined(why) == joined(&whys[0].1));
        whys.truncate(if same { 1 } else { whys.len() });
        let under = |concept| (!same).then(|| concept::name(concept));
        items.extend(whys.into_iter().filter_map(|(concept, why)| item(conflict, why, under(concept))));
    }
    if !items.is_empty() {
        doc.heading_with("Who would act together", "each of them must prefer it, and none of them refuse");
        doc.list(items);
    }
    for sentence in missing {
        doc.say(Line::new().quiet(sentence.as_str()));
    }
    written::say_of_steps(&mut doc, conflict);
    doc
}

/// The verdict, and below it why.
fn reasons(conflict: &Conflict, certificate: &Certificate) -> Option<Item> {
    item(conflict, sentences(conflict, certificate), None)
}

/// Sentences as an item: the first above the others; `under` names the concept that it is about.
fn item(conflict: &Conflict, sentences: Vec<Sentence>, under: Option<&str>) -> Option<Item> {
    let rests = |sentence: &Sentence| {
        let basis = sentence.basis(conflict);
        if basis.is_empty() {
            basis
        } else {
            Line::from(" Rests on: ").and(basis).plain(".").toned(Tone::Quiet)
        }
    };
    let mut sentences = sentences.into_iter();
    let first = sentences.next()?;
    let basis = rests(&first);
    let lead = under.map_or_else(Line::new, |concept| Line::new().quiet(format!("{concept}: ")));
    let item = Item::new(lead.and(first.line.toned(Tone::Strong)).and(basis));
    Some(sentences.fold(item, |item, sentence| {
        let basis = rests(&sentence);
        item.with(Item::new(sentence.line.and(basis)))
    }))
}
