//! The situation, for the page.

use axum::Json;
use schemars::JsonSchema;
use serde::Deserialize;

use super::answer_view::Version;
use super::live::PATIENCE;
use super::live::conflict_of;
use super::problem::Problem;
use super::progress::patiently;
use super::why::state_of;
use detente_study::show::map;
use detente_study::wire::MapView;

/// The situation now, or after an outcome.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct MapRequest {
    pub(crate) path: String,
    pub(crate) text: String,
    #[serde(default)]
    pub(crate) version: Version,
    /// The outcome, by its number; absent: now.
    pub(crate) state: Option<String>,
}

pub(crate) async fn map(Json(request): Json<MapRequest>) -> Result<Json<MapView>, Problem> {
    patiently(PATIENCE, None, move |_| {
        let conflict = conflict_of(&request.path, &request.text, &request.version)?;
        let state = request.state.as_deref().map(|text| state_of(&conflict, text)).transpose()?;
        Ok(Json(map::view(&conflict, state.as_ref())))
    })
    .await?
}
