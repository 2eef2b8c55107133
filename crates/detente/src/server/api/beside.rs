//! Two cases side by side: what differs between them, and what each answers.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use detente_study::say::difference;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::answer_view::{AnswerView, Version};
use super::files::read;
use super::live::{PATIENCE, answered, conflict_of};
use super::problem::Problem;
use super::progress::patiently;
use crate::server::Workbench;

/// Which two.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct BesideRequest {
    pub(crate) path: String,
    pub(crate) text: String,
    #[serde(default)]
    pub(crate) version: Version,
    /// The other case file.
    pub(crate) other: String,
    /// In which version of it.
    #[serde(default)]
    pub(crate) other_version: Version,
}

/// Two cases side by side.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct BesideView {
    /// The title of the other.
    pub(crate) title: String,
    /// What the other is that this one is not, in the order of the file.
    pub(crate) changes: Vec<ChangeView>,
    /// What the other answers.
    pub(crate) answer: AnswerView,
}

/// One difference.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ChangeView {
    /// What it is about: option, rule, wish, definition, status quo, …
    pub(crate) about: String,
    /// `+`: only in the other, `−`: only in this one, `~`: another one.
    pub(crate) sign: String,
    /// In words.
    pub(crate) text: String,
}

pub(crate) async fn beside(
    State(workbench): State<Arc<Workbench>>,
    Json(request): Json<BesideRequest>,
) -> Result<Json<BesideView>, Problem> {
    patiently(PATIENCE, None, move |watch| {
        let here = conflict_of(&request.path, &request.text, &request.version)?;
        let file = read(&workbench, request.other.clone())?;
        let there = conflict_of(&request.other, &file.text, &request.other_version)?;
        let changes = difference::changes(&here, &there).into_iter();
        let changes = changes.map(|change| ChangeView {
            about: change.about.to_owned(),
            sign: change.sign.to_string(),
            text: change.text,
        });
        let (title, changes) = (there.about.title.clone(), changes.collect());
        Ok(Json(BesideView { title, changes, answer: answered(there, watch).map_err(Problem::bad_request)? }))
    })
    .await?
}
