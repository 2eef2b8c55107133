//! One question put to a case: from what is asked to the answer, as a document and as a contract.
//!
//! The command line and every binding ask through here, so that they cannot answer differently. What is asked comes as
//! values; words of a command line are read by whoever has one.

pub mod evolve;
pub mod explain;
pub mod forecast;
pub mod merge;
pub mod price;
pub mod report;
pub mod sample;
pub mod watch;

use detente_engine::{Settings, name_all};
use detente_model::Conflict;

use crate::find::findings::{Findings, Waiting};
use crate::{Refusal, Study};

/// `conflict` solved, with bounds named as `watch` knows them.
///
/// # Errors
/// As [`Study::solved`].
pub fn solved(conflict: Conflict, settings: &Settings, watch: &Waiting) -> Result<Findings, Refusal> {
    let mut study =
        Study::solved(conflict, settings.clone(), watch).map_err(|refusal| refusal.named(&**watch))?;
    name_all(&**watch, &mut study.found.solution.limits);
    Ok(study.found)
}
