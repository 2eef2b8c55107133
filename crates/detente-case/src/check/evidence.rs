//! What the case rests on: claims that nothing uses, things without grounds, quotes and sentence
//! numbers against the texts of the sources.

use std::collections::HashSet;
use std::ops::Range;

use detente_model::{Claim, ClaimId, Conflict, Grounds, Preference, Statement, What};
use unicode_segmentation::UnicodeSegmentation;

use super::sat::Until;
use crate::codes;
use crate::passage::{self, Omission, Passage, Search, sentence_numbers};
use crate::problems::Problems;
use crate::read::Spans;

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
    // A claim in dispute carries a reading.
    let disputed: HashSet<ClaimId> =
        conflict.evidence.contradictions.iter().flat_map(|&(a, b)| [a, b]).collect();
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
        if spans.proposed.contains(&claim.id) {
            // It is counted with what is proposed.
        } else if claim.says.trim().is_empty() {
            problems.push(codes::empty_claim::empty_claim(&place, &claim.id));
        } else if !used.contains(&ClaimId::from(index))
            && !disputed.contains(&ClaimId::from(index))
            && !struck.contains(claim.id.as_str())
        {
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
    for part in conflict.parts().iter().filter(|part| part.layer.is_none() && without(part.grounds)) {
        let (switch, what, text) = match part.what {
            What::Option(switch, option) => (switch, "option", &option.text),
            What::Act(_, act) => (act.first, "act", &act.text),
            _ => continue,
        };
        let name = game.option_name(switch);
        let what = format!("the {what} `{name}` ({})", super::words::short(text));
        options.push((at(&spans.options, switch.index()), what));
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
                // A wish over levels is one, however many statements it stands for.
                let first = |s: &Statement| s.levels.as_ref().is_none_or(|levels| levels.at == 0);
                let wishes = list.iter().enumerate().filter(|(_, s)| first(s)).enumerate();
                for (wish, (index, statement)) in wishes.filter(|(_, (_, s))| without(&s.grounds)) {
                    statements.push((at(places, index), name(&statement.id, wish)));
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
    until: &Until,
    problems: &mut Problems,
) {
    let mut unread = Vec::new();
    for (index, source) in conflict.evidence.sources.iter().enumerate() {
        let Some(text) = text_of(index) else {
            unread.push(index);
            continue;
        };
        let text = match text {
            Ok(text) => text,
            Err(why) => {
                let place = spans.source_texts.get(index).cloned().flatten();
                let place = place.unwrap_or_else(|| at(&spans.sources, index));
                problems.push(codes::no_text::no_text(&place, &source.id, &why));
                continue;
            }
        };
        let passage = Passage::of(&text, &source.title, source.author.as_deref());
        let of_source = |(_, claim): &(usize, &Claim)| claim.source.index() == index;
        let claims: Vec<(usize, &Claim)> =
            conflict.evidence.claims.iter().enumerate().filter(of_source).collect();
        let found: Vec<Option<Search>> = claims
            .iter()
            .map(|(_, claim)| {
                let search = |quote: &String| {
                    if until() {
                        Search::Unfinished
                    } else {
                        passage::search(&text, quote, &|a, b| passage.apart(a, b))
                    }
                };
                claim.quote.as_ref().map(search)
            })
            .collect();
        let text = SourceAt { text: &text, id: &source.id, passage: &passage };
        let former = passage::former(text.text, &source.title, source.author.as_deref());
        let moved = moved(&text, &former, &claims, &found);
        for ((number, claim), found) in claims.iter().zip(&found) {
            let place_at = spans.claim_places.get(*number).cloned().flatten().unwrap_or(0..0);
            let quote_at = spans.quotes.get(*number).cloned().flatten().unwrap_or(0..0);
            let now = moved.iter().find(|(moved, _)| moved == number).map(|(_, now)| *now);
            let named = text.named(claim, &place_at, now, problems);
            if let Some(found) = found {
                text.quoted(claim, &quote_at, found, named, problems);
            }
        }
        let place = spans.source_texts.get(index).cloned().flatten();
        let place = place.unwrap_or_else(|| at(&spans.sources, index));
        text.left_out(&place, problems);
        super::asks::silent(&claims, &passage, &source.id, &place, problems);
    }
    unchecked(conflict, spans, &unread, problems);
}

/// Says once that quotes from `unread` sources were held against no text.
fn unchecked(conflict: &Conflict, spans: &Spans, unread: &[usize], problems: &mut Problems) {
    let evidence = &conflict.evidence;
    let quoted = |claim: &Claim| claim.quote.as_ref().is_some_and(|quote| !quote.trim().is_empty());
    let of = |claim: &Claim| quoted(claim) && unread.contains(&claim.source.index());
    let claims: Vec<usize> = (0..evidence.claims.len()).filter(|at| of(&evidence.claims[*at])).collect();
    let Some(first) = claims.first() else { return };
    let from = |source: &&usize| claims.iter().any(|at| evidence.claims[*at].source.index() == **source);
    let sources: Vec<_> = unread.iter().filter(from).map(|source| &evidence.sources[*source]).collect();
    let ids: Vec<&str> = sources.iter().map(|source| source.id.as_str()).collect();
    let named = sources.iter().all(|source| source.text.is_some());
    let place = spans.quotes.get(*first).cloned().flatten().unwrap_or(0..0);
    problems.push(codes::unchecked_quotes::unchecked_quotes(&place, claims.len(), &ids, named));
}

/// The text of one source, while its claims are held against it.
struct SourceAt<'t> {
    text: &'t str,
    id: &'t str,
    passage: &'t Passage,
}

impl SourceAt<'_> {
    /// The bytes of the sentences that `at` of a claim names; reports numbers that name none, and
    /// numbers that have moved (`now`: what they are).
    fn named(
        &self,
        claim: &Claim,
        place_at: &Range<usize>,
        now: Option<(usize, usize)>,
        problems: &mut Problems,
    ) -> Option<Range<usize>> {
        let sentences = &self.passage.sentences;
        let place = claim.at.as_deref()?;
        let (first, last) = sentence_numbers(place)?;
        if let Some(now) = now {
            let words = self.words(now.0);
            problems.push(codes::moved_sentence::moved_sentence(place_at, &claim.id, place, now, &words));
            return Some(sentences[now.0 - 1].start..sentences[now.1 - 1].end);
        }
        if last < first {
            problems.push(codes::no_sentence::backwards(place_at, place));
        } else if first == 0 || last > sentences.len() {
            problems.push(codes::no_sentence::no_sentence(place_at, place, self.id, sentences.len()));
        } else {
            return Some(sentences[first - 1].start..sentences[last - 1].end);
        }
        None
    }

    /// Reports a quote that is not where it should be.
    fn quoted(
        &self,
        claim: &Claim,
        quote_at: &Range<usize>,
        found: &Search,
        named: Option<Range<usize>>,
        problems: &mut Problems,
    ) {
        let quote = claim.quote.as_deref().unwrap_or_default();
        let found = match found {
            Search::Found(found) => found,
            Search::InsideWord(word, ends) => {
                problems.push(codes::quote::inside_word(quote_at, &claim.id, word, *ends));
                return;
            }
            Search::Invisible => {
                problems.push(codes::quote::invisible(quote_at, &claim.id));
                return;
            }
            Search::Unfinished => {
                problems.push(codes::unfinished::unfinished(&format!("the quote of claim `{}`", claim.id)));
                return;
            }
            Search::Missing => {
                let nearest = passage::nearest(self.text, quote).map(|near| {
                    let words: Vec<&str> = self.text[near.clone()].split_whitespace().collect();
                    (self.whereabouts(&near), words.join(" "))
                });
                problems.push(codes::quote::missing(quote_at, &claim.id, self.id, nearest));
                return;
            }
        };
        let Some(named) = named else { return };
        if found.iter().any(|one| one.start >= named.start && one.end <= named.end) {
            return;
        }
        let words = self.whereabouts(&found[0]);
        let place = claim.at.as_deref().unwrap_or_default();
        problems.push(codes::quote::elsewhere(quote_at, &claim.id, &words, place));
    }

    /// The first and the last sentence of a stretch of the text.
    fn numbers(&self, at: &Range<usize>) -> (usize, usize) {
        (self.passage.number_at(at.start), self.passage.number_at(at.end.saturating_sub(1)))
    }

    /// Where a stretch of the text stands, in words: in which sentences, or in what is not numbered.
    fn whereabouts(&self, at: &Range<usize>) -> String {
        if let Some(left) = self.passage.left_out_at(at) {
            let line = self.text[left.at.clone()].split_whitespace().collect::<Vec<_>>().join(" ");
            return match left.why {
                Omission::Title => "the title, which is not numbered".to_owned(),
                _ => format!("the line “{}”, which is not numbered", super::words::short(&line)),
            };
        }
        match self.numbers(at) {
            (first, last) if first == last => format!("sentence {first}"),
            (first, last) => format!("sentences {first} to {last}"),
        }
    }

    /// The begin of a sentence, for the reader to know it by.
    fn words(&self, number: usize) -> String {
        let sentence = &self.text[self.passage.sentences[number - 1].clone()];
        super::words::short(&sentence.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// Says what of the text is not numbered, but for title and byline.
    fn left_out(&self, place: &Range<usize>, problems: &mut Problems) {
        let lines: Vec<String> = (self.passage.left_out.iter())
            .filter(|left| !matches!(left.why, Omission::Title | Omission::Marks))
            .map(|left| self.text[left.at.clone()].split_whitespace().collect::<Vec<_>>().join(" "))
            .collect();
        if !lines.is_empty() {
            problems.push(codes::not_numbered::not_numbered(place, self.id, &lines));
        }
    }
}

/// The claims whose sentence numbers name other sentences than they did, with the new numbers. A case
/// that already counts anew shows it by a quote in a sentence whose number has changed, or by claims that
/// share more words with the sentences that their numbers name now than with those that they named before.
fn moved(
    text: &SourceAt<'_>,
    former: &[Range<usize>],
    claims: &[(usize, &Claim)],
    found: &[Option<Search>],
) -> Vec<(usize, (usize, usize))> {
    let mut moved = Vec::new();
    // Whether a quote shows that numbers are of before.
    let mut shown = false;
    for ((number, claim), found) in claims.iter().zip(found) {
        let Some((first, last)) = claim.at.as_deref().and_then(sentence_numbers) else { continue };
        let Some(now) = text.passage.renumbered(former, first, last).filter(|now| *now != (first, last))
        else {
            continue;
        };
        if let Some(Search::Found(places)) = found {
            let here = |(first, last): (usize, usize)| {
                places.iter().any(|place| {
                    let (from, to) = text.numbers(place);
                    first <= from && to <= last
                })
            };
            match (here((first, last)), here(now)) {
                (true, false) => return Vec::new(),
                (true, true) => continue,
                (false, true) => shown = true,
                (false, false) => {}
            }
        }
        // One sentence of before may be several now (stops of another script end them): a number that names the first
        // of them is right as it stands, unless the claim says what the others say.
        let within = now.0 <= first && last <= now.1;
        let says = |(first, last)| shared_in(text.text, &text.passage.sentences, claim, (first, last));
        if within && says(now) <= says((first, last)) {
            continue;
        }
        moved.push((*number, now));
    }
    let alike = |sentences: &[Range<usize>]| -> usize {
        let named = moved.iter().filter_map(|(number, _)| claims.iter().find(|(at, _)| at == number));
        named.map(|(_, claim)| shared(text.text, sentences, claim)).sum()
    };
    let (now, then) = (alike(&text.passage.sentences), alike(former));
    if now > then {
        return Vec::new();
    }
    if now == then && !shown {
        // Nothing tells which way the case counts (claims that are not worded yet): only a number past the end is wrong.
        let past = |number: usize| {
            let claim = claims.iter().find(|(at, _)| *at == number);
            let numbers = claim.and_then(|(_, claim)| claim.at.as_deref().and_then(sentence_numbers));
            numbers.is_some_and(|(_, last)| last > text.passage.sentences.len())
        };
        if !moved.iter().any(|(number, _)| past(*number)) {
            return Vec::new();
        }
    }
    moved
}

/// Words of fewer letters stand in every sentence.
const TELLING: usize = 4;

/// How many telling words of `claim` stand in those of `sentences` that it names.
fn shared(text: &str, sentences: &[Range<usize>], claim: &Claim) -> usize {
    let named = claim.at.as_deref().and_then(sentence_numbers);
    named.map_or(0, |numbers| shared_in(text, sentences, claim, numbers))
}

/// The same, of the sentences `first` to `last`.
fn shared_in(text: &str, sentences: &[Range<usize>], claim: &Claim, (first, last): (usize, usize)) -> usize {
    let words = |text: &str| -> HashSet<String> {
        let words = text.unicode_words().map(str::to_lowercase);
        words.filter(|word| word.chars().count() >= TELLING).collect()
    };
    let named = sentences.get(first.saturating_sub(1)..last.min(sentences.len())).unwrap_or_default();
    let said: HashSet<String> = named.iter().flat_map(|sentence| words(&text[sentence.clone()])).collect();
    words(&claim.says).intersection(&said).count()
}
