//! Events: what was done, or is scheduled, after the classes of PLOVER.
//!
//! # Definition
//! A verb of an event class that is reported, not wished, asked, threatened or conditional, and not
//! denied, with somebody named who does it; at most three a sentence. Verbal classes (accuse, request,
//! threaten) only of a past occasion.

use crate::clause::Role;
use crate::holder::Held;
use crate::lexicon::Class;
use crate::names::Kind;
use crate::proposal::{Event, Grade};
use crate::reading::Text;
use crate::verbs::{Shape, Tense};

const CLASSES: [(Class, &str); 16] = [
    (Class::Sanction, "SANCTION"),
    (Class::Protest, "PROTEST"),
    (Class::Retreat, "RETREAT"),
    (Class::Concede, "CONCEDE"),
    (Class::Assault, "ASSAULT"),
    (Class::Coerce, "COERCE"),
    (Class::Reject, "REJECT"),
    (Class::Agree, "AGREE"),
    (Class::Support, "SUPPORT"),
    (Class::Consult, "CONSULT"),
    (Class::Mobilize, "MOBILIZE"),
    (Class::Aid, "AID"),
    (Class::Cooperate, "COOPERATE"),
    (Class::Request, "REQUEST"),
    (Class::AccuseEvent, "ACCUSE"),
    (Class::ThreatenEvent, "THREATEN"),
];

/// The events of a text.
pub(crate) fn events(text: &Text<'_>) -> Vec<Event> {
    let mut all: Vec<Event> = Vec::new();
    for (number, sentence) in text.sentences.iter().enumerate() {
        let read = &text.read[number];
        let mut here = 0;
        if sentence.tokens.iter().rev().take(2).any(|token| token.text == "?") {
            continue;
        }
        for (index, group) in sentence.groups.iter().enumerate() {
            let found = CLASSES.into_iter().find(|(class, _)| group.does(*class));
            // `talks were held`: a meeting by its noun.
            let meeting = matches!(
                text.lexicon.lemma(group.lemma),
                "hold" | "open" | "resume" | "begin" | "convene" | "start" | "reopen" | "continue"
            ) && sentence.clauses.iter().any(|clause| {
                (clause.group == index
                    || group.shape == Shape::Infinitive && sentence.group(clause).head < group.head)
                    && clause.subject.clone().any(|at| sentence.tokens[at].is(Class::Track))
            });
            let found = if meeting { Some((Class::Consult, "CONSULT")) } else { found };
            let Some((class, mut name)) = found else { continue };
            if group.does(Class::DenyCharge)
                && sentence
                    .find(group.end()..(group.end() + 6).min(sentence.tokens.len()), Class::Charge)
                    .is_some()
            {
                continue;
            }
            if here >= 3 {
                break;
            }
            // `voted to impose`: what was voted counts.
            let votes = |group: &crate::verbs::Group| text.lexicon.lemma(group.lemma) == "vote";
            let next = sentence.groups.get(index + 1).filter(|next| {
                next.shape == Shape::Infinitive
                    && next.at.start <= group.head + 14
                    && CLASSES.iter().any(|(class, _)| next.does(*class))
            });
            if votes(group) && next.is_some() {
                continue;
            }
            if group.shape == Shape::Infinitive
                && index > 0
                && votes(&sentence.groups[index - 1])
                && name == "AGREE"
            {
                name = "SUPPORT";
            }
            let clause = sentence.clauses.iter().position(|clause| clause.group == index);
            // The clause in whose reach an infinitive or participle stands.
            let over = sentence.clauses.iter().rev().find(|clause| {
                clause.start <= group.at.start || sentence.group(clause).at.start < group.at.start
            });
            let due = |one: usize| {
                text.phrase(number, one.saturating_sub(3)..one + 2, Class::Due)
                    .is_some_and(|due| due.end + 1 >= one)
            };
            let mut expected = false;
            let stated = match group.shape {
                Shape::Finite => {
                    let modal_ok = match group.modal {
                        None => true,
                        Some(Class::Will) => {
                            expected = true;
                            group.passive
                                || read
                                    .dates
                                    .iter()
                                    .any(|date| date.from > group.head && date.from < group.head + 8)
                        }
                        _ => false,
                    };
                    modal_ok
                        && clause.is_some_and(|clause| match sentence.clauses[clause].role {
                            Role::Condition(_) => false,
                            Role::Content(governor) => {
                                let governor = &sentence.groups[governor];
                                !governor.classes.any(&[
                                    Class::Hope,
                                    Class::Fear,
                                    Class::Demand,
                                    Class::Threaten,
                                    Class::Offer,
                                    Class::Warn,
                                    Class::Expect,
                                    Class::Predict,
                                ])
                            }
                            _ => true,
                        })
                        && (group.tense != Tense::Present
                            || group.perfect
                            || matches!(name, "AGREE" | "REJECT" | "SANCTION" | "ASSAULT")
                            || read.dates.iter().any(|date| date.from > group.head) && {
                                expected = true;
                                true
                            })
                }
                Shape::Infinitive => {
                    let awaited = index > 0 && {
                        let before = &sentence.groups[index - 1];
                        before.does(Class::Expect)
                            && before.shape == Shape::Finite
                            && group.at.start <= before.end() + 2
                    };
                    let ok = awaited || due(group.at.start) || due(group.at.start + 1);
                    expected = ok;
                    ok && over.is_some_and(|over| !matches!(over.role, Role::Condition(_)))
                        || over.is_some_and(|over| {
                            let governor = sentence.group(over);
                            governor.tense == Tense::Past
                                && governor.modal.is_none()
                                && !governor.negated
                                && (governor.does(Class::Support) && class != Class::Support
                                    || matches!(
                                        text.lexicon.lemma(governor.lemma),
                                        "become" | "manage" | "begin" | "start" | "help" | "use"
                                    ))
                                && group.at.start < governor.head + 10
                        })
                }
                Shape::Participle => {
                    group.head > 0
                        && sentence.tokens.get(group.head + 1).is_some_and(|next| {
                            next.is(Class::By) || matches!(next.low.as_str(), "on" | "in" | "at" | "with")
                        })
                        && group.tense == Tense::Past
                }
                Shape::Gerund => false,
            };
            if !stated || group.negated {
                continue;
            }
            let verbal = matches!(name, "REQUEST" | "ACCUSE" | "THREATEN");
            if verbal
                && (group.tense != Tense::Past
                    || group.perfect && !sentence.low(group.at.start).starts_with("had")
                    || group.shape != Shape::Finite
                    || group.passive)
            {
                continue;
            }
            // Who does it.
            let mut actors: Vec<usize> = Vec::new();
            let mut words: Option<String> = None;
            let by = (group.end()..(group.end() + 8).min(sentence.tokens.len()))
                .find(|at| sentence.tokens[*at].is(Class::By));
            let passive = group.passive || group.shape == Shape::Participle;
            if passive && let Some(by) = by {
                let stop = (by + 1..sentence.tokens.len())
                    .find(|at| sentence.tokens[*at].parts() && sentence.tokens[*at].text != ",")
                    .unwrap_or(sentence.tokens.len())
                    .min(by + 12);
                actors.extend(sentence.names_in(by + 1..stop).map(|mention| mention.who));
                if actors.is_empty() {
                    words = Some(sentence.words(by + 1..stop.min(by + 6)));
                }
            }
            if actors.is_empty() {
                let holder = match group.shape {
                    Shape::Finite => clause.and_then(|clause| read.doer(sentence.clauses[clause].group)),
                    _ => over.and_then(|over| read.doer(over.group)),
                };
                match holder {
                    Some(Held::Actors(list)) if !passive || class == Class::Agree => actors.clone_from(list),
                    Some(Held::Words(said)) if !passive => {
                        words = Some(said.clone());
                        // Names within the words: `the presidents of X and Y`.
                        if let Some(clause) = clause {
                            actors.extend(
                                sentence
                                    .names_in(sentence.clauses[clause].subject.clone())
                                    .filter(|mention| !mention.place)
                                    .map(|mention| mention.who),
                            );
                        }
                    }
                    _ => {}
                }
            }
            if meeting && actors.is_empty() {
                words = None;
                actors.extend(
                    sentence
                        .names_in(0..sentence.tokens.len())
                        .filter(|mention| !mention.place)
                        .map(|mention| mention.who)
                        .take(2),
                );
                if actors.is_empty() {
                    actors.clone_from(&read.context.pair);
                }
            }
            if actors.is_empty() && words.is_none() && passive {
                actors.extend(
                    sentence
                        .names_in(0..sentence.tokens.len())
                        .filter(|mention| !mention.place)
                        .map(|mention| mention.who)
                        .take(2),
                );
                if actors.is_empty() && matches!(name, "AGREE" | "CONSULT" | "RETREAT" | "COOPERATE") {
                    actors.clone_from(&read.context.pair);
                }
            }
            actors.dedup();
            // Things do nothing by themselves.
            let human = words.as_ref().is_none_or(|words| {
                let (tokens, _) = crate::token::tokens(words, text.lexicon, false);
                crate::reading::head_of(&tokens).is_some_and(|head| {
                    let token = &tokens[head];
                    token.classes.any(&[
                        Class::Group,
                        Class::Person,
                        Class::Office,
                        Class::Spokes,
                        Class::OrgHead,
                        Class::Government,
                        Class::Number,
                    ]) || (token.low.ends_with("ers")
                        || token.low.ends_with("ors")
                        || token.low.ends_with("ists")
                        || token.low.ends_with("men"))
                        || tokens.iter().any(|token| token.is(Class::Number)) && tokens.len() <= 2
                        || matches!(class, Class::Consult | Class::Agree)
                })
            });
            if actors.is_empty() && (words.is_none() || !human) {
                continue;
            }
            let ids: Vec<String> = if actors.is_empty() {
                words.into_iter().collect()
            } else {
                actors.iter().map(|who| text.names.list[*who].id.clone()).collect()
            };
            let on = read
                .dates
                .iter()
                .filter(|date| date.from >= group.at.start.saturating_sub(12))
                .min_by_key(|date| date.from.abs_diff(group.head))
                .map(|date| date.iso.clone());
            let cue = group.at.start..group.end().min(sentence.tokens.len());
            let title = format!(
                "{} {}",
                ids.iter()
                    .map(|id| text
                        .names
                        .list
                        .iter()
                        .find(|named| named.id == *id)
                        .map_or(id.as_str(), |named| named.name.as_str()))
                    .collect::<Vec<_>>()
                    .join(", "),
                sentence.words(cue.clone())
            );
            all.push(Event {
                n: sentence.n,
                class: name.to_owned(),
                actors: ids,
                cue: sentence.words(cue.clone()),
                title,
                on,
                expected,
                rule: "event-verb".to_owned(),
                grade: if group.shape == Shape::Finite { Grade::Strong } else { Grade::Weak },
                span: text.span(number, cue),
            });
            here += 1;
        }
        let _ = Kind::State;
    }
    all
}
