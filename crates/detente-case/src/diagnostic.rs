//! A problem of a case file, as plain data: the same for terminal, JSON and editor.

use crate::problem::sentence;

/// One problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Stable code, `E…` error, `W…` warning, `N…` note; one file under `codes/` and one manual page each.
    pub code: &'static str,
    /// How bad.
    pub severity: Severity,
    /// What is wrong, one plain sentence.
    pub message: String,
    /// What to do, with the near miss where there is one.
    pub hint: Option<String>,
    /// The file, as the user named it.
    pub file: String,
    /// Where; `None` for a problem of the file as a whole.
    pub span: Option<Span>,
    /// Other places that matter ("first defined here").
    pub related: Vec<(Span, String)>,
    /// A replacement that mends it, for editors.
    pub fix: Option<Fix>,
}

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Probably not meant.
    Warning,
    /// The case cannot be used.
    Error,
}

/// A stretch of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: Place,
    /// One past the last byte.
    pub end: Place,
}

/// A place in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// From 1.
    pub line: usize,
    /// In characters, from 1.
    pub column: usize,
    /// From 0.
    pub byte: usize,
}

/// A replacement of the text of a span.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What to replace.
    pub span: Span,
    /// By what.
    pub text: String,
    /// In words ("write `west.mediate`").
    pub title: String,
}

impl Diagnostic {
    /// A problem of a file as a whole.
    #[must_use]
    pub fn of_file(
        code: &'static str,
        severity: Severity,
        file: &str,
        message: impl AsRef<str>,
        hint: Option<&str>,
    ) -> Self {
        Self {
            code,
            severity,
            message: sentence(message.as_ref()),
            hint: hint.map(sentence),
            file: file.to_owned(),
            span: None,
            related: Vec::new(),
            fix: None,
        }
    }

    /// Whether it is an error.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}
