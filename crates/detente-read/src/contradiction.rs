//! Contradictions: two sentences that cannot both be true.
//!
//! # Definition
//! A denial, a doubt or `says the opposite` goes against the sentence before it, unless the same one says
//! both; so does one who insists on another account of what has just been said of him.

use crate::holder::Held;
use crate::lexicon::Class;
use crate::proposal::{ClaimKind, Contradiction, Grade};
use crate::reading::Text;

/// The contradictions of a text.
pub(crate) fn contradictions(text: &Text<'_>) -> Vec<Contradiction> {
    let mut all: Vec<Contradiction> = Vec::new();
    for number in 1..text.sentences.len() {
        let sentence = &text.sentences[number];
        let read = &text.read[number];
        let before = &text.read[number - 1];
        let first = &read.claims[read.first];
        let holder = first.chain.first();
        let last_holder = before.claims[before.first].chain.first();
        let group = first.claim.attitude.map(|group| &sentence.groups[group]);
        let same = holder.is_some() && holder == last_holder;
        let denial = first.kind == ClaimKind::Denial;
        let points = |from: usize| {
            crate::token::part(&sentence.tokens, from.min(sentence.tokens.len())..).iter().take(3).any(
                |token| {
                    matches!(token.low.as_str(), "it" | "that" | "this" | "either" | "them" | "both" | "so")
                        && !token.parts()
                },
            )
        };
        let doubt = group.is_some_and(|group| {
            (group.does(Class::Doubt) || group.does(Class::Judge) && group.negated) && points(group.end())
        });
        let contrary = text.phrase(number, 0..sentence.tokens.len().min(12), Class::Contrary).is_some()
            && holder.is_some();
        let own_account = group.is_some_and(|group| {
            group.does(Class::Insist)
                || matches!(text.lexicon.lemma(group.lemma), "maintain" | "contend" | "counter" | "retort")
        }) && last_holder.is_some()
            && !same
            && holder.is_some_and(|holder| {
                text.sentences[number - 1]
                    .clauses
                    .iter()
                    .any(|clause| before.doer(clause.group) == Some(holder))
            });
        if (denial || doubt || contrary || own_account)
            && !same
            && !matches!(holder, Some(Held::Author) | None)
        {
            all.push(Contradiction {
                a: number,
                b: number + 1,
                rule: if denial {
                    "contradiction-denial"
                } else if doubt {
                    "contradiction-doubt"
                } else if contrary {
                    "contradiction-contrary"
                } else {
                    "contradiction-account"
                }
                .to_owned(),
                grade: Grade::Weak,
                span: [sentence.at.start, sentence.at.end],
            });
        }
    }
    all
}
