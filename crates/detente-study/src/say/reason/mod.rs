//! Why an outcome is stable for an actor, or not: certificates in sentences.
//!
//! Written for a reader who has never heard of the theory: names of options and outcomes, no
//! symbols.

mod clause;
mod held;

use std::collections::BTreeMap;

use detente_engine::certificate::{Certificate, Target, deciding_grounds, path};
use detente_model::{Claim, Concept, Conflict, Grounds, State};

use crate::say::{concept, names, words};
use crate::show::doc::{Doc, Item, Line};

pub use clause::{clause, does, gain, phrase, place, wish};
use clause::{closed, is_own_option, loss, loss_by_itself};
pub use held::nobody_leaves;

/// Up to this many moves are explained one by one.
const EXPLAINED: usize = 6;

/// One step of a reason, with what it rests on.
pub struct Sentence {
    /// The sentence.
    pub text: String,
    /// Speakers and claims, or that the analyst assumed it; empty for the logic of the model.
    pub basis: String,
}

/// A reason in sentences: the first one says it all, the others why.
pub fn sentences(conflict: &Conflict, certificate: &Certificate) -> Vec<Sentence> {
    let who = names::actor(conflict, certificate.actor);
    let count = certificate.improvements.len();
    if count == 0 {
        let (text, grounds) = held::alone(conflict, certificate.actor, &certificate.state);
        return vec![Sentence { text, basis: basis(conflict, &grounds) }];
    }
    let plain = |text: String| Sentence { text, basis: String::new() };
    let mut all = vec![plain(match (certificate.stable, count) {
        (true, 1) => format!("{who} stays: the one move that it would prefer is answered."),
        (true, _) => format!("{who} stays: each of the {count} moves that it would prefer is answered."),
        (false, _) => format!("{who} would leave: {}.", unanswered_words(certificate.concept, count)),
    })];
    let open = certificate.unanswered.as_ref().map(|u| &u.to);
    // What goes unanswered is what decides: it comes first.
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by_key(|at| open.is_none_or(|to| certificate.improvements[*at].to.one() != Some(to)));
    let shown = if certificate.stable { EXPLAINED } else { 1 };
    for at in order.into_iter().take(shown) {
        all.extend(entry(conflict, certificate, at));
    }
    if certificate.stable && count > shown {
        let more = words::counted(&(count - shown).into(), "other move is", "other moves are");
        all.push(plain(format!("The {more} answered in the same way: as data they are all there.")));
    }
    all
}

/// The verdict and what one move comes to: the one that leads to `about`, when that is one of them, else
/// the first.
pub fn told(conflict: &Conflict, certificate: &Certificate, about: Option<&State>) -> String {
    let mut all = sentences(conflict, certificate);
    all.truncate(1);
    if certificate.concept == Concept::Nash && !certificate.stable {
        all.clear();
    }
    let entries = &certificate.improvements;
    let at = entries.iter().position(|entry| entry.to.one().is_some_and(|to| Some(to) == about));
    if !entries.is_empty() {
        all.extend(entry(conflict, certificate, at.unwrap_or(0)));
    }
    all.into_iter().map(|s| s.text).collect::<Vec<_>>().join(" ")
}

fn unanswered_words(which: Concept, count: usize) -> String {
    let what = match count {
        1 => "the move that it prefers".to_owned(),
        _ => format!("one of the {count} moves that it prefers"),
    };
    match which {
        Concept::Nash if count == 1 => "it has a move that it prefers".to_owned(),
        Concept::Nash => format!("it has {count} moves that it prefers, of which this is the best"),
        Concept::Gmr => format!("nobody can make it regret {what}"),
        Concept::Smr => format!("nobody can make it regret for good {what}"),
        Concept::Seq => format!("nobody has an interest in making it regret {what}"),
        Concept::Sseq => format!("nobody has an interest in making it regret for good {what}"),
        Concept::Sim => format!("{what} stays better whoever else moves at the same time"),
    }
}

fn entry(conflict: &Conflict, certificate: &Certificate, at: usize) -> Vec<Sentence> {
    let game = &conflict.game;
    let (actor, state) = (certificate.actor, &certificate.state);
    let who = names::actor(conflict, actor);
    let entry = &certificate.improvements[at];
    let Some(to) = entry.to.one() else {
        let Target::Pattern(pattern) = &entry.to else { return Vec::new() };
        let text = format!(
            "{who} has several better moves that are answered alike: {}.",
            closed(conflict, actor, pattern)
        );
        return vec![Sentence { text, basis: String::new() }];
    };
    let mut all = vec![Sentence {
        text: format!(
            "{who} would rather {}: {}.",
            does(conflict, actor, state, to),
            gain(conflict, actor, to, state)
        ),
        basis: basis(conflict, &deciding_grounds(game, actor, to, state)),
    }];
    if entry.sanction.is_empty() {
        if let Some(closing) = closing(certificate, to) {
            all.push(Sentence {
                text: closing.replace("{who}", &names::inside(conflict, actor)),
                basis: String::new(),
            });
        }
        return all;
    }
    let states = path(game, certificate, at);
    let (mut texts, mut bases) = (Vec::new(), Vec::new());
    for (k, step) in entry.sanction.iter().enumerate() {
        let simultaneous = certificate.concept == Concept::Sim;
        let before = if simultaneous { state } else { &states[k] };
        let after = step.to.from_here(before);
        let mover = names::inside(conflict, step.actor);
        let willing = matches!(certificate.concept, Concept::Seq | Concept::Sseq | Concept::Sim);
        let mut text = format!(
            "{mover} {} {}",
            if willing { "would rather" } else { "can" },
            does(conflict, step.actor, before, &after)
        );
        if willing {
            text.push_str(&format!(" ({})", gain(conflict, step.actor, &after, before)));
            bases.extend(deciding_grounds(game, step.actor, &after, before));
        }
        texts.push(text);
    }
    let Some(end) = states.last() else { return all };
    let start = if certificate.concept == Concept::Sim { "But at the same time" } else { "But then" };
    let outcome = match entry.because {
        None => format!("{} is no better off than now", names::inside(conflict, actor)),
        Some(_) => format!(
            "{} is worse off than now: {}",
            names::inside(conflict, actor),
            loss(conflict, actor, state, end)
        ),
    };
    let escape = if matches!(certificate.concept, Concept::Smr | Concept::Sseq) {
        ", and from there it has no way out of its own"
    } else {
        ""
    };
    bases.extend(deciding_grounds(game, actor, state, end));
    all.push(Sentence {
        text: format!("{start} {}, and {outcome}{escape}.", texts.join(", then ")),
        basis: basis(conflict, &bases),
    });
    all
}

fn closing(certificate: &Certificate, to: &State) -> Option<String> {
    let unanswered = certificate.unanswered.as_ref().filter(|u| u.to == *to)?;
    let alone = unanswered.closure.len() <= 1 && unanswered.closure.iter().all(|t| t.one().is_some());
    let text = match certificate.concept {
        Concept::Nash => return None,
        Concept::Gmr | Concept::Smr if alone => "Nobody else then has a move at all.",
        Concept::Seq | Concept::Sseq if alone => "Nobody else then has a move that it would prefer.",
        Concept::Sim if alone => "Nobody else would leave at the same time.",
        Concept::Gmr => "Whatever the others do then, {who} stays better off than now.",
        Concept::Smr => {
            "Whatever the others do then, {who} stays better off than now or can get there again by itself."
        }
        Concept::Seq => {
            "Whatever the others would then do in their own interest, {who} stays better off than now."
        }
        Concept::Sseq => {
            "Whatever the others would then do in their own interest, {who} stays better off than now or can get there again by itself."
        }
        Concept::Sim => "Whoever else would leave at the same time, {who} ends up better off than now.",
    };
    Some(text.to_owned())
}

/// Who makes a claim: a named person, or the author of the source.
pub fn speaker(conflict: &Conflict, claim: &Claim) -> String {
    let author = || conflict.evidence.sources.get(claim.source.index()).and_then(|s| s.author.clone());
    match claim.speaker.as_deref() {
        None | Some("author") => author().unwrap_or_else(|| "the source".to_owned()),
        Some(name) => name.to_owned(),
    }
}

/// Who says so: "Kamal Aliyev (assessment c13, c17)".
pub fn basis(conflict: &Conflict, grounds: &[&Grounds]) -> String {
    let mut by: BTreeMap<String, BTreeMap<&str, Vec<&str>>> = BTreeMap::new();
    for id in grounds.iter().flat_map(|g| &g.claims) {
        let Some(claim) = conflict.evidence.claims.get(id.index()) else { continue };
        let kinds = by.entry(speaker(conflict, claim)).or_default();
        let list = kinds.entry(claim.kind.map_or("claim", |kind| kind.word())).or_default();
        if !list.contains(&claim.id.as_str()) {
            list.push(&claim.id);
        }
    }
    let said = |kinds: BTreeMap<&str, Vec<&str>>| {
        let each = kinds.into_iter().map(|(kind, ids)| format!("{kind} {}", ids.join(", ")));
        each.collect::<Vec<_>>().join("; ")
    };
    let mut parts: Vec<String> =
        by.into_iter().map(|(who, kinds)| format!("{who} ({})", said(kinds))).collect();
    if grounds.iter().any(|g| g.assumption) {
        parts.push("the analyst's assumption".to_owned());
    }
    parts.join("; ")
}

/// The sentences as one text.
pub fn text(conflict: &Conflict, certificate: &Certificate) -> String {
    sentences(conflict, certificate).into_iter().map(|s| s.text).collect::<Vec<_>>().join(" ")
}

/// Reasons as a report. Actors that can reach nothing better alone come first, once: they stay under
/// every concept.
pub fn doc(conflict: &Conflict, state: &State, certificates: &[Certificate]) -> Doc {
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
    doc
}

/// The verdict, and below it why.
fn reasons(conflict: &Conflict, certificate: &Certificate) -> Option<Item> {
    let rests = |basis: String| if basis.is_empty() { basis } else { format!(" Rests on: {basis}.") };
    let mut sentences = sentences(conflict, certificate).into_iter();
    let first = sentences.next()?;
    let item = Item::new(Line::new().strong(first.text).quiet(rests(first.basis)));
    Some(sentences.fold(item, |item, sentence| {
        item.with(Item::new(Line::from(sentence.text).quiet(rests(sentence.basis))))
    }))
}
