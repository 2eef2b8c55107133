//! Where each outcome can end, for the picture of many outcomes.

use axum::Json;
use detente_engine::evolution::{Basins, basins as find};
use detente_model::Conflict;
use schemars::JsonSchema;
use serde::Serialize;

use super::answer::MOST_ROWS;
use super::asks_view::LiveRequest;
use super::live::{PATIENCE, conflict_of, sentence};
use super::problem::Problem;
use super::progress::patiently;
use detente_study::say::basins as say;

/// Where improvements of single actors can lead, for every outcome.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct BasinsView {
    /// What the groups are, in one sentence.
    pub(crate) sentence: String,
    pub(crate) endings: Vec<BasinEndingView>,
    /// Largest first; every outcome lies in one.
    pub(crate) basins: Vec<BasinView>,
}

/// An outcome that nobody alone leaves, or a cycle of several that lead to each other for ever.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct BasinEndingView {
    pub(crate) name: String,
    /// equilibrium or cycle.
    pub(crate) kind: String,
    /// Positions in `outcomes` of the answer.
    pub(crate) outcomes: Vec<usize>,
}

/// Outcomes from which the same endings can be reached.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct BasinView {
    /// How many outcomes, and where they can end.
    pub(crate) words: String,
    /// Positions in `endings`.
    pub(crate) endings: Vec<usize>,
    /// Positions in `outcomes` of the answer.
    pub(crate) outcomes: Vec<usize>,
}

pub(crate) async fn basins(Json(request): Json<LiveRequest>) -> Result<Json<BasinsView>, Problem> {
    patiently(PATIENCE, None, move |watch| {
        let conflict = conflict_of(&request.path, &request.text, &request.version)?;
        let found = find(&conflict.game, MOST_ROWS, &**watch)
            .map_err(|error| Problem::bad_request(sentence(&conflict, &error)))?;
        Ok(Json(view(&conflict, &found)))
    })
    .await?
}

fn view(conflict: &Conflict, found: &Basins) -> BasinsView {
    let endings = say::endings(conflict, found);
    let basins = found.basins.iter().map(|basin| BasinView {
        words: say::basin(basin, &endings),
        endings: basin.endings.clone(),
        outcomes: basin.states.clone(),
    });
    BasinsView {
        sentence: say::sentence(found),
        basins: basins.collect(),
        endings: endings
            .into_iter()
            .zip(&found.endings)
            .map(|(name, places)| BasinEndingView {
                name,
                kind: if places.len() == 1 { "equilibrium" } else { "cycle" }.to_owned(),
                outcomes: places.clone(),
            })
            .collect(),
    }
}
