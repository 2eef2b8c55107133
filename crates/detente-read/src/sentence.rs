//! A sentence with everything that is read off it.

use std::ops::Range;

use crate::clause::Clause;
use crate::lexicon::Class;
use crate::names::Mention;
use crate::token::Token;
use crate::verbs::{Group, Shape};

/// A sentence: its words, verbs, clauses, names.
#[derive(Debug)]
pub(crate) struct Sentence<'t> {
    pub(crate) n: usize,
    pub(crate) text: &'t str,
    /// Where it stands in the whole text.
    pub(crate) at: Range<usize>,
    /// The number of its paragraph.
    pub(crate) paragraph: usize,
    pub(crate) tokens: Vec<Token<'t>>,
    pub(crate) groups: Vec<Group>,
    pub(crate) clauses: Vec<Clause>,
    pub(crate) mentions: Vec<Mention>,
    /// Who says so in passing, if anybody.
    pub(crate) passing: Option<crate::holder::Passing>,
    /// It begins inside a quotation.
    pub(crate) opens_quoted: bool,
}

impl<'t> Sentence<'t> {
    /// The bytes of tokens, within the sentence.
    pub(crate) fn bytes(&self, at: Range<usize>) -> Range<usize> {
        let start = self.tokens.get(at.start).map_or(self.text.len(), |token| token.at.start);
        let end = if at.end > at.start {
            self.tokens.get(at.end - 1).map_or(start, |token| token.at.end)
        } else {
            start
        };
        start..end.max(start)
    }

    /// The words of tokens as they stand in the text, blanks folded.
    pub(crate) fn words(&self, at: Range<usize>) -> String {
        fold(&self.text[self.bytes(at)])
    }

    /// The verb group that begins at or covers a token.
    pub(crate) fn group_at(&self, at: usize) -> Option<&Group> {
        self.groups.iter().find(|group| group.at.contains(&at))
    }

    /// A finite verb between two tokens.
    pub(crate) fn verb_between(&self, from: usize, to: usize) -> Option<&Group> {
        self.groups
            .iter()
            .find(|group| group.shape == Shape::Finite && group.at.start >= from && group.at.start < to)
    }

    /// The finite group whose subject holds these tokens.
    pub(crate) fn subject_of(&self, at: &Range<usize>) -> Option<&Group> {
        self.clauses
            .iter()
            .find(|clause| clause.subject.start <= at.start && at.end <= clause.subject.end)
            .map(|clause| &self.groups[clause.group])
    }

    pub(crate) fn group(&self, clause: &Clause) -> &Group {
        &self.groups[clause.group]
    }

    /// The clause of a finite group.
    pub(crate) fn clause_of(&self, group: usize) -> Option<usize> {
        self.clauses.iter().position(|clause| clause.group == group)
    }

    /// The first token in a range that has a class.
    pub(crate) fn find(&self, within: Range<usize>, class: Class) -> Option<usize> {
        within.into_iter().find(|at| self.tokens.get(*at).is_some_and(|token| token.is(class)))
    }

    pub(crate) fn low(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| token.low.as_str())
    }

    /// The mentions within tokens.
    pub(crate) fn names_in(&self, at: Range<usize>) -> impl Iterator<Item = &Mention> {
        self.mentions.iter().filter(move |mention| mention.at.start >= at.start && mention.at.end <= at.end)
    }
}

/// White space as single blanks.
pub(crate) fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
