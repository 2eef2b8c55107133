//! What was said of cases in a few words, by the digest of their texts: said once, whoever asks again.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use super::asks_view::SummaryView;

/// Most that are remembered; past them all are forgotten, which happens to nobody who has no thousands of cases.
const MOST: usize = 8_192;

/// Summaries by revision.
#[derive(Default)]
pub(crate) struct Summaries(Mutex<HashMap<String, SummaryView>>);

impl Summaries {
    /// Of a text that stands in the file `path`, changed at this second.
    pub(crate) fn of(&self, revision: &str, path: &str, changed: u64) -> Option<SummaryView> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut summary = known.get(revision)?.clone();
        // A case without a title of its own is called after its file.
        if summary.title == summary.path {
            path.clone_into(&mut summary.title);
        }
        path.clone_into(&mut summary.path);
        summary.changed = changed;
        Some(summary)
    }

    /// Remembers what was said.
    pub(crate) fn remember(&self, summary: &SummaryView) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MOST {
            known.clear();
        }
        known.insert(summary.revision.clone(), summary.clone());
    }
}
