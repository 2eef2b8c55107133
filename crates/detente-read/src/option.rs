//! Options, what one actor may do; and acts, what several would have to do together.
//!
//! # Definition
//! An option is an ability, a permission or a deliberation of one about a move not yet made: `can`,
//! `could`, `may`, `free to`, `considers`. An act is a move not yet made that has several parties: a plural
//! subject under a modal, or a signature still to come.

use std::ops::Range;

use crate::clause::Role;
use crate::condition::until_mark;
use crate::holder::Held;
use crate::lexicon::Class;
use crate::proposal::{Choice, Grade, JointAct};
use crate::reading::Text;
use crate::verbs::{Shape, Tense, plural};

/// Whether somebody with a will: an actor, or words for a person or a group.
fn wills(text: &Text<'_>, number: usize, clause: usize) -> Option<Held> {
    let sentence = &text.sentences[number];
    let clause = &sentence.clauses[clause];
    let held = text.read[number].doer(clause.group)?.clone();
    match &held {
        Held::Actors(list) if !list.is_empty() => Some(held),
        Held::Words(_) => {
            let tokens = crate::token::part(&sentence.tokens, clause.subject.clone());
            let head = crate::reading::head_of(tokens).map(|at| &tokens[at])?;
            let human = head.classes.any(&[
                Class::Group,
                Class::Person,
                Class::Office,
                Class::Spokes,
                Class::OrgHead,
                Class::He,
                Class::They,
                Class::Government,
            ]) || (head.low.ends_with("ers")
                || head.low.ends_with("ors")
                || head.low.ends_with("ists")
                || head.low.ends_with("men"))
                && plural(head)
                || head.low.ends_with("ory") && tokens.len() <= 3;
            human.then_some(held)
        }
        _ => None,
    }
}

/// The options of a text.
pub(crate) fn options(text: &Text<'_>) -> Vec<Choice> {
    let mut all: Vec<Choice> = Vec::new();
    for (number, sentence) in text.sentences.iter().enumerate() {
        for at in 0..sentence.clauses.len() {
            let clause = &sentence.clauses[at];
            let group = sentence.group(clause);
            if matches!(clause.role, Role::Condition(_)) || clause.role == Role::Relative {
                continue;
            }
            let mut put = |what: Range<usize>, cue: Range<usize>, rule: &str, held: &Held| {
                let what = until_mark(sentence, what);
                if what.is_empty() {
                    return;
                }
                // `wait or join the case`: two moves.
                for part in alternatives(text, number, &what) {
                    all.push(Choice {
                        n: sentence.n,
                        actor: held.text(&text.names),
                        text: sentence.words(part.clone()),
                        cue: sentence.words(cue.clone()),
                        rule: rule.to_owned(),
                        grade: if matches!(held, Held::Actors(_)) { Grade::Strong } else { Grade::Weak },
                        span: text.span(number, part),
                    });
                }
            };
            let able = matches!(group.modal, Some(Class::Can | Class::Could))
                || group.modal == Some(Class::May) && !group.passive;
            let move_verb = !group.copula
                && !group.perfect
                && !group.passive
                && group.lemma != u32::MAX
                && !group.classes.any(&[Class::Hope, Class::Judge, Class::State, Class::Seem, Class::Need])
                && !matches!(
                    text.lexicon.lemma(group.lemma),
                    "be" | "have"
                        | "do"
                        | "afford"
                        | "see"
                        | "know"
                        | "mean"
                        | "say"
                        | "lose"
                        | "win"
                        | "fail"
                        | "understand"
                        | "last"
                        | "happen"
                );
            if able && move_verb && !group.negated {
                let nobody = clause.subject.clone().any(|one| {
                    sentence.tokens[one].is(Class::Nobody) && !sentence.tokens[one].is(Class::Number)
                });
                if let Some(held) = wills(text, number, at).filter(|_| !nobody)
                    && group.inverted.is_none()
                {
                    // The verb may stand behind a needless `to`.
                    put(group.head..clause.end, group.at.start..group.at.start + 1, "option-modal", &held);
                }
                continue;
            }
            if able && group.lemma == u32::MAX && !group.negated {
                // `can also to stay`: the infinitive has the verb.
                let infinitive = sentence.groups.iter().find(|other| {
                    other.shape == Shape::Infinitive
                        && other.at.start >= group.at.end
                        && other.at.start <= group.at.end + 2
                });
                let nobody = clause.subject.clone().any(|one| {
                    sentence.tokens[one].is(Class::Nobody) && !sentence.tokens[one].is(Class::Number)
                });
                if nobody {
                    continue;
                }
                if let (Some(infinitive), Some(held)) = (infinitive, wills(text, number, at)) {
                    put(
                        infinitive.head..clause.end,
                        group.at.start..group.at.start + 1,
                        "option-modal",
                        &held,
                    );
                }
                continue;
            }
            // `free to`, `talk of`, `considering`.
            let stop = (group.head + 6).min(clause.end);
            let cue = text
                .phrase(number, group.at.start..stop, Class::OptionCue)
                .filter(|cue| cue.len() > 1 || !matches!(sentence.low(cue.start), "can" | "could" | "may"));
            if let Some(cue) = cue {
                let what = cue.end..clause.end;
                let moves = sentence.tokens.get(cue.end).is_some_and(|token| {
                    token.word && !token.is(Class::Determiner) || token.is(Class::Determiner)
                });
                let held = wills(text, number, at).or_else(|| {
                    // `In X there is talk of`: X.
                    sentence.names_in(0..group.head).next().map(|mention| Held::Actors(vec![mention.who]))
                });
                if let (Some(held), true) = (held, moves) {
                    put(what, cue, "option-cue", &held);
                }
            }
        }
    }
    all
}

/// `wait, or join the case`: the parts that `or` joins, where each begins with a verb.
fn alternatives(text: &Text<'_>, number: usize, what: &Range<usize>) -> Vec<Range<usize>> {
    let sentence = &text.sentences[number];
    let mut parts = Vec::new();
    let mut from = what.start;
    for at in what.clone() {
        let verb = sentence.tokens.get(at + 1).is_some_and(|token| {
            text.lexicon.verb(&token.low).iter().any(|(_, forms)| forms.base) && !token.is(Class::Noun)
        });
        if sentence.low(at) == "or" && verb {
            parts.push(crate::condition::trimmed(sentence, from..at));
            from = at + 1;
        }
    }
    parts.push(crate::condition::trimmed(sentence, from..what.end));
    parts.retain(|part| !part.is_empty());
    parts
}

/// The joint acts of a text.
pub(crate) fn acts(text: &Text<'_>) -> Vec<JointAct> {
    let mut all: Vec<JointAct> = Vec::new();
    for (number, sentence) in text.sentences.iter().enumerate() {
        for at in 0..sentence.clauses.len() {
            let clause = &sentence.clauses[at];
            let group = sentence.group(clause);
            if matches!(clause.role, Role::Condition(_)) || group.negated {
                continue;
            }
            let to_be = text.phrase(number, group.at.start..group.head + 3, Class::Due).is_some();
            let open = matches!(
                group.modal,
                Some(
                    Class::Will
                        | Class::Would
                        | Class::Must
                        | Class::Should
                        | Class::Can
                        | Class::Could
                        | Class::May
                )
            ) && !group.perfect
                || to_be
                || group.does(Class::Promise) && group.tense == Tense::Present;
            if !open {
                continue;
            }
            let held = text.read[number].doer(clause.group).cloned();
            let joint = group.classes.any(&[Class::Agree, Class::Cooperate, Class::Consult])
                || sentence.groups.iter().any(|other| {
                    other.shape == Shape::Infinitive
                        && other.head > group.head
                        && other.head < group.head + 4
                        && other.classes.any(&[Class::Agree, Class::Cooperate, Class::Consult])
                });
            // `The agreement is to be signed`.
            let signed = joint && clause.subject.clone().any(|one| sentence.tokens[one].is(Class::Document));
            let several = match &held {
                Some(Held::Actors(list)) => list.len() >= 2,
                Some(Held::Words(_)) => {
                    let tokens = crate::token::part(&sentence.tokens, clause.subject.clone());
                    tokens.iter().any(|token| {
                        matches!(token.low.as_str(), "parties" | "sides" | "signatories" | "two" | "both")
                    })
                }
                _ => false,
            };
            let stative = group.copula || group.does(Class::State);
            if signed
                || several
                    && !stative
                    && (joint
                        || group.modal.is_some_and(|modal| {
                            matches!(modal, Class::Would | Class::Will | Class::Must | Class::Should)
                        })
                        || group.does(Class::Promise))
            {
                let parties: Vec<String> = match held {
                    Some(Held::Actors(list)) if list.len() >= 2 => {
                        list.iter().map(|who| text.names.list[*who].id.clone()).collect()
                    }
                    Some(Held::Words(words)) if several => vec![words],
                    _ => text.read[number]
                        .context
                        .pair
                        .iter()
                        .map(|who| text.names.list[*who].id.clone())
                        .collect(),
                };
                if parties.is_empty() {
                    continue;
                }
                let what = until_mark(
                    sentence,
                    if signed { clause.start..clause.end } else { group.head..clause.end },
                );
                if what.is_empty() {
                    continue;
                }
                all.push(JointAct {
                    n: sentence.n,
                    parties,
                    text: sentence.words(what.clone()),
                    rule: "act-joint".to_owned(),
                    grade: Grade::Weak,
                    span: text.span(number, what),
                });
            }
        }
    }
    all
}
