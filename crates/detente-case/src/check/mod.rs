//! What needs the feasible states, or the case as a whole: contradictory rules, lints, and quotes
//! against the texts of the sources.
//!
//! Questions about states go to a SAT solver, so that a case with a hundred options is checked as
//! well as one with ten; its work is bounded, and a part that was not finished is named in a note.

mod asks;
pub(crate) mod begins;
pub(crate) mod dates;
pub(crate) mod errors;
mod evidence;
mod joint;
mod lints;
mod preferences;
pub(crate) mod repair;
mod rules;
pub(crate) mod sat;
mod support;
mod traps;
mod uses;
pub(crate) mod words;

pub use evidence::SourceText;
pub use sat::Until;

use std::rc::Rc;

use detente_model::{Conflict, Source};

use crate::problems::Problems;
use crate::read::Spans;
use crate::text::Text;
use crate::{Diagnostic, Read};

/// What is probably not meant in a game whose parts have no places in a file.
pub(crate) fn lint(conflict: &Conflict, problems: &mut Problems) {
    lints::lint(conflict, &Spans::default(), "", &never(), problems);
}

/// All problems of a case: those of reading it and, when it can be used, what is probably not
/// meant, in file order.
///
/// `text_of` gives the text of a source, to verify quotes and sentence numbers: `None` when it was
/// not asked for, an error in words when it cannot be read.
///
/// Complexity: one bounded search for each rule, option, statement and outcome.
#[must_use]
pub fn check(read: &Read, text_of: &dyn Fn(&Source) -> Option<SourceText>) -> Vec<Diagnostic> {
    check_until(read, text_of, &never())
}

fn never() -> Until {
    Rc::new(|| false)
}

/// The same until `until` says that nobody waits any longer: what was not finished then is named in a note.
#[must_use]
pub fn check_until(
    read: &Read,
    text_of: &dyn Fn(&Source) -> Option<SourceText>,
    until: &Until,
) -> Vec<Diagnostic> {
    let Some(conflict) = &read.conflict else { return read.diagnostics.clone() };
    let text = Text::new(&read.file, &read.text);
    let mut problems = Problems::default();
    lints::lint(conflict, &read.spans, &read.text, until, &mut problems);
    support::lint(conflict, &read.spans, &read.text, &mut problems);
    evidence::lint(conflict, &read.spans, &mut problems);
    asks::lint(conflict, &read.spans, &mut problems);
    let of = |index: usize| conflict.evidence.sources.get(index).and_then(text_of);
    evidence::verify(conflict, &read.spans, &of, until, &mut problems);
    let mut all = read.diagnostics.clone();
    all.extend(problems.finish(&text));
    all.sort_by_key(|diagnostic| diagnostic.span.map_or(usize::MAX, |span| span.start.byte));
    all
}
