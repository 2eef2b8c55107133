//! What the case rests on: claims that nothing uses, things without grounds, quotes and sentence
//! numbers against the texts of the sources.

use std::collections::HashSet;
use std::ops::Range;

use detente_model::{ClaimId, Conflict, Grounds, Preference};

use crate::passage;
use crate::problem::Problems;
use crate::read::Spans;
use crate::{codes, passage::sentence_numbers};

/// A source's text, or why it cannot be read.
pub type SourceText = Result<String, String>;

/// Lints of the evidence.
pub(crate) fn lint(conflict: &Conflict, spans: &Spans, problems: &mut Problems) {
    unused(conflict, spans, problems);
    grounds(conflict, spans, problems);
}

fn at(places: &[Range<usize>], index: usize) -> Range<usize> {
    places.get(index).cloned().unwrap_or(0..0)
}

fn unused(conflict: &Conflict, spans: &Spans, problems: &mut Problems) {
    let used: HashSet<ClaimId> =
        conflict.parts().into_iter().flat_map(|part| part.grounds.claims.iter().copied()).collect();
    let mut struck: HashSet<&str> = HashSet::new();
    let groups = conflict.uncertainty.groups.iter().map(|group| &group.strike);
    let asked = conflict.questions.iter().map(|question| &question.strike);
    let overlays = conflict.overlays().map(|(_, overlay)| &overlay.strike);
    for strike in overlays.chain(asked).chain(groups) {
        struck.extend(strike.claims.iter().map(String::as_str));
    }
    let mut cited: HashSet<usize> = HashSet::new();
    for (index, claim) in conflict.evidence.claims.iter().enumerate() {
        cited.insert(claim.source.index());
        let place = at(&spans.claims, index);
        if claim.says.trim().is_empty() {
            problems.push(codes::empty_claim::empty_claim(&place, &claim.id));
        } else if !used.contains(&ClaimId::from(index)) && !struck.contains(claim.id.as_str()) {
            problems.push(codes::unused_claim::unused_claim(&place, &claim.id));
        }
    }
    for (index, source) in conflict.evidence.sources.iter().enumerate().filter(|(i, _)| !cited.contains(i)) {
        problems.push(codes::unused_source::unused_source(&at(&spans.sources, index), &source.id));
    }
}

fn grounds(conflict: &Conflict, spans: &Spans, problems: &mut Problems) {
    let without = |grounds: &Grounds| grounds.claims.is_empty() && !grounds.assumption;
    let game = &conflict.game;
    let mut options = Vec::new();
    for (index, option) in game.options().iter().enumerate().filter(|(_, o)| without(&o.grounds)) {
        let name = game.option_name(index.into());
        let what = format!("the option `{name}` ({})", super::words::short(&option.text));
        options.push((at(&spans.options, index), what));
    }
    let mut statements = Vec::new();
    for (actor, preference) in game.preferences.iter().enumerate() {
        let id = &game.actors[actor].id;
        let places = spans.statements.get(actor).map_or(&[][..], Vec::as_slice);
        let name = |own: &Option<String>, index: usize| match own {
            Some(own) => format!("the statement `{own}` of `{id}`"),
            None => format!("statement {} of `{id}`", index + 1),
        };
        match preference {
            Preference::Statements(list) => {
                for (index, statement) in list.iter().enumerate().filter(|(_, s)| without(&s.grounds)) {
                    statements.push((at(places, index), name(&statement.id, index)));
                }
            }
            Preference::Weights(list) => {
                for (index, weighed) in list.iter().enumerate().filter(|(_, w)| without(&w.grounds)) {
                    statements.push((at(places, index), name(&weighed.id, index)));
                }
            }
            Preference::Ranking(ranking) => {
                if without(&ranking.grounds) {
                    let place = spans.preferences.get(actor).cloned().flatten().unwrap_or(0..0);
                    statements.push((place, format!("the ranking of `{id}`")));
                }
            }
        }
    }
    if conflict.evidence.claims.is_empty() && options.len() + statements.len() > 1 {
        let first = options.first().or(statements.first()).map_or(0..0, |(place, _)| place.clone());
        problems.push(codes::no_grounds::nothing_at_all(&first, options.len(), statements.len()));
        return;
    }
    for (place, what) in options.into_iter().chain(statements) {
        problems.push(codes::no_grounds::no_grounds(&place, &what));
    }
}

/// Quotes and sentence numbers of the claims, against `text_of` each source (by its place):
/// `None` for a source whose text was not asked for.
pub(crate) fn verify(
    conflict: &Conflict,
    spans: &Spans,
    text_of: &dyn Fn(usize) -> Option<SourceText>,
    problems: &mut Problems,
) {
    for (index, source) in conflict.evidence.sources.iter().enumerate() {
        let Some(text) = text_of(index) else { continue };
        let text = match text {
            Ok(text) => text,
            Err(why) => {
                let place = spans.source_texts.get(index).cloned().flatten();
                let place = place.unwrap_or_else(|| at(&spans.sources, index));
                problems.push(codes::no_text::no_text(&place, &source.id, &why));
                continue;
            }
        };
        let sentences = passage::sentences(&text, &source.title, source.author.as_deref());
        for (number, claim) in conflict.evidence.claims.iter().enumerate() {
            if claim.source.index() != index {
                continue;
            }
            let place_at = spans.claim_places.get(number).cloned().flatten().unwrap_or(0..0);
            let numbers = claim.at.as_deref().and_then(sentence_numbers);
            let place = claim.at.as_deref().unwrap_or_default();
            let mut named = None;
            if let Some((first, last)) = numbers {
                if last < first {
                    problems.push(codes::no_sentence::backwards(&place_at, place));
                } else if first == 0 || last > sentences.len() {
                    problems.push(codes::no_sentence::no_sentence(
                        &place_at,
                        place,
                        &source.id,
                        sentences.len(),
                    ));
                } else {
                    named = Some(sentences[first - 1].start..sentences[last - 1].end);
                }
            }
            if let Some(quote) = &claim.quote {
                let quote_at = spans.quotes.get(number).cloned().flatten().unwrap_or(0..0);
                let found = passage::find(&text, quote);
                let sentence_of = |byte: usize| sentences.partition_point(|s| s.start <= byte);
                if found.is_empty() {
                    let nearest = passage::nearest(&text, quote).map(|near| {
                        let words: Vec<&str> = text[near.clone()].split_whitespace().collect();
                        (sentence_of(near.start), words.join(" "))
                    });
                    problems.push(codes::quote::missing(&quote_at, &claim.id, &source.id, nearest));
                } else if let Some(named) = named
                    && !found.iter().any(|one| one.start >= named.start && one.end <= named.end)
                {
                    let (first, last) =
                        (sentence_of(found[0].start), sentence_of(found[0].end.saturating_sub(1)));
                    let words = match (first, last) {
                        (0, _) => "the title".to_owned(),
                        (first, last) if first == last => format!("sentence {first}"),
                        (first, last) => format!("sentences {first} to {last}"),
                    };
                    problems.push(codes::quote::elsewhere(&quote_at, &claim.id, &words, place));
                }
            }
        }
    }
}
