//! The clauses of a sentence: subject, verb, and how each hangs on the others.
//!
//! # Definition
//! Every finite verb group has a clause. Its subject is what stands before it, back to a mark, a verb or
//! a word that opens clauses. What opens it says its role: `if` a condition, `who` a relative clause,
//! `that` after a verb of saying what is said. Where nothing stands before the verb, it shares the
//! subject of the clause before it (`met and signed`), or goes on with the one before an insertion.
//!
//! Complexity: linear in the words, but for looking back over insertions.

use std::ops::Range;

use crate::lexicon::{Class, Lexicon};
use crate::token::Token;
use crate::verbs::{Group, Shape};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Main,
    /// What the group with this number says, thinks or wants.
    Content(usize),
    /// A condition, with its connective.
    Condition(Class),
    Adverbial,
    Relative,
    /// It only says who says so: `…, he said, …`.
    Passing,
}

#[derive(Clone, Debug)]
pub(crate) struct Clause {
    /// The number of its verb group.
    pub(crate) group: usize,
    pub(crate) subject: Range<usize>,
    pub(crate) role: Role,
    /// The first token, the word that opens it left out.
    pub(crate) start: usize,
    /// Behind its last token.
    pub(crate) end: usize,
    /// The words that open it.
    pub(crate) opener: Range<usize>,
    /// It shares the subject of another.
    pub(crate) shared: bool,
}

/// A connective of conditions at a token: class and length.
pub(crate) fn connective(tokens: &[Token<'_>], at: usize, lexicon: &Lexicon) -> Option<(Class, usize)> {
    let lows: Vec<&str> =
        crate::token::part(tokens, at..).iter().take(8).map(|token| token.low.as_str()).collect();
    let (first, after) = lows.split_first()?;
    // `for as long as`: a duration.
    if at > 0 && tokens[at - 1].low == "for" {
        return None;
    }
    let mut best: Option<(Class, usize)> = None;
    let mut no = 0;
    for (class, length) in lexicon.phrases(first, after) {
        match class {
            Class::If | Class::OnlyIf | Class::Iff | Class::Unless | Class::Once
                if best.is_none_or(|(_, most)| length > most) =>
            {
                best = Some((class, length));
            }
            Class::IfNoCondition => no = no.max(length),
            _ => {}
        }
    }
    best.filter(|(_, length)| *length > no)
}

/// The clauses of the finite groups, in order.
pub(crate) fn clauses(tokens: &[Token<'_>], groups: &[Group], lexicon: &Lexicon) -> Vec<Clause> {
    let finite: Vec<usize> = (0..groups.len()).filter(|at| groups[*at].shape == Shape::Finite).collect();
    let mut found: Vec<Clause> = Vec::with_capacity(finite.len());
    // In which group a token is, for walking back.
    let mut owner = vec![usize::MAX; tokens.len()];
    for (number, group) in groups.iter().enumerate() {
        for at in group.at.clone() {
            owner[at] = number;
        }
    }
    for &number in &finite {
        let group = &groups[number];
        let verb = group.at.start;
        let maker = Maker { tokens, groups, lexicon, owner: &owner };
        let clause = match &group.inverted {
            Some(subject) => {
                let conditional = matches!(tokens[verb].low.as_str(), _ if tokens[verb].is(Class::Inverter))
                    && tokens.last().is_none_or(|last| last.text != "?")
                    && (verb == 0
                        || tokens[verb - 1].parts()
                        || tokens[verb - 1].is(Class::And)
                        || tokens[verb - 1].is(Class::But));
                Clause {
                    group: number,
                    subject: subject.clone(),
                    role: if conditional { Role::Condition(Class::If) } else { Role::Main },
                    start: if conditional { verb + 1 } else { verb },
                    end: tokens.len(),
                    opener: verb..verb + usize::from(conditional),
                    shared: false,
                }
            }
            None => maker.clause(number, &found),
        };
        found.push(clause);
    }
    // A clause ends where the next one opens.
    for at in 0..found.len() {
        let next = found.get(at + 1).map_or(tokens.len(), |next| {
            let open = if next.opener.is_empty() { next.start } else { next.opener.start };
            open.max(groups[found[at].group].head + 1)
        });
        found[at].end = next;
    }
    found
}

struct Maker<'a, 't> {
    tokens: &'a [Token<'t>],
    groups: &'a [Group],
    lexicon: &'a Lexicon,
    owner: &'a [usize],
}

impl Maker<'_, '_> {
    fn opens(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        token.is(Class::Relative)
            || token.is(Class::That) && !self.is_demonstrative(at)
            || connective(self.tokens, at, self.lexicon).is_some()
            || token.is(Class::Because) && self.opens_clause(at)
            || token.is(Class::After) && self.opens_clause(at)
            || token.is(Class::Until)
            || token.is(Class::Whether)
            || token.is(Class::Question) && at > 0
    }

    /// `that` before a noun that it points at: `that aside`, `that boycott`.
    fn is_demonstrative(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else {
            return true;
        };
        let token = &self.tokens[before];
        token.is(Class::Preposition)
            && !self
                .tokens
                .get(at + 1)
                .is_some_and(|next| next.is(Class::Subject) || next.is(Class::Determiner))
    }

    /// `before the talks` opens no clause: a finite verb has to follow before the next mark.
    fn opens_clause(&self, at: usize) -> bool {
        for one in at + 1..self.tokens.len() {
            if self.tokens[one].parts() {
                return false;
            }
            let owner = self.owner[one];
            if owner != usize::MAX && self.groups[owner].shape == Shape::Finite {
                return one > at + 1;
            }
        }
        false
    }

    fn adverb(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        token.word
            && !token.capital
            && (token.is(Class::Adverb) || token.low.len() > 4 && token.low.ends_with("ly"))
    }

    fn clause(&self, number: usize, before: &[Clause]) -> Clause {
        let group = &self.groups[number];
        let verb = group.at.start;
        let mut end = verb;
        while end > 0 && self.adverb(end - 1) && self.owner[end - 1] == usize::MAX {
            end -= 1;
        }
        let last = before.last();
        // Nothing before the verb: coordinated, or after an insertion or a relative clause.
        if end > 0 {
            let token = &self.tokens[end - 1];
            if token.is(Class::And) || token.is(Class::But) {
                return self.coordinated(number, end - 1, before);
            }
            if (token.text == ","
                || token.text == ")"
                || token.quote_mark() && end > 1 && self.tokens[end - 2].text == ",")
                && let Some(clause) = self.after_insertion(number, end - 1, before)
            {
                return clause;
            }
            if self.owner[end - 1] != usize::MAX
                && self.groups[self.owner[end - 1]].shape == Shape::Finite
                && let Some(last) = last.filter(|last| last.role == Role::Relative)
            {
                let start = if last.opener.is_empty() { last.start } else { last.opener.start };
                let subject = self.back_from(start, before.len().saturating_sub(1), before);
                let role = self.role(subject.start, before);
                return self.make(number, subject, role, false);
            }
        } else {
            return self.make(number, 0..0, (Role::Main, 0..0), false);
        }
        // Relative: the pronoun is the subject.
        let token = &self.tokens[end - 1];
        let points = token.is(Class::That)
            && end > 1
            && (self.tokens[end - 2].is(Class::And)
                || self.tokens[end - 2].is(Class::But)
                || !self.tokens[end - 2].word);
        if points {
            let role = if self.tokens[end - 2].is(Class::And) && before.is_empty() {
                (Role::Main, end - 1..end - 1)
            } else {
                self.role(end - 1, before)
            };
            return self.make(number, end - 1..end, role, false);
        }
        if token.is(Class::Relative) || token.is(Class::That) && end > 1 && !self.says(end - 2) {
            let antecedent = self.back_from(end - 1, before.len(), before);
            let mut clause = self.make(number, antecedent, (Role::Relative, end - 1..end), false);
            clause.start = end;
            return clause;
        }
        if token.is(Class::Question) && end > 1 || token.is(Class::Because) && token.low == "as" {
            let mut clause = self.make(number, end - 1..end, (Role::Adverbial, end - 1..end), false);
            clause.start = end;
            return clause;
        }
        let subject = self.back_from(end, before.len(), before);
        let role = self.role(subject.start, before);
        // `the half it could sell`: a pronoun right behind a noun that a verb or nothing governs.
        let mut clause = self.make(number, subject, role, false);
        if clause.role == Role::Main && clause.opener.is_empty() && clause.subject.len() == 1 {
            let at = clause.subject.start;
            let noun = at.checked_sub(1).filter(|one| {
                let token = &self.tokens[*one];
                token.word
                    && self.owner[*one] == usize::MAX
                    && !token.is(Class::And)
                    && !token.is(Class::But)
                    && !token.is(Class::Adverb)
            });
            if self.tokens[at].is(Class::Subject) && noun.is_some() && !before.is_empty() {
                clause.role = Role::Relative;
            }
        }
        clause
    }

    /// A verb before this token takes what is said.
    fn says(&self, at: usize) -> bool {
        let owner = self.owner[at];
        let classes = |number: usize| self.groups[number].classes.any(&CONTENT);
        if owner != usize::MAX {
            return classes(owner);
        }
        // `told the council that`, `gave notice that`.
        self.groups.iter().enumerate().rev().find(|(_, group)| group.head < at).is_some_and(
            |(number, group)| {
                classes(number)
                    && at.saturating_sub(group.head) <= 6
                    && !crate::token::part(self.tokens, group.head + 1..=at).iter().any(Token::parts)
            },
        )
    }

    fn make(&self, number: usize, subject: Range<usize>, role: (Role, Range<usize>), shared: bool) -> Clause {
        let start = if shared { self.groups[number].at.start } else { subject.start };
        let subject = self.trimmed(subject);
        Clause { group: number, subject, role: role.0, start, end: self.tokens.len(), opener: role.1, shared }
    }

    fn coordinated(&self, number: usize, and: usize, before: &[Clause]) -> Clause {
        let comma = and > 0 && self.tokens[and - 1].text == ",";
        let partner = before
            .iter()
            .rev()
            .find(|clause| {
                !(comma && matches!(clause.role, Role::Relative | Role::Adverbial)
                    || clause.role == Role::Relative && self.groups[clause.group].head + 8 < and && comma)
            })
            .or(before.last());
        match partner {
            Some(partner) => {
                let mut clause =
                    self.make(number, partner.subject.clone(), (partner.role, and..and + 1), true);
                clause.subject = partner.subject.clone();
                if let Role::Condition(_) = partner.role {
                    clause.opener = and..and + 1;
                }
                clause
            }
            None => {
                let subject = self.back_from(and, 0, before);
                self.make(number, subject, (Role::Main, 0..0), false)
            }
        }
    }

    /// The clause that goes on after `, … ,`.
    fn after_insertion(&self, number: usize, comma: usize, before: &[Clause]) -> Option<Clause> {
        let opening = (0..comma).rev().find(|at| matches!(self.tokens[*at].text, "," | "(" | "—" | "–"));
        let mut opening = opening?;
        // Insertions of several parts: the subject is what begins the clause.
        loop {
            let part = self.back_from(opening, before.len(), before);
            let named = !part.is_empty() && !self.tokens[part.start].is(Class::Relative);
            // An insertion begins with who, a participle, according to, an article, a name.
            if named && self.owner[opening - 1] == usize::MAX {
                let earlier = (0..part.start).rev().take(1).find(|at| self.tokens[*at].text == ",");
                if let Some(earlier) = earlier
                    && crate::token::part(self.tokens, part.start..opening)
                        .iter()
                        .all(|token| !token.is(Class::And))
                    && earlier > 0
                    && before.iter().all(|clause| {
                        clause.role == Role::Relative || self.groups[clause.group].head < earlier
                    })
                    && self.tokens[earlier - 1].word
                    && !before.iter().any(|clause| {
                        matches!(clause.role, Role::Condition(_) | Role::Adverbial)
                            && self.groups[clause.group].head < earlier
                    })
                    && self.noun_like(earlier)
                {
                    opening = earlier;
                    continue;
                }
                let role = self.role(part.start, before);
                // `The largest of those, X, rejected`: the name belongs to the subject.
                let unnamed = part.clone().all(|at| !self.tokens[at].capital || at == part.start);
                let name_end = (opening + 1..comma).find(|at| self.tokens[*at].parts()).unwrap_or(comma);
                let apposed = (unnamed
                    || self
                        .tokens
                        .get(part.start)
                        .is_some_and(|token| token.is(Class::Determiner) || token.is(Class::Possessive))
                    || part.clone().any(|at| self.tokens[at].is(Class::Office)))
                    && self.tokens.get(opening + 1).is_some_and(|token| token.capital)
                    && (opening + 1..name_end).all(|at| self.owner[at] == usize::MAX);
                let subject = if apposed { part.start..name_end } else { part };
                return Some(self.make(number, subject, role, false));
            }
            opening = (0..opening).rev().find(|at| self.tokens[*at].text == ",")?;
        }
    }

    /// The part before this comma begins the sentence with a name or an article: a subject, not a
    /// setting.
    fn noun_like(&self, comma: usize) -> bool {
        let mut start = comma;
        while start > 0 && !self.tokens[start - 1].parts() {
            start -= 1;
        }
        let first = &self.tokens[start];
        !first.is(Class::Preposition)
            && !first.is(Class::Adverb)
            && !first.is(Class::But)
            && !first.is(Class::And)
            && !first.is(Class::Because)
            && (start..comma)
                .all(|at| self.owner[at] == usize::MAX || self.groups[self.owner[at]].shape != Shape::Finite)
    }

    /// The noun phrase that ends before `end`.
    fn back_from(&self, end: usize, _upto: usize, _before: &[Clause]) -> Range<usize> {
        let mut start = end;
        while start > 0 {
            let at = start - 1;
            let token = &self.tokens[at];
            let owner = self.owner[at];
            if owner != usize::MAX {
                let group = &self.groups[owner];
                // Participles and infinitives within a noun phrase: `people familiar with`, `Persons indicted by`.
                match group.shape {
                    Shape::Participle
                        if at > 0
                            && self.tokens[group.at.start.saturating_sub(1)].word
                            && !self.opens_before(group.at.start) =>
                    {
                        start = group.at.start;
                        continue;
                    }
                    Shape::Infinitive | Shape::Gerund if self.subject_verb_form(group) => {
                        start = group.at.start;
                        continue;
                    }
                    _ => break,
                }
            }
            if token.text == "," && self.list_comma(at, end) {
                start = at;
                continue;
            }
            if token.parts() && !(token.quote_mark() && end - at <= 4 && end - at > 1) {
                break;
            }
            if self.opens(at) {
                break;
            }
            if token.is(Class::But) {
                break;
            }
            if token.is(Class::And) && self.joins_clauses(at) {
                break;
            }
            start = at;
        }
        start..end
    }

    fn opens_before(&self, at: usize) -> bool {
        at.checked_sub(1).is_some_and(|at| self.tokens[at].text == ",")
    }

    /// An infinitive or gerund inside or as a subject: a noun stands before it and no finite verb.
    fn subject_verb_form(&self, group: &Group) -> bool {
        let at = group.at.start;
        let mut one = at;
        while one > 0 {
            one -= 1;
            if self.tokens[one].parts() || self.opens(one) {
                return true;
            }
            let owner = self.owner[one];
            if owner != usize::MAX && self.groups[owner].shape == Shape::Finite {
                return false;
            }
        }
        true
    }

    /// `Syria, Iraq and the PLO`: a comma inside a list that `and` closes before the verb.
    fn list_comma(&self, comma: usize, end: usize) -> bool {
        let closes = (comma + 1..end).find(|at| self.tokens[*at].is(Class::And));
        let Some(and) = closes else { return false };
        // Short parts with no verb, the part before the comma likewise.
        let no_verb = |range: Range<usize>| range.into_iter().all(|at| self.owner[at] == usize::MAX);
        let mut start = comma;
        while start > 0
            && !self.tokens[start - 1].parts()
            && self.owner[start - 1] == usize::MAX
            && comma - start < 6
        {
            start -= 1;
        }
        let part = start..comma;
        !part.is_empty()
            && part.len() <= 5
            && and - comma <= 6
            && no_verb(comma..end.min(and + 6))
            && !self.tokens[part.start].is(Class::Preposition)
            && !self.tokens[part.start].is(Class::Adverb)
            && (self.tokens[comma - 1].capital == self.tokens[and - 1].capital)
    }

    /// This `and` joins two clauses: a finite verb stands before it without a mark between.
    fn joins_clauses(&self, and: usize) -> bool {
        if and > 0 && self.tokens[and - 1].text == "," {
            // `, and Israel completed`: unless a list.
            let parts = (0..and - 1).rev().take(8).any(|at| self.owner[at] != usize::MAX);
            return parts || and > 8;
        }
        let mut at = and;
        while at > 0 {
            at -= 1;
            let token = &self.tokens[at];
            if token.parts() || self.opens(at) {
                return false;
            }
            let owner = self.owner[at];
            if owner != usize::MAX {
                let group = &self.groups[owner];
                match group.shape {
                    Shape::Finite => {
                        let adjacent = self.groups[owner].head + 1;
                        let says = group.classes.any(&CONTENT)
                            && adjacent < self.tokens.len()
                            && (self.tokens[adjacent].capital || self.tokens[adjacent].is(Class::Determiner))
                            && and - adjacent <= 4;
                        return !says;
                    }
                    _ => continue,
                }
            }
        }
        false
    }

    /// What opens the clause whose subject begins at `start`.
    fn role(&self, start: usize, before: &[Clause]) -> (Role, Range<usize>) {
        let Some(at) = start.checked_sub(1) else { return (Role::Main, 0..0) };
        let token = &self.tokens[at];
        // Connectives of several words.
        for from in start.saturating_sub(5)..start {
            if let Some((class, length)) = connective(self.tokens, from, self.lexicon)
                && (from + length == start
                    || from + length + 1 == start && self.tokens[start - 1].text == ",")
            {
                return (Role::Condition(class), from..start);
            }
        }
        let last = before.last();
        if token.is(Class::Relative) {
            return (Role::Relative, at..start);
        }
        if token.is(Class::That) && !self.is_demonstrative(at) {
            if at > 0 && self.says(at - 1) {
                let governor = self.governor(at);
                return (Role::Content(governor), at..start);
            }
            // `the fact that`, `a step that`: relative or content of a noun.
            let noun = at > 0 && self.owner[at - 1] == usize::MAX;
            if at > 0 && self.owner[at - 1] != usize::MAX && self.groups[self.owner[at - 1]].copula {
                return (Role::Content(self.owner[at - 1]), at..start);
            }
            return if noun {
                (Role::Relative, at..start)
            } else {
                (Role::Content(self.governor(at)), at..start)
            };
        }
        if token.is(Class::Until) {
            return (Role::Condition(Class::Until), at..start);
        }
        if token.is(Class::After) {
            return (Role::Condition(Class::After), at..start);
        }
        if token.is(Class::Whether) || token.is(Class::Question) && at > 0 && !token.is(Class::Relative) {
            return (Role::Content(self.governor(at)), at..start);
        }
        if token.is(Class::Because) {
            return (Role::Adverbial, at..start);
        }
        if token.is(Class::And) || token.is(Class::But) {
            let comma = at > 0 && self.tokens[at - 1].text == ",";
            let role = match last {
                Some(last) if token.is(Class::And) || !comma => match last.role {
                    Role::Relative | Role::Adverbial => Role::Main,
                    role if comma && matches!(role, Role::Condition(_)) => Role::Main,
                    Role::Content(_)
                        if comma && !self.tokens.get(start).is_some_and(|token| token.is(Class::Subject)) =>
                    {
                        Role::Main
                    }
                    role => role,
                },
                _ => Role::Main,
            };
            return (role, at..start);
        }
        // Without a word: right behind a verb of saying, what is said.
        let owner = self.owner[at];
        if owner != usize::MAX
            && self.groups[owner].classes.any(&CONTENT)
            && self.groups[owner].shape != Shape::Participle
        {
            return (Role::Content(owner), start..start);
        }
        (Role::Main, start..start)
    }

    fn governor(&self, at: usize) -> usize {
        self.groups
            .iter()
            .enumerate()
            .rev()
            .find(|(_, group)| group.head < at)
            .map_or(0, |(number, _)| number)
    }

    /// The subject without what only sets the scene: `In June the ministers`, `Last month the`.
    fn trimmed(&self, subject: Range<usize>) -> Range<usize> {
        let mut subject = subject;
        while subject.start < subject.end && !self.tokens[subject.start].word {
            subject.start += 1;
        }
        let Some(first) = self.tokens.get(subject.start) else { return subject };
        let mut start = subject.start;
        let label = matches!(first.text, "Q" | "A") && subject.len() == 1;
        if label {
            return subject;
        }
        let scene = first.is(Class::Preposition)
            || matches!(
                first.low.as_str(),
                "last"
                    | "next"
                    | "yesterday"
                    | "today"
                    | "tomorrow"
                    | "still"
                    | "then"
                    | "now"
                    | "first"
                    | "second"
                    | "third"
                    | "finally"
                    | "this"
            );
        if scene && subject.len() > 2 {
            let head = if first.is(Class::Preposition) { start + 2 } else { start + 1 };
            let dated =
                |at: usize| crate::date::is_date_word(&self.tokens[at].low) || self.tokens[at].number();
            let next = (head..subject.end).find(|at| {
                let token = &self.tokens[*at];
                let before = &self.tokens[at - 1];
                let start = token.is(Class::Determiner)
                    || token.is(Class::Possessive)
                    || token.is(Class::Subject)
                    || token.capital && !dated(*at);
                let same_name = before.capital && token.capital && !dated(at - 1);
                let joined = same_name
                    || before.is(Class::Preposition)
                    || before.is(Class::And)
                    || before.is(Class::Determiner)
                    || before.low == "'s";
                let last = token.is(Class::Determiner) && token.low == "last";
                start && !joined && !last
            });
            if let Some(next) = next {
                start = next;
            } else if !first.is(Class::Preposition) && (first.is(Class::Adverb)) && subject.len() > 1 {
                start += 1;
            }
        } else if first.is(Class::Adverb) && !first.is(Class::Determiner) && subject.len() > 1 {
            start += 1;
        }
        start..subject.end
    }
}

/// Verbs that take what is said, thought or wanted as a clause.
pub(crate) const CONTENT: [Class; 20] = [
    Class::Say,
    Class::Judge,
    Class::Doubt,
    Class::Deny,
    Class::Threaten,
    Class::Warn,
    Class::Vow,
    Class::Promise,
    Class::Offer,
    Class::Demand,
    Class::Ask,
    Class::Insist,
    Class::Hope,
    Class::Fear,
    Class::Expect,
    Class::Predict,
    Class::Accuse,
    Class::Seem,
    Class::React,
    Class::Consider,
];
