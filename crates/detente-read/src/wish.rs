//! Wishes: what an actor wants, or does not want.
//!
//! # Definition
//! From verbs of wanting, demanding, offering, opposing, refusing, fearing, needing; and from the
//! condition of a threat (what the other had better not do), an offer or a promise (what the other is to
//! do). `-` where the thing, with *not* taken away, is unwanted.

use std::ops::Range;

use crate::clause::Role;
use crate::condition::{trimmed, under, until_mark};
use crate::holder::Held;
use crate::lexicon::Class;
use crate::proposal::{ClaimKind, Grade, Wish};
use crate::reading::Text;
use crate::verbs::{Group, Shape};

struct Found {
    held: Held,
    positive: bool,
    want: Range<usize>,
    cue: Range<usize>,
    rule: &'static str,
}

/// What the verb wants: the clause, the infinitive or the thing behind it, and whether it says not.
fn wanted(text: &Text<'_>, number: usize, group: &Group, stop: usize) -> (Range<usize>, bool) {
    let sentence = &text.sentences[number];
    // `asked Congress to step in`: what is asked begins with who is to do it.
    let gap = group.tail > 1 && sentence.low(group.end() - 1) == "to";
    let mut from = if gap { group.head + 1 } else { group.end() };
    while from < stop
        && (sentence.tokens[from].is(Class::Adverb) && !sentence.tokens[from].is(Class::Determiner)
            || crate::date::is_date_word(sentence.low(from)) && sentence.low(from + 1) == "that")
    {
        from += 1;
    }
    if sentence.low(from) == "on"
        && sentence.tokens.get(from + 1).is_some_and(|token| crate::date::is_date_word(&token.low))
    {
        from += 2;
    }
    if matches!(sentence.low(from), "that" | "to" | "for" | "on" | "upon") {
        from += 1;
    }
    let mut to = until_mark(sentence, from..stop).end;
    // What hangs on a condition is not wanted of itself.
    if let Some(open) = sentence
        .clauses
        .iter()
        .filter(|clause| matches!(clause.role, Role::Condition(_)) && clause.opener.start > from)
        .map(|clause| clause.opener.start)
        .min()
    {
        to = to.min(open);
    }
    let at = trimmed(sentence, from..to.max(from));
    let negated = sentence
        .groups
        .iter()
        .filter(|other| other.head > group.head && other.at.start < at.end)
        .take(1)
        .any(|other| other.negated)
        || sentence.low(from) == "not"
        || from > 0 && sentence.low(from) == "no";
    let at = if sentence.low(at.start) == "not" { at.start + 1..at.end } else { at };
    let at = if sentence.low(at.start) == "to" { at.start + 1..at.end } else { at };
    (at, negated)
}

fn of_sentence(text: &Text<'_>, number: usize) -> Vec<Found> {
    let sentence = &text.sentences[number];
    let reader = text.reader(number);
    let read = &text.read[number];
    let mut found: Vec<Found> = Vec::new();
    for (at, clause) in sentence.clauses.iter().enumerate() {
        let group = sentence.group(clause);
        // Up to the next clause that is not part of what is wanted.
        let stop = crate::token::part(&sentence.clauses, at + 1..)
            .iter()
            .find(|next| {
                !(next.role == Role::Content(clause.group)
                    || next.role == Role::Relative
                    || matches!(next.role, Role::Content(_)))
            })
            .map_or(sentence.tokens.len(), |next| {
                if next.opener.is_empty() { next.start } else { next.opener.start }
            });
        let generic = clause.subject.len() == 1 && sentence.low(clause.subject.start) == "you";
        let held = match read.doer(clause.group).cloned() {
            Some(held) => held,
            None if generic => {
                read.claims[read.first].chain.first().cloned().unwrap_or_else(|| reader.here())
            }
            None => continue,
        };
        if read.claims.iter().any(|claim| matches!(claim.rule, "kind-told" | "kind-question")) {
            continue;
        }
        let held = if held == Held::Author { reader.here() } else { held };
        let cue = group.at.start..group.end().min(sentence.tokens.len());
        let modal_ok = group.modal.is_none_or(|modal| modal == Class::Would || modal == Class::Will);
        if group.passive && !group.does(Class::Expect) || !modal_ok && !group.does(Class::Need) {
            continue;
        }
        if matches!(clause.role, Role::Condition(_)) {
            continue;
        }
        if clause
            .subject
            .clone()
            .any(|one| sentence.tokens[one].is(Class::Nobody) && !sentence.tokens[one].is(Class::Number))
            || read.claims[read.first].rule == "kind-denial-charge"
        {
            continue;
        }
        let mut put = |positive: bool, want: Range<usize>, rule: &'static str| {
            if !want.is_empty() {
                found.push(Found { held: held.clone(), positive, want, cue: cue.clone(), rule });
            }
        };
        let (want, not) = wanted(text, number, group, stop);
        // `would rather A than B`.
        let rather = group.does(Class::Rather)
            || (group.modal == Some(Class::Would)
                && crate::token::part(&sentence.tokens, group.at.clone())
                    .iter()
                    .any(|token| token.low == "rather"));
        if rather {
            let from = if group.does(Class::Rather) { want.start } else { group.head };
            let than = (from..stop).find(|one| {
                sentence.low(*one) == "than"
                    || sentence.low(*one) == "to" && group.does(Class::Rather) && *one > from + 1
            });
            let first = from..than.unwrap_or(want.end.max(from));
            put(!group.negated, trimmed(sentence, first), "wish-rather");
            if let Some(than) = than {
                put(false, until_mark(sentence, than + 1..stop), "wish-rather");
            }
            continue;
        }
        if group.does(Class::Hope) {
            let positive = !group.negated && !not;
            for part in listed(text, number, &want) {
                put(positive, part, "wish-hope");
            }
        } else if group.does(Class::Fear) {
            put(false, want, "wish-fear");
        } else if group.does(Class::Demand) && !group.negated {
            for part in listed(text, number, &want) {
                put(!not, part, "wish-demand");
            }
        } else if group.does(Class::Insist) && read.claims.iter().any(|claim| claim.rule == "kind-insist") {
            put(!not, want, "wish-demand");
        } else if group.does(Class::Offer) && !group.negated {
            let want = if group.copula {
                infinitive_after(text, number, group.head, stop).unwrap_or(want)
            } else {
                want
            };
            put(!not, want, "wish-offer");
        } else if group.does(Class::Refuse) && !group.negated {
            put(false, want, "wish-refuse");
        } else if group.does(Class::Oppose) && !group.negated {
            put(false, want, "wish-oppose");
        } else if group.does(Class::Threaten) && !group.negated {
            // Not the threatened act, but what it would undo: `threatened to veto it`.
            let undo = sentence.groups.iter().find(|other| {
                other.shape == Shape::Infinitive
                    && other.at.start > group.head
                    && other.at.start <= group.end() + 1
            });
            if let Some(undo) = undo.filter(|undo| undo.classes.any(&[Class::Oppose, Class::Reject])) {
                put(false, until_mark(sentence, undo.end()..stop), "wish-veto");
            }
        } else if group.does(Class::Favour) && !group.negated {
            put(true, want, "wish-favour");
        } else if group.does(Class::Need)
            && matches!(held, Held::Actors(_))
            && !group.copula
            && text.lexicon.lemma(group.lemma) == "need"
        {
            put(!group.negated, want, "wish-need");
        } else if group.does(Class::Try)
            && !group.negated
            && !group.copula
            && matches!(held, Held::Actors(_))
            && sentence.low(group.head + 1) == "to"
        {
            put(true, want, "wish-try");
        } else if group.does(Class::SpeakOf) && !group.negated && matches!(held, Held::Actors(_)) {
            put(true, want, "wish-speak-of");
        } else if group.copula && !group.negated {
            if let Some(against) =
                text.phrase(number, group.head + 1..(group.head + 4).min(stop), Class::Against)
            {
                put(false, until_mark(sentence, against.end..stop), "wish-against");
            }
        } else if group.does(Class::Name)
            && let Some(bad) = text.phrase(number, group.head + 1..stop, Class::Unacceptable)
        {
            let before =
                (group.head + 1..bad.start).find(|one| sentence.low(*one) == "as").unwrap_or(bad.start);
            put(false, trimmed(sentence, group.head + 1..before), "wish-unacceptable");
        }
    }
    // `in order to prevent X`: what the one who acts so wants, or does not.
    for group in sentence.groups.iter().filter(|group| group.shape == Shape::Infinitive) {
        let purpose = group.at.start >= 2
            && sentence.low(group.at.start - 1) == "order"
            && sentence.low(group.at.start - 2) == "in";
        let main = sentence.clauses.iter().find(|clause| clause.role == Role::Main);
        if let (true, Some(held)) = (purpose, main.and_then(|clause| read.doer(clause.group))) {
            let hinders = group.does(Class::Hinder);
            let from = if hinders { group.end() } else { group.head };
            let stop = sentence
                .clauses
                .iter()
                .map(|clause| clause.start)
                .filter(|start| *start > group.head)
                .min()
                .unwrap_or(sentence.tokens.len());
            let want = until_mark(sentence, from..stop.max(from));
            if !want.is_empty() && matches!(held, Held::Actors(_)) {
                found.push(Found {
                    held: held.clone(),
                    positive: !hinders,
                    want,
                    cue: group.at.start..group.head + 1,
                    rule: "wish-purpose",
                });
            }
        }
    }
    // `said that X must go`: wanted by who says it.
    for claim in &read.claims {
        if claim.rule == "kind-must" {
            let author = Held::Author;
            if let (Some(held), Some(content)) = (claim.chain.first().or(Some(&author)), claim.claim.content)
            {
                let clause = &sentence.clauses[content];
                let group = sentence.group(clause);
                let want = until_mark(sentence, clause.start..clause.end);
                if !want.is_empty() {
                    found.push(Found {
                        held: held.clone(),
                        positive: !group.negated,
                        want,
                        cue: group.at.start..group.at.start + 1,
                        rule: "wish-must",
                    });
                }
            }
        }
    }
    // The condition of a threat, an offer or a promise.
    let first = &read.claims[read.first];
    if matches!(first.kind, ClaimKind::Threat | ClaimKind::Offer | ClaimKind::Promise) {
        let held = first.chain.first().cloned().unwrap_or_else(|| reader.here());
        for one in under(text, number) {
            let threat = first.kind == ClaimKind::Threat;
            let positive = match one.form {
                "unless" => threat,
                "if" => !threat,
                "only-if" | "iff" => true,
                _ => continue,
            };
            if one.form == "unless" && !threat {
                continue;
            }
            // What the speaker itself does is no wish about the other.
            let own = sentence
                .clauses
                .iter()
                .find(|clause| clause.start >= one.condition.start && clause.start < one.condition.end)
                .and_then(|clause| read.doer(clause.group))
                == Some(&held);
            let negated = sentence
                .groups
                .iter()
                .find(|group| group.shape == Shape::Finite && one.condition.contains(&group.head))
                .is_some_and(|group| group.negated);
            if !own && !negated {
                found.push(Found {
                    held: held.clone(),
                    positive: positive != negated,
                    want: one.condition.clone(),
                    cue: one.condition.start.saturating_sub(1)..one.condition.start,
                    rule: "wish-condition",
                });
            }
        }
        // `warned X that Y would mean Z`: Y is not wanted.
        if first.rule == "kind-warn"
            && let Some(content) = first.claim.content
        {
            let clause = &sentence.clauses[content];
            if !clause.subject.is_empty()
                && text.read[number].doer(clause.group) != Some(&held)
                && sentence.group(clause).classes.any(&[Class::Cause])
            {
                found.push(Found {
                    held,
                    positive: false,
                    want: clause.subject.clone(),
                    cue: first.cue.clone(),
                    rule: "wish-warn",
                });
            }
        }
    }
    found
}

fn infinitive_after(text: &Text<'_>, number: usize, head: usize, stop: usize) -> Option<Range<usize>> {
    let sentence = &text.sentences[number];
    let group = sentence.groups.iter().find(|group| {
        group.shape == Shape::Infinitive
            && group.at.start > head
            && group.at.start < stop
            && group.at.start <= head + 4
    })?;
    Some(until_mark(sentence, group.head..stop))
}

/// `A and a B`: two things, where both begin with an article and nothing has a verb.
fn listed(text: &Text<'_>, number: usize, want: &Range<usize>) -> Vec<Range<usize>> {
    let sentence = &text.sentences[number];
    if sentence.groups.iter().any(|group| want.contains(&group.at.start)) {
        return vec![want.clone()];
    }
    let mut parts = Vec::new();
    let mut from = want.start;
    for at in want.clone() {
        let article =
            sentence.tokens.get(at + 1).is_some_and(|token| matches!(token.low.as_str(), "a" | "an" | "the"));
        if sentence.low(at) == "and" && article {
            parts.push(from..at);
            from = at + 1;
        }
    }
    parts.push(from..want.end);
    parts.into_iter().map(|part| trimmed(sentence, part)).filter(|part| !part.is_empty()).collect()
}

/// The wishes of a text.
pub(crate) fn wishes(text: &Text<'_>) -> Vec<Wish> {
    let mut all: Vec<Wish> = Vec::new();
    for (number, sentence) in text.sentences.iter().enumerate() {
        for one in of_sentence(text, number) {
            let wish = Wish {
                n: sentence.n,
                actor: one.held.text(&text.names),
                polarity: if one.positive { "+" } else { "-" }.to_owned(),
                want: sentence.words(one.want.clone()),
                cue: sentence.words(one.cue),
                rule: one.rule.to_owned(),
                grade: if matches!(one.rule, "wish-hope" | "wish-demand" | "wish-oppose" | "wish-refuse") {
                    Grade::Strong
                } else {
                    Grade::Weak
                },
                span: text.span(number, one.want),
            };
            if !all
                .iter()
                .any(|known| known.n == wish.n && known.want == wish.want && known.actor == wish.actor)
            {
                all.push(wish);
            }
        }
    }
    all
}
