//! How a command ends: exit statuses, and failures with what to tell the user.

use detente_study::Refusal;

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

impl From<Status> for u8 {
    fn from(status: Status) -> Self {
        match status {
            Status::Done => 0,
            Status::Wrong => 1,
            Status::Usage => 2,
            Status::Limit => 3,
        }
    }
}

/// How a command that could not do its job ends.
impl From<&Refusal> for Status {
    fn from(refusal: &Refusal) -> Self {
        match refusal {
            Refusal::Case(..) | Refusal::Wrong(_) => Status::Wrong,
            Refusal::Usage(..) => Status::Usage,
            Refusal::Limit(_) | Refusal::Stopped(_) => Status::Limit,
            // The reader has seen enough: `detente solve case | head` is no failure.
            Refusal::Output(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Status::Done,
            Refusal::Output(_) => Status::Wrong,
        }
    }
}
