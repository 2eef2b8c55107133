//! Who holds a claim, and through whom it came.
//!
//! # Definition
//! A chain, the last speaker first. A subject of a verb of saying or attitude holds what follows it; one
//! named between commas, after `according to` or around a quotation passes it on. Pronouns are the last
//! person, body or group that fits. A quotation that runs on keeps its speaker; the answers of an
//! interview are the interviewee's. Nobody shown: the author.
//!
//! Complexity: linear in the clauses.

use std::ops::Range;

use crate::clause::{Clause, Role};
use crate::lexicon::{Class, Lexicon};
use crate::names::{Kind, Names};
use crate::sentence::Sentence;
use crate::verbs::{Group, Shape, plural};

/// Somebody who holds a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Held {
    Author,
    Actors(Vec<usize>),
    Words(String),
}

impl Held {
    pub(crate) fn text(&self, names: &Names) -> String {
        match self {
            Self::Author => "author".to_owned(),
            Self::Actors(list) => {
                list.iter().map(|who| names.list[*who].id.as_str()).collect::<Vec<_>>().join("+")
            }
            Self::Words(words) => words.clone(),
        }
    }

    pub(crate) fn actors(&self) -> &[usize] {
        match self {
            Self::Actors(list) => list,
            _ => &[],
        }
    }
}

/// What pronouns and descriptions may mean at a place of the text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Context {
    pub(crate) he: Option<Held>,
    pub(crate) it: Option<Held>,
    pub(crate) they: Option<Held>,
    pub(crate) pair: Vec<usize>,
    /// The one who spoke last.
    pub(crate) speaker: Option<Held>,
    /// Whose quotation runs on.
    pub(crate) quoting: Option<Held>,
    /// The interviewee, and whether an answer of hers is running.
    pub(crate) interviewee: Option<Held>,
    pub(crate) answering: bool,
    pub(crate) paragraph: usize,
}

/// A claim of a sentence as it hangs on others.
#[derive(Clone, Debug)]
pub(crate) struct Claim {
    /// The last speaker first, without the author at the end.
    pub(crate) chain: Vec<Held>,
    /// The verb of saying or attitude that is innermost.
    pub(crate) attitude: Option<usize>,
    /// The clause that says what is claimed.
    pub(crate) content: Option<usize>,
    /// The clause at main level.
    pub(crate) main: Option<usize>,
}

/// Verbs whose subject holds what is said; what else they do decides the kind.
pub(crate) const HOLDING: [Class; 19] = [
    Class::Say,
    Class::Judge,
    Class::Doubt,
    Class::Name,
    Class::Deny,
    Class::Threaten,
    Class::Warn,
    Class::Vow,
    Class::Promise,
    Class::Offer,
    Class::Demand,
    Class::Insist,
    Class::Hope,
    Class::Fear,
    Class::Predict,
    Class::Accuse,
    Class::React,
    Class::SpeakOf,
    Class::DenyCharge,
];

pub(crate) struct Reader<'a, 't> {
    pub(crate) sentence: &'a Sentence<'t>,
    pub(crate) names: &'a Names,
    pub(crate) lexicon: &'a Lexicon,
    pub(crate) context: &'a Context,
}

/// A passing attribution: its clause, the words of the one who says it.
#[derive(Clone, Debug)]
pub(crate) struct Passing {
    pub(crate) clause: usize,
    pub(crate) who: Range<usize>,
    pub(crate) group: usize,
}

impl Reader<'_, '_> {
    /// Who is meant by these words.
    pub(crate) fn who(&self, at: &Range<usize>) -> Option<Held> {
        let sentence = self.sentence;
        let mut at = at.clone();
        let skip = |token: &crate::token::Token<'_>| {
            !token.word
                || token.is(Class::Adverb) && !token.is(Class::Determiner)
                || token.is(Class::But)
                || token.low == "and"
                || token.low == "even"
        };
        while at.start < at.end && skip(&sentence.tokens[at.start]) {
            at.start += 1;
        }
        // What comes behind a relative pronoun or a comma only describes, unless a list.
        let list = sentence.find(at.clone(), Class::And).is_some();
        if let Some(cut) = (at.start..at.end).find(|one| {
            let token = &sentence.tokens[*one];
            token.is(Class::Relative) || token.low == "that" && *one > at.start || token.text == "("
        }) && cut > at.start
        {
            at.end = cut;
        }
        while at.end > at.start && !sentence.tokens[at.end - 1].word {
            at.end -= 1;
        }
        if at.is_empty() {
            return None;
        }
        let first = &sentence.tokens[at.start];
        if at.len() == 1
            || at.len() == 2
                && matches!(
                    sentence.low(at.start + 1),
                    "himself" | "herself" | "itself" | "themselves" | "both" | "all"
                )
        {
            if first.classes.any(&[Class::He, Class::It, Class::They])
                && let Some(near) = self.nearer(&at)
            {
                return Some(near);
            }
            if first.is(Class::He) {
                return self.context.he.clone();
            }
            if first.is(Class::It) {
                return self.context.it.clone();
            }
            if first.is(Class::They) {
                return self.context.they.clone();
            }
            if first.is(Class::I) || first.is(Class::We) || matches!(first.low.as_str(), "i" | "we") {
                return Some(self.here());
            }
            if first.low == "you" {
                return None;
            }
        }
        if (first.is(Class::PairWord) || self.is_pair(&at)) && self.context.pair.len() >= 2 {
            return Some(Held::Actors(self.context.pair.clone()));
        }
        let mentions: Vec<_> = sentence.names_in(at.clone()).collect();
        // A possessive owner is not who acts: `X's coalition`.
        let owner = |end: usize| end < at.end && matches!(sentence.low(end), "'s" | "'");
        let heads: Vec<_> = mentions
            .iter()
            .filter(|mention| !owner(mention.at.end) && !mention.adjective)
            .filter(|mention| {
                // `president of X`: X is not the head.
                let before = mention.at.start.checked_sub(1).filter(|one| *one >= at.start);
                let before = before.and_then(|one| {
                    if sentence.low(one) == "the" {
                        one.checked_sub(1).filter(|one| *one >= at.start)
                    } else {
                        Some(one)
                    }
                });
                before.is_none_or(|one| {
                    let token = &sentence.tokens[one];
                    !(token.is(Class::Preposition) && one > at.start)
                })
            })
            .collect();
        let person = heads.iter().find(|mention| self.names.list[mention.who].kind == Kind::Person);
        let comma = (at.start..at.end).any(|one| sentence.tokens[one].text == ",");
        if let Some(person) = person.filter(|_| !list) {
            return Some(Held::Actors(vec![person.who]));
        }
        if !heads.is_empty() {
            let last = heads[heads.len() - 1];
            let covered = last.at.end == at.end
                || comma && !list
                || crate::token::part(&sentence.tokens, last.at.end..at.end).iter().all(|token| {
                    !token.word
                        || token.low == "'s"
                        || token.is(Class::Preposition)
                        || token.is(Class::Determiner)
                        || token.capital
                        || token.is(Class::Plural)
                })
                || sentence.low(last.at.end) == "in";
            let all: Vec<usize> = {
                let mut all = Vec::new();
                for mention in &heads {
                    if !all.contains(&mention.who) {
                        all.push(mention.who);
                    }
                }
                all
            };
            if covered {
                return Some(Held::Actors(if list || all.len() == 1 { all } else { vec![heads[0].who] }));
            }
        }
        // An office: `the Azerbaijani president`, `the prime minister`.
        let office_at = (at.start..at.end).find(|one| {
            let token = &sentence.tokens[*one];
            token.is(Class::Office)
                && !sentence
                    .tokens
                    .get(one + 1)
                    .is_some_and(|next| next.is(Class::Office) && *one + 1 < at.end)
        });
        let definite =
            matches!(first.low.as_str(), "the" | "our" | "its" | "his" | "her" | "their") || first.capital;
        if let Some(office_at) = office_at.filter(|_| definite) {
            let office = &sentence.tokens[office_at].low;
            let of = mentions.iter().map(|mention| mention.who).next();
            let found = self.names.list.iter().enumerate().rev().find(|(_, named)| {
                named.kind == Kind::Person
                    && named.first.0 < sentence.n
                    && named.office.as_ref().is_some_and(|known| known.split(' ').any(|word| word == office))
                    && (of.is_none() || named.represents == of)
            });
            if let Some((who, _)) = found
                && matches!(
                    office.as_str(),
                    "president"
                        | "premier"
                        | "minister"
                        | "chancellor"
                        | "king"
                        | "queen"
                        | "pope"
                        | "governor"
                        | "mayor"
                        | "ayatollah"
                        | "chairman"
                        | "secretary"
                        | "general"
                        | "mediator"
                        | "envoy"
                        | "taoiseach"
                        | "cardinal"
                        | "emir"
                        | "sultan"
                )
            {
                return Some(Held::Actors(vec![who]));
            }
        }
        // A government: `Iranian officials`, `ministers in London`.
        let government = (at.start..at.end).any(|one| sentence.tokens[one].is(Class::Government));
        let indefinite =
            matches!(first.low.as_str(), "a" | "an" | "one" | "some" | "two" | "three" | "several");
        if let Some(mention) = mentions.first().filter(|_| {
            government && !indefinite && office_at.is_none_or(|one| plural(&sentence.tokens[one]))
        }) && matches!(self.names.list[mention.who].kind, Kind::State | Kind::Organisation | Kind::Faction)
        {
            return Some(Held::Actors(vec![mention.who]));
        }
        // A description with a comma: its head.
        if comma
            && !list
            && let Some(cut) = (at.start..at.end).find(|one| sentence.tokens[*one].text == ",")
        {
            at.end = cut;
        }
        if at.is_empty() {
            return None;
        }
        let words = sentence.words(at.clone());
        if let Some(who) = self.names.called(&words) {
            return Some(Held::Actors(vec![who]));
        }
        Some(Held::Words(words))
    }

    /// A subject earlier in the sentence that the pronoun fits: `Y said he would`.
    fn nearer(&self, at: &Range<usize>) -> Option<Held> {
        let sentence = self.sentence;
        let pronoun = &sentence.tokens[at.start];
        let clause = sentence.clauses.iter().rev().find(|clause| {
            let speaks =
                sentence.group(clause).classes.any(&crate::clause::CONTENT) || clause.role == Role::Main;
            clause.subject.end <= at.start
                && !clause.subject.is_empty()
                && speaks
                && clause.role != Role::Passing
                && !sentence.tokens[clause.subject.start].classes.any(&[
                    Class::He,
                    Class::It,
                    Class::They,
                    Class::Relative,
                    Class::Nobody,
                ])
                && (clause.subject.len() > 1 || !sentence.tokens[clause.subject.start].is(Class::That))
                && sentence.low(clause.subject.start) != "there"
        })?;
        let held = self.who(&clause.subject)?;
        let fits = match &held {
            Held::Actors(list) if list.len() > 1 => pronoun.is(Class::They),
            Held::Actors(list) => {
                let kind = list.first().map(|who| self.names.list[*who].kind)?;
                match kind {
                    Kind::Person => pronoun.is(Class::He),
                    Kind::Unknown => !pronoun.is(Class::They),
                    _ => {
                        pronoun.is(Class::It)
                            || pronoun.is(Class::They) && plural(&sentence.tokens[clause.subject.end - 1])
                    }
                }
            }
            Held::Words(_) => {
                let tokens = crate::token::part(&sentence.tokens, clause.subject.clone());
                let head = crate::reading::head_of(tokens).map(|head| &tokens[head])?;
                let many = plural(head);
                let person = head.classes.any(&[Class::Person, Class::Office, Class::Spokes, Class::Number])
                    || head.low.ends_with("man")
                    || head.low.ends_with("er") && !head.is(Class::Group);
                if pronoun.is(Class::They) {
                    many
                } else if pronoun.is(Class::He) {
                    person && !many
                } else {
                    !many && (head.classes.any(&[Class::Group, Class::OrgHead, Class::Government]))
                }
            }
            Held::Author => false,
        };
        fits.then_some(held)
    }

    /// `the two presidents`, `both sides`.
    fn is_pair(&self, at: &Range<usize>) -> bool {
        let lows: Vec<&str> = crate::token::part(&self.sentence.tokens, at.clone())
            .iter()
            .map(|token| token.low.as_str())
            .collect();
        let Some((first, after)) = lows.split_first() else { return false };
        self.lexicon
            .phrases(first, after)
            .any(|(class, length)| class == Class::PairWord && length >= lows.len())
    }

    /// Who says what no one else says here: author, interviewee or the one quoted.
    pub(crate) fn here(&self) -> Held {
        if self.sentence.tokens.first().is_some_and(|token| token.quoted)
            && let Some(quoting) = &self.context.quoting
        {
            return quoting.clone();
        }
        if self.context.answering
            && let Some(interviewee) = &self.context.interviewee
        {
            return interviewee.clone();
        }
        Held::Author
    }

    /// Nobody in particular: `Nobody thinks`, `it is believed`.
    fn nobody(&self, at: &Range<usize>) -> bool {
        self.sentence
            .tokens
            .get(at.start)
            .is_some_and(|token| token.is(Class::Nobody) && !token.is(Class::Number) && token.low != "few")
    }

    fn impersonal(&self, clause: &Clause, group: &Group) -> bool {
        let subject = &clause.subject;
        subject.len() == 1 && self.sentence.low(subject.start) == "it" && (group.passive || group.copula)
            || subject.len() == 1 && self.sentence.low(subject.start) == "there"
    }

    /// `According to X`: where it begins, and the words of X.
    pub(crate) fn according(&self) -> Option<(usize, Range<usize>)> {
        let sentence = self.sentence;
        for at in 0..sentence.tokens.len() {
            let lows: Vec<&str> = crate::token::part(&sentence.tokens, at..)
                .iter()
                .take(6)
                .map(|token| token.low.as_str())
                .collect();
            let Some((first, after)) = lows.split_first() else { continue };
            let length = self
                .lexicon
                .phrases(first, after)
                .filter(|(class, _)| *class == Class::According)
                .map(|(_, length)| length)
                .max();
            if let Some(length) = length {
                let from = at + length;
                let mut stop = from;
                while stop < sentence.tokens.len() {
                    let token = &sentence.tokens[stop];
                    let finite = sentence
                        .groups
                        .iter()
                        .any(|group| group.shape == Shape::Finite && group.at.start == stop);
                    if token.parts() || finite {
                        break;
                    }
                    stop += 1;
                }
                if stop > from {
                    return Some((at, from..stop));
                }
            }
        }
        None
    }

    /// A document in which it stands: `In a paper issued by X,` / `In a statement, X`.
    fn framed(&self) -> Option<Held> {
        let sentence = self.sentence;
        let first = sentence.tokens.first()?;
        if first.low != "in" {
            return None;
        }
        let comma = sentence.tokens.iter().take(14).position(|token| token.text == ",")?;
        let document = (1..comma).find(|at| {
            let token = &sentence.tokens[*at];
            token.is(Class::Document)
                || matches!(
                    token.low.as_str(),
                    "statement" | "interview" | "speech" | "report" | "broadcast" | "address"
                )
        })?;
        let by = (document..comma).find(|at| matches!(sentence.low(*at), "by" | "of" | "from"))?;
        if sentence.low(by) == "of" && !matches!(sentence.low(document), "statement" | "speech" | "address") {
            return None;
        }
        self.who(&(by + 1..comma))
    }

    /// Whether the subject of this verb holds what follows.
    pub(crate) fn holds(&self, clause: &Clause) -> bool {
        let group = self.sentence.group(clause);
        let modal_free = group.modal.is_none_or(|modal| {
            matches!(modal, Class::Would)
                && (group.classes.any(&[Class::Hope, Class::Rather])
                    || crate::token::part(&self.sentence.tokens, group.at.clone())
                        .iter()
                        .any(|token| token.low == "rather"))
        });
        let charge = !group.does(Class::DenyCharge)
            || group.classes.any(&[Class::Deny, Class::Say, Class::React])
            || self.sentence.find(group.end()..clause.end.min(group.end() + 6), Class::Charge).is_some();
        let refuses = group.does(Class::Refuse)
            && !group.perfect
            && group.tense == crate::verbs::Tense::Past
            && group.modal.is_none()
            && self
                .sentence
                .groups
                .iter()
                .any(|other| other.shape == Shape::Infinitive && other.at.start == group.head + 1);
        let ask = group.does(Class::Demand) || !group.does(Class::Ask);
        let rather = group.modal == Some(Class::Would)
            && crate::token::part(&self.sentence.tokens, group.at.clone())
                .iter()
                .any(|token| token.low == "rather");
        let commits = group.does(Class::Commit)
            && group.tense == crate::verbs::Tense::Present
            && !group.perfect
            && group.modal.is_none();
        (group.classes.any(&HOLDING) && charge || refuses || rather || commits)
            && !group.passive
            && modal_free
            && ask
            && !self.impersonal(clause, group)
            && !self.nobody(&clause.subject)
            && !(group.negated && group.does(Class::Say) && !group.does(Class::Judge))
    }

    /// The clause that says what this verb says.
    pub(crate) fn content_of(&self, group: usize) -> Option<usize> {
        self.sentence.clauses.iter().position(|clause| clause.role == Role::Content(group))
    }

    /// Goes down from a clause through who says what: the claim that it makes, with `outer` those who
    /// passed it on, the last speaker first.
    pub(crate) fn claim(&self, main: usize, outer: &[Held]) -> Claim {
        let mut chain: Vec<Held> = outer.to_vec();
        let mut at = main;
        let mut attitude = None;
        let mut content = Some(main);
        for _ in 0..6 {
            let clause = &self.sentence.clauses[at];
            if self.nobody(&clause.subject) && self.sentence.group(clause).does(Class::Judge) {
                // `Nobody thinks that …`: the author's.
                attitude = Some(clause.group);
                if let Some(next) = self.content_of(clause.group) {
                    content = Some(next);
                }
                break;
            }
            if !self.holds(clause) {
                break;
            }
            let group = self.sentence.group(clause);
            // What is called, refused or judged without a clause: the subject holds it all the same.
            let Some(who) = self.who(&clause.subject) else { break };
            let first_person =
                self.sentence.tokens.get(clause.subject.start).is_some_and(|token| {
                    token.is(Class::I) || token.is(Class::We) && clause.subject.len() == 1
                });
            if !(first_person && who == self.here()) && who != Held::Author && chain.first() != Some(&who) {
                chain.insert(0, who);
            }
            attitude = Some(clause.group);
            // `I believe that he wants`: the speaker's own judgement.
            if first_person && group.does(Class::Judge) {
                content = self.content_of(clause.group);
                break;
            }
            // What it wants, asks or denies is not claimed.
            if group.classes.any(&[
                Class::Deny,
                Class::Threaten,
                Class::Promise,
                Class::Offer,
                Class::Demand,
                Class::Hope,
                Class::Fear,
                Class::Doubt,
            ]) && !group.classes.any(&[Class::Say])
                || group.does(Class::Deny)
            {
                content = self.content_of(clause.group);
                break;
            }
            // The same one's own earlier act is told: `insisted that he had promised`.
            if let Some(next) = self.content_of(clause.group) {
                let below = &self.sentence.clauses[next];
                let inner = self.sentence.group(below);
                let earlier = inner.tense == crate::verbs::Tense::Past
                    && inner.modal.is_none()
                    && inner.classes.any(&[
                        Class::Promise,
                        Class::Offer,
                        Class::Demand,
                        Class::Threaten,
                        Class::Deny,
                    ])
                    && !inner.does(Class::Say);
                if earlier && self.who(&below.subject).as_ref() == chain.first() {
                    content = Some(next);
                    break;
                }
            }
            // Say goes down to what is said.
            match self.content_of(clause.group) {
                Some(next) => {
                    content = Some(next);
                    at = next;
                }
                None => {
                    content = None;
                    break;
                }
            }
            let _ = group;
        }
        Claim { chain, attitude, content, main: Some(main) }
    }

    /// The one named in passing is whoever the clause before it has already: `X says otherwise: all, they
    /// insist, …`; or one who only speaks for them: `X brushed it aside: the talks, a spokesman said, …`.
    pub(crate) fn same_speaker(&self, passing: &Passing) -> bool {
        let sentence = self.sentence;
        let words = crate::token::part(&sentence.tokens, passing.who.clone());
        let pronoun = words.len() == 1 && words[0].classes.any(&[Class::He, Class::It, Class::They]);
        let spokes = words.iter().any(|token| token.is(Class::Spokes))
            && sentence.names_in(passing.who.clone()).next().is_none();
        (pronoun || spokes)
            && sentence.clauses.iter().any(|clause| {
                clause.role == Role::Main
                    && sentence.group(clause).head < passing.who.start
                    && self.holds(clause)
                    && self.who(&clause.subject).is_some()
            })
    }

    /// Those who passed the sentence on: by `according to`, an insertion, a quotation, an interview.
    pub(crate) fn outer(&self, passing: Option<&Passing>) -> (Vec<Held>, Option<String>) {
        let mut outer: Vec<Held> = Vec::new();
        let mut medium = None;
        let here = self.here();
        if let Some(passing) = passing {
            if let Some(who) = self.who(&passing.who) {
                outer.push(who);
            }
        } else if here != Held::Author && !self.context.answering {
            outer.push(here.clone());
        }
        let within = |at: usize| {
            self.sentence.clauses.iter().any(|clause| {
                clause.role == Role::Relative
                    && clause.start <= at
                    && at < self.sentence.group(clause).at.start
                    || clause.role == Role::Relative
                        && !clause.opener.is_empty()
                        && clause.opener.start < at
                        && at < self.sentence.group(clause).at.start
            })
        };
        if let Some((_, who)) = self.according().filter(|(at, _)| !within(*at)) {
            let document = crate::token::part(&self.sentence.tokens, who.clone())
                .iter()
                .any(|token| token.is(Class::Document) && !token.is(Class::OrgHead))
                && self.sentence.names_in(who.clone()).next().is_none();
            let is_medium = crate::token::part(&self.sentence.tokens, who.clone())
                .iter()
                .take(4)
                .any(|token| token.is(Class::Medium));
            if is_medium {
                medium = Some(self.sentence.words(who));
            } else if !document && let Some(held) = self.who(&who) {
                outer.push(held);
            }
        } else if outer.is_empty()
            && let Some(held) = self.framed()
        {
            outer.push(held);
        }
        if self.context.answering && here != Held::Author && !outer.contains(&here) {
            outer.push(here);
        }
        (outer, medium)
    }
}

/// Looks for who says so in passing.
pub(crate) struct Aside<'a, 't>(pub(crate) &'a Sentence<'t>, pub(crate) &'a Lexicon);

impl Aside<'_, '_> {
    /// The clause between commas or around a quotation that only says who says so.
    pub(crate) fn passing(&self, from: usize) -> Option<Passing> {
        let sentence = self.0;
        for (number, clause) in sentence.clauses.iter().enumerate().skip(from) {
            let group = sentence.group(clause);
            if !group.classes.any(&[
                Class::Say,
                Class::Judge,
                Class::Insist,
                Class::Warn,
                Class::Promise,
                Class::Predict,
                Class::Hope,
                Class::Ask,
                Class::React,
                Class::Demand,
                Class::Vow,
            ]) || group.passive
                || group.modal.is_some()
                || group.tense == crate::verbs::Tense::Future
            {
                continue;
            }
            if matches!(clause.role, Role::Relative)
                && !clause.subject.is_empty()
                && sentence.tokens[clause.subject.start].is(Class::Relative)
            {
                continue;
            }
            let verb = group.at.start;
            let end = group.end();
            let mut behind = end;
            while sentence.tokens.get(behind).is_some_and(|token| {
                token.word
                    && (token.is(Class::Adverb) || token.is(Class::Object) || token.low.ends_with("ly"))
            }) {
                behind += 1;
            }
            let before = verb.checked_sub(1);
            let mark_before = before.is_some_and(|one| {
                let token = &sentence.tokens[one];
                token.text == "," || token.quote_mark()
            });
            // `… ," said the foreman,`
            if mark_before && (clause.role != Role::Relative || sentence.tokens[verb - 1].quote_mark()) {
                let stop = (behind..sentence.tokens.len())
                    .find(|one| sentence.tokens[*one].parts())
                    .unwrap_or(sentence.tokens.len());
                // `warned one of them, X.`
                let longer = sentence.tokens.get(stop).filter(|token| token.text == ",").and_then(|_| {
                    let end = (stop + 1..sentence.tokens.len()).find(|one| sentence.tokens[*one].parts())?;
                    let name = crate::token::part(&sentence.tokens, stop + 1..end);
                    (!name.is_empty() && name.len() <= 4 && name.iter().all(|token| token.capital))
                        .then_some(end)
                });
                let stop = longer.unwrap_or(stop);
                let named = sentence.tokens.get(behind).is_some_and(|token| {
                    token.is(Class::Determiner)
                        || token.capital
                        || token.is(Class::Possessive)
                        || token.is(Class::Subject)
                        || token.is(Class::Number)
                });
                let quote_before = sentence.tokens[verb - 1].quote_mark();
                let verbless = sentence.verb_between(behind, stop).is_none();
                let not_that = !crate::token::part(&sentence.tokens, behind..stop)
                    .iter()
                    .any(|token| token.is(Class::That));
                let content_before =
                    (0..number).any(|one| sentence.group(&sentence.clauses[one]).head < verb);
                let inserted = number > 0
                    && content_before
                    && crate::token::part(&sentence.clauses, ..number).iter().all(|one| {
                        let group = sentence.group(one);
                        group.head < verb
                    });
                let subject_free =
                    clause.shared || quote_before || inserted && !self.subject_is_name(clause, verb);
                if named && verbless && not_that && stop > behind && subject_free && stop - behind <= 14 {
                    return Some(Passing { clause: number, who: behind..stop, group: clause.group });
                }
            }
            // `…, Whitehall sources say, …`; `…," he said`
            let opens = clause.start.checked_sub(1).is_none_or(|one| {
                let token = &sentence.tokens[one];
                token.text == ","
                    || token.quote_mark()
                    || token.text == ":"
                    || token.text == "—"
                    || token.text == ";"
            });
            let closes = sentence.tokens.get(behind).is_none_or(|token| token.parts())
                || crate::token::part(&sentence.tokens, behind..)
                    .iter()
                    .take_while(|token| !token.parts())
                    .count()
                    <= 5
                    && !sentence
                        .tokens
                        .get(behind)
                        .is_some_and(|token| token.is(Class::That) || token.is(Class::To))
                    && sentence.verb_between(behind, (behind + 6).min(sentence.tokens.len())).is_none()
                    && clause.start > 0
                    && sentence.tokens[clause.start - 1].quote_mark()
                || clause.start > 0
                    && sentence.tokens.get(behind).is_some_and(|token| {
                        token.is(Class::Adverb)
                            || token.is(Class::Determiner)
                                && sentence
                                    .tokens
                                    .get(behind + 1)
                                    .is_some_and(|next| matches!(next.low.as_str(), "times"))
                    })
                    && crate::token::part(&sentence.tokens, behind..)
                        .iter()
                        .filter(|token| token.word)
                        .count()
                        <= 2;
            let elsewhere =
                sentence.clauses.len() > 1 || sentence.tokens.iter().any(|token| token.quote_mark());
            let first_colon =
                clause.start == 0 && sentence.tokens.get(behind).is_some_and(|token| token.text == ":");
            if opens
                && closes
                && elsewhere
                && !clause.shared
                && clause.start > 0
                && !clause.subject.is_empty()
                && verb >= clause.subject.end
                && !matches!(clause.role, Role::Content(_))
            {
                return Some(Passing { clause: number, who: clause.subject.clone(), group: clause.group });
            }
            if first_colon && !clause.subject.is_empty() {
                return Some(Passing { clause: number, who: clause.subject.clone(), group: clause.group });
            }
            if clause.start == 0 && !clause.subject.is_empty() {
                let colon = (behind..sentence.tokens.len()).find(|one| sentence.tokens[*one].text == ":");
                let contrary = sentence.tokens.get(behind).is_some_and(|_| {
                    let lows: Vec<&str> = crate::token::part(&sentence.tokens, behind..)
                        .iter()
                        .take(4)
                        .map(|token| token.low.as_str())
                        .collect();
                    lows.split_first().is_some_and(|(first, after)| {
                        self.1.phrases(first, after).any(|(class, _)| class == Class::Contrary)
                    })
                });
                if colon.is_some() && contrary {
                    return Some(Passing {
                        clause: number,
                        who: clause.subject.clone(),
                        group: clause.group,
                    });
                }
            }
        }
        None
    }

    fn subject_is_name(&self, clause: &Clause, verb: usize) -> bool {
        // The subject stands right before an insertion that ends at the verb: `X, an ally of Y, said`.
        let sentence = self.0;
        let comma = verb.checked_sub(1);
        comma.is_some_and(|one| sentence.tokens[one].text == ",")
            && !clause.subject.is_empty()
            && clause.subject.start == clause.start
            && !sentence.clauses.iter().any(|other| {
                other.group != clause.group
                    && sentence.group(other).head < verb
                    && other.subject.start <= clause.subject.start
                    && other.role == Role::Main
            })
            && clause.role == Role::Main
            && sentence
                .clauses
                .iter()
                .filter(|other| other.role == Role::Main && sentence.group(other).head < verb)
                .count()
                == 0
    }
}
