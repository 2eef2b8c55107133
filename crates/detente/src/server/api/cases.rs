//! New cases, files of other programs, versions kept as variants.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use detente_case::import::{GmcrSettings, gmcr};

use super::answer_view::Version;
use super::asks_view::{EditView, EditedView, ImportRequest, ImportedView, KeepRequest};
use super::live::{conflict_of, problems};
use super::problem::Problem;
use crate::server::Workbench;
use crate::server::folder::FolderError;

/// Brings in a case (`.toml`) or a GMCR+ file: read, checked, and saved under a new name.
pub(crate) async fn import(
    State(workbench): State<Arc<Workbench>>,
    Json(request): Json<ImportRequest>,
) -> Result<Json<ImportedView>, Problem> {
    tokio::task::spawn_blocking(move || {
        let is_case = request.name.ends_with(".toml");
        let (text, diagnostics) = if is_case {
            let read = detente_case::read(&request.name, request.content.as_bytes());
            (read.conflict.is_some().then(|| request.content.clone()), read.diagnostics)
        } else {
            let (conflict, diagnostics) =
                gmcr(&request.name, request.content.as_bytes(), GmcrSettings::default());
            (conflict.map(|conflict| detente_case::to_toml(&conflict)), diagnostics)
        };
        let found = problems(if is_case { &request.content } else { "" }, &diagnostics);
        let Some(text) = text else { return Ok(Json(ImportedView { path: None, problems: found })) };
        let stem = slug(request.name.rsplit('/').next().unwrap_or(&request.name));
        for number in 1..=1000 {
            let folder = if number == 1 { stem.clone() } else { format!("{stem}-{number}") };
            let path = format!("{folder}/case.toml");
            match workbench.folder.save(&path, text.as_bytes(), None) {
                Ok(_) => return Ok(Json(ImportedView { path: Some(path), problems: found })),
                Err(FolderError::Exists(_)) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(Problem::bad_request(format!("there are a thousand folders called `{stem}` already")))
    })
    .await
    .map_err(Problem::internal)?
}

/// A folder name from a file name: small letters, digits and hyphens.
fn slug(name: &str) -> String {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_lowercase();
    let mut slug = String::new();
    for c in stem.chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if !slug.ends_with('-') && !slug.is_empty() {
            slug.push('-');
        }
    }
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { "case".to_owned() } else { slug.chars().take(60).collect() }
}

/// Adds the version that is looked at to the text, as a variant with an id and a title.
pub(crate) async fn keep(Json(request): Json<KeepRequest>) -> Result<Json<EditedView>, Problem> {
    let base = Version { variant: request.version.variant.clone(), ..Version::default() };
    // The whole version must apply before any of it is written down.
    conflict_of(&request.path, &request.text, &request.version)?;
    let conflict = conflict_of(&request.path, &request.text, &base)?;
    if request.version.variant.is_some() {
        return Err(Problem::bad_request(
            "a variant of a variant cannot be kept yet: start from the case as written",
        ));
    }
    let mut value = serde_json::Map::new();
    value.insert("title".to_owned(), request.title.clone().into());
    if !request.version.unavailable.is_empty() {
        value.insert("unavailable".to_owned(), request.version.unavailable.clone().into());
    }
    let strike = &request.version.strike;
    let mut struck = serde_json::Map::new();
    for (key, list) in [
        ("claims", &strike.claims),
        ("speakers", &strike.speakers),
        ("kinds", &strike.kinds),
        ("sources", &strike.sources),
    ] {
        if !list.is_empty() {
            struck.insert(key.to_owned(), list.clone().into());
        }
    }
    if strike.assumptions {
        struck.insert("assumptions".to_owned(), true.into());
    }
    if !struck.is_empty() {
        value.insert("strike".to_owned(), struck.into());
    }
    let mut edits = Vec::new();
    for order in &request.version.orders {
        super::version::order_as_overlay(&conflict, order, &mut value, &mut edits)
            .map_err(Problem::bad_request)?;
    }
    if let Some(on) = super::version::status_quo_without(&conflict, &request.version.unavailable) {
        value.insert("status_quo".to_owned(), on.into());
    }
    edits.push(EditView::Insert {
        address: format!("variant.{}", request.id),
        at: None,
        value: value.into(),
    });
    let text = super::edit::apply(&request.text, &edits).map_err(Problem::bad_request)?;
    let read = detente_case::read(&request.path, text.as_bytes());
    match read.diagnostics.iter().find(|d| d.is_error()) {
        Some(error) => Err(Problem::bad_request(&error.message)),
        None => Ok(Json(EditedView { text })),
    }
}
