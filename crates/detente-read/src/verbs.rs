//! The verb groups of a sentence: `has not been asked`, `would sign`, `to sign`.
//!
//! # Definition
//! A group is a run of auxiliaries, adverbs and one verb. A word that may be a verb or a noun is a verb
//! where its neighbours say so: what stands before it (a name, a pronoun, a plural; not an article or an
//! adjective) and after it. A past form after a noun and before another finite verb is a participle.
//!
//! Complexity: linear in the words, times the few that a neighbourhood has.

use std::ops::Range;

use crate::lexicon::{Class, Classes, Forms, Lexicon};
use crate::token::Token;

/// The shape of a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    Finite,
    Infinitive,
    Gerund,
    Participle,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tense {
    Past,
    Present,
    Future,
}

#[derive(Clone, Debug)]
pub(crate) struct Group {
    /// Its tokens, auxiliaries and adverbs within included.
    pub(crate) at: Range<usize>,
    /// The verb.
    pub(crate) head: usize,
    pub(crate) lemma: u32,
    pub(crate) shape: Shape,
    pub(crate) tense: Tense,
    /// The modal, if any: one of the classes `Will` to `Should`.
    pub(crate) modal: Option<Class>,
    pub(crate) perfect: bool,
    pub(crate) passive: bool,
    pub(crate) negated: bool,
    /// A form of be without another verb.
    pub(crate) copula: bool,
    /// What the verb and its phrase do.
    pub(crate) classes: Classes,
    /// How many tokens after the head belong to its phrase.
    pub(crate) tail: usize,
    /// The subject stands between auxiliary and verb; its tokens.
    pub(crate) inverted: Option<Range<usize>>,
}

impl Group {
    pub(crate) fn does(&self, class: Class) -> bool {
        self.classes.has(class)
    }

    pub(crate) fn end(&self) -> usize {
        (self.head + 1 + self.tail).max(self.at.end)
    }
}

const MODALS: [Class; 8] = [
    Class::Will,
    Class::Would,
    Class::Can,
    Class::Could,
    Class::May,
    Class::Might,
    Class::Must,
    Class::Should,
];

fn modal(token: &Token<'_>) -> Option<Class> {
    // The month is no modal.
    if token.text == "May" || token.text == "Will" {
        return None;
    }
    MODALS.into_iter().find(|class| token.is(*class))
}

struct Finder<'a, 't> {
    tokens: &'a [Token<'t>],
    lexicon: &'a Lexicon,
}

/// The verb groups of `tokens`, in order.
pub(crate) fn groups(tokens: &[Token<'_>], lexicon: &Lexicon) -> Vec<Group> {
    let finder = Finder { tokens, lexicon };
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match finder.group(at, &found) {
            Some(group) => {
                at = group.at.end.max(at + 1);
                found.push(group);
            }
            None => at += 1,
        }
    }
    finder.participles(&mut found);
    for group in &mut found {
        finder.fill(group);
    }
    found
}

impl Finder<'_, '_> {
    fn low(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| token.low.as_str())
    }

    fn forms(&self, at: usize) -> &[(u32, Forms)] {
        match self.tokens.get(at) {
            Some(token) if token.word => self.lexicon.verb(&token.low),
            _ => &[],
        }
    }

    fn form(&self, at: usize, test: impl Fn(Forms) -> bool) -> Option<u32> {
        self.forms(at).iter().find(|(_, forms)| test(*forms)).map(|(id, _)| *id)
    }

    fn adverb(&self, at: usize) -> bool {
        let Some(token) = self.tokens.get(at) else { return false };
        token.word
            && !token.capital
            && (token.is(Class::Adverb)
                || token.is(Class::Not) && self.forms(at).is_empty() && modal(token).is_none()
                || token.low.len() > 4 && token.low.ends_with("ly") && self.forms(at).is_empty())
    }

    fn is(&self, at: usize, class: Class) -> bool {
        self.tokens.get(at).is_some_and(|token| token.is(class))
    }

    /// An unknown word with the ending of a regular past.
    fn looks_past(&self, at: usize) -> bool {
        let low = self.low(at);
        low.len() > 4
            && low.ends_with("ed")
            && !low.ends_with("eed")
            && !self.tokens[at].capital
            && self.forms(at).is_empty()
            && !low.contains('-')
    }

    fn looks_gerund(&self, at: usize) -> bool {
        let low = self.low(at);
        low.len() > 5 && low.ends_with("ing") && !self.tokens[at].capital && self.forms(at).is_empty()
    }

    /// Goes over adverbs (and commas around one: `did, however, become`).
    fn skip_adverbs(&self, mut at: usize) -> usize {
        loop {
            if self.adverb(at) {
                at += 1;
            } else if self.low(at) == "," && self.adverb(at + 1) && self.low(at + 2) == "," {
                at += 3;
            } else {
                return at;
            }
        }
    }

    fn negated(&self, range: Range<usize>) -> bool {
        range.into_iter().any(|at| self.is(at, Class::Not) || self.low(at) == "no")
    }

    fn group(&self, at: usize, before: &[Group]) -> Option<Group> {
        let token = &self.tokens[at];
        if !token.word {
            return None;
        }
        if token.is(Class::To) {
            let verb = self.skip_adverbs(at + 1);
            let be = self.is(verb, Class::Be) && self.low(verb) == "be";
            let have = self.low(verb) == "have";
            if be || have {
                let mut group = self.chain(verb, at)?;
                group.shape = Shape::Infinitive;
                return Some(group);
            }
            let lemma = self.form(verb, |forms| forms.base)?;
            if self.tokens[verb].capital {
                return None;
            }
            return Some(self.simple(at..verb + 1, verb, lemma, Shape::Infinitive, Tense::Present));
        }
        let auxiliary =
            modal(token).is_some() || token.is(Class::Be) || token.is(Class::Have) || token.is(Class::Do);
        if auxiliary {
            // `the will of`, `a can`: nouns.
            if at > 0
                && (self.is(at - 1, Class::Determiner) || self.is(at - 1, Class::Possessive))
                && matches!(token.low.as_str(), "will" | "can" | "must" | "might" | "being" | "doing")
                && !self.is(at - 1, Class::Both)
                && !matches!(
                    self.low(at - 1),
                    "that"
                        | "this"
                        | "each"
                        | "some"
                        | "all"
                        | "both"
                        | "many"
                        | "few"
                        | "neither"
                        | "either"
                        | "most"
                        | "several"
                        | "these"
                        | "those"
                        | "another"
                        | "half"
                        | "her"
                )
            {
                return None;
            }
            return self.chain(at, at);
        }
        self.plain(at, before)
    }

    /// A group that begins with auxiliaries.
    fn chain(&self, first: usize, from: usize) -> Option<Group> {
        let mut at = first;
        let mut group = self.simple(from..first + 1, first, 0, Shape::Finite, Tense::Present);
        let mut last_be;
        let mut last_have = false;
        let mut steps = 0;
        loop {
            let token = self.tokens.get(at)?;
            steps += 1;
            if let Some(class) = modal(token).filter(|_| group.modal.is_none() && steps == 1) {
                group.modal = Some(class);
                if class == Class::Will {
                    group.tense = Tense::Future;
                }
                if matches!(self.low(at), "could" | "would" | "might") {
                    group.tense = Tense::Past;
                }
                (last_be, last_have) = (false, false);
            } else if token.is(Class::Be) {
                if steps == 1 {
                    group.tense = if matches!(self.low(at), "was" | "were" | "wasn't" | "weren't") {
                        Tense::Past
                    } else {
                        Tense::Present
                    };
                    match self.low(at) {
                        "being" => group.shape = Shape::Gerund,
                        "been" => group.shape = Shape::Participle,
                        "be" if from == at => group.shape = Shape::Finite,
                        _ => {}
                    }
                }
                group.perfect |= last_have && self.low(at) == "been";
                group.head = at;
                (last_be, last_have) = (true, false);
            } else if token.is(Class::Have) {
                if steps == 1 {
                    group.tense = if token.low == "had" { Tense::Past } else { Tense::Present };
                    if token.low == "having" {
                        group.shape = Shape::Gerund;
                    }
                }
                group.head = at;
                (last_be, last_have) = (false, true);
            } else if token.is(Class::Do) {
                if steps == 1 {
                    group.tense =
                        if matches!(self.low(at), "did" | "didn't") { Tense::Past } else { Tense::Present };
                }
                group.head = at;
                (last_be, last_have) = (false, false);
            } else {
                break;
            }
            let next = self.skip_adverbs(at + 1);
            let follows = self.tokens.get(next).is_some_and(|token| {
                (token.is(Class::Be) && !last_be
                    || token.is(Class::Be) && matches!(token.low.as_str(), "being" | "been"))
                    && matches!(token.low.as_str(), "be" | "been" | "being")
                    || token.is(Class::Have) && group.modal.is_some() && token.low == "have"
                    || token.is(Class::Have) && last_have && token.low == "had"
                    || token.is(Class::Do)
                        && (token.low == "done" && (last_be || last_have)
                            || token.low == "do" && (group.modal.is_some() || !last_be && !last_have)
                            || token.low == "doing" && last_be)
            });
            if follows {
                at = next;
                continue;
            }
            // The verb itself.
            let verb = if last_be {
                self.form(next, |forms| forms.participle || forms.gerund)
                    .map(|id| (id, self.form(next, |forms| forms.participle).is_some()))
                    .or_else(|| self.looks_past(next).then_some((u32::MAX, true)))
                    .or_else(|| self.looks_gerund(next).then_some((u32::MAX, false)))
                    .filter(|_| !self.tokens[next].capital)
                    // `is working capital`: a gerund before a noun is rare; `was just`: no.
                    .filter(|(id, _)| {
                        !self.is(next, Class::Adjective)
                            && !(*id == u32::MAX
                                && (self.is(next, Class::Ready) || self.is(next, Class::Evaluation)))
                    })
            } else if last_have {
                self.form(next, |forms| forms.participle)
                    .map(|id| (id, false))
                    .or_else(|| self.looks_past(next).then_some((u32::MAX, false)))
            } else {
                self.form(next, |forms| forms.base).map(|id| (id, false))
            };
            group.negated = self.negated(from..next);
            if let Some((lemma, passive)) = verb {
                group.perfect |= last_have;
                group.passive = last_be && passive;
                group.head = next;
                group.lemma = lemma;
                group.at = from..next + 1;
                return Some(group);
            }
            // Inversion: `Should the dispute last`, `did the presidents agree`.
            let first_aux = steps == 1 && from == first;
            if first_aux
                && self.invertible(first)
                && let Some((subject, verb, lemma, passive)) = self.inversion(first, last_be, last_have)
            {
                group.inverted = Some(subject);
                group.head = verb;
                group.lemma = lemma;
                group.passive = passive;
                group.at = from..first + 1;
                return Some(group);
            }
            let head = group.head;
            group.at = from..(head + 1).max(first + 1);
            group.negated = self.negated(from..next);
            group.copula = last_be;
            let base = self.low(head);
            group.lemma = self.form(head, |_| true).unwrap_or(u32::MAX);
            if group.modal.is_some() && head == first && !last_be && !last_have {
                // A modal alone: `as the treaty would`.
                group.lemma = u32::MAX;
            }
            if base.is_empty() {
                return None;
            }
            return Some(group);
        }
        None
    }

    fn invertible(&self, first: usize) -> bool {
        let before = first.checked_sub(1);
        before.is_none_or(|at| {
            let token = &self.tokens[at];
            !token.word
                || token.is(Class::Question)
                || token.is(Class::And)
                || token.is(Class::But)
                || matches!(
                    token.low.as_str(),
                    "a" | "q" | "nor" | "neither" | "never" | "only" | "exactly" | "so"
                )
                || self.low(0) == "what"
                || self.low(0) == "why"
                || self.low(0) == "how"
        })
    }

    /// Subject and verb after an auxiliary that stands first.
    fn inversion(&self, first: usize, be: bool, have: bool) -> Option<(Range<usize>, usize, u32, bool)> {
        let start = first + 1;
        for at in start + 1..self.tokens.len().min(start + 12) {
            if self.tokens[at].parts() {
                break;
            }
            let found = if be {
                if self.is(at, Class::To) {
                    self.form(at + 1, |forms| forms.base).map(|id| (at, at + 1, id, false))
                } else {
                    self.form(at, |forms| forms.participle || forms.gerund)
                        .filter(|_| !self.tokens[at].capital)
                        .map(|id| (at, at, id, self.form(at, |forms| forms.participle).is_some()))
                }
            } else if have {
                self.form(at, |forms| forms.participle).map(|id| (at, at, id, false))
            } else {
                self.form(at, |forms| forms.base).filter(|_| !self.nominal(at)).map(|id| (at, at, id, false))
            };
            if let Some((end, verb, lemma, passive)) = found {
                return Some((start..end, verb, lemma, passive));
            }
        }
        None
    }

    /// A word that its neighbours make a noun.
    fn nominal(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return false };
        let token = &self.tokens[before];
        token.is(Class::Determiner)
            || token.is(Class::Possessive) && !matches!(token.low.as_str(), "her")
            || token.is(Class::Adjective)
            || token.low == "'s"
            || token.number()
            || token.is(Class::Preposition) && !token.is(Class::To) && !matches!(token.low.as_str(), "than")
    }

    /// A finite form, gerund or participle without auxiliary.
    fn plain(&self, at: usize, before: &[Group]) -> Option<Group> {
        let token = &self.tokens[at];
        if token.capital && at > 0 && !self.tokens[at - 1].quote_mark() {
            return None;
        }
        let connective = token.is(Class::If)
            && (at == 0
                || !self.tokens[at - 1].word
                || self.is(at - 1, Class::And)
                || self.is(at - 1, Class::But))
            && self.tokens.get(at + 1).is_some_and(|next| next.word);
        if connective {
            return None;
        }
        let unknown_past = self.looks_past(at);
        if self.forms(at).is_empty() && !unknown_past {
            return None;
        }
        let past = unknown_past || self.form(at, |forms| forms.past).is_some();
        let participle = unknown_past || self.form(at, |forms| forms.participle).is_some();
        let third = self.form(at, |forms| forms.third);
        let base = self.form(at, |forms| forms.base);
        let gerund = self.form(at, |forms| forms.gerund);
        let nominal = self.nominal(at);
        let mut previous = at.checked_sub(1);
        while let Some(one) = previous {
            if self.adverb(one) { previous = one.checked_sub(1) } else { break }
        }
        let previous_token = previous.map(|one| &self.tokens[one]);
        let next = self.tokens.get(at + 1);
        if past && !(base.is_some() && nominal) {
            // `the indicted man`: before a noun.
            let attributive = nominal
                && next.is_some_and(|next| {
                    next.word
                        && !next.is(Class::Preposition)
                        && !next.is(Class::Adverb)
                        && !next.is(Class::That)
                        && !next.is(Class::To)
                        && !next.is(Class::Determiner)
                });
            let pronominal = previous_token.is_some_and(|token| {
                token.is(Class::Determiner)
                    && matches!(
                        token.low.as_str(),
                        "that"
                            | "this"
                            | "both"
                            | "few"
                            | "many"
                            | "some"
                            | "all"
                            | "several"
                            | "most"
                            | "neither"
                            | "either"
                            | "each"
                            | "these"
                            | "those"
                            | "half"
                    )
                    || token.number()
            });
            if attributive && !pronominal {
                return None;
            }
            if nominal && !pronominal && self.is(at.saturating_sub(1), Class::Preposition) {
                return None;
            }
            // `One party split`, base equal to past (cut, put, let, hit) counts as past.
            let lemma = self
                .form(at, |forms| forms.past)
                .or_else(|| self.form(at, |forms| forms.participle))
                .unwrap_or(u32::MAX);
            return Some(self.simple(at..at + 1, at, lemma, Shape::Finite, Tense::Past));
        }
        if participle && !past {
            if nominal && next.is_some_and(|next| next.word && !next.is(Class::Preposition)) {
                return None;
            }
            let lemma = self.form(at, |forms| forms.participle).unwrap_or(u32::MAX);
            return Some(self.simple(at..at + 1, at, lemma, Shape::Participle, Tense::Past));
        }
        if let Some(lemma) = gerund {
            if nominal && !self.is(at - 1, Class::Preposition) {
                return None;
            }
            return Some(self.simple(at..at + 1, at, lemma, Shape::Gerund, Tense::Present));
        }
        let noun = token.is(Class::Noun)
            || token.is(Class::Track)
            || token.is(Class::Document)
            || token.is(Class::Group);
        let starts_object = next.is_some_and(|next| {
            next.is(Class::Determiner)
                || next.is(Class::Possessive)
                || next.is(Class::Object)
                || next.is(Class::That)
                || next.is(Class::To)
                || next.is(Class::Subject)
                || next.capital
                || next.is(Class::Whether)
                || next.is(Class::If)
                || next.is(Class::Adjective) && token_before_is_name(self.tokens, at)
        });
        let ends = next.is_none_or(|next| next.parts());
        // Right behind a verb stands no other finite verb.
        let behind_verb = before
            .last()
            .is_some_and(|last| last.at.end == at && last.shape == Shape::Finite && !last.copula);
        if behind_verb && (third.is_some() || base.is_some()) && !past {
            return None;
        }
        if let Some(lemma) = third {
            if nominal {
                let pronominal =
                    matches!(self.low(at - 1), "that" | "this" | "each" | "neither" | "either" | "another");
                if !pronominal {
                    return None;
                }
            }
            let noun_before = previous_token.is_some_and(|token| {
                token.word && !token.is(Class::Preposition) && !token.is(Class::Determiner)
                    || token.text == ","
                    || token.quote_mark()
                    || token.text == ")"
            });
            if !noun_before {
                return None;
            }
            let plural_before = previous_token.is_some_and(|token| plural(token) && !token.capital);
            // `Russia needs longstanding …`: right behind a name, and before what is no verb.
            let named = token_before_is_name(self.tokens, at)
                && next.is_some_and(|next| {
                    next.word
                        && !next.is(Class::Noun)
                        && !next.is(Class::Be)
                        && !next.is(Class::Have)
                        && self.form(at + 1, |forms| forms.past || forms.third).is_none()
                        && modal(next).is_none()
                });
            let verbal = named
                || starts_object
                || self.is(at + 1, Class::Adverb)
                || next.is_some_and(|next| next.is(Class::Preposition));
            if noun && (plural_before || !verbal) && !self.pronoun(previous) {
                return None;
            }
            // A name before and the end after: `Britain votes.`
            return Some(self.simple(at..at + 1, at, lemma, Shape::Finite, Tense::Present));
        }
        if let Some(lemma) = base {
            if nominal || self.tokens[at].capital && at > 0 {
                return None;
            }
            let subject = previous_token.is_some_and(|token| plural(token) || self.pronoun(previous))
                || previous.is_some_and(|one| self.coordinated(one));
            // `Farmers in the zone fear that`: a plural head before a preposition.
            let headed =
                (starts_object || next.is_some_and(|next| next.is(Class::Preposition) || next.parts())) && {
                    let mut seen = false;
                    let mut head = false;
                    for one in (0..at).rev().take(9) {
                        let token = &self.tokens[one];
                        if token.parts()
                            || token.is(Class::And)
                            || before
                                .iter()
                                .any(|group| group.at.contains(&one) && group.shape == Shape::Finite)
                        {
                            break;
                        }
                        if token.is(Class::Preposition) {
                            seen = true;
                        } else if seen && plural(token) && !token.capital || seen && plural(token) && one == 0
                        {
                            head = true;
                        }
                    }
                    let free = before.last().is_none_or(|last| {
                        last.shape != Shape::Finite
                            || crate::token::part(self.tokens, last.head + 1..at).iter().any(Token::parts)
                    });
                    head && free && !self.is(at - 1, Class::Preposition)
                };
            let subject = subject || headed && at > 0;
            let imperative = at == 0 || previous_token.is_some_and(|token| token.quote_mark());
            let after_and = previous_token.is_some_and(|token| token.is(Class::And) || token.is(Class::But))
                && before.last().is_some_and(|group| group.tense == Tense::Present && group.end() < at);
            let let_him = previous.is_some_and(|one| self.is(one, Class::Object))
                && before.last().is_some_and(|group| self.is(group.head, Class::Let));
            // The subjunctive: `demanded that any text include`.
            let subjunctive = before.last().is_some_and(|group| {
                crate::token::part(self.tokens, group.end()..at)
                    .iter()
                    .take(2)
                    .any(|token| token.is(Class::That))
                    && !crate::token::part(self.tokens, group.end()..at).iter().any(Token::parts)
            }) && !noun;
            if !(subject || imperative || after_and || let_him || subjunctive) {
                return None;
            }
            if noun
                && !(starts_object
                    || ends && self.pronoun(previous)
                    || self.adverb(at + 1)
                    || next.is_some_and(|next| next.is(Class::Preposition)) && subject
                    || ends && subject && !imperative)
            {
                return None;
            }
            if (noun || token.is(Class::Adjective) || token.is(Class::Adverb) || token.is(Class::Hedge))
                && imperative
            {
                return None;
            }
            // `back from`, `last month`: a verb only before its object or right behind a pronoun.
            let other = token.is(Class::Adverb)
                || token.is(Class::Adjective)
                || token.is(Class::Preposition)
                || token.is(Class::Evaluation);
            if other
                && !(self.pronoun(previous) && previous.is_some_and(|one| one + 1 == at))
                && !(starts_object
                    && previous.is_some_and(|one| one + 1 == at)
                    && !token.is(Class::Preposition))
            {
                return None;
            }
            // A first word before another verb is no command: `Begin insisted`.
            if at == 0
                && (token.capital
                    && next.is_some_and(|next| {
                        next.is(Class::Be)
                            || next.is(Class::Have)
                            || modal(next).is_some()
                            || self.form(1, |forms| forms.past || forms.third).is_some()
                            || !next.word
                    }))
            {
                return None;
            }
            let mut group = self.simple(at..at + 1, at, lemma, Shape::Finite, Tense::Present);
            if after_and
                && !subject
                && let Some(last) = before.last()
            {
                group.shape = if last.shape == Shape::Finite && last.modal.is_none() {
                    Shape::Finite
                } else {
                    last.shape
                };
                group.modal = last.modal;
                group.tense = last.tense;
                group.negated = self.negated(last.end()..at);
            }
            return Some(group);
        }
        None
    }

    fn pronoun(&self, at: Option<usize>) -> bool {
        at.is_some_and(|at| {
            matches!(
                self.low(at),
                "i" | "you" | "we" | "they" | "he" | "she" | "it" | "who" | "which" | "that"
            )
        })
    }

    /// `Washington and Tehran`, as a plural subject.
    fn coordinated(&self, at: usize) -> bool {
        let mut one = at;
        if !self.tokens[one].capital {
            return false;
        }
        while one > 0 && self.tokens[one].capital {
            one -= 1;
        }
        self.is(one, Class::And) && one > 0
    }

    fn simple(&self, at: Range<usize>, head: usize, lemma: u32, shape: Shape, tense: Tense) -> Group {
        let from = at.start;
        let mut before = from;
        while before > 0 && self.adverb(before - 1) {
            before -= 1;
        }
        Group {
            negated: self.negated(before..head),
            at,
            head,
            lemma,
            shape,
            tense,
            modal: None,
            perfect: false,
            passive: false,
            copula: false,
            classes: Classes::default(),
            tail: 0,
            inverted: None,
        }
    }

    /// Past forms that are participles after all.
    fn participles(&self, found: &mut [Group]) {
        for one in 0..found.len() {
            let group = &found[one];
            let bare = group.shape == Shape::Finite
                && group.tense == Tense::Past
                && group.at.len() == 1
                && group.modal.is_none()
                && !group.copula
                && (self.form(group.head, |forms| forms.participle).is_some() || self.looks_past(group.head));
            if !bare {
                continue;
            }
            let at = group.head;
            let noun_before = at > 0 && self.tokens[at - 1].word && !self.pronoun(Some(at - 1));
            if at == 0 || (self.tokens[at - 1].text == "," && !self.subject_before_comma(at - 1, found, one))
            {
                // `Asked about it, he …`
                let next = self.low(at + 1);
                if at == 0 || matches!(next, "by" | "with" | "in" | "on" | "at" | "from" | "as" | "near") {
                    found[one].shape = Shape::Participle;
                    continue;
                }
            }
            if !noun_before {
                continue;
            }
            let next_by = self.is(at + 1, Class::By);
            let clause_open = |from: usize, to: usize| {
                crate::token::part(self.tokens, from..to).iter().any(|token| {
                    token.parts()
                        || token.is(Class::And)
                        || token.is(Class::But)
                        || token.is(Class::Relative)
                        || token.is(Class::That)
                        || token.is(Class::If)
                        || token.is(Class::Because)
                        || token.is(Class::Once)
                        || token.is(Class::Unless)
                        || token.is(Class::Until)
                        || token.is(Class::After)
                        || token.is(Class::Whether)
                        || token.is(Class::Question)
                })
            };
            let mut later = found[one + 1..].iter().filter(|group| group.shape == Shape::Finite);
            let verb_follows = later.next().is_some_and(|next| {
                let same = !clause_open(at + 1, next.at.start);
                let complement = self.takes_clause(found[one].lemma) && next.at.start > at + 2;
                let unmistakable = next.modal.is_some()
                    || self.is(next.at.start, Class::Be)
                    || self.is(next.at.start, Class::Have)
                    || self.is(next.at.start, Class::Do)
                    || next.tense == Tense::Present
                    || self.form(next.head, |forms| forms.past && !forms.participle).is_some();
                same && unmistakable && !complement && next.inverted.is_none()
            });
            let verb_before =
                found[..one].iter().rev().find(|group| group.shape == Shape::Finite).is_some_and(|last| {
                    !clause_open(last.head + 1, at) && last.head + 1 < at && !self.takes_clause(last.lemma)
                });
            let infinitive_before = one > 0
                && matches!(found[one - 1].shape, Shape::Infinitive | Shape::Gerund)
                && !clause_open(found[one - 1].head + 1, at)
                && found[one - 1].head + 1 < at
                && found[..one].iter().any(|group| {
                    group.shape == Shape::Finite && !clause_open(group.head + 1, found[one - 1].at.start)
                });
            if next_by || verb_follows || verb_before || infinitive_before {
                found[one].shape = Shape::Participle;
            }
        }
    }

    fn subject_before_comma(&self, comma: usize, found: &[Group], one: usize) -> bool {
        // No finite verb stands before it in the sentence part: then it is the main verb.
        !found[..one].iter().any(|group| {
            group.shape == Shape::Finite && group.head < comma && {
                !crate::token::part(self.tokens, ..group.at.start)
                    .iter()
                    .rev()
                    .take(8)
                    .any(|token| token.is(Class::Relative))
            }
        })
    }

    fn takes_clause(&self, lemma: u32) -> bool {
        let (classes, _) = self.lexicon.verbal(lemma, &[]);
        classes.any(&[
            Class::Say,
            Class::Judge,
            Class::Hope,
            Class::Fear,
            Class::Warn,
            Class::Promise,
            Class::Demand,
            Class::Insist,
            Class::Predict,
            Class::Expect,
            Class::Deny,
            Class::Offer,
            Class::Seem,
        ])
    }

    /// Reads what the group does.
    fn fill(&self, group: &mut Group) {
        let after: Vec<&str> = crate::token::part(self.tokens, group.head + 1..)
            .iter()
            .take(8)
            .map(|token| token.low.as_str())
            .collect();
        let (classes, tail) = self.lexicon.verbal(group.lemma, &after);
        group.classes = classes;
        group.tail = tail;
        if (group.copula || group.lemma == u32::MAX && self.is(group.head, Class::Be))
            && let Some(be) = self.form(group.head, |_| true)
        {
            let (mut classes, mut tail) = self.lexicon.verbal(be, &after);
            // `is to sign`, not `has been to Paris`.
            let to_be = tail == 1 && after.first() == Some(&"to");
            if to_be
                && (group.perfect
                    || self.form(group.head + 2, |forms| forms.base).is_none()
                        && self.low(group.head + 2) != "be"
                        && self.low(group.head + 2) != "have")
            {
                (classes, tail) = self.lexicon.verbal(be, &[]);
            }
            group.classes = classes;
            group.tail = tail;
        }
    }
}

fn token_before_is_name(tokens: &[Token<'_>], at: usize) -> bool {
    at.checked_sub(1).is_some_and(|one| tokens[one].capital && tokens[one].word)
}

/// A word that is a plural by its form.
pub(crate) fn plural(token: &Token<'_>) -> bool {
    token.word
        && (token.is(Class::Plural)
            || token.low.len() > 3
                && token.low.ends_with('s')
                && !token.low.ends_with("ss")
                && !token.low.ends_with("us")
                && !token.low.ends_with("is")
                && !token.low.ends_with("'s"))
}
