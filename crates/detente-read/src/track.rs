//! Tracks: forums and mediations where parties meet.
//!
//! # Definition
//! A noun of the class of tracks (talks, mediation, conference, summit, arbitration) with what makes it
//! one: an article, an adjective, a place or a topic. One proposal at its first mention.

use crate::condition::trimmed;
use crate::lexicon::Class;
use crate::phrase::around;
use crate::proposal::{Grade, Track};
use crate::reading::Text;
use crate::verbs::Shape;

/// The tracks of a text.
pub(crate) fn tracks(text: &Text<'_>) -> Vec<Track> {
    let mut all: Vec<Track> = Vec::new();
    let mut heads: Vec<String> = Vec::new();
    for (number, sentence) in text.sentences.iter().enumerate() {
        for head in 0..sentence.tokens.len() {
            let token = &sentence.tokens[head];
            if !token.is(Class::Track)
                || sentence.group_at(head).is_some_and(|group| {
                    group.head == head && group.shape == Shape::Finite && !token.low.ends_with("ing")
                })
            {
                continue;
            }
            if matches!(
                token.low.as_str(),
                "process" | "round" | "rounds" | "session" | "sessions" | "track" | "forum" | "hearings"
            ) && !sentence.tokens.get(head.wrapping_sub(1)).is_some_and(|before| {
                before.word
                    && (before.is(Class::Noun) || before.is(Class::Adjective) || before.is(Class::Number))
            }) {
                continue;
            }
            let at = around(sentence, head);
            let before = crate::token::part(&sentence.tokens, at.start..head);
            let modified =
                before.iter().any(|token| !token.is(Class::Determiner) && !token.is(Class::Possessive));
            let definite = before
                .first()
                .is_some_and(|token| token.is(Class::Determiner) || token.is(Class::Possessive));
            let held = sentence.groups.iter().any(|group| {
                group.head > head && group.head < head + 4 && (group.passive || group.does(Class::Consult))
            });
            if !(modified || definite || held || at.end > head + 1) {
                continue;
            }
            let family = match token.low.as_str() {
                "talks" | "negotiations" | "negotiation" | "bargaining" | "dialogue" | "consultations" => {
                    "talks".to_owned()
                }
                low => low.trim_end_matches('s').to_owned(),
            };
            let own: String = before
                .iter()
                .filter(|token| !token.is(Class::Determiner) && !token.is(Class::Possessive))
                .map(|token| token.low.clone())
                .collect::<Vec<_>>()
                .join(" ");
            let full = format!("{family} {own}");
            if heads
                .iter()
                .any(|known| *known == full || own.is_empty() && known.starts_with(&format!("{family} ")))
                || heads.iter().any(|known| known.starts_with(&format!("{family} ")) && !modified)
            {
                continue;
            }
            heads.push(full);
            let place =
                sentence.tokens.get(at.end).is_some_and(|token| matches!(token.low.as_str(), "in" | "at"))
                    && sentence.tokens.get(at.end + 1).is_some_and(|token| token.capital);
            let at = trimmed(sentence, at.start..if place { at.end + 2 } else { at.end });
            if at.is_empty() {
                continue;
            }
            let mention = sentence.words(at.clone());
            all.push(Track {
                n: sentence.n,
                title: mention.clone(),
                mention,
                parties: text.read[number]
                    .context
                    .pair
                    .iter()
                    .map(|who| text.names.list[*who].id.clone())
                    .collect(),
                rule: "track-noun".to_owned(),
                grade: if modified { Grade::Strong } else { Grade::Weak },
                span: text.span(number, at),
            });
        }
    }
    all
}
