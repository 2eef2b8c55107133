//! Ties: a lasting relation said of two.
//!
//! # Definition
//! A word of relation (ally, partner, friend, neutral, at odds, at war) whose two stand in the sentence:
//! `X, an ally of Y`, `X and Y are allies`, `the two`. Not negated, not from single acts.

use crate::holder::Held;
use crate::lexicon::Class;
use crate::names::Kind;
use crate::proposal::{Grade, Tie};
use crate::reading::Text;

const KINDS: [(Class, &str); 6] = [
    (Class::Hostile, "hostile"),
    (Class::Ally, "alliance"),
    (Class::Partner, "partnership"),
    (Class::Friend, "friendly"),
    (Class::Strained, "strained"),
    (Class::Neutral, "neutral"),
];

/// The ties of a text.
pub(crate) fn ties(text: &Text<'_>) -> Vec<Tie> {
    let mut all: Vec<Tie> = Vec::new();
    for (number, sentence) in text.sentences.iter().enumerate() {
        let mut at = 0;
        while at < sentence.tokens.len() {
            let found = KINDS.into_iter().filter_map(|(class, kind)| {
                let lows: Vec<&str> = crate::token::part(&sentence.tokens, at..)
                    .iter()
                    .take(6)
                    .map(|token| token.low.as_str())
                    .collect();
                let (first, after) = lows.split_first()?;
                text.lexicon
                    .phrases(first, after)
                    .filter(|(one, _)| *one == class)
                    .map(|(_, length)| length)
                    .max()
                    .map(|length| (kind, length))
            });
            let Some((kind, length)) = found.max_by_key(|(_, length)| *length) else {
                at += 1;
                continue;
            };
            let cue = at..(at + length).min(sentence.tokens.len());
            at = cue.end;
            if negated(text, number, cue.start) {
                continue;
            }
            let named = pairs(text, number, &cue);
            let mut both: Vec<[String; 2]> = named
                .iter()
                .map(|(a, b)| [text.names.list[*a].id.clone(), text.names.list[*b].id.clone()])
                .collect();
            if both.is_empty() {
                both.extend(described(text, number, cue.start));
            }
            for ids in both {
                if !all.iter().any(|tie| {
                    tie.n == sentence.n
                        && tie.kind == kind
                        && (tie.between == ids || tie.between == [ids[1].clone(), ids[0].clone()])
                }) {
                    all.push(Tie {
                        n: sentence.n,
                        between: ids,
                        kind: kind.to_owned(),
                        cue: sentence.words(cue.clone()),
                        rule: "tie-word".to_owned(),
                        grade: Grade::Strong,
                        span: text.span(number, cue.clone()),
                    });
                }
            }
        }
    }
    all
}

/// `The unions and the railroads have been at odds`: two groups without a name.
fn described(text: &Text<'_>, number: usize, cue: usize) -> Option<[String; 2]> {
    let sentence = &text.sentences[number];
    let clause = sentence
        .clauses
        .iter()
        .rev()
        .find(|clause| sentence.group(clause).at.start <= cue && sentence.group(clause).copula)?;
    let and = sentence.find(clause.subject.clone(), Class::And)?;
    let parts = [clause.subject.start..and, and + 1..clause.subject.end];
    (parts.iter().all(|part| !part.is_empty() && part.len() <= 4))
        .then(|| parts.map(|part| sentence.words(part)))
}

fn negated(text: &Text<'_>, number: usize, cue: usize) -> bool {
    let sentence = &text.sentences[number];
    let from = cue.saturating_sub(7);
    let near = (from..cue).rev().take_while(|at| !matches!(sentence.tokens[*at].text, ";" | "." | ":"));
    let words: Vec<&str> = near.map(|at| sentence.low(at)).collect();
    words.iter().take(6).any(|low| {
        matches!(
            *low,
            "not"
                | "never"
                | "neither"
                | "nor"
                | "longer"
                | "without"
                | "cannot"
                | "isn't"
                | "aren't"
                | "ceased"
        )
    }) || words.first().is_some_and(|low| *low == "no")
}

/// The two of whom the word is said.
fn pairs(text: &Text<'_>, number: usize, cue: &std::ops::Range<usize>) -> Vec<(usize, usize)> {
    let sentence = &text.sentences[number];
    let read = &text.read[number];
    let usable = |who: usize| text.names.list[who].kind != Kind::Unknown || text.names.list[who].mentions > 1;
    // Behind: `ally of Y`, `friendly with Y and Z`, `between X and Y`.
    let mut behind: Vec<usize> = Vec::new();
    // `friend, ally and neighbour of Y`: what follows the list follows each.
    let mut cue = cue.clone();
    while let Some(token) = sentence.tokens.get(cue.end) {
        let listed = token.text == ","
            || token.is(Class::And)
            || (token.word
                && !token.capital
                && sentence.group_at(cue.end).is_none()
                && !token.is(Class::Preposition)
                && sentence
                    .tokens
                    .get(cue.end.wrapping_sub(1))
                    .is_some_and(|before| before.is(Class::And) || before.text == ","));
        if !listed || cue.len() > 6 {
            break;
        }
        cue.end += 1;
    }
    let cue = &cue;
    let joint = sentence.tokens.get(cue.end).filter(|token| {
        matches!(token.low.as_str(), "of" | "with" | "to" | "for" | "between" | "against" | "towards")
    });
    let linked = joint.is_some()
        || crate::token::part(&sentence.tokens, cue.clone())
            .last()
            .is_some_and(|token| matches!(token.low.as_str(), "with" | "against" | "between"));
    if linked {
        let stop = (cue.end + 1..sentence.tokens.len())
            .find(|at| {
                sentence.tokens[*at].parts()
                    || sentence
                        .groups
                        .iter()
                        .any(|group| group.at.start == *at && group.shape == crate::verbs::Shape::Finite)
            })
            .unwrap_or(sentence.tokens.len());
        behind.extend(
            sentence.names_in(cue.end..stop).filter(|mention| usable(mention.who)).map(|mention| mention.who),
        );
        if behind.is_empty() {
            let pair = (cue.end..stop).find(|at| {
                let lows: Vec<&str> = crate::token::part(&sentence.tokens, *at..)
                    .iter()
                    .take(4)
                    .map(|token| token.low.as_str())
                    .collect();
                lows.split_first().is_some_and(|(first, after)| {
                    text.lexicon.phrases(first, after).any(|(class, _)| class == Class::PairWord)
                })
            });
            if pair.is_some() {
                let them = &read.context.pair;
                behind.extend(them.iter().copied());
            } else if let Some(Held::Actors(list)) = text.reader(number).who(&(cue.end + 1..stop)) {
                behind.extend(list);
            }
        }
    }
    behind.dedup();
    // Before: an apposition's head, or the subject of the clause.
    let clause = sentence.clauses.iter().rev().find(|clause| {
        sentence.group(clause).at.start <= cue.start && clause.end >= cue.start
            || clause.subject.contains(&cue.start)
    });
    let mut before: Vec<usize> = Vec::new();
    let apposed = (0..cue.start).rev().take(5).find(|at| sentence.tokens[*at].text == ",");
    let apposed = apposed.filter(|comma| {
        let between = crate::token::part(&sentence.tokens, comma + 1..cue.start);
        between.iter().all(|token| {
            token.is(Class::Determiner)
                || token.is(Class::Adjective)
                || token.is(Class::Possessive)
                || token.is(Class::Relative)
                || token.is(Class::Be)
                || token.is(Class::Noun)
                || token.word && !token.capital && !token.is(Class::And)
        })
    });
    if let Some(comma) = apposed {
        before.extend(
            sentence
                .names_in(0..comma)
                .filter(|mention| mention.at.end == comma && usable(mention.who))
                .map(|mention| mention.who),
        );
    }
    // `X's ally Y`, `his friend`: the owner.
    let mut owner: Vec<usize> = Vec::new();
    let start = (0..cue.start).rev().take(3).find(|at| sentence.low(*at) == "'s");
    if let Some(mark) = start {
        owner.extend(
            sentence.names_in(0..mark).filter(|mention| mention.at.end == mark).map(|mention| mention.who),
        );
    }
    let possessive = (0..cue.start).rev().take(3).find(|at| sentence.tokens[*at].is(Class::Possessive));
    if let Some(at) = possessive {
        if let Some(Held::Actors(list)) = text.reader(number).who(&(at..at + 1)) {
            owner.extend(list);
        } else if sentence.tokens[at].is(Class::We) {
            // `our friend`: whose country the author's is, if the text said.
            owner.extend(read.context.pair.iter().copied().take(1));
        }
    }
    if before.is_empty()
        && let Some(clause) = clause
    {
        if let Some(Held::Actors(list)) = read.doer(clause.group) {
            before.extend(list.iter().copied());
        } else {
            before.extend(
                sentence
                    .names_in(clause.subject.clone())
                    .filter(|mention| usable(mention.who))
                    .map(|mention| mention.who),
            );
        }
    }
    before.dedup();
    let mut list = Vec::new();
    let other = if behind.is_empty() { owner } else { behind };
    if !other.is_empty() && !before.is_empty() {
        for a in &before {
            for b in &other {
                if a != b && list.len() < 4 {
                    list.push((*a, *b));
                }
            }
        }
    }
    if list.is_empty() && other.len() == 2 {
        list.push((other[0], other[1]));
    }
    if list.is_empty() && other.is_empty() && before.len() == 2 {
        list.push((before[0], before[1]));
    }
    if list.is_empty() && other.is_empty() {
        // `the war between them`, `the two`: the pair of the text, or the two named before.
        let named: Vec<usize> = {
            let mut named = Vec::new();
            for mention in sentence.names_in(0..cue.start) {
                if usable(mention.who)
                    && !mention.place
                    && !named.contains(&mention.who)
                    && text.names.list[mention.who].kind != Kind::Person
                {
                    named.push(mention.who);
                }
            }
            named
        };
        let mutual =
            crate::token::part(&sentence.tokens, cue.start..).iter().take(8).any(|token| token.low == "them")
                || (cue.start.saturating_sub(8)..cue.start).any(|at| {
                    let lows: Vec<&str> = crate::token::part(&sentence.tokens, at..)
                        .iter()
                        .take(4)
                        .map(|token| token.low.as_str())
                        .collect();
                    lows.split_first().is_some_and(|(first, after)| {
                        text.lexicon
                            .phrases(first, after)
                            .any(|(class, length)| class == Class::PairWord && length > 1)
                    })
                });
        if mutual {
            let them = if named.len() == 2 { named } else { read.context.pair.clone() };
            if them.len() == 2 {
                list.push((them[0], them[1]));
            }
        }
    }
    list
}
