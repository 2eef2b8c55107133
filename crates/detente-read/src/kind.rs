//! What a claim does: fact, statement, hope, …
//!
//! # Definition
//! Speech acts win over everything, in the order denial, threat, promise, offer, demand. Else the first
//! main clause decides: under a condition it is conditional; a verb of wanting makes a hope, a calendar
//! an expectation, an unscheduled future a prediction; a judgement an assessment. What is left is a
//! statement of whoever says it, or, by the author, a fact where something dated, counted, voted or done
//! is reported.
//!
//! Complexity: linear in the words of a sentence.

use std::ops::Range;

use crate::clause::Role;
use crate::date::Found;
use crate::holder::{Claim, Held, Reader};
use crate::lexicon::Class;
use crate::proposal::{ClaimKind, Grade};
use crate::verbs::{Group, Tense};

/// A claim with what it does.
#[derive(Clone, Debug)]
pub(crate) struct Judged {
    pub(crate) kind: ClaimKind,
    pub(crate) chain: Vec<Held>,
    /// The tokens that show it.
    pub(crate) cue: Range<usize>,
    pub(crate) rule: &'static str,
    pub(crate) grade: Grade,
    pub(crate) claim: Claim,
}

pub(crate) struct Judge<'a, 'b, 't> {
    pub(crate) reader: &'a Reader<'b, 't>,
    pub(crate) dates: &'a [Found],
    /// The date of the text.
    pub(crate) as_of: Option<jiff::civil::Date>,
    /// A document's terms are being told.
    pub(crate) terms: bool,
}

type Verdict = (ClaimKind, Range<usize>, &'static str, Grade);

impl Judge<'_, '_, '_> {
    fn words(&self, group: &Group) -> Range<usize> {
        group.at.start..group.end().min(self.reader.sentence.tokens.len())
    }

    /// Whether a phrase of a class begins within the tokens; where.
    pub(crate) fn phrase(&self, within: Range<usize>, class: Class) -> Option<Range<usize>> {
        let sentence = self.reader.sentence;
        for at in within.clone() {
            let lows: Vec<&str> = crate::token::part(&sentence.tokens, at..)
                .iter()
                .take(7)
                .map(|token| token.low.as_str())
                .collect();
            let (first, after) = lows.split_first()?;
            let found = self
                .reader
                .lexicon
                .phrases(first, after)
                .filter(|(found, _)| *found == class)
                .map(|(_, length)| length)
                .max();
            if let Some(length) = found {
                return Some(at..(at + length).min(sentence.tokens.len()));
            }
        }
        None
    }

    /// Judges a claim.
    pub(crate) fn judge(&self, claim: Claim) -> Judged {
        let (kind, cue, rule, grade) = self.verdict(&claim);
        let mut chain = claim.chain.clone();
        // Who asks is who writes, unless the question is quoted or answered.
        let quoted = self.reader.sentence.tokens.first().is_some_and(|token| token.quoted);
        if rule == "kind-question" && !quoted && !self.reader.context.answering {
            chain.clear();
        }
        Judged { kind, chain, cue, rule, grade, claim }
    }

    fn verdict(&self, claim: &Claim) -> Verdict {
        let tokens = &self.reader.sentence.tokens;
        let question = tokens.iter().rev().take(2).any(|token| token.text == "?");
        let plainly = claim.chain.is_empty()
            || self.reader.context.answering
            || tokens.first().is_some_and(|token| token.quoted);
        if question && (plainly || self.reader.sentence.passing.is_none()) {
            return (ClaimKind::Assessment, 0..1, "kind-question", Grade::Strong);
        }
        if let Some(attitude) = claim.attitude
            && let Some(found) = self.attitude(claim, attitude)
        {
            return found;
        }
        match claim.content.or(claim.main) {
            Some(clause) => self.plain(claim, clause),
            None => {
                let kind = if claim.chain.is_empty() { ClaimKind::Assessment } else { ClaimKind::Statement };
                (kind, 0..1.min(self.reader.sentence.tokens.len()), "kind-verbless", Grade::Weak)
            }
        }
    }

    /// What a verb of saying or attitude makes of the claim; `None` for what is only said.
    fn attitude(&self, claim: &Claim, number: usize) -> Option<Verdict> {
        let sentence = self.reader.sentence;
        let group = &sentence.groups[number];
        let cue = self.words(group);
        let end = group.end();
        let clause = sentence.clause_of(number);
        let stop = clause.map_or(sentence.tokens.len(), |clause| sentence.clauses[clause].end);
        let low = |at: usize| sentence.low(at);
        let content = claim.content.filter(|content| Some(*content) != clause);
        let content_group = content.map(|content| sentence.group(&sentence.clauses[content]));
        let future = content_group.is_some_and(|group| {
            group.modal.is_some_and(|modal| {
                matches!(modal, Class::Will | Class::Would | Class::May | Class::Might | Class::Could)
            }) && !group.perfect
                && !crate::token::part(&sentence.tokens, group.at.clone())
                    .iter()
                    .any(|token| token.low == "rather")
                && !group.does(Class::Hope)
        });
        let done = |kind, rule| Some((kind, cue.clone(), rule, Grade::Strong));
        // In a quotation, what the speaker once asked or said is told, not done.
        let told = clause.is_some_and(|clause| {
            let subject = &sentence.clauses[clause].subject;
            sentence.tokens.get(subject.start).is_some_and(|token| token.is(Class::I) || token.is(Class::We))
                && group.tense == Tense::Past
                && sentence.tokens[group.head].quoted
        });
        if told {
            return done(ClaimKind::Statement, "kind-told");
        }
        if group.does(Class::Refuse) && !group.classes.any(&[Class::Deny, Class::Threaten, Class::Say]) {
            return done(ClaimKind::Statement, "kind-refused");
        }
        if group.does(Class::Deny) && !group.negated {
            return done(ClaimKind::Denial, "kind-denial");
        }
        if group.does(Class::DenyCharge) && sentence.find(end..stop.min(end + 6), Class::Charge).is_some() {
            return done(ClaimKind::Denial, "kind-denial-charge");
        }
        if group.does(Class::Threaten) && !group.negated {
            return done(ClaimKind::Threat, "kind-threat");
        }
        if group.does(Class::Vow) {
            let inside = sentence.groups.iter().any(|other| {
                other.head > group.head && other.head < stop && (other.classes.any(&HURTS) || other.negated)
            });
            return done(if inside { ClaimKind::Threat } else { ClaimKind::Promise }, "kind-vow");
        }
        if group.does(Class::Warn) && !group.negated {
            // Warned somebody of what the speaker will do; else what may happen.
            let next = sentence.tokens.get(end);
            let addressed = next.is_some_and(|token| token.capital || token.is(Class::Object));
            let own = content.is_some_and(|content| {
                let clause = &sentence.clauses[content];
                let subject = self.reader.who(&clause.subject);
                subject.is_some() && subject.as_ref() == claim.chain.first()
                    || clause.subject.len() == 1
                        && sentence.tokens[clause.subject.start].classes.any(&[
                            Class::They,
                            Class::It,
                            Class::He,
                        ])
                        && subject.as_ref() == claim.chain.first()
            });
            let against = low(end) == "against"
                || crate::token::part(&sentence.tokens, end.min(sentence.tokens.len())..stop)
                    .iter()
                    .take(4)
                    .any(|token| token.low == "against")
                || low(end) == "not";
            if against {
                return done(ClaimKind::Demand, "kind-warn-against");
            }
            if own || addressed {
                return done(ClaimKind::Threat, "kind-warn");
            }
            return done(ClaimKind::Prediction, "kind-warn-that");
        }
        let commits = group.does(Class::Commit) && group.tense == Tense::Present && !group.perfect;
        if (group.does(Class::Promise) || commits) && !group.negated {
            return done(ClaimKind::Promise, "kind-promise");
        }
        if group.does(Class::Offer) && !group.negated {
            return done(ClaimKind::Offer, "kind-offer");
        }
        if group.does(Class::Demand) && !group.negated {
            return done(ClaimKind::Demand, "kind-demand");
        }
        if group.does(Class::Insist) {
            let subjunctive = content.is_some_and(|content| {
                let group = sentence.group(&sentence.clauses[content]);
                let bare = group.modal.is_none()
                    && (low(group.at.start) == "be" || {
                        let singular = !crate::verbs::plural(
                            &sentence.tokens[sentence.clauses[content].subject.end.saturating_sub(1)],
                        ) && !sentence.tokens[sentence.clauses[content].subject.start]
                            .is(Class::They);
                        group.tense == Tense::Present
                            && !group.copula
                            && group.at.len() == 1
                            && singular
                            && !sentence.low(group.head).ends_with('s')
                    });
                bare || group.modal == Some(Class::Must)
            });
            if subjunctive {
                return done(ClaimKind::Demand, "kind-insist");
            }
            return None;
        }
        if crate::token::part(&sentence.tokens, group.at.clone()).iter().any(|token| token.low == "rather")
            || group.does(Class::Hope)
            || group.does(Class::Fear)
            || group.does(Class::Rather)
        {
            return done(ClaimKind::Hope, "kind-hope");
        }
        if group.does(Class::Predict) {
            return done(ClaimKind::Prediction, "kind-predict");
        }
        if group.does(Class::Judge) || group.does(Class::Doubt) {
            if let Some(content) = content {
                if let Some(condition) = self.condition(content) {
                    return Some((ClaimKind::Conditional, condition, "kind-judge-condition", Grade::Strong));
                }
                if future && !group.does(Class::Doubt) {
                    return Some((ClaimKind::Prediction, cue, "kind-judge-future", Grade::Strong));
                }
                let should = content_group.is_some_and(|group| {
                    matches!(group.modal, Some(Class::Must | Class::Should)) && !group.perfect
                });
                if should {
                    return Some((ClaimKind::Demand, cue, "kind-judge-must", Grade::Weak));
                }
            }
            let only_said = group.does(Class::Say) && content.is_some();
            if !only_said {
                return done(ClaimKind::Assessment, "kind-judge");
            }
        }
        if group.does(Class::Name) {
            return done(ClaimKind::Assessment, "kind-name");
        }
        if content.is_some() {
            return None;
        }
        // `said to be`, `accused X of`, `spoke of`, quotations.
        if group.classes.any(&[Class::Accuse, Class::React, Class::SpeakOf, Class::DenyCharge]) {
            return done(ClaimKind::Statement, "kind-said-of");
        }
        let quoted = sentence.tokens.iter().any(|token| token.quoted);
        if group.does(Class::Say) && !quoted {
            return done(ClaimKind::Statement, "kind-said");
        }
        None
    }

    /// The words that put the clause under a condition.
    pub(crate) fn condition(&self, number: usize) -> Option<Range<usize>> {
        let sentence = self.reader.sentence;
        let clause = &sentence.clauses[number];
        // A conditional clause that stands right before it, or right behind.
        for (at, other) in sentence.clauses.iter().enumerate() {
            let Role::Condition(class) = other.role else { continue };
            if class == Class::After {
                continue;
            }
            // What was once done is told, not set.
            let here = sentence.group(clause);
            if here.tense == Tense::Past
                && here.modal.is_none()
                && !here.perfect
                && !here.negated
                && !other.opener.is_empty()
                && !matches!(class, Class::OnlyIf | Class::Unless)
                && at > number
            {
                continue;
            }
            let joins = |one: &crate::clause::Clause| one.shared && one.role == clause.role;
            let before = at < number
                && crate::token::part(&sentence.clauses, at + 1..=number)
                    .iter()
                    .all(|one| !matches!(one.role, Role::Main) || one.group == clause.group || joins(one))
                && !crate::token::part(&sentence.tokens, other.start..clause.start.max(other.start))
                    .iter()
                    .any(|token| token.text == ";" || token.text == ":");
            let behind = at > number
                && crate::token::part(&sentence.clauses, number + 1..at)
                    .iter()
                    .all(|one| !matches!(one.role, Role::Main))
                && !crate::token::part(&sentence.tokens, clause.start..other.start)
                    .iter()
                    .any(|token| token.text == ";" || token.text == ":");
            if before || behind {
                if class == Class::Until {
                    let group = sentence.group(clause);
                    let waits = group.negated
                        || self
                            .reader
                            .sentence
                            .tokens
                            .get(clause.subject.start)
                            .is_some_and(|token| token.is(Class::Nobody));
                    if !waits {
                        continue;
                    }
                }
                return Some(other.opener.clone());
            }
        }
        // `Without X, Y`; `Y without X`: with what is not so.
        let group = sentence.group(clause);
        let hangs = group.modal.is_some()
            || group.negated
            || crate::token::part(&sentence.tokens, group.at.start..clause.end.min(sentence.tokens.len()))
                .iter()
                .take(4)
                .any(|token| token.is(Class::Nobody) || token.low == "no");
        let without = (0..sentence.tokens.len()).find(|at| {
            sentence.tokens[*at].is(Class::Without)
                && (*at == 0
                    || !sentence.tokens[at - 1].word
                    || sentence.tokens[at - 1].quote_mark()
                    || sentence.tokens[at - 1].is(Class::That)
                    || sentence.tokens[at - 1].is(Class::But)
                    || sentence.tokens[at - 1].is(Class::And))
        });
        if let Some(at) = without.filter(|at| hangs && *at < group.at.start) {
            return Some(at..at + 1);
        }
        None
    }

    /// What a clause says without a verb of attitude above it.
    fn plain(&self, claim: &Claim, number: usize) -> Verdict {
        let reader = self.reader;
        let sentence = reader.sentence;
        let clause = &sentence.clauses[number];
        let group = sentence.group(clause);
        let cue = self.words(group);
        let attributed = !claim.chain.is_empty();
        let interview = attributed && reader.context.answering && claim.chain.len() == 1;
        let tokens = &sentence.tokens;
        let whole = 0..tokens.len();
        let range = clause.start..clause.end.min(tokens.len());
        let question = tokens.iter().rev().take(2).any(|token| token.text == "?");
        if question && (!attributed || interview || tokens[0].quoted) {
            return (ClaimKind::Assessment, cue, "kind-question", Grade::Strong);
        }
        let author_view = !attributed || interview;
        // An author's own view: `in our view`, `I think that`.
        let view = self.phrase(whole.clone(), Class::Author);
        if author_view && let Some(first) = sentence.clauses.first().filter(|_| number <= 1) {
            let first_group = sentence.group(first);
            let first_person = tokens
                .get(first.subject.start)
                .is_some_and(|token| token.is(Class::I) || token.is(Class::We));
            if first_person
                && first_group.classes.any(&[Class::Hope, Class::Fear, Class::Rather])
                && first_group.modal.is_none_or(|modal| modal == Class::Would)
            {
                return (ClaimKind::Hope, self.words(first_group), "kind-i-hope", Grade::Strong);
            }
        }
        // Their own act: `said he would sign`.
        if attributed && !interview {
            let subject = reader.who(&clause.subject);
            let pronoun = clause.subject.len() == 1
                && tokens[clause.subject.start].classes.any(&[
                    Class::He,
                    Class::It,
                    Class::They,
                    Class::I,
                    Class::We,
                ]);
            let own = pronoun
                && (subject.as_ref() == claim.chain.first()
                    || tokens[clause.subject.start].classes.any(&[Class::I, Class::We]))
                || self.own_side(claim, clause);
            let verbal = group.modal.is_some_and(|modal| matches!(modal, Class::Will | Class::Would))
                && !group.perfect;
            if own && verbal && !group.copula {
                if group.negated {
                    let costly = self.condition(number).is_some();
                    if costly {
                        return (ClaimKind::Threat, cue, "kind-own-refusal-if", Grade::Strong);
                    }
                    return (ClaimKind::Statement, cue, "kind-own-refusal", Grade::Strong);
                }
                let unless =
                    sentence.clauses.iter().any(|other| matches!(other.role, Role::Condition(Class::Unless)));
                if group.classes.any(&HURTS) || unless {
                    return (ClaimKind::Threat, cue, "kind-own-threat", Grade::Strong);
                }
                // A day that is set makes it a plan.
                if self.dates.iter().any(|date| date.from > group.head && self.is_ahead(date)) {
                    return (ClaimKind::Expectation, cue, "kind-own-plan", Grade::Weak);
                }
                return (ClaimKind::Promise, cue, "kind-own-promise", Grade::Strong);
            }
        }
        let ready = self
            .phrase(group.head..(group.head + 4).min(range.end), Class::Ready)
            .filter(|_| group.copula || group.lemma == u32::MAX);
        if let Some(ready) = ready.filter(|_| group.copula && !group.negated && self.offers(group)) {
            return (ClaimKind::Offer, ready, "kind-ready", Grade::Strong);
        }
        // Must, should, ought, let.
        if matches!(group.modal, Some(Class::Must | Class::Should)) && !group.perfect {
            let expects = group.does(Class::Expect);
            if expects {
                return (ClaimKind::Prediction, cue, "kind-should-expect", Grade::Strong);
            }
            let condition = self.condition(number);
            let terms = self.terms && !attributed;
            if condition.is_none() && !terms {
                return (ClaimKind::Demand, cue, "kind-must", Grade::Strong);
            }
        }
        if tokens.get(group.head).is_some_and(|token| token.is(Class::Let))
            && (group.head == 0 || tokens[group.head - 1].quote_mark())
        {
            return (ClaimKind::Demand, cue, "kind-let", Grade::Strong);
        }
        let must = self
            .phrase(group.at.start..(group.at.start + 2).min(range.end), Class::Must)
            .filter(|at| at.len() > 1);
        if let Some(must) =
            must.filter(|_| !self.terms && group.tense == Tense::Present && self.condition(number).is_none())
        {
            return (ClaimKind::Demand, must, "kind-must", Grade::Weak);
        }
        if let Some(condition) = self.condition(number) {
            return (ClaimKind::Conditional, condition, "kind-condition", Grade::Strong);
        }
        let likely = group.copula
            && self
                .phrase(group.head + 1..(group.head + 4).min(range.end), Class::Likely)
                .is_some_and(|at| at.start <= group.head + 2);
        if likely
            && group.modal.is_none()
            && !group.negated
            && sentence.groups.iter().any(|other| {
                other.shape == crate::verbs::Shape::Infinitive
                    && other.head > group.head
                    && other.head < group.head + 6
            })
        {
            return (ClaimKind::Prediction, cue, "kind-likely", Grade::Strong);
        }
        // Due, planned, on a calendar.
        let due = self.phrase(group.at.start..(group.end() + 2).min(range.end), Class::Due);
        let to_be = due.as_ref().is_some_and(|due| {
            due.len() == 2 && sentence.low(due.start + 1) == "to" && tokens[due.start].is(Class::Be)
        });
        if let Some(due) = due.filter(|due| {
            let infinitive = sentence
                .groups
                .iter()
                .any(|other| other.at.start == due.end - 1 || other.at.start == due.end);
            if to_be {
                infinitive
                    && group.copula
                    && !crate::token::part(tokens, group.head..due.end)
                        .iter()
                        .any(|token| token.is(Class::Adjective))
            } else {
                group.tense != Tense::Past || group.does(Class::Expect) || group.copula
            }
        }) && !(attributed && to_be && !interview)
        {
            return (ClaimKind::Expectation, due, "kind-due", Grade::Strong);
        }
        let first_person = clause.subject.len() == 1
            && tokens
                .get(clause.subject.start)
                .is_some_and(|token| token.is(Class::I) || token.is(Class::We));
        if group.does(Class::Expect) && first_person && !group.copula && group.modal.is_none() {
            return (ClaimKind::Expectation, cue, "kind-we-expect", Grade::Strong);
        }
        if group.does(Class::Expect)
            && (group.passive || group.copula)
            && !(attributed && !interview && group.copula)
        {
            return (ClaimKind::Expectation, cue, "kind-expected", Grade::Strong);
        }
        if group.does(Class::Expect) && attributed && !group.copula {
            return (ClaimKind::Expectation, cue, "kind-expects", Grade::Strong);
        }
        if group.does(Class::Plan) && !group.negated && group.modal.is_none() && !group.copula {
            return (ClaimKind::Expectation, cue, "kind-plan", Grade::Weak);
        }
        let ahead = self.dates.iter().any(|date| {
            date.from >= range.start.min(group.at.start) && date.to <= tokens.len() && self.is_ahead(date)
        });
        if group.modal == Some(Class::Will) && !group.negated {
            let scheduled = ahead && !group.classes.has(Class::State);
            let planned = group.passive
                && group.classes.any(&[Class::Mobilize, Class::Consult, Class::Agree])
                && !attributed;
            if (scheduled || planned) && self.phrase(range.clone(), Class::Hedge).is_none() {
                return (ClaimKind::Expectation, cue, "kind-will-on", Grade::Weak);
            }
        }
        if group.modal.is_none()
            && group.tense == Tense::Present
            && ahead
            && !group.copula
            && !group.perfect
            && !attributed
        {
            return (ClaimKind::Expectation, cue, "kind-calendar", Grade::Weak);
        }
        // Futures.
        let deontic = self.terms && !attributed;
        if let Some(modal) = group.modal {
            match modal {
                Class::Will | Class::Would | Class::May | Class::Might if !group.perfect => {
                    if tokens[group.at.start].low == "shall" && !attributed {
                        return (ClaimKind::Fact, cue, "kind-shall", Grade::Weak);
                    }
                    if deontic || self.counted(&range) && modal == Class::Would && !attributed {
                        return (ClaimKind::Fact, cue, "kind-term", Grade::Weak);
                    }
                    if modal == Class::May
                        && self.phrase(range.clone(), Class::Not).is_some()
                        && group.passive
                    {
                        return (ClaimKind::Fact, cue, "kind-may-not", Grade::Weak);
                    }
                    if author_view || modal != Class::Will && modal != Class::May || !self.terms {
                        return (ClaimKind::Prediction, cue, "kind-future", Grade::Strong);
                    }
                }
                Class::Can | Class::Could | Class::Might | Class::May => {
                    if group.passive && modal == Class::Could && attributed {
                        return (ClaimKind::Prediction, cue, "kind-could-be", Grade::Weak);
                    }
                    if author_view {
                        return (ClaimKind::Assessment, cue, "kind-can", Grade::Strong);
                    }
                    if modal == Class::Could
                        && !group.negated
                        && !crate::token::part(&sentence.tokens, clause.subject.clone())
                            .iter()
                            .any(|token| token.is(Class::Nobody))
                    {
                        return (ClaimKind::Prediction, cue, "kind-could", Grade::Weak);
                    }
                }
                _ => {}
            }
        }
        if let Some(view) = view.clone().filter(|_| author_view) {
            let said = sentence
                .clauses
                .iter()
                .find(|other| other.role == Role::Content(clause.group))
                .or(Some(clause));
            let future = said.is_some_and(|other| {
                sentence.group(other).modal.is_some_and(|modal| {
                    matches!(modal, Class::Will | Class::Would | Class::May | Class::Might)
                })
            });
            if future {
                return (ClaimKind::Prediction, view, "kind-view-future", Grade::Strong);
            }
        }
        if view.is_some() && author_view {
            return (ClaimKind::Assessment, view.unwrap_or(cue), "kind-view", Grade::Strong);
        }
        if attributed && !interview {
            return (ClaimKind::Statement, cue, "kind-statement", Grade::Strong);
        }
        let (fact, rule) = self.fact(number, &range);
        match (fact, interview) {
            (true, false) => (ClaimKind::Fact, cue, rule, Grade::Strong),
            (true, true) => (ClaimKind::Statement, cue, rule, Grade::Strong),
            (false, _) => (ClaimKind::Assessment, cue, rule, Grade::Weak),
        }
    }

    /// The subject is the speaker by name, or what the speaker speaks for: `The White House said the
    /// president would`.
    fn own_side(&self, claim: &Claim, clause: &crate::clause::Clause) -> bool {
        let reader = self.reader;
        let subject = reader.who(&clause.subject);
        let tokens = crate::token::part(&reader.sentence.tokens, clause.subject.clone());
        let theirs = tokens.first().is_some_and(|token| {
            token.is(Class::Possessive) && !matches!(token.low.as_str(), "your" | "whose")
        }) && tokens.iter().any(|token| {
            token.classes.any(&[Class::Government, Class::Group, Class::OrgHead, Class::Union])
                || crate::verbs::plural(token) && token.is(Class::Person)
                || matches!(token.low.as_str(), "members" | "country" | "people" | "side")
        });
        if theirs {
            return true;
        }
        let office = tokens.first().is_some_and(|token| token.low == "the")
            && tokens.last().is_some_and(|token| token.is(Class::Office) || token.is(Class::Government));
        if office
            && claim.chain.first().is_some_and(|held| {
                held.actors()
                    .first()
                    .is_some_and(|who| reader.names.list[*who].kind != crate::names::Kind::Person)
            })
        {
            return true;
        }
        match (subject, claim.chain.first()) {
            (Some(Held::Actors(subject)), Some(Held::Actors(speaker))) => {
                let same = |a: &usize, b: &usize| {
                    a == b
                        || reader.names.list[*b].represents == Some(*a)
                        || reader.names.list[*a].represents == Some(*b)
                };
                subject.iter().any(|a| speaker.iter().any(|b| same(a, b)))
            }
            _ => false,
        }
    }

    /// Ready for a deal, not for war.
    fn offers(&self, group: &Group) -> bool {
        let sentence = self.reader.sentence;
        !sentence
            .groups
            .iter()
            .any(|other| other.head > group.head && other.head < group.head + 5 && other.classes.any(&HURTS))
    }

    fn is_ahead(&self, date: &Found) -> bool {
        self.as_of.is_some_and(|day| {
            let day = day.to_string();
            date.iso.len() >= 7 && date.iso.as_str() > day.get(..date.iso.len()).unwrap_or(&day)
        })
    }

    fn counted(&self, range: &Range<usize>) -> bool {
        let tokens = &self.reader.sentence.tokens;
        range.clone().any(|at| {
            tokens[at].number() && !self.dates.iter().any(|date| (date.from..date.to).contains(&at))
        })
    }

    /// Whether the author reports plainly.
    fn fact(&self, number: usize, range: &Range<usize>) -> (bool, &'static str) {
        let reader = self.reader;
        let sentence = reader.sentence;
        let tokens = &sentence.tokens;
        let clause = &sentence.clauses[number];
        let group = sentence.group(clause);
        let mut score = 0.0_f64;
        let state = group.does(Class::State) || group.copula;
        match (group.tense, group.perfect, state) {
            (_, true, _) => score += 1.5,
            (Tense::Past, _, false) => score += 2.0,
            (Tense::Past, _, true) => score += 0.6,
            (_, _, false) => score += 0.8,
            (_, _, true) => score -= 0.6,
        }
        if group.passive {
            score += 1.0;
        }
        // `there is a paper`
        if group.copula && sentence.low(group.at.start.wrapping_sub(1)) == "there" {
            score += 2.0;
        }
        let stop = range.end.min(tokens.len());
        let next_main = sentence
            .clauses
            .iter()
            .skip(number + 1)
            .find(|other| other.role == Role::Main)
            .map_or(tokens.len(), |other| other.start);
        let dated = self.dates.iter().any(|date| date.from < next_main && date.rule != "date-today");
        let tie = [Class::Ally, Class::Partner, Class::Friend, Class::Strained, Class::Hostile]
            .into_iter()
            .any(|class| self.phrase(group.head..stop, class).is_some());
        if tie && group.copula {
            let over = crate::token::part(tokens, group.head..stop).iter().any(|token| token.low == "longer");
            score += if group.negated || over {
                -1.5
            } else if group.perfect || dated {
                1.0
            } else {
                0.0
            };
        }
        if dated {
            score += 2.0;
        }
        if self.counted(&(0..stop)) {
            score += 1.0;
        }
        if tokens.iter().any(|token| {
            token.is(Class::Vote) || group.lemma != u32::MAX && reader.lexicon.lemma(group.lemma) == "vote"
        }) {
            score += 1.5;
        }
        let document =
            clause.subject.clone().any(|at| tokens[at].is(Class::Document) || tokens[at].is(Class::Track));
        if document {
            score += if group.tense == Tense::Present && !group.copula && !state { 1.5 } else { 0.3 };
        }
        if self.terms {
            score += 2.0;
        }
        if self.phrase(0..stop, Class::FactLabel).is_some() {
            score += 3.0;
        }
        if self.phrase(0..stop, Class::Hedge).is_some() {
            score -= 2.0;
        }
        let compared = crate::token::part(tokens, group.head..stop)
            .iter()
            .any(|token| matches!(token.low.as_str(), "than" | "too" | "merely" | "enough"));
        if compared && !dated && !self.counted(&(0..stop)) {
            score -= 1.0;
        }
        let evaluation = (group.head + 1..stop).any(|at| {
            tokens[at].is(Class::Evaluation) && !tokens[at].is(Class::Noun) && !tokens[at].is(Class::Adverb)
        });
        if evaluation {
            score -= if group.copula { 1.6 } else { 0.9 };
        }
        if group.does(Class::Oppose)
            || group.does(Class::Need)
            || group.does(Class::Try)
            || group.does(Class::Seem)
            || group.does(Class::Depend)
        {
            score -= 2.0;
        }
        if group.copula && self.phrase(group.head..(group.head + 3).min(stop), Class::Against).is_some() {
            score -= 2.0;
        }
        if group.copula && group.tense == Tense::Present && !dated && !group.perfect {
            score -= 0.6;
        }
        // `the owners, the only Democrat`: counts and membership are facts.
        if group.copula
            && group.tense == Tense::Past
            && crate::token::part(tokens, group.head..stop).iter().any(|token| token.low == "only")
        {
            score += 0.8;
        }
        let cause = crate::token::part(tokens, clause.start..)
            .iter()
            .any(|token| matches!(token.low.as_str(), "because" | "therefore"));
        if cause && state {
            score -= 0.5;
        }
        if clause.subject.len() == 1
            && matches!(sentence.low(clause.subject.start), "that" | "this" | "nobody" | "none" | "nothing")
        {
            score -= 0.7;
        }
        let general = crate::token::part(tokens, clause.start..stop).iter().any(|token| {
            matches!(token.low.as_str(), "everybody" | "everyone" | "anyone" | "anybody" | "always" | "never")
        });
        if general {
            score -= 0.8;
        }
        (score >= 1.0, if score >= 1.0 { "kind-fact" } else { "kind-assessment" })
    }
}

/// Verbs of acts that cost the other.
pub(crate) const HURTS: [Class; 6] =
    [Class::Sanction, Class::Coerce, Class::Assault, Class::Protest, Class::Reject, Class::Mobilize];

/// The order in which speech acts win.
pub(crate) fn rank(kind: ClaimKind) -> u8 {
    match kind {
        ClaimKind::Denial => 0,
        ClaimKind::Threat => 1,
        ClaimKind::Promise => 2,
        ClaimKind::Offer => 3,
        ClaimKind::Demand => 4,
        _ => 5,
    }
}
