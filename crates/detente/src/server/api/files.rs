//! Texts of the folder: read, save, watch.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::sse::{Event, KeepAlive, Sse};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tokio_stream::{Stream, StreamExt, wrappers::IntervalStream};

use super::asks_view::SummaryView;
use super::problem::Problem;
use crate::server::Workbench;
use crate::server::folder::FolderError;
use crate::system::reason;

/// The case files of the folder.
#[derive(Serialize, JsonSchema)]
pub(crate) struct CasesView {
    /// The folder, as an absolute path.
    root: String,
    entries: Vec<CaseEntry>,
    /// What may be a case, or hold some, and is not listed.
    left_out: Vec<LeftOutEntry>,
    /// Whether some were left out because there are more than 2,000.
    cut: bool,
}

/// One case file.
#[derive(Serialize, JsonSchema)]
pub(crate) struct CaseEntry {
    path: String,
    /// When it was last changed, seconds since 1970.
    changed: u64,
    /// Of its text.
    revision: String,
    /// What `/summary` said of this text, when somebody asked before.
    summary: Option<SummaryView>,
}

/// Something that is not listed.
#[derive(Serialize, JsonSchema)]
pub(crate) struct LeftOutEntry {
    path: String,
    /// Why, and what can be done.
    why: String,
}

pub(crate) async fn cases(State(workbench): State<Arc<Workbench>>) -> Result<Json<CasesView>, Problem> {
    let listing = workbench.folder.cases().map_err(|error| {
        let root = workbench.folder.root().display();
        Problem::internal(format!("the folder `{root}` cannot be read: {}", reason(&error)))
    })?;
    let left_out = listing.left_out.into_iter().map(|one| LeftOutEntry { path: one.path, why: one.why });
    let entries = listing.entries.into_iter().map(|entry| CaseEntry {
        summary: workbench.summaries.of(&entry.revision, &entry.path, entry.changed),
        path: entry.path,
        changed: entry.changed,
        revision: entry.revision,
    });
    let entries = entries.collect();
    let root = workbench.folder.root().display().to_string();
    Ok(Json(CasesView { root, entries, left_out: left_out.collect(), cut: listing.cut }))
}

/// Which file.
#[derive(Deserialize, JsonSchema)]
pub(crate) struct PathQuery {
    /// Relative to the folder, with `/`.
    pub(crate) path: String,
}

/// A case file as text.
#[derive(Serialize, JsonSchema)]
pub(crate) struct FileText {
    pub(super) path: String,
    /// The file's text; invalid UTF-8 is shown with replacement characters and `utf8` is false.
    pub(super) text: String,
    utf8: bool,
    /// To be sent back as `base` when saving.
    revision: String,
    /// Whether it may be saved: false for a read-only file.
    writable: bool,
    /// Names the folder, and no other that is served at the same address.
    folder: String,
}

/// A text to save.
#[derive(Deserialize, JsonSchema)]
pub(crate) struct SaveRequest {
    path: String,
    text: String,
    /// The revision that the writer started from; absent for a new file.
    base: Option<String>,
}

/// The outcome of saving.
#[derive(Serialize, JsonSchema)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub(crate) enum Saved {
    /// The file holds the text now.
    Saved { revision: String },
    /// The file was changed outside: nothing was written; here is what stands there.
    Changed { text: String, revision: String },
}

pub(crate) async fn text(
    State(workbench): State<Arc<Workbench>>,
    Query(query): Query<PathQuery>,
) -> Result<Json<FileText>, Problem> {
    read(&workbench, query.path).map(Json)
}

/// A file as text.
pub(super) fn read(workbench: &Workbench, path: String) -> Result<FileText, Problem> {
    let found = workbench.folder.read(&path)?;
    let (text, utf8) = match String::from_utf8(found.bytes) {
        Ok(text) => (text, true),
        Err(error) => (String::from_utf8_lossy(error.as_bytes()).into_owned(), false),
    };
    let (writable, folder) = (workbench.folder.writable(&path), workbench.folder.name());
    Ok(FileText { path, text, utf8, revision: found.revision, writable, folder })
}

pub(crate) async fn save(
    State(workbench): State<Arc<Workbench>>,
    Json(request): Json<SaveRequest>,
) -> Result<(StatusCode, Json<Saved>), Problem> {
    let saving = tokio::task::spawn_blocking(move || {
        workbench.folder.save(&request.path, request.text.as_bytes(), request.base.as_deref())
    });
    match saving.await.map_err(Problem::internal)? {
        Ok(revision) => Ok((StatusCode::OK, Json(Saved::Saved { revision }))),
        Err(FolderError::Changed(there)) => {
            let text = String::from_utf8_lossy(&there.bytes).into_owned();
            Ok((StatusCode::CONFLICT, Json(Saved::Changed { text, revision: there.revision })))
        }
        Err(error) => Err(error.into()),
    }
}

/// Which files.
#[derive(Deserialize, JsonSchema)]
pub(crate) struct PathsQuery {
    /// Their paths, as a JSON list.
    paths: String,
}

/// Most files that one stream watches.
const MOST_WATCHED: usize = 64;
/// How soon a browser is to ask again when the line broke.
const AGAIN: Duration = Duration::from_millis(500);

/// Server-sent events: of some files a JSON list of `{path, revision}`, now of all and then of those that change (looked
/// at twice a second); without a revision while there is no such file. One stream serves all tabs of a browser.
pub(crate) async fn watches(
    State(workbench): State<Arc<Workbench>>,
    Query(query): Query<PathsQuery>,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Problem> {
    let paths: Vec<String> = serde_json::from_str(&query.paths).map_err(Problem::bad_request)?;
    if paths.len() > MOST_WATCHED {
        return Err(Problem::bad_request(format!("at most {MOST_WATCHED} files are watched by one stream")));
    }
    for path in &paths {
        workbench.folder.inside(path)?;
    }
    let held = workbench.stream()?;
    let mut last: Vec<Option<Option<String>>> = vec![None; paths.len()];
    let ticks = IntervalStream::new(tokio::time::interval(Duration::from_millis(500)));
    let events = ticks.filter_map(move |_| {
        let _held = &held;
        let changed = paths.iter().zip(&mut last).filter_map(|(path, last)| {
            let now = workbench.folder.read(path).ok().map(|text| text.revision);
            let changed = last.as_ref() != Some(&now);
            *last = Some(now.clone());
            changed.then(|| serde_json::json!({ "path": path, "revision": now }))
        });
        let changed: Vec<_> = changed.collect();
        let words = serde_json::Value::Array(changed);
        let any = words.as_array().is_some_and(|changed| !changed.is_empty());
        any.then(|| Ok(Event::default().event("files").retry(AGAIN).data(words.to_string())))
    });
    Ok(Sse::new(events).keep_alive(KeepAlive::default()))
}

/// Server-sent events: the revision of a file, now and whenever it changes (looked at twice a
/// second); `missing` while there is no such file.
pub(crate) async fn watch(
    State(workbench): State<Arc<Workbench>>,
    Query(query): Query<PathQuery>,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Problem> {
    workbench.folder.inside(&query.path)?;
    let held = workbench.stream()?;
    let mut last = None;
    let ticks = IntervalStream::new(tokio::time::interval(Duration::from_millis(500)));
    let events = ticks.filter_map(move |_| {
        let _held = &held;
        let now = workbench.folder.read(&query.path).ok().map(|text| text.revision);
        let changed = last.as_ref() != Some(&now);
        last = Some(now.clone());
        changed.then(|| {
            Ok(match now {
                Some(revision) => Event::default().event("revision").data(revision),
                None => Event::default().event("missing").data(""),
            })
        })
    });
    Ok(Sse::new(events).keep_alive(KeepAlive::default()))
}
