//! Forecasts written down and resolved: what `detente forecast record` and `detente forecast resolve` do, for the page.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::State;
use detente_ledger::{
    AnswerChance, Content, Day, Draft, Entry, Forecast, Measure, Probability, Source, When, append, load,
};
use detente_model::Concept;
use detente_study::Refusal;
use detente_study::ask::forecast::{self, Became, Chances, Computing, Unrecorded, resolution};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::answer_view::Version;
use super::cases::slug;
use super::live::conflict_of;
use super::problem::Problem;
use super::progress::patiently;
use crate::cli::forecast::failure;
use crate::server::Workbench;
use crate::server::folder::{Folder, FolderError};

/// How long chances may take.
const PATIENCE: Duration = Duration::from_secs(120);
/// Models that are drawn, where a case has more: as many as the command draws.
const DRAWS: u64 = 100_000;

/// A forecast to be written down.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct RecordRequest {
    /// The ledger, which is made where there is none.
    pub(crate) ledger: String,
    /// The question of yes and no, precise enough to tell afterwards which came true.
    pub(crate) question: String,
    /// The day by which it is answered: YYYY-MM-DD.
    pub(crate) by: String,
    /// The probability of yes, from 0 to 1; absent: computed from the case.
    #[serde(default)]
    pub(crate) yes: Option<f64>,
    /// The case that it is computed from.
    #[serde(default)]
    pub(crate) case: Option<RecordedCase>,
    /// Who answers for it.
    #[serde(default)]
    pub(crate) author: String,
    /// Anything else for the reader.
    #[serde(default)]
    pub(crate) note: String,
    /// That the answer is or could be known already.
    #[serde(default)]
    pub(crate) hindsight: bool,
    /// Only tells the chances: nothing is written.
    #[serde(default)]
    pub(crate) only_look: bool,
}

/// A case that chances are computed from.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct RecordedCase {
    pub(crate) path: String,
    pub(crate) text: String,
    #[serde(default)]
    pub(crate) version: Version,
    /// The outcome that means yes: a name of the case, or a formula.
    pub(crate) outcome: String,
    /// What the chance is a share of.
    pub(crate) measure: Measure,
    /// The concept of stability, by its id; absent: Nash.
    #[serde(default)]
    pub(crate) concept: Option<String>,
}

/// What was written down.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct RecordedView {
    /// The answers with their chances.
    pub(crate) answers: Vec<super::ledgers::ChanceView>,
    /// What the chances rest on, in a sentence.
    pub(crate) basis: String,
    /// The seal of the entry; absent where nothing was to be written.
    pub(crate) seal: Option<String>,
}

/// What became of a forecast.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct ResolveRequest {
    pub(crate) ledger: String,
    /// The forecast, by its id.
    pub(crate) forecast: String,
    pub(crate) became: BecameView,
    /// Who answers for it.
    #[serde(default)]
    pub(crate) author: String,
}

/// What became of it.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(tag = "what", rename_all = "snake_case")]
pub(crate) enum BecameView {
    /// An answer came true: on which day that was settled, and who says so.
    Answer { answer: String, on: String, source: String, dated: String, publisher: String, url: String },
    /// Nothing can come true any more: it is not scored.
    Void { reason: String },
    /// The last resolution was a mistake.
    Open { reason: String },
}

/// The seal of an entry that was written.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct SealedView {
    pub(crate) seal: String,
}

pub(crate) async fn record(
    State(workbench): State<Arc<Workbench>>,
    Json(request): Json<RecordRequest>,
) -> Result<Json<RecordedView>, Problem> {
    patiently(PATIENCE, None, move |watch| recorded(&workbench.folder, request, &**watch)).await?.map(Json)
}

fn refused(refusal: &Refusal) -> Problem {
    Problem::bad_request(refusal.sentence())
}

fn day(words: &str) -> Result<Day, Problem> {
    words
        .trim()
        .parse()
        .map_err(|_| Problem::bad_request(format!("“{}” is no day: write it as 2026-12-31", words.trim())))
}

/// What was filled in; nothing where it was left empty.
fn filled(words: &str) -> Option<String> {
    Some(words.trim().to_owned()).filter(|words| !words.is_empty())
}

fn recorded(
    folder: &Folder,
    request: RecordRequest,
    watch: &dyn detente_engine::Watch,
) -> Result<RecordedView, Problem> {
    let question = filled(&request.question).ok_or_else(|| {
        Problem::bad_request("a forecast needs a question, of which one can tell later what came true")
    })?;
    let resolves = day(&request.by)?;
    let Chances { chances, basis, as_of } = match (request.yes, &request.case) {
        (Some(yes), _) => {
            let yes = yes.to_string().parse::<Probability>().map_err(Problem::bad_request)?;
            forecast::by_hand(&[Some(yes), None]).map_err(|why| refused(&why))?
        }
        (None, Some(case)) => {
            let conflict = conflict_of(&case.path, &case.text, &case.version)?;
            let concept = match &case.concept {
                None => Concept::Nash,
                Some(id) => Concept::from_id(id)
                    .ok_or_else(|| Problem::bad_request(format!("there is no concept `{id}`")))?,
            };
            let by = Computing { measure: case.measure, concept, draws: DRAWS, seed: 1 };
            forecast::computed(&conflict, &[Some(case.outcome.clone()), None], by, watch)
                .map_err(|why| refused(&why))?
        }
        (None, None) => {
            return Err(Problem::bad_request("a forecast needs a probability, or a case to compute it from"));
        }
    };
    let answers = ["yes", "no"].into_iter().zip(chances);
    let answers: Vec<AnswerChance> = answers
        .map(|(answer, probability)| AnswerChance { answer: answer.to_owned(), probability })
        .collect();
    let mut view = RecordedView {
        answers: answers.iter().map(super::ledgers::ChanceView::of).collect(),
        basis: detente_study::say::forecast::basis_sentence(&basis),
        seal: None,
    };
    if request.only_look {
        return Ok(view);
    }
    let path = ledger(folder, &request.ledger)?;
    let taken = load(&path).ok();
    let says = Content::Forecast(Forecast {
        id: free(&slug(&question, "forecast"), |id| {
            taken.as_ref().is_some_and(|ledger| ledger.standing(id).is_some())
        }),
        question,
        as_of,
        resolves,
        hindsight: request.hindsight,
        answers,
        basis,
    });
    let draft =
        Draft { recorded: When::Now, author: filled(&request.author), note: filled(&request.note), says };
    let entry = forecast::record(&path, draft).map_err(|why| match why {
        Unrecorded::Ledger(error) => refused(&failure(error)),
        Unrecorded::Hindsight(day) => Problem::bad_request(format!(
            "the day by which it is answered, {day}, is past: say that it is hindsight to write it down as that"
        )),
    })?;
    view.seal = Some(seal(&entry));
    Ok(view)
}

pub(crate) async fn resolve(
    State(workbench): State<Arc<Workbench>>,
    Json(request): Json<ResolveRequest>,
) -> Result<Json<SealedView>, Problem> {
    tokio::task::spawn_blocking(move || {
        let path = ledger(&workbench.folder, &request.ledger)?;
        let ledger = load(&path).map_err(|error| refused(&failure(error)))?;
        let needed = |words: &str, what: &str| {
            filled(words).ok_or_else(|| Problem::bad_request(format!("{what} is missing")))
        };
        let became = match &request.became {
            BecameView::Answer { answer, on, source, dated, publisher, url } => {
                let title = needed(source, "the title of a source that says so")?;
                let date = needed(dated, "the date of the source")?;
                let on = day(if on.trim().is_empty() { &date } else { on })?;
                let source = Source { title, publisher: filled(publisher), date, url: filled(url) };
                Became::Answer(answer.clone(), on, source)
            }
            BecameView::Void { reason } => Became::Void(needed(reason, "the reason")?),
            BecameView::Open { reason } => Became::Open(needed(reason, "the reason")?),
        };
        let says = resolution(&ledger, &request.forecast, became);
        let draft = Draft { recorded: When::Now, author: filled(&request.author), note: None, says };
        let entry = append(&path, false, draft).map_err(|error| refused(&failure(error)))?;
        Ok(Json(SealedView { seal: seal(&entry) }))
    })
    .await
    .map_err(Problem::internal)?
}

fn seal(entry: &Entry) -> String {
    entry.seal.as_str().to_owned()
}

/// Where a ledger of the folder stands, or may be begun.
fn ledger(folder: &Folder, path: &str) -> Result<PathBuf, Problem> {
    if Path::new(path).extension().is_none_or(|end| end != "jsonl") {
        return Err(FolderError::NotWritten(path.to_owned()).into());
    }
    let full = folder.inside(path)?;
    match path.rsplit_once('/') {
        Some((parent, _)) if !full.parent().is_some_and(Path::is_dir) => Err(Problem::bad_request(format!(
            "there is no folder `{parent}` for a ledger: name one that is there"
        ))),
        _ => Ok(full),
    }
}

/// `stem`, with a number where that is taken. A ledger holds tens of thousands of entries at most.
fn free(stem: &str, taken: impl Fn(&str) -> bool) -> String {
    (1_u64..)
        .map(|n| if n == 1 { stem.to_owned() } else { format!("{stem}-{n}") })
        .find(|id| !taken(id))
        .unwrap_or_default()
}
