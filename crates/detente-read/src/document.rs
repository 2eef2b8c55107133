//! Documents: agreements, drafts, laws, resolutions, letters.
//!
//! # Definition
//! A noun of the class of documents with what makes it one: a capital, a date, a party, an adjective, or
//! a verb of signing. One proposal at its first mention; later mentions with the same head are it.

use crate::condition::trimmed;
use crate::lexicon::Class;
use crate::phrase::around;
use crate::proposal::{Grade, Instrument};
use crate::reading::Text;
use crate::verbs::Shape;

/// The documents of a text.
pub(crate) fn instruments(text: &Text<'_>) -> Vec<Instrument> {
    let mut all: Vec<Instrument> = Vec::new();
    let mut heads: Vec<String> = Vec::new();
    for (number, sentence) in text.sentences.iter().enumerate() {
        for head in 0..sentence.tokens.len() {
            let token = &sentence.tokens[head];
            if !token.is(Class::Document)
                || sentence
                    .group_at(head)
                    .is_some_and(|group| group.head == head && group.shape == Shape::Finite)
            {
                continue;
            }
            // The last document word of a run is the head: `peace treaty draft`.
            if sentence.tokens.get(head + 1).is_some_and(|next| {
                next.is(Class::Document)
                    && !next.is(Class::Preposition)
                    && sentence.group_at(head + 1).is_none()
            }) {
                continue;
            }
            // A modifier of another noun: `treaty limits`, `law school`.
            if sentence.tokens.get(head + 1).is_some_and(|next| {
                next.word
                    && next.is(Class::Noun)
                    && sentence.group_at(head + 1).is_none()
                    && !next.is(Class::Adverb)
                    && !next.is(Class::Preposition)
            }) {
                continue;
            }
            let at = around(sentence, head);
            let before = crate::token::part(&sentence.tokens, at.start..head);
            let named = crate::token::part(&sentence.tokens, at.clone())
                .iter()
                .skip(usize::from(at.start == 0))
                .any(|token| token.capital && token.word && !crate::date::is_date_word(&token.low));
            let article = before.first().map(|token| token.low.as_str());
            let definite =
                matches!(article, Some("the" | "this" | "that" | "its" | "their" | "his" | "both"));
            let modified =
                before.iter().any(|token| !token.is(Class::Determiner) && !token.is(Class::Possessive))
                    || at.end > head + 1;
            let dated =
                text.read[number].dates.iter().any(|date| date.from >= at.start && date.to <= at.end + 2);
            let handled = sentence.groups.iter().any(|group| {
                group.classes.any(&[Class::Agree, Class::Support, Class::Reject, Class::Offer])
                    && group.head.abs_diff(head) <= 8
            });
            let weak = token.is(Class::DocumentWeak)
                && !(sentence.tokens.get(head + 1).is_some_and(|next| next.is(Class::By))
                    || sentence.tokens.get(head + 2).is_some_and(|next| next.is(Class::By)));
            let negative = before.iter().any(|token| {
                token.is(Class::Nobody) || matches!(token.low.as_str(), "any" | "another" | "every" | "each")
            });
            let certain = named || dated;
            let told = if weak {
                certain || handled && modified
            } else {
                certain || handled || definite || article == Some("a") && modified
            };
            if negative || !told {
                continue;
            }
            let plural = crate::verbs::plural(token);
            if plural && !named && !dated && !before.iter().any(|token| token.is(Class::Number)) {
                continue;
            }
            let key = token.low.trim_end_matches('s').to_owned();
            // A name of its own is another document; a bare head is the known one.
            let own: String = crate::token::part(&sentence.tokens, at.clone())
                .iter()
                .filter(|token| token.word && token.capital)
                .map(|token| token.low.clone())
                .collect::<Vec<_>>()
                .join(" ");
            let full = format!("{key} {own}");
            let known = heads
                .iter()
                .any(|one| one == &full || !named && !dated && one.starts_with(&format!("{key} ")));
            if known {
                continue;
            }
            heads.push(full);
            let at = trimmed(sentence, at);
            if at.is_empty() {
                continue;
            }
            let mention = sentence.words(at.clone());
            let short = if named { at.clone() } else { at.start..(head + 1).max(at.start + 1) };
            let title = sentence.words(trimmed(sentence, short));
            let parties: Vec<String> = {
                let mut parties = Vec::new();
                for mention in sentence.names_in(at.clone()) {
                    let id = text.names.list[mention.who].id.clone();
                    if !parties.contains(&id) {
                        parties.push(id);
                    }
                }
                parties
            };
            all.push(Instrument {
                n: sentence.n,
                title,
                mention,
                parties,
                date: text.read[number]
                    .dates
                    .iter()
                    .find(|date| date.from >= at.start && date.from < at.end + 6)
                    .map(|date| date.iso.clone()),
                status: status(text, number, head).map(str::to_owned),
                rule: "document-noun".to_owned(),
                grade: if named || dated { Grade::Strong } else { Grade::Weak },
                span: text.span(number, at),
            });
        }
    }
    all
}

/// What the verbs near the document say of it.
fn status(text: &Text<'_>, number: usize, head: usize) -> Option<&'static str> {
    let sentence = &text.sentences[number];
    let group = sentence
        .groups
        .iter()
        .filter(|group| group.head.abs_diff(head) <= 8)
        .min_by_key(|group| group.head.abs_diff(head))?;
    Some(match text.lexicon.lemma(group.lemma) {
        "sign" if group.shape == Shape::Finite => "signed",
        "agree" | "initial" | "accept" | "reach" | "conclude" => "agreed",
        "adopt" | "pass" | "approve" | "ratify" => "adopted",
        "reject" | "refuse" | "defeat" => "rejected",
        "suspend" => "suspended",
        "withdraw" | "denounce" | "abrogate" => "withdrawn",
        "expire" | "lapse" => "expired",
        "propose" | "offer" | "draft" | "table" => "proposed",
        _ => return None,
    })
}
