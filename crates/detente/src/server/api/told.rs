//! What commands tell, told in the page: the same reports, as data; and the report to hand in, as a file.

use std::time::{Duration, Instant};

use axum::Json;
use base64::Engine as _;
use detente_engine::evolution::Choice;
use detente_engine::{LimitHit, Settings};
use detente_model::Conflict;
use detente_study::ask::watch::Asked;
use detente_study::ask::{self, evolve, price, report as reporting};
use detente_study::find::watch::{DRAWS, Watching};
use detente_study::say::report::Length;
use detente_study::say::watch;
use detente_study::show::doc::Doc;
use detente_study::show::medium::Medium;
use detente_study::wire::DocView;
use detente_study::{Refusal, Waiting};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::answer::limit_sentence;
use super::answer_view::Version;
use super::live::conflict_of;
use super::problem::Problem;
use super::progress::patiently;

/// How long it may take.
const PATIENCE: Duration = Duration::from_secs(120);
/// Outcomes that may be followed.
const FOLLOWED: usize = crate::caps::ONWARD_STATES.size();
/// Rows of a list: nobody is sent to a terminal for more.
const LIST: usize = crate::caps::PRICE_WAYS.size();
/// Games for each aim.
const GAMES: usize = crate::caps::PRICE_GAMES.size();

/// Something to be told of a case in a version.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct ToldRequest {
    pub(crate) path: String,
    pub(crate) text: String,
    #[serde(default)]
    pub(crate) version: Version,
    pub(crate) what: What,
    /// Which question, by its id; absent: the one that the command takes.
    #[serde(default)]
    pub(crate) question: Option<String>,
}

/// What is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum What {
    /// Where it goes from today: `detente evolve`.
    Story,
    /// Which next move would settle most: `detente watch-for`.
    Watch,
    /// Who can change the answer with which deed: `detente price`.
    Deeds,
}

/// A report in the page.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ToldView {
    /// What the command prints.
    pub(crate) doc: DocView,
    /// Bounds that were hit, one sentence each.
    pub(crate) limits: Vec<String>,
    pub(crate) took_ms: f64,
}

/// A report to hand in.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct ReportRequest {
    pub(crate) path: String,
    pub(crate) text: String,
    #[serde(default)]
    pub(crate) version: Version,
    pub(crate) medium: Medium,
    /// Everything, where otherwise two pages.
    #[serde(default)]
    pub(crate) full: bool,
    /// Where claims contradict each other: as every account tells it, and not the one of the version alone.
    #[serde(default)]
    pub(crate) accounts: bool,
}

/// A file.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ReportView {
    /// What it may be called.
    pub(crate) name: String,
    /// Its media type.
    pub(crate) media: String,
    /// Its bytes, in Base64.
    pub(crate) base64: String,
    /// Bounds that were hit, one sentence each; the report says so itself too.
    pub(crate) limits: Vec<String>,
}

pub(crate) async fn told(Json(request): Json<ToldRequest>) -> Result<Json<ToldView>, Problem> {
    patiently(PATIENCE, None, move |watch| view(&request, watch)).await?.map(Json)
}

fn view(request: &ToldRequest, watch: &Waiting) -> Result<ToldView, Problem> {
    let begin = Instant::now();
    let conflict = conflict_of(&request.path, &request.text, &request.version)?;
    let (conflict, doc, limits) = match request.what {
        What::Story => story(conflict, watch)?,
        What::Watch => watch_for(conflict, request.question.as_deref(), watch)?,
        What::Deeds => deeds(conflict, request.question.as_deref(), watch)?,
    };
    Ok(ToldView {
        doc: DocView::of(&conflict, &doc),
        limits: limits.iter().map(limit_sentence).collect(),
        took_ms: begin.elapsed().as_secs_f64() * 1e3,
    })
}

type Told = (Conflict, Doc, Vec<LimitHit>);

fn refused(refusal: &Refusal) -> Problem {
    Problem::bad_request(refusal.sentence())
}

fn story(conflict: Conflict, watch: &Waiting) -> Result<Told, Problem> {
    let ask = evolve::Ask {
        from: "sq".to_owned(),
        coalitions: false,
        weights: Vec::new(),
        choice: Choice::default(),
        limit: FOLLOWED,
        settings: Settings::default(),
    };
    let found = evolve::Evolved::of(conflict, &ask, watch).map_err(|refusal| refused(&refusal))?;
    let doc = found.doc();
    Ok((found.found.conflict, doc, found.limits))
}

fn watch_for(conflict: Conflict, question: Option<&str>, watch: &Waiting) -> Result<Told, Problem> {
    let asked = Asked {
        question: question.map(str::to_owned),
        seen: Vec::new(),
        concept: None,
        draws: DRAWS,
        seed: 1,
        threads: 0,
    };
    let ask = ask::watch::ask(&conflict, &asked).map_err(|refusal| refused(&refusal))?;
    let watching =
        Watching::of(&conflict, &ask, &**watch).map_err(|why| refused(&watch::refused(&conflict, &why)))?;
    let doc = watch::doc(&conflict, &ask, &watching, LIST);
    let limits = watching.limits().to_vec();
    drop(ask);
    Ok((conflict, doc, limits))
}

fn deeds(conflict: Conflict, question: Option<&str>, watch: &Waiting) -> Result<Told, Problem> {
    let ask = price::Ask { question: question.map(str::to_owned), games: GAMES, ..price::Ask::default() };
    let found = price::Priced::of(conflict, &ask, watch).map_err(|refusal| refused(&refusal))?;
    let doc = found.doc(LIST, &**watch);
    Ok((found.conflict, doc, found.limits))
}

pub(crate) async fn report(Json(request): Json<ReportRequest>) -> Result<Json<ReportView>, Problem> {
    patiently(PATIENCE, None, move |watch| file(&request, watch)).await?.map(Json)
}

fn file(request: &ReportRequest, watch: &Waiting) -> Result<ReportView, Problem> {
    let told = conflict_of(&request.path, &request.text, &request.version)?;
    let every = match request.accounts {
        true => told.accounts().unwrap_or_default(),
        false => Vec::new(),
    };
    let mut versions = Vec::new();
    for account in &every {
        let version = Version { reading: Some(account.id.clone()), ..request.version.clone() };
        versions.push(conflict_of(&request.path, &request.text, &version)?);
    }
    if versions.is_empty() {
        versions.push(told);
    }
    let written = conflict_of(&request.path, &request.text, &Version::default())?;
    let length = if request.full { Length::Full } else { Length::Brief };
    let Version { variant, reading, .. } = &request.version;
    let tried = !Version { variant: None, reading: None, ..request.version.clone() }.is_as_written();
    let command = reporting::command(&request.path, variant.as_deref(), reading.as_deref(), length, tried);
    let ask = reporting::Ask { written: &written, length, command: &command, settings: Settings::default() };
    let made = reporting::Reported::of(versions, &ask, watch).map_err(|refusal| refused(&refusal))?;
    let bytes = request.medium.set(&made.doc).map_err(Problem::internal)?;
    let mut limits: Vec<String> = made.limits.iter().map(limit_sentence).collect();
    limits.dedup();
    Ok(ReportView {
        name: format!("{}.{}", stem(&request.path), request.medium.end()),
        media: request.medium.media().to_owned(),
        base64: base64::engine::general_purpose::STANDARD.encode(bytes),
        limits,
    })
}

/// What files made of a case are called: after its folder, or after its file where that is not `case.toml`.
fn stem(path: &str) -> &str {
    let whole = path.strip_suffix("case.toml").unwrap_or(path).trim_end_matches('/');
    let last = whole.rsplit('/').next().unwrap_or(whole);
    match last.strip_suffix(".toml").unwrap_or(last) {
        "" => "case",
        name => name,
    }
}

#[cfg(test)]
mod tests {
    use super::stem;

    #[test]
    fn a_report_is_called_after_the_folder_or_the_file() {
        let all = ["case.toml", "nile-dam/case.toml", "a/b/case.toml", "south.toml", "a/south.toml"];
        assert_eq!(all.map(stem), ["case", "nile-dam", "b", "south", "south"]);
    }
}
