//! Changes that forms make: of the text that they were made of, or none.

use axum::Json;
use detente_case::{Change, ChangeError};
use detente_model::Conflict;

use super::asks_view::{EditRequest, EditView, EditedView, FallView, FallsRequest, FallsView};
use super::case_build::label;
use super::problem::Problem;
use super::texts::Units;
use super::words::CaseWords;
use crate::server::folder::revision;

/// That a change was made of this text.
///
/// # Errors
/// `stale`, with the revision of the text, when it was made of another.
pub(super) fn fresh(text: &str, of: &str) -> Result<(), Problem> {
    let now = revision(text.as_bytes());
    if now == of { Ok(()) } else { Err(Problem::stale(now)) }
}

pub(crate) async fn edit(Json(request): Json<EditRequest>) -> Result<Json<EditedView>, Problem> {
    fresh(&request.text, &request.revision)?;
    let mut changes = Vec::new();
    for edit in &request.edits {
        changes.push(one(edit, &request.text)?);
    }
    let changed =
        detente_case::change(&request.text, &changes).map_err(|error| refused(&error, &request.revision))?;
    let (made, moved) = (changed.made, changed.moved);
    Ok(Json(EditedView { made, moved, ..EditedView::of(changed.text) }))
}

/// What goes with a thing that is removed, so that the reader can decide.
pub(crate) async fn falls(Json(request): Json<FallsRequest>) -> Result<Json<FallsView>, Problem> {
    fresh(&request.text, &request.revision)?;
    let address = named(&request.address)?;
    let falls =
        detente_case::falls(&request.text, &address).map_err(|error| refused(&error, &request.revision))?;
    let conflict = detente_case::read("case.toml", request.text.as_bytes()).conflict;
    let words = |at: &str| conflict.as_ref().and_then(|conflict| words(conflict, at));
    let falls = falls
        .into_iter()
        .map(|fall| FallView { words: words(&fall.place), address: fall.address, mention: fall.mention })
        .collect();
    Ok(Json(FallsView { falls }))
}

/// The innermost part of a case around an address, in words.
fn words(conflict: &Conflict, at: &str) -> Option<String> {
    let mut parts = conflict.parts();
    parts.sort_by_key(|part| std::cmp::Reverse(part.address(conflict).len()));
    let around = |address: &str| {
        at == address || at.strip_prefix(address).is_some_and(|rest| rest.starts_with(['.', '[']))
    };
    let part = parts.iter().find(|part| around(&part.address(conflict)))?;
    Some(label(conflict, &CaseWords(conflict), part))
}

fn refused(error: &ChangeError, revision: &str) -> Problem {
    match error {
        ChangeError::Otherwise { .. } => Problem::otherwise(error, revision.to_owned()),
        ChangeError::Edit(error) => Problem::bad_request(error),
    }
}

/// An address that names no entry by its place.
fn named(address: &str) -> Result<String, Problem> {
    let by_place = address.split('[').skip(1).any(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    if by_place {
        return Err(Problem::bad_request(format!(
            "`{address}` names an entry by its place, which another may have by now: name it by its key in `file.keys`"
        )));
    }
    Ok(address.to_owned())
}

fn one(edit: &EditView, text: &str) -> Result<Change, Problem> {
    let maybe = |address: &Option<String>| address.as_deref().map(named).transpose();
    Ok(match edit.clone() {
        EditView::Set { address, value, expected } => {
            Change::Set { address: named(&address)?, value, expected }
        }
        EditView::Remove { address, expected } => Change::Remove { address: named(&address)?, expected },
        EditView::RemoveAll { address, expected, with } => {
            Change::RemoveAll { address: named(&address)?, expected, with }
        }
        EditView::Add { address, named: name, before, value } => {
            Change::Add { address: named(&address)?, named: name, before: maybe(&before)?, value }
        }
        EditView::Move { address, before } => {
            Change::Move { address: named(&address)?, before: maybe(&before)? }
        }
        EditView::Attach { address, claim } => Change::Attach { address: named(&address)?, claim },
        EditView::Detach { address, claim } => Change::Detach { address: named(&address)?, claim },
        EditView::Rename { address, to } => Change::Rename { address: named(&address)?, to },
        EditView::Replace { range, expected, text: with } => {
            let units = Units::new(text);
            Change::Replace { at: units.byte(range.from)..units.byte(range.to), expected, text: with }
        }
    })
}
