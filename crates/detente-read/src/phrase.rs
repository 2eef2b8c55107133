//! Noun phrases around a head: `the interim accord of November 2013`.

use std::ops::Range;

use crate::lexicon::Class;
use crate::sentence::Sentence;

/// The noun phrase whose head is the token `head`: article and adjectives before it, `of …`, `on …` behind.
pub(crate) fn around(sentence: &Sentence<'_>, head: usize) -> Range<usize> {
    let tokens = &sentence.tokens;
    let mut from = head;
    while from > 0 {
        let token = &tokens[from - 1];
        let inside = sentence.group_at(from - 1).is_none()
            && token.word
            && !token.is(Class::Preposition)
            && !token.is(Class::And)
            && !token.is(Class::But)
            && !token.is(Class::That)
            && !token.is(Class::Relative)
            && !token.is(Class::Because)
            && !token.is(Class::Subject)
            && !token.is(Class::If)
            && !token.is(Class::Unless)
            && !token.is(Class::Adverb);
        let article = token.is(Class::Determiner) || token.is(Class::Possessive);
        if !inside && !article {
            break;
        }
        from -= 1;
        if article || head - from > 6 {
            break;
        }
    }
    let mut to = head + 1;
    // `issued by X`, `by X`.
    let issued = tokens.get(to).is_some_and(|token| {
        sentence
            .groups
            .iter()
            .any(|group| group.at.start == to && group.shape == crate::verbs::Shape::Participle)
            && token.word
    });
    let by = if issued { to + 1 } else { to };
    if tokens.get(by).is_some_and(|token| token.is(Class::By)) {
        let mut end = by + 1;
        while end < tokens.len()
            && tokens[end].word
            && sentence.group_at(end).is_none()
            && end - by <= 5
            && !tokens[end].is(Class::Preposition)
        {
            end += 1;
        }
        to = end;
    }
    while let Some(token) = tokens.get(to) {
        if matches!(token.low.as_str(), "of" | "on" | "for" | "about" | "between" | "with" | "against")
            && to == head + 1
            || token.low == "of"
            || token.low == "between"
        {
            let mut end = to + 1;
            while end < tokens.len()
                && tokens[end].word
                && sentence.group_at(end).is_none()
                && end - to <= 6
                && (!tokens[end].is(Class::Preposition) || matches!(tokens[end].low.as_str(), "of" | "in"))
                && !tokens[end].is(Class::Relative)
                && !tokens[end].is(Class::That)
                && !tokens[end].is(Class::But)
                && (!tokens[end].is(Class::And) || tokens.get(end + 1).is_some_and(|next| next.capital))
            {
                end += 1;
            }
            if end == to + 1 {
                break;
            }
            to = end;
            continue;
        }
        break;
    }
    from..to
}
