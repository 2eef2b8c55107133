//! Tables as files for a spreadsheet: the same writer as the command line's.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::State;
use detente_engine::Settings;
use detente_model::Concept;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::answer_view::Version;
use super::live::conflict_of;
use super::problem::Problem;
use super::progress::patiently;
use super::why::state_of;
use crate::server::Workbench;
use detente_study::find::listing::Listing;
use detente_study::say::listing;
use detente_study::show::csv::{self, Style};
use detente_study::{Study, Waiting};

/// How long it may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// The outcomes of a case as a file.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct TableRequest {
    pub(crate) path: String,
    pub(crate) text: String,
    #[serde(default)]
    pub(crate) version: Version,
    /// Under which its progress is told.
    pub(crate) ticket: Option<String>,
    /// Numbers of the outcomes wanted, in this order; absent: all, or, where they are too many, the status quo, what
    /// lasts and the first others, as the file then says.
    pub(crate) states: Option<Vec<String>>,
    #[serde(default)]
    pub(crate) separator: Separator,
    /// Whether the file begins with the mark by which Excel knows UTF-8.
    #[serde(default)]
    pub(crate) bom: bool,
}

/// Any table as a file.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct CsvRequest {
    /// The first row is the head.
    pub(crate) rows: Vec<Vec<String>>,
    #[serde(default)]
    pub(crate) separator: Separator,
    /// Whether the file begins with the mark by which Excel knows UTF-8.
    #[serde(default)]
    pub(crate) bom: bool,
}

/// What stands between two cells.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Separator {
    #[default]
    Comma,
    Semicolon,
    Tab,
}

/// A file.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct TableView {
    /// All of it.
    pub(crate) text: String,
    /// What it leaves out, and what could not be computed and why; it says so itself too.
    pub(crate) notes: Vec<String>,
}

fn style(separator: Separator, bom: bool) -> Style {
    let separator = match separator {
        Separator::Comma => csv::Separator::Comma,
        Separator::Semicolon => csv::Separator::Semicolon,
        Separator::Tab => csv::Separator::Tab,
    };
    Style { separator, bom }
}

pub(crate) async fn table(
    State(workbench): State<Arc<Workbench>>,
    Json(request): Json<TableRequest>,
) -> Result<Json<TableView>, Problem> {
    let ticket = request.ticket.clone().map(|ticket| (workbench, ticket));
    patiently(PATIENCE, ticket, move |watch| outcomes(&request, watch)).await?.map(Json)
}

fn outcomes(request: &TableRequest, watch: &Waiting) -> Result<TableView, Problem> {
    let conflict = conflict_of(&request.path, &request.text, &request.version)?;
    let states = request.states.iter().flatten().map(|text| state_of(&conflict, text));
    let states = states.collect::<Result<Vec<_>, _>>()?;
    let refused = |refusal: detente_study::Refusal| Problem::bad_request(refusal.sentence());
    let study = Study::solved(conflict, Settings::default(), watch).map_err(refused)?;
    let found = if request.states.is_some() {
        Listing::of_states(&study.found, &Concept::DEFAULT, states)
    } else {
        Listing::of(&study.found, &Concept::DEFAULT, csv::choice(None))
    };
    let found = found.map_err(|error| refused(detente_study::Refusal::of(study.conflict(), &error)))?;
    let text = csv::outcomes(&found, style(request.separator, request.bom));
    Ok(TableView { text, notes: listing::notes(&found) })
}

pub(crate) async fn any(Json(request): Json<CsvRequest>) -> Json<TableView> {
    let text = csv::table(&request.rows, style(request.separator, request.bom));
    Json(TableView { text, notes: Vec::new() })
}
