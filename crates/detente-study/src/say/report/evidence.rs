//! The claims of a case as notes: who says what, where; and the places in a report that name them.

use std::collections::{BTreeSet, HashMap};

use detente_model::{Claim, ClaimId, ClaimKind, Conflict, Source};

use crate::say::{reason, words};
use crate::show::doc::{About, Block, Doc, Item, Line, Note, Span, Tone};

/// The sources, and every claim.
pub(super) fn sections(doc: &mut Doc, conflict: &Conflict) {
    let sources = &conflict.evidence.sources;
    if sources.is_empty() {
        doc.say("The case names no sources.");
        return;
    }
    doc.heading("Sources");
    let item = |source: &Source| Item::marked(Line::new().code(source.id.as_str()), about(source));
    doc.list(sources.iter().map(item).collect());
    if !conflict.evidence.claims.is_empty() {
        doc.heading_with("Claims", "in the words of whoever wrote the case");
        let all = (0..conflict.evidence.claims.len()).map(ClaimId::from);
        doc.blocks.push(Block::Notes(all.filter_map(|claim| note(conflict, claim, true)).collect()));
    }
}

/// How many characters of notes the brief report has.
const ROOM: usize = 1_250;

/// The claims that `doc` names, as notes, first those that it names first; a sentence where it names none. Returns how many
/// there was no room for.
pub(super) fn cited(doc: &mut Doc, conflict: &Conflict) -> usize {
    let mut cited: Vec<ClaimId> = Vec::new();
    let ids = ids(conflict);
    each(doc, &mut |line| {
        for span in &line.spans {
            match &span.about {
                Some(About::Claim(claim)) => cited.push(*claim),
                _ => cited.extend(parts(&span.text, &ids).into_iter().filter_map(|(_, claim)| claim)),
            }
        }
    });
    let mut seen = BTreeSet::new();
    cited.retain(|claim| seen.insert(*claim));
    let claim = |claim: &ClaimId| conflict.evidence.claims.get(claim.index());
    let sources: BTreeSet<usize> = cited.iter().filter_map(claim).map(|claim| claim.source.index()).collect();
    // One source is named once.
    let source =
        sources.first().filter(|_| sources.len() == 1).and_then(|at| conflict.evidence.sources.get(*at));
    let heading = "The claims that are named here";
    match source {
        Some(source) => doc.heading_with(heading, about(source).words()),
        None => doc.heading(heading),
    }
    if cited.is_empty() {
        doc.say("No claim of a source is named above.");
        return 0;
    }
    let mut used = 0;
    let mut notes: Vec<Note> = Vec::new();
    for claim in &cited {
        let Some(note) = note(conflict, *claim, source.is_none()) else { continue };
        used += note.text.words().chars().count().max(90);
        if used > ROOM && !notes.is_empty() {
            break;
        }
        notes.push(note);
    }
    let left = cited.len() - notes.len();
    notes.sort_by_key(|note| note.claim);
    doc.blocks.push(Block::Notes(notes));
    left
}

/// Marks every place at which `doc` names a claim, so that a medium can lead from there to its note.
pub(super) fn link(doc: &mut Doc, conflict: &Conflict) {
    let ids = ids(conflict);
    each(doc, &mut |line| {
        let mut spans = Vec::with_capacity(line.spans.len());
        for span in line.spans.drain(..) {
            if span.about.is_some() || span.tone == Tone::Code {
                spans.push(span);
                continue;
            }
            for (text, claim) in parts(&span.text, &ids) {
                let about = claim.map(About::Claim);
                spans.push(Span { tone: span.tone, text: text.to_owned(), about });
            }
        }
        line.spans = spans;
    });
}

/// The claims by id.
fn ids(conflict: &Conflict) -> HashMap<&str, ClaimId> {
    let claims = conflict.evidence.claims.iter().enumerate();
    claims.map(|(at, claim)| (claim.id.as_str(), ClaimId::from(at))).collect()
}

/// A text in stretches, those that are a claim's id with the claim. An id that could be a word of a sentence is one where
/// it is named as a claim: behind `claim`, or a kind of claim, or another id (`statement talks, offer`).
fn parts<'t>(text: &'t str, ids: &HashMap<&str, ClaimId>) -> Vec<(&'t str, Option<ClaimId>)> {
    let of_id = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let word = |id: &str| !id.contains(|c: char| c.is_ascii_digit() || c == '-' || c == '_');
    let names_claims = |word: &str| {
        matches!(word, "claim" | "claims") || ClaimKind::ALL.iter().any(|(_, kind)| *kind == word)
    };
    let mut all = Vec::new();
    let (mut plain, mut at) = (0, 0);
    // Whether what stands before is said of claims, and where that ended.
    let (mut of_claims, mut before) = (false, 0);
    while let Some(start) = text[at..].find(of_id).map(|found| at + found) {
        let end = text[start..].find(|c| !of_id(c)).map_or(text.len(), |found| start + found);
        let token = &text[start..end];
        let joined = matches!(&text[before..start], " " | ", ");
        let claim = ids.get(token).filter(|_| !word(token) || of_claims && joined);
        if let Some(claim) = claim {
            if plain < start {
                all.push((&text[plain..start], None));
            }
            all.push((token, Some(*claim)));
            plain = end;
        }
        // `talks and offer`: what joins two ids is none.
        if !(of_claims && joined && token == "and") {
            of_claims = claim.is_some() || names_claims(token);
        }
        before = end;
        at = end;
    }
    if plain < text.len() {
        all.push((&text[plain..], None));
    }
    all
}

/// A claim; `source`: with the title of its source.
fn note(conflict: &Conflict, id: ClaimId, source: bool) -> Option<Note> {
    let claim: &Claim = conflict.evidence.claims.get(id.index())?;
    let kind = claim.kind.map_or("claim", |kind| kind.word());
    let mut text =
        Line::new().strong(reason::speaker(conflict, claim)).plain(format!(" ({kind}): {}", claim.says));
    if let Some(quote) = &claim.quote {
        text = text.plain(format!(" “{quote}”"));
    }
    let mut from: Vec<String> = Vec::new();
    if let Some(source) = conflict.evidence.sources.get(claim.source.index()).filter(|_| source) {
        from.push(source.title.clone());
    }
    from.extend(claim.at.clone());
    if !claim.heard.is_empty() {
        let through: Vec<&str> =
            claim.heard.iter().map(|who| if who == "author" { "the author" } else { who.as_str() }).collect();
        from.push(format!("heard through {}", words::list(&through)));
    }
    if claim.anonymous {
        from.push("the speaker is not named".to_owned());
    }
    if let Some(confidence) = claim.confidence {
        from.push(format!("held true with {:.0} %", confidence * 100.0));
    }
    if !from.is_empty() {
        text = text.quiet(format!(" ({})", from.join(", ")));
    }
    Some(Note { claim: id, mark: claim.id.clone(), text })
}

fn about(source: &Source) -> Line {
    let date = source.date.as_deref().map(words::date);
    let parts: Vec<String> = [
        source.author.clone(),
        Some(source.title.clone()),
        source.publisher.clone(),
        date,
        source.url.clone(),
    ]
    .into_iter()
    .flatten()
    .collect();
    Line::from(format!("{}.", parts.join(", ")))
}

/// Every line of a report.
fn each(doc: &mut Doc, of: &mut dyn FnMut(&mut Line)) {
    fn items(list: &mut [Item], of: &mut dyn FnMut(&mut Line)) {
        for item in list {
            of(&mut item.mark);
            of(&mut item.text);
            items(&mut item.below, of);
        }
    }
    for block in &mut doc.blocks {
        match block {
            Block::Paragraph(line) => of(line),
            Block::List(list) => items(list, of),
            Block::Table(table) => table.rows.iter_mut().flatten().for_each(&mut *of),
            Block::Notes(notes) => notes.iter_mut().for_each(|note| of(&mut note.text)),
            Block::Title(..) | Block::Part(_) | Block::Heading(..) | Block::Figure(_) => {}
        }
    }
}
