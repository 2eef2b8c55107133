//! The forecast ledgers of the folder, as they stand.

use std::path::Path;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use detente_ledger::{AnswerChance, Ledger, Standing, Status};
use detente_study::say::forecast;
use detente_study::wire::ForecastScore;
use schemars::JsonSchema;
use serde::Serialize;

use super::problem::Problem;
use crate::server::Workbench;

/// All ledgers.
#[derive(Serialize, JsonSchema)]
pub(crate) struct LedgersView {
    ledgers: Vec<LedgerView>,
}

/// One ledger.
#[derive(Serialize, JsonSchema)]
pub(crate) struct LedgerView {
    path: String,
    /// Where it is broken first, and how; then nothing else is told of it.
    broken: Option<String>,
    /// In the order in which they were recorded.
    forecasts: Vec<ForecastView>,
    /// How good they were: the answer of `detente forecast score --format json`.
    score: Option<ForecastScore>,
}

/// One forecast.
#[derive(Serialize, JsonSchema)]
pub(crate) struct ForecastView {
    id: String,
    question: String,
    /// The day by which it is answered.
    resolves: String,
    /// Whether it was recorded after the fact.
    hindsight: bool,
    answers: Vec<ChanceView>,
    /// open, resolved, void.
    status: String,
    /// The answer that came true, or why it is not scored.
    became: Option<String>,
    /// The title of the case that it was computed from.
    case: Option<String>,
}

/// An answer with its chance.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ChanceView {
    answer: String,
    probability: f64,
}

impl ChanceView {
    pub(super) fn of(one: &AnswerChance) -> Self {
        Self { answer: one.answer.clone(), probability: one.probability.value() }
    }
}

pub(crate) async fn ledgers(State(workbench): State<Arc<Workbench>>) -> Result<Json<LedgersView>, Problem> {
    let reading = tokio::task::spawn_blocking(move || {
        let paths = workbench.folder.ledgers();
        let ledgers = paths.into_iter().map(|path| match workbench.folder.read(&path) {
            Ok(found) => told(path, &found.bytes),
            Err(error) => broken(path, error.to_string()),
        });
        LedgersView { ledgers: ledgers.collect() }
    });
    reading.await.map(Json).map_err(Problem::internal)
}

fn broken(path: String, why: String) -> LedgerView {
    LedgerView { path, broken: Some(why), forecasts: Vec::new(), score: None }
}

fn told(path: String, bytes: &[u8]) -> LedgerView {
    match Ledger::read(bytes) {
        Err(found) => broken(path, found.told()),
        Ok(ledger) => LedgerView {
            forecasts: ledger.standings().iter().map(standing).collect(),
            score: Some(forecast::score_json(Path::new(&path), &ledger)),
            broken: None,
            path,
        },
    }
}

fn standing(standing: &Standing) -> ForecastView {
    let said = &standing.forecast;
    let (status, became) = match &standing.status {
        Status::Open => ("open", None),
        Status::Resolved { resolution, .. } => ("resolved", Some(resolution.answer.clone())),
        Status::Void { reason, .. } => ("void", Some(reason.clone())),
    };
    let case = match &said.basis {
        detente_ledger::Basis::Case(case) => Some(case.title.clone()),
        detente_ledger::Basis::Given => None,
    };
    ForecastView {
        id: said.id.clone(),
        question: said.question.clone(),
        resolves: said.resolves.to_string(),
        hindsight: said.hindsight,
        answers: said.answers.iter().map(ChanceView::of).collect(),
        status: status.to_owned(),
        became,
        case,
    }
}
