//! Why a question could not be answered, for the one who asked.

use detente_case::Diagnostic;
use detente_engine::LimitHit;

/// Why a question could not be answered.
#[derive(Debug)]
pub enum Refusal {
    /// The case cannot be used: its problems, and its text to show excerpts of.
    Case(Vec<Diagnostic>, String),
    /// Something that was checked does not hold.
    Wrong(String),
    /// A wrong argument: what is wrong, and what to write instead.
    Usage(String, Option<String>),
    /// A bound was hit before there was anything to answer.
    Limit(String),
    /// The same while a case was solved: which bound, and how far it came.
    Stopped(Box<LimitHit>),
    /// The answer could not be written.
    Output(std::io::Error),
}

impl Refusal {
    /// A wrong argument.
    pub fn usage(message: impl Into<String>) -> Self {
        Self::Usage(message.into(), None)
    }

    /// A wrong argument, with what to write instead.
    pub fn usage_with(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Usage(message.into(), Some(hint.into()))
    }

    /// A bound that was hit before the first verdict, in words.
    #[must_use]
    pub fn stopped(hit: &LimitHit) -> String {
        format!("stopped at {} before the first verdict, while at {}", hit.limit, hit.what)
    }
}

impl From<std::io::Error> for Refusal {
    fn from(error: std::io::Error) -> Self {
        Self::Output(error)
    }
}
