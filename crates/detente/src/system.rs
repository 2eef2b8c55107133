//! What the operating system says: why not, in words for people, and when to stop.

use std::io;

/// Why the system said no, going on from "`x` cannot be read: …", with what to do about it where that is known.
pub(crate) fn reason(error: &io::Error) -> String {
    use io::ErrorKind as Kind;
    let words = match error.kind() {
        Kind::NotFound => "there is no such file or folder",
        Kind::PermissionDenied => {
            "permission denied: `ls -l` shows whose it is, and who may read and write it"
        }
        Kind::StorageFull => "the disk is full: make room and try again",
        Kind::QuotaExceeded => "your share of the disk is used up: make room and try again",
        Kind::ReadOnlyFilesystem => "the disk can only be read: choose a place on another one",
        Kind::IsADirectory => "it is a folder: name a file in it",
        Kind::NotADirectory => "a part of its path is a file, not a folder",
        Kind::AlreadyExists => "there is one already",
        Kind::InvalidFilename => "its name cannot be one, or is too long for this disk",
        Kind::FileTooLarge => "it would be too large for this disk",
        Kind::AddrInUse => "the address is in use",
        Kind::AddrNotAvailable => "this machine does not have this address",
        _ => {
            let text = error.to_string();
            let words = text.split(" (os error").next().unwrap_or(&text).trim_end_matches('.');
            let mut letters = words.chars();
            return match letters.next() {
                // An abbreviation keeps its capitals.
                Some(first) if !words.chars().nth(1).is_some_and(char::is_uppercase) => {
                    first.to_lowercase().chain(letters).collect()
                }
                _ => words.to_owned(),
            };
        }
    };
    words.to_owned()
}

/// A signal to stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Signal {
    /// Ctrl-C.
    Interrupt,
    /// SIGTERM: what a service manager, a container or a batch system sends.
    Terminate,
}

/// Signals to stop, from the moment that this is made on; inside a runtime.
pub(crate) struct Signals {
    #[cfg(unix)]
    interrupt: Option<tokio::signal::unix::Signal>,
    #[cfg(unix)]
    terminate: Option<tokio::signal::unix::Signal>,
}

impl Signals {
    #[cfg(unix)]
    pub(crate) fn new() -> Self {
        use tokio::signal::unix::{SignalKind, signal};
        Self {
            interrupt: signal(SignalKind::interrupt()).ok(),
            terminate: signal(SignalKind::terminate()).ok(),
        }
    }

    #[cfg(not(unix))]
    pub(crate) fn new() -> Self {
        Self {}
    }

    /// The next one. Where signals cannot be watched they end the process without ceremony.
    #[cfg(unix)]
    pub(crate) async fn next(&mut self) -> Signal {
        let heard = async |signal: &mut Option<tokio::signal::unix::Signal>| match signal {
            Some(signal) => drop(signal.recv().await),
            None => std::future::pending().await,
        };
        tokio::select! {
            () = heard(&mut self.interrupt) => Signal::Interrupt,
            () = heard(&mut self.terminate) => Signal::Terminate,
        }
    }

    #[cfg(not(unix))]
    pub(crate) async fn next(&mut self) -> Signal {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
        Signal::Interrupt
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_numbers_of_the_system_are_told() {
        for number in 1..=133 {
            let said = reason(&io::Error::from_raw_os_error(number));
            assert!(!said.contains("os error") && !said.is_empty(), "{number}: {said}");
        }
    }
}
