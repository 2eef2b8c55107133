//! A problem while it is found: byte ranges instead of places.

use std::cmp::Ordering;
use std::ops::Range;

use crate::text::{Text, steers};
use crate::{Diagnostic, Fix, Severity};

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
