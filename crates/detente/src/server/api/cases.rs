//! New cases, files of other programs, versions kept as variants.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use detente_case::Edit;
use detente_case::import::{GmcrSettings, check_gmcr, is_nfg, nfg};

use super::answer_view::Version;
use super::asks_view::{
    DiscardedView, EditedView, ImportRequest, ImportedView, KeepRequest, MadeView, NewRequest, PathRequest,
    RestoreRequest, Template,
};
use super::edits::fresh;
use super::live::{conflict_of, problems};
use super::problem::Problem;
use super::source::beside;
use crate::server::Workbench;
use crate::server::folder::FolderError;

/// Brings in a case (`.toml`), a GMCR+ file or a game of Gambit: read, checked, and saved under a new name.
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
            let bytes = request.content.as_bytes();
            let (conflict, diagnostics) = if is_nfg(bytes) {
                nfg(&request.name, bytes)
            } else {
                check_gmcr(&request.name, bytes, GmcrSettings::default())
            };
            (conflict.map(|conflict| detente_case::to_toml(&conflict)), diagnostics)
        };
        let found = problems(if is_case { &request.content } else { "" }, &diagnostics);
        let Some(text) = text else { return Ok(Json(ImportedView { path: None, problems: found })) };
        let file = request.name.rsplit('/').next().unwrap_or(&request.name);
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        let path = save_new(&workbench, &slug(stem, "case"), &text)?;
        Ok(Json(ImportedView { path: Some(path), problems: found }))
    })
    .await
    .map_err(Problem::internal)?
}

/// Saves a case in a folder of its own, under a name that is free.
fn save_new(workbench: &Workbench, stem: &str, text: &str) -> Result<String, Problem> {
    for number in 1..=1000 {
        let folder = if number == 1 { stem.to_owned() } else { format!("{stem}-{number}") };
        let path = format!("{folder}/case.toml");
        match workbench.folder.save(&path, text.as_bytes(), None) {
            Ok(_) => return Ok(path),
            Err(FolderError::Exists(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(Problem::bad_request(format!("there are a thousand folders called `{stem}` already")))
}

/// Where the text of a new case's source is kept, beside the case file.
const SOURCE_FILE: &str = "sources/text.txt";

/// Makes a case from a template, with a source text beside it when one was given.
pub(crate) async fn new(
    State(workbench): State<Arc<Workbench>>,
    Json(request): Json<NewRequest>,
) -> Result<Json<MadeView>, Problem> {
    tokio::task::spawn_blocking(move || {
        let source = request.source.as_deref().filter(|text| !text.trim().is_empty());
        let about = source.map(detente_read::taking::heading).unwrap_or_default();
        let or =
            |given: &str, said: String| if given.trim().is_empty() { said } else { given.trim().to_owned() };
        let title = or(&request.title, about.title.clone());
        if title.is_empty() {
            return Err(Problem::bad_request("a case needs a title"));
        }
        let date = or(&request.date, about.date);
        if !is_date(&date) {
            return Err(Problem::bad_request(format!(
                "“{date}” is no date: write it as 2023-03-07, 2023-03 or 2023"
            )));
        }
        let template = match request.template {
            Template::Empty => include_str!("templates/empty.toml"),
            Template::Mediation => include_str!("templates/mediation.toml"),
            Template::Document => include_str!("templates/document.toml"),
        };
        let mut edits = vec![Edit::Set { address: "case.title".to_owned(), value: title.as_str().into() }];
        if source.is_some() {
            let mut value =
                serde_json::json!({"title": or(&about.title, title.clone()), "text": SOURCE_FILE});
            let author = or(&request.author, about.author);
            for (key, one) in [("author", &author), ("date", &date)] {
                if !one.is_empty() {
                    value[key] = one.as_str().into();
                }
            }
            if !date.is_empty() {
                edits.push(Edit::Set { address: "case.as_of".to_owned(), value: date.as_str().into() });
            }
            edits.push(Edit::Insert { address: "source.text".to_owned(), at: None, value });
        }
        let text = detente_case::edit(template, &edits).map_err(Problem::internal)?;
        let path = save_new(&workbench, &slug(&title, "case"), &text)?;
        if let (Some(source), Some((folder, _))) = (source, path.rsplit_once('/')) {
            workbench.folder.save(&format!("{folder}/{SOURCE_FILE}"), source.as_bytes(), None)?;
        }
        Ok(Json(MadeView { path }))
    })
    .await
    .map_err(Problem::internal)?
}

/// Whether it is empty, a year, a month or a day.
fn is_date(date: &str) -> bool {
    let parts: Vec<&str> = date.split('-').collect();
    let digits =
        |(part, count): (&&str, usize)| part.len() == count && part.bytes().all(|b| b.is_ascii_digit());
    date.is_empty() || parts.len() <= 3 && parts.iter().zip([4, 2, 2]).all(digits)
}

/// A name for a folder or in a file: small letters, digits and hyphens; `otherwise` when nothing of `words` is left.
pub(crate) fn slug(words: &str, otherwise: &str) -> String {
    let mut slug = String::new();
    for c in detente_case::in_ascii(words).to_lowercase().chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if !slug.ends_with('-') && !slug.is_empty() {
            slug.push('-');
        }
    }
    let slug: String = slug.chars().take(60).collect();
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { otherwise } else { slug }.to_owned()
}

/// Puts a case out of sight.
pub(crate) async fn discard(
    State(workbench): State<Arc<Workbench>>,
    Json(request): Json<PathRequest>,
) -> Result<Json<DiscardedView>, Problem> {
    let discarding = tokio::task::spawn_blocking(move || workbench.folder.discard(&request.path));
    let name = discarding.await.map_err(Problem::internal)??;
    Ok(Json(DiscardedView { name }))
}

/// Brings a discarded case back.
pub(crate) async fn restore(
    State(workbench): State<Arc<Workbench>>,
    Json(request): Json<RestoreRequest>,
) -> Result<Json<MadeView>, Problem> {
    tokio::task::spawn_blocking(move || {
        let path = workbench.folder.restore(&request.name)?;
        // A folder came back: the case in it is what was discarded.
        let all = workbench.folder.cases().map_err(Problem::internal)?;
        let inside = format!("{path}/");
        let found =
            all.entries.into_iter().find(|entry| entry.path == path || entry.path.starts_with(&inside));
        Ok(Json(MadeView { path: found.map_or(path, |entry| entry.path) }))
    })
    .await
    .map_err(Problem::internal)?
}

/// Copies a case under a new title, with the texts that it names.
pub(crate) async fn duplicate(
    State(workbench): State<Arc<Workbench>>,
    Json(request): Json<PathRequest>,
) -> Result<Json<MadeView>, Problem> {
    tokio::task::spawn_blocking(move || {
        let found = workbench.folder.read(&request.path)?;
        let text = String::from_utf8(found.bytes).map_err(|_| {
            Problem::bad_request(format!("`{}` is not UTF-8: it cannot be copied", request.path))
        })?;
        let outline = detente_case::outline(&text)
            .ok_or_else(|| Problem::bad_request(format!("`{}` is no TOML: mend it first", request.path)))?;
        let title = outline.value.pointer("/case/title").and_then(serde_json::Value::as_str);
        let title = format!("{} (copy)", title.unwrap_or("Case"));
        let edits = [Edit::Set { address: "case.title".to_owned(), value: title.as_str().into() }];
        let copy = detente_case::edit(&text, &edits).map_err(Problem::bad_request)?;
        let path = save_new(&workbench, &slug(&title, "case"), &copy)?;
        let sources = outline.value.get("source").and_then(serde_json::Value::as_object);
        let texts =
            sources.into_iter().flat_map(|all| all.values()).filter_map(|one| one.get("text")?.as_str());
        for file in texts {
            if let Ok(text) = workbench.folder.read(&beside(&request.path, file)) {
                workbench.folder.save(&beside(&path, file), &text.bytes, None)?;
            }
        }
        Ok(Json(MadeView { path }))
    })
    .await
    .map_err(Problem::internal)?
}

/// Adds the version that is looked at to the text, as a variant with an id and a title.
pub(crate) async fn keep(Json(request): Json<KeepRequest>) -> Result<Json<EditedView>, Problem> {
    fresh(&request.text, &request.revision)?;
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
    edits.push(Edit::Insert { address: format!("variant.{}", request.id), at: None, value: value.into() });
    let text = detente_case::edit(&request.text, &edits).map_err(Problem::bad_request)?;
    let read = detente_case::read(&request.path, text.as_bytes());
    match read.diagnostics.iter().find(|d| d.is_error()) {
        Some(error) => Err(Problem::bad_request(&error.message)),
        None => Ok(Json(EditedView::of(text))),
    }
}
