//! Conditions: `if X, Y` and how it hangs.
//!
//! # Definition
//! `if` (also provided, as long as, inversion): X suffices. `only-if` (only if, not until): Y needs X.
//! `unless` (unless, without): Y, but for X. `once` (once, as soon as, when with a future): Y after X.
//! `iff`: both. One item for each pair; the words without the connective.

use std::ops::Range;

use crate::clause::Role;
use crate::lexicon::Class;
use crate::proposal::{Condition, Grade};
use crate::reading::Text;
use crate::sentence::Sentence;
use crate::verbs::{Group, Tense};

/// A condition in a sentence, by tokens.
#[derive(Clone, Debug)]
pub(crate) struct Under {
    pub(crate) form: &'static str,
    pub(crate) condition: Range<usize>,
    pub(crate) then: Range<usize>,
    pub(crate) rule: &'static str,
}

fn is_open(group: &Group) -> bool {
    group.modal.is_some() || group.tense == Tense::Future || group.negated || group.does(Class::Expect)
}

/// Tokens without marks and connecting words at their edges.
pub(crate) fn trimmed(sentence: &Sentence<'_>, at: Range<usize>) -> Range<usize> {
    let (mut from, mut to) = (at.start, at.end.min(sentence.tokens.len()));
    let edge = |at: usize| {
        let token = &sentence.tokens[at];
        !token.word && !matches!(token.text, "$" | "£" | "€") || token.is(Class::And) || token.is(Class::But)
    };
    while from < to && (edge(from) || sentence.tokens[from].is(Class::That)) {
        from += 1;
    }
    while to > from && (edge(to - 1) || matches!(sentence.low(to - 1), "that" | "only" | "who" | "which")) {
        to -= 1;
    }
    from..to
}

/// Up to the first mark that ends a part: a comma before a new clause, a semicolon, a bracket.
pub(crate) fn until_mark(sentence: &Sentence<'_>, at: Range<usize>) -> Range<usize> {
    let mut to = at.end.min(sentence.tokens.len());
    for one in at.start..to {
        let token = &sentence.tokens[one];
        let stop = matches!(token.text, ";" | ":" | "(" | "—" | "–" | "." | "?" | "!")
            || token.quote_mark() && one > at.start
            || token.text == "," && !list_goes_on(sentence, one, to);
        if stop && one > at.start {
            to = one;
            break;
        }
    }
    trimmed(sentence, at.start..to)
}

/// A comma inside `A, B and C`.
fn list_goes_on(sentence: &Sentence<'_>, comma: usize, to: usize) -> bool {
    let and = (comma + 1..to.min(comma + 7)).find(|at| sentence.tokens[*at].is(Class::And));
    and.is_some_and(|and| {
        and > comma + 1
            && sentence.groups.iter().all(|group| {
                group.shape != crate::verbs::Shape::Finite || group.at.start <= comma || group.at.start > and
            })
            && !crate::token::part(&sentence.tokens, comma + 1..and).iter().any(|token| {
                token.is(Class::Relative) || token.is(Class::Preposition) || token.is(Class::But)
            })
    })
}

/// The conditions of a sentence.
pub(crate) fn under(text: &Text<'_>, number: usize) -> Vec<Under> {
    let sentence = &text.sentences[number];
    let passing = sentence.passing.as_ref().map(|passing| passing.clause);
    let mut found: Vec<Under> = Vec::new();
    for (at, clause) in sentence.clauses.iter().enumerate() {
        let Role::Condition(class) = clause.role else { continue };
        if clause.opener.len() == 1 && sentence.tokens[clause.opener.start].is(Class::And) {
            continue;
        }
        // The clauses that belong to the same condition: `if A and B`.
        let mut last = at;
        while let Some(next) = sentence.clauses.get(last + 1) {
            let joined = matches!(next.role, Role::Condition(_))
                && next.opener.len() == 1
                && sentence.tokens[next.opener.start].is(Class::And);
            let inner = matches!(next.role, Role::Content(group) if crate::token::part(&sentence.clauses, at..=last).iter().any(|one| one.group == group))
                || next.role == Role::Relative;
            if joined
                || inner
                    && !crate::token::part(
                        &sentence.tokens,
                        next.start.saturating_sub(1).min(sentence.tokens.len() - 1)..next.start,
                    )
                    .iter()
                    .any(|token| token.text == ",")
            {
                last += 1;
            } else {
                break;
            }
        }
        let initial = clause.opener.start == 0
            || !crate::token::part(&sentence.clauses, ..at).iter().enumerate().any(|(one, other)| {
                let parted = crate::token::part(&sentence.tokens, other.start..clause.opener.start)
                    .iter()
                    .any(|token| token.text == ";" || token.text == ":");
                let says_that = matches!(other.role, Role::Main)
                    && text.sentences[number].group(other).classes.any(&[Class::Say, Class::Judge])
                    && sentence.tokens[clause.opener.start.saturating_sub(1)].is(Class::That);
                let aside = matches!(other.role, Role::Condition(_)) || parted || says_that;
                Some(one) != passing && !aside
            });
        let end = sentence.clauses[last].end;
        let condition = until_mark(
            sentence,
            clause.start..if initial { comma_after(sentence, clause.start, end, last) } else { end },
        );
        let partner = if initial {
            sentence.clauses.iter().enumerate().skip(last + 1).find(|(one, other)| {
                Some(*one) != passing && !matches!(other.role, Role::Condition(_) | Role::Relative)
            })
        } else {
            sentence.clauses.iter().enumerate().take(at).rev().find(|(one, other)| {
                Some(*one) != passing
                    && !matches!(other.role, Role::Condition(_) | Role::Relative | Role::Adverbial)
            })
        };
        let Some((_, partner)) = partner else { continue };
        let group = sentence.group(partner);
        let form = match class {
            Class::OnlyIf => "only-if",
            Class::Unless => "unless",
            Class::Once => "once",
            Class::Iff => "iff",
            Class::Until => {
                let waits = group.negated
                    || sentence
                        .tokens
                        .get(partner.subject.start)
                        .is_some_and(|token| token.is(Class::Nobody));
                if !waits {
                    continue;
                }
                "only-if"
            }
            Class::After => {
                let here = sentence.group(clause);
                let ahead = here.tense == Tense::Present && here.modal.is_none() && !here.negated;
                let open = is_open(group) && group.tense != Tense::Past
                    || text.phrase(number, group.at.start..group.end() + 1, Class::Due).is_some();
                if !(ahead && open) {
                    continue;
                }
                "once"
            }
            _ => "if",
        };
        if class == Class::Once
            && sentence.group(clause).tense == Tense::Past
            && !is_open(group)
            && !text.read[number].claims.iter().any(|claim| crate::kind::rank(claim.kind) < 5)
        {
            // `once the talks had begun, he left`: told, not set.
            continue;
        }
        let iff = form == "if"
            && crate::token::part(&sentence.tokens, end.saturating_sub(3)..)
                .iter()
                .any(|token| token.low == "longer")
            && sentence.text.contains("no longer");
        let then = if initial {
            let stop = sentence
                .clauses
                .iter()
                .skip(last + 1)
                .find(|other| {
                    other.start > partner.start
                        && matches!(other.role, Role::Main | Role::Condition(_) | Role::Passing)
                        && !other.shared
                        && Some(other.group)
                            != passing.and_then(|one| sentence.clauses.get(one)).map(|clause| clause.group)
                })
                .map_or(sentence.tokens.len(), |other| {
                    if other.opener.is_empty() { other.start } else { other.opener.start }
                });
            let quote = (partner.start + 1..stop)
                .find(|at| sentence.tokens[*at].quote_mark() && *at > sentence.group(partner).head)
                .unwrap_or(stop);
            let stop = stop.min(quote);
            trimmed(sentence, cut_semicolon(sentence, partner.start..stop))
        } else {
            trimmed(sentence, partner.start..clause.opener.start)
        };
        if condition.is_empty() || then.is_empty() {
            continue;
        }
        found.push(Under { form: if iff { "iff" } else { form }, condition, then, rule: "condition" });
    }
    without(text, number, &mut found);
    found
}

fn cut_semicolon(sentence: &Sentence<'_>, at: Range<usize>) -> Range<usize> {
    let stop = at
        .clone()
        .find(|one| matches!(sentence.tokens[*one].text, ";" | ":" | "." | "?" | "!"))
        .unwrap_or(at.end);
    at.start..stop
}

/// Where an opening conditional clause ends: the comma before the main clause.
fn comma_after(sentence: &Sentence<'_>, start: usize, end: usize, last: usize) -> usize {
    let head = sentence.group(&sentence.clauses[last]).head;
    (head + 1..end).find(|at| sentence.tokens[*at].text == ",").unwrap_or(end).max(start + 1)
}

/// `Without X, Y`.
fn without(text: &Text<'_>, number: usize, found: &mut Vec<Under>) {
    let sentence = &text.sentences[number];
    for at in 0..sentence.tokens.len() {
        if !sentence.tokens[at].is(Class::Without) {
            continue;
        }
        let opens = at == 0
            || !sentence.tokens[at - 1].word
            || sentence.tokens[at - 1].is(Class::That)
            || sentence.tokens[at - 1].is(Class::And)
            || sentence.tokens[at - 1].is(Class::But);
        let next = sentence.clauses.iter().find(|clause| sentence.group(clause).at.start > at);
        if let (true, Some(clause)) = (opens, next) {
            let group = sentence.group(clause);
            let hangs = is_open(group)
                || crate::token::part(&sentence.tokens, group.head..)
                    .iter()
                    .take(4)
                    .any(|token| token.low == "no" || token.is(Class::Nobody))
                || group.inverted.is_some();
            let comma = (at + 1..group.at.start).find(|one| sentence.tokens[*one].text == ",");
            let subject = if clause.subject.start > at { clause.subject.start } else { group.at.start };
            let stop = comma.unwrap_or_else(|| {
                // `without American troops there would be`
                if sentence.low(group.at.start.saturating_sub(1)) == "there" {
                    group.at.start - 1
                } else {
                    (at + 2..group.at.start)
                        .find(|one| sentence.tokens[*one].is(Class::Determiner))
                        .unwrap_or(subject)
                }
            });
            if hangs
                && stop > at + 1
                && !sentence
                    .groups
                    .iter()
                    .any(|other| other.shape == crate::verbs::Shape::Gerund && other.at.start == at + 1)
            {
                let from = if comma.is_some() { stop + 1 } else { stop };
                let end = (from..sentence.tokens.len())
                    .find(|one| {
                        matches!(sentence.tokens[*one].text, "," | ";" | "." | ":")
                            || sentence.tokens[*one].quote_mark()
                    })
                    .unwrap_or(sentence.tokens.len());
                let then = trimmed(sentence, from..end);
                let condition = trimmed(sentence, at + 1..stop);
                if !then.is_empty() && !condition.is_empty() {
                    found.push(Under { form: "unless", condition, then, rule: "condition-without" });
                    continue;
                }
            }
        }
        // `no deal without X`, `cannot Y without X`
        let before = sentence.clauses.iter().rev().find(|clause| sentence.group(clause).at.start < at);
        if let Some(clause) = before.filter(|_| !opens || at > 0 && sentence.tokens[at - 1].text == ",") {
            let group = sentence.group(clause);
            let negative = group.negated
                || clause.subject.clone().any(|one| sentence.tokens[one].is(Class::Nobody))
                || crate::token::part(&sentence.tokens, group.head..at).iter().any(|token| token.low == "no");
            let open = group.modal.is_some() || group.tense == Tense::Present;
            if negative && open {
                let condition = until_mark(sentence, at + 1..sentence.tokens.len());
                let then = trimmed(sentence, clause.start..at);
                if !condition.is_empty() && !then.is_empty() {
                    found.push(Under { form: "unless", condition, then, rule: "condition-without" });
                }
            }
        }
    }
}

/// The conditions of a text.
pub(crate) fn conditions(text: &Text<'_>) -> Vec<Condition> {
    let mut all = Vec::new();
    for (number, sentence) in text.sentences.iter().enumerate() {
        for one in under(text, number) {
            all.push(Condition {
                n: sentence.n,
                form: one.form.to_owned(),
                condition: sentence.words(one.condition.clone()),
                then: sentence.words(one.then.clone()),
                rule: one.rule.to_owned(),
                grade: Grade::Strong,
                span: text.span(number, one.condition.clone()),
            });
        }
    }
    all
}
