//! Actors: of all who are named, those who act, speak, wish or are party.
//!
//! # Definition
//! A name counts where it speaks, is the subject of a verb, is party to a tie, an event or a document, or
//! stands as an adjective before people. One that only says where does not. Groups and persons without a
//! name count where they speak and come back under the same head.
//!
//! Complexity: linear in the mentions.

use std::collections::{HashMap, HashSet};

use crate::holder::Held;
use crate::lexicon::Class;
use crate::names::{Kind, slug};
use crate::proposal::{self, Grade, Reading};
use crate::reading::{Text, head_of};

/// The actors of a text.
pub(crate) fn actors(text: &Text<'_>, reading: &Reading) -> Vec<proposal::Actor> {
    let names = &text.names;
    let mut points = vec![0_usize; names.list.len()];
    // Names of two words after `by`, `with`, `and`: persons, as a rule.
    let mut party_to = vec![false; names.list.len()];
    let mut ids: HashMap<&str, usize> = HashMap::new();
    for (who, named) in names.list.iter().enumerate() {
        ids.insert(named.id.as_str(), who);
    }
    // Speakers and subjects.
    for (number, sentence) in text.sentences.iter().enumerate() {
        let read = &text.read[number];
        for claim in &read.claims {
            for held in &claim.chain {
                for who in held.actors() {
                    points[*who] += 3;
                }
            }
        }
        for clause in &sentence.clauses {
            if let Some(held) = read.doer(clause.group) {
                for who in held.actors() {
                    points[*who] += 2;
                }
            }
        }
        for mention in &sentence.mentions {
            let named = &names.list[mention.who];
            if mention.place {
                continue;
            }
            let before = mention.at.start.checked_sub(1).map(|at| &sentence.tokens[at]);
            let before = before
                .filter(|token| token.low != "the")
                .or_else(|| mention.at.start.checked_sub(2).map(|at| &sentence.tokens[at]));
            let after = sentence.tokens.get(mention.at.end);
            let owner = after.is_some_and(|token| token.low == "'s" || token.text == "'");
            let party = before.is_some_and(|token| {
                matches!(
                    token.low.as_str(),
                    "by" | "with" | "between" | "against" | "to" | "from" | "and" | "among" | "for"
                ) || token.text == ","
            });
            let article = mention.at.start > 0 && sentence.low(mention.at.start - 1) == "the";
            party_to[mention.who] |= !article
                && before.is_some_and(|token| {
                    matches!(token.low.as_str(), "by" | "with" | "and" | "among" | "them")
                });
            let object = before.is_some_and(|token| {
                token.word
                    && sentence.groups.iter().any(|group| {
                        group.head < mention.at.start
                            && group.end() >= mention.at.start.saturating_sub(1)
                            && group.head + 3 >= mention.at.start
                            && !group.copula
                    })
                    && !token.is(Class::Preposition)
            });
            let of = before.is_some_and(|token| token.low == "of");
            let human_of = of
                && mention.at.start >= 2
                && (0..mention.at.start).rev().take(6).any(|at| {
                    sentence.tokens[at].classes.any(&[
                        Class::Office,
                        Class::Government,
                        Class::Group,
                        Class::Friend,
                        Class::Ally,
                        Class::Partner,
                        Class::Spokes,
                    ])
                });
            let adjective_human = mention.adjective
                && (mention.at.end..(mention.at.end + 3).min(sentence.tokens.len())).any(|at| {
                    sentence.tokens[at].classes.any(&[
                        Class::Government,
                        Class::Office,
                        Class::Group,
                        Class::Spokes,
                        Class::Person,
                        Class::OrgHead,
                        Class::Plural,
                    ])
                });
            let weight = usize::from(owner) * 2
                + usize::from(object && !mention.adjective) * 2
                + usize::from(party && !mention.adjective && named.kind != Kind::Unknown)
                + usize::from(human_of) * 2
                + usize::from(adjective_human) * 2
                + usize::from(!mention.adjective && !of && named.kind == Kind::State);
            points[mention.who] += weight;
        }
    }
    let mut touched: HashSet<&str> = HashSet::new();
    for tie in &reading.ties {
        touched.extend(tie.between.iter().map(String::as_str));
    }
    for event in &reading.events {
        touched.extend(event.actors.iter().map(String::as_str));
    }
    for id in touched {
        if let Some(who) = ids.get(id) {
            points[*who] += 2;
        }
    }
    let mut all: Vec<proposal::Actor> = Vec::new();
    for (who, named) in names.list.iter().enumerate() {
        let keep = match named.kind {
            Kind::State => points[who] >= 2,
            Kind::Person => {
                named.aliases.iter().any(|alias| alias.contains(' '))
                    || points[who] >= 2
                    || named.office.is_some()
            }
            Kind::Organisation | Kind::Faction | Kind::Union | Kind::Company => points[who] >= 1,
            Kind::Unknown => points[who] >= 4 || named.name.contains(' ') && party_to[who],
        };
        if !keep {
            continue;
        }
        let (number, bytes) = &named.first;
        let at = text.sentences[*number].at.start;
        all.push(proposal::Actor {
            id: named.id.clone(),
            name: named.name.clone(),
            kind: named.kind.text().to_owned(),
            aliases: named.aliases.clone(),
            represents: named.represents.map(|who| names.list[who].id.clone()),
            rule: named.rule.to_owned(),
            grade: if named.kind == Kind::Unknown { Grade::Weak } else { Grade::Strong },
            span: [at + bytes.start, at + bytes.end],
        });
    }
    described(text, &mut all);
    all
}

/// Groups and persons without a name.
fn described(text: &Text<'_>, all: &mut Vec<proposal::Actor>) {
    struct Seen {
        words: Vec<String>,
        speaks: usize,
        acts: usize,
        first: (usize, std::ops::Range<usize>),
        group: bool,
        person: bool,
        union: bool,
        company: bool,
    }
    let mut heads: Vec<(String, Seen)> = Vec::new();
    for (number, sentence) in text.sentences.iter().enumerate() {
        let read = &text.read[number];
        for clause in &sentence.clauses {
            let Some(Held::Words(words)) = read.doer(clause.group) else { continue };
            let (tokens, _) = crate::token::tokens(words, text.lexicon, false);
            let Some(head) = head_of(&tokens) else { continue };
            let token = &tokens[head];
            if token.capital && head > 0 || words.split_whitespace().count() > 8 {
                continue;
            }
            let agent = token.low.ends_with("ers")
                || token.low.ends_with("ors")
                || token.low.ends_with("ists")
                || token.low.ends_with("men")
                || token.low.ends_with("ants");
            let person = token.classes.any(&[Class::Person, Class::Office]) && !crate::verbs::plural(token)
                || token.low.ends_with("man")
                || token.low.ends_with("woman");
            let group = token.classes.any(&[Class::Group, Class::OrgHead, Class::Union, Class::Company])
                || agent && crate::verbs::plural(token)
                || token.is(Class::Person) && crate::verbs::plural(token);
            if !group && !person {
                continue;
            }
            let indefinite_person = person
                && tokens.first().is_some_and(|token| {
                    matches!(token.low.as_str(), "its" | "his" | "their" | "her" | "one")
                });
            if indefinite_person || tokens.first().is_some_and(|token| token.is(Class::Nobody)) {
                continue;
            }
            let key = token.low.trim_end_matches('s').to_owned();
            let speaks = read
                .claims
                .iter()
                .any(|claim| claim.chain.iter().any(|held| matches!(held, Held::Words(one) if one == words)));
            match heads.iter_mut().find(|(known, _)| *known == key) {
                Some((_, seen)) => {
                    if !seen.words.contains(words) {
                        seen.words.push(words.clone());
                    }
                    seen.speaks += usize::from(speaks);
                    seen.acts += 1;
                }
                None => heads.push((
                    key,
                    Seen {
                        words: vec![words.clone()],
                        speaks: usize::from(speaks),
                        acts: 1,
                        first: (number, sentence.bytes(clause.subject.clone())),
                        group,
                        person,
                        union: token.is(Class::Union) || tokens.iter().any(|token| token.low == "union"),
                        company: token.is(Class::Company),
                    },
                )),
            }
        }
    }
    // An interviewee who is only asked.
    let interviewee = text.read.last().and_then(|read| read.context.interviewee.clone());
    if let Some(Held::Words(words)) = interviewee {
        let at =
            text.sentences.iter().position(|sentence| crate::sentence::fold(sentence.text).contains(&words));
        if let Some(at) = at {
            let start = text.sentences[at].text.find(words.split(' ').next().unwrap_or("")).unwrap_or(0);
            heads.push((
                words.to_lowercase(),
                Seen {
                    words: vec![words],
                    speaks: 2,
                    acts: 2,
                    first: (at, start..start + 1),
                    group: false,
                    person: true,
                    union: false,
                    company: false,
                },
            ));
        }
    }
    let taken: HashSet<String> = all.iter().map(|actor| actor.id.clone()).collect();
    for (key, seen) in heads {
        // How often the head stands in the text at all.
        let times = text
            .sentences
            .iter()
            .flat_map(|sentence| &sentence.tokens)
            .filter(|token| token.word && token.low.trim_end_matches('s') == key)
            .count();
        let owned = seen.words[0].contains("'s ") || seen.words[0].contains("’s ");
        let vague = seen.words[0].split(' ').next().is_some_and(|first| {
            matches!(
                first.to_lowercase().as_str(),
                "either"
                    | "neither"
                    | "each"
                    | "any"
                    | "every"
                    | "some"
                    | "several"
                    | "few"
                    | "one"
                    | "other"
                    | "another"
                    | "no"
            )
        });
        let national = text.names.list.iter().any(|named| {
            named.kind == Kind::State
                && named.aliases.iter().any(|alias| seen.words[0].contains(&format!("{alias} ")))
        });
        let interviewed = text.read.iter().any(|read| {
            read.context
                .interviewee
                .as_ref()
                .is_some_and(|held| matches!(held, Held::Words(words) if seen.words.contains(words)))
        });
        let keep = !owned
            && !vague
            && (seen.group && (seen.speaks > 0 && times >= 3 || seen.acts >= 2 || national && !seen.person)
                || seen.person && (seen.acts >= 3 && seen.speaks > 1))
            || interviewed;
        if !keep {
            continue;
        }
        let mut id = slug(&key);
        while taken.contains(&id) {
            id.push_str("-group");
        }
        let at = text.sentences[seen.first.0].at.start;
        all.push(proposal::Actor {
            id,
            name: seen.words[0].clone(),
            kind: if seen.person && !seen.group {
                "person"
            } else if seen.union {
                "union"
            } else if seen.company {
                "company"
            } else {
                "faction"
            }
            .to_owned(),
            aliases: seen.words,
            represents: None,
            rule: "actor-described".to_owned(),
            grade: Grade::Weak,
            span: [at + seen.first.1.start, at + seen.first.1.end],
        });
    }
}
