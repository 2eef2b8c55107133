//! How a command ends: exit statuses, and failures with what to tell the user.

use std::process::ExitCode;

use detente_case::Diagnostic;
use detente_engine::LimitHit;

/// Exit statuses of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    /// The answer is complete (an empty set of equilibria is an answer).
    Done,
    /// The case has errors, or a checked thing does not hold.
    Wrong,
    /// The program was called in a way that it does not know.
    Usage,
    /// A bound on time, memory or work was hit.
    Limit,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        match status {
            Status::Done => Self::SUCCESS,
            Status::Wrong => Self::from(1),
            Status::Usage => Self::from(2),
            Status::Limit => Self::from(3),
        }
    }
}

/// Why a command could not do its job.
#[derive(Debug)]
pub(crate) enum Failure {
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

impl Failure {
    /// A wrong argument.
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self::Usage(message.into(), None)
    }

    /// A wrong argument, with what to write instead.
    pub(crate) fn usage_with(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Usage(message.into(), Some(hint.into()))
    }

    /// A bound that was hit before the first verdict, in words.
    pub(crate) fn stopped(hit: &LimitHit) -> String {
        format!("stopped at {} before the first verdict, while at {}", hit.limit, hit.what)
    }

    /// The exit status that it ends with.
    pub(crate) fn status(&self) -> Status {
        match self {
            Self::Case(..) | Self::Wrong(_) => Status::Wrong,
            Self::Usage(..) => Status::Usage,
            Self::Limit(_) | Self::Stopped(_) => Status::Limit,
            // The reader has seen enough: `detente solve case | head` is no failure.
            Self::Output(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Status::Done,
            Self::Output(_) => Status::Wrong,
        }
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self::Output(error)
    }
}
