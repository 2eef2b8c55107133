//! Whether a computation was asked to stop, remembered: what was being worked out then is thrown away.

use std::sync::OnceLock;

use crate::{Stop, Watch};

/// A watch that is asked often, by several threads.
pub(super) struct Pause<'w> {
    watch: &'w dyn Watch,
    stopped: OnceLock<Stop>,
}

impl<'w> Pause<'w> {
    /// Not stopped yet.
    pub(super) fn new(watch: &'w dyn Watch) -> Self {
        Self { watch, stopped: OnceLock::new() }
    }

    /// Asks the watch; `true` from the first time that it says stop.
    pub(super) fn asked(&self) -> bool {
        if self.stopped.get().is_none()
            && let Some(stop) = self.watch.stop()
        {
            // Another thread may have been told first.
            let _ = self.stopped.set(stop);
        }
        self.stopped.get().is_some()
    }

    /// What stopped it, without asking again.
    pub(super) fn stopped(&self) -> Option<Stop> {
        self.stopped.get().copied()
    }
}
