//! A problem while it is found (byte ranges), and the list that collects all of them.

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::near::Near;
use crate::text::{Text, steers};
use crate::{Diagnostic, Fix, Severity};

/// At most this many problems of one code are listed; how many more there are is said.
const LISTED: usize = 200;
/// At most so many characters of the file are cited in one place of a message.
const CITED: usize = 120;

/// One problem, with byte ranges instead of places.
#[derive(Clone, Debug)]
pub(crate) struct Problem {
    pub(crate) code: &'static str,
    pub(crate) severity: Severity,
    pub(crate) message: String,
    pub(crate) hint: Option<String>,
    pub(crate) at: Option<Range<usize>>,
    pub(crate) related: Vec<(Range<usize>, String)>,
    pub(crate) fix: Option<(Range<usize>, String, String)>,
}

impl Problem {
    pub(crate) fn new(code: &'static str, severity: Severity, message: impl Into<String>) -> Self {
        let message = message.into();
        Self { code, severity, message, hint: None, at: None, related: Vec::new(), fix: None }
    }

    pub(crate) fn error(code: &'static str, at: &Range<usize>, message: impl Into<String>) -> Self {
        Self { at: Some(at.clone()), ..Self::new(code, Severity::Error, message) }
    }

    pub(crate) fn warning(code: &'static str, at: &Range<usize>, message: impl Into<String>) -> Self {
        Self { at: Some(at.clone()), ..Self::new(code, Severity::Warning, message) }
    }

    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    pub(crate) fn maybe_hint(mut self, hint: Option<String>) -> Self {
        self.hint = hint;
        self
    }

    pub(crate) fn related(mut self, at: &Range<usize>, text: impl Into<String>) -> Self {
        self.related.push((at.clone(), text.into()));
        self
    }

    pub(crate) fn fix(
        mut self,
        at: &Range<usize>,
        text: impl Into<String>,
        title: impl Into<String>,
    ) -> Self {
        self.fix = Some((at.clone(), text.into(), title.into()));
        self
    }

    pub(crate) fn into_diagnostic(self, text: &Text<'_>) -> Diagnostic {
        Diagnostic {
            code: self.code,
            severity: self.severity,
            message: sentence(&self.message),
            hint: self.hint.as_deref().map(sentence),
            file: text.file.to_owned(),
            span: self.at.map(|at| text.span(&at)),
            related: self.related.into_iter().map(|(at, words)| (text.span(&at), words)).collect(),
            fix: self.fix.map(|(at, text_, title)| Fix { span: text.span(&at), text: text_, title }),
        }
    }
}

/// The words as a sentence: a capital at the start, a stop at the end, no character that steers a
/// terminal, and what is cited from the file (in backquotes) cut when it is very long.
pub(crate) fn sentence(words: &str) -> String {
    let mut sentence = String::with_capacity(words.len() + 1);
    let mut cited = None;
    for (at, c) in words.char_indices() {
        if c == '`' {
            cited = if cited.is_some() { None } else { Some(0_usize) };
        } else if let Some(length) = &mut cited {
            *length += 1;
            match (*length).cmp(&(CITED + 1)) {
                Ordering::Less => {}
                Ordering::Equal => {
                    sentence.push('…');
                    continue;
                }
                Ordering::Greater => continue,
            }
        }
        match c {
            c if at == 0 => sentence.extend(c.to_uppercase()),
            c if steers(c) => sentence.extend(c.escape_unicode()),
            c => sentence.push(c),
        }
    }
    if !sentence.ends_with(['.', '?', '!', '…', ':']) {
        sentence.push('.');
    }
    sentence
}

/// All problems of one file, in the order in which they were found.
#[derive(Default)]
pub(crate) struct Problems {
    list: Vec<Problem>,
    count: HashMap<&'static str, usize>,
    errors: usize,
    /// Near misses, looked up once per word and with a bound on the work.
    pub(crate) near: Near,
}

impl Problems {
    pub(crate) fn push(&mut self, problem: Problem) {
        if problem.severity == Severity::Error {
            self.errors += 1;
        }
        let count = self.count.entry(problem.code).or_default();
        *count += 1;
        if *count <= LISTED {
            self.list.push(problem);
        }
    }

    /// How many errors so far.
    pub(crate) fn errors(&self) -> usize {
        self.errors
    }

    /// All problems in file order, each as often as it was found at most once. Of a line that is
    /// not TOML only the first mistake is told: what else is found there comes from misreading it.
    pub(crate) fn finish(mut self, text: &Text<'_>) -> Vec<Diagnostic> {
        let start = |p: &Problem| p.at.as_ref().map_or(0, |at| at.start);
        let line = |p: &Problem| text.place(start(p)).line;
        let syntax = |p: &Problem| p.code == crate::codes::syntax::CODE;
        self.list.sort_by_key(start);
        let broken: HashSet<usize> = self.list.iter().filter(|p| syntax(p)).map(line).collect();
        if !broken.is_empty() {
            let mut told = HashSet::new();
            self.list.retain(|p| !broken.contains(&line(p)) || syntax(p) && told.insert(line(p)));
        }
        let mut more: Vec<_> = self.count.into_iter().filter(|(_, n)| *n > LISTED).collect();
        more.sort_unstable();
        for (code, count) in more {
            self.list.push(crate::codes::more::more(code, count - LISTED, count));
        }
        let mut list: Vec<Diagnostic> = self.list.into_iter().map(|p| p.into_diagnostic(text)).collect();
        list.dedup();
        list
    }
}
