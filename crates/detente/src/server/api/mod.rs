//! The server's API, version 1. Described in `schema/api.json` (OpenAPI), which [`openapi()`]
//! makes from the types here; the page's types are made from that file.

mod answer;
mod answer_view;
mod asks_view;
mod basins;
mod beside;
mod case_build;
mod case_view;
mod cases;
mod edits;
mod files;
mod ledgers;
mod live;
mod map;
mod naming;
mod onwards;
mod openapi;
mod price;
mod problem;
mod progress;
mod proposals;
mod record;
mod said;
mod shares;
mod source;
mod summaries;
mod table;
mod texts;
mod told;
mod version;
mod why;
mod words;

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};

use super::Workbench;
use openapi::Description;
pub(crate) use openapi::openapi;
pub(crate) use problem::Problem;
pub(crate) use progress::Running;
pub(crate) use proposals::Readings;
pub(crate) use summaries::Summaries;

/// All routes below `/api/v1`.
pub(crate) fn routes() -> Router<Arc<Workbench>> {
    Router::new()
        .route("/cases", get(files::cases))
        .route("/text", get(files::text))
        .route("/open", get(live::open))
        .route("/save", post(files::save))
        .route("/watch", get(files::watch))
        .route("/watches", get(files::watches))
        .route("/ledgers", get(ledgers::ledgers))
        .route("/record", post(record::record))
        .route("/resolve", post(record::resolve))
        .route("/beside", post(beside::beside))
        .route("/discard", post(cases::discard))
        .route("/restore", post(cases::restore))
        .route("/duplicate", post(cases::duplicate))
        .route("/summary", get(live::summary))
        .route("/live", post(live::live))
        .route("/check", post(live::check))
        .route("/shares", post(shares::shares))
        .route("/progress", get(progress::progress))
        .route("/cancel", post(progress::cancel))
        .route("/edit", post(edits::edit))
        .route("/falls", post(edits::falls))
        .route("/why", post(why::why))
        .route("/together", post(onwards::together))
        .route("/onwards", post(onwards::onwards))
        .route("/basins", post(basins::basins))
        .route("/trust", post(onwards::trust_view))
        .route("/price", post(price::price))
        .route("/said", post(said::said))
        .route("/told", post(told::told))
        .route("/report", post(told::report))
        .route("/map", post(map::map))
        .route("/table", post(table::table))
        .route("/csv", post(table::any))
        .route("/source", get(source::source))
        .route("/proposals", post(proposals::proposals))
        .route("/new", post(cases::new))
        .route("/import", post(cases::import))
        .route("/keep", post(cases::keep))
        .route("/name", post(naming::name))
        .fallback(|| async { problem::Problem::bad_request("there is no such part of the API") })
}

/// The routes for the description, in the order of [`routes`].
fn describe(all: &mut Description) {
    all.get::<files::CasesView>("/cases", "The case files of the folder.", &[]);
    all.get::<files::FileText>("/text", "A file as text.", &["path"]);
    all.get::<asks_view::OpenedView>(
        "/open",
        "A file as text, with everything that follows from it.",
        &["path"],
    );
    all.post::<files::SaveRequest, files::Saved>(
        "/save",
        "Saves a text, unless the file was changed outside (status 409).",
    );
    all.get::<asks_view::SummaryView>(
        "/summary",
        "A case in a few words, with its answer in one sentence.",
        &["path"],
    );
    all.post::<asks_view::LiveRequest, asks_view::LiveView>(
        "/live",
        "Everything that follows from a text: problems, case, answer.",
    );
    all.post::<asks_view::CheckRequest, asks_view::CheckView>(
        "/check",
        "All problems of a text, with what is probably not meant and quotes that are not in their source.",
    );
    all.post::<shares::SharesRequest, shares::SharesView>(
        "/shares",
        "In how many models something lasts, by how sure one is of the wishes.",
    );
    all.events("/progress", "What is being computed for a question.", &["ticket"]);
    all.post::<asks_view::CancelRequest, asks_view::CancelView>(
        "/cancel",
        "Stops a question: it is answered with what was found.",
    );
    all.post::<asks_view::EditRequest, asks_view::EditedView>(
        "/edit",
        "Changes a text and keeps its comments and order, unless something is not as it was expected (status 409).",
    );
    all.post::<asks_view::FallsRequest, asks_view::FallsView>(
        "/falls",
        "What cannot be without a thing of a text.",
    );
    all.post::<asks_view::WhyRequest, asks_view::WhyView>("/why", "Why a verdict is as it is.");
    all.post::<asks_view::StateRequest, asks_view::TogetherView>(
        "/together",
        "Who could leave an outcome together, and to what.",
    );
    all.post::<asks_view::StateRequest, asks_view::OnwardsView>(
        "/onwards",
        "Where it goes from an outcome, by steps of single actors.",
    );
    all.post::<asks_view::LiveRequest, basins::BasinsView>(
        "/basins",
        "Where each outcome can end, by steps of single actors.",
    );
    all.post::<asks_view::LiveRequest, asks_view::TrustView>("/trust", "What the conclusions hang on.");
    all.post::<price::PriceRequest, price::PriceView>(
        "/price",
        "What it would take: the least change that makes an outcome last, or no longer lets it.",
    );
    all.post::<asks_view::LiveRequest, said::SpokenView>(
        "/said",
        "Which threats and promises are meant and would work, whether demands would be met, and who is in a dilemma.",
    );
    all.post::<told::ToldRequest, told::ToldView>(
        "/told",
        "What a command tells of a case: the story, what to watch, the deeds.",
    );
    all.post::<told::ReportRequest, told::ReportView>(
        "/report",
        "The report to hand in: the file that `detente report` writes.",
    );
    all.post::<map::MapRequest, detente_study::wire::MapView>(
        "/map",
        "The situation, now or after an outcome.",
    );
    all.post::<table::TableRequest, table::TableView>(
        "/table",
        "The outcomes as CSV: the file that `detente export --to csv` writes.",
    );
    all.post::<table::CsvRequest, table::TableView>("/csv", "Any table as CSV, with formula cells guarded.");
    all.get::<source::SourceTextView>(
        "/source",
        "A source text, sentence by sentence.",
        &["path", "file", "title", "author"],
    );
    all.post::<proposals::ProposalsRequest, proposals::ProposalsView>(
        "/proposals",
        "What the text of a source proposes for a case, and the edits that take it.",
    );
    all.post::<asks_view::NewRequest, asks_view::MadeView>("/new", "Makes a new case.");
    all.post::<asks_view::ImportRequest, asks_view::ImportedView>(
        "/import",
        "Brings in a case, a GMCR+ file or a game of Gambit.",
    );
    all.post::<asks_view::KeepRequest, asks_view::EditedView>(
        "/keep",
        "Adds a version to the text, as a variant.",
    );
    all.post::<asks_view::NameRequest, asks_view::EditedView>(
        "/name",
        "Gives an outcome a name in the text, that no other outcome takes.",
    );
    all.post::<asks_view::PathRequest, asks_view::DiscardedView>(
        "/discard",
        "Puts a case out of sight, until it is restored.",
    );
    all.post::<asks_view::RestoreRequest, asks_view::MadeView>("/restore", "Brings a discarded case back.");
    all.post::<asks_view::PathRequest, asks_view::MadeView>(
        "/duplicate",
        "Copies a case, with the texts of its sources, beside it.",
    );
    all.get::<ledgers::LedgersView>("/ledgers", "The forecast ledgers of the folder.", &[]);
    all.post::<record::RecordRequest, record::RecordedView>(
        "/record",
        "Writes a forecast down in a ledger, as `detente forecast record` does; or tells its chances only.",
    );
    all.post::<record::ResolveRequest, record::SealedView>(
        "/resolve",
        "Says what became of a forecast, as `detente forecast resolve` does.",
    );
    all.post::<beside::BesideRequest, beside::BesideView>("/beside", "Another case beside this one.");
    all.events("/watches", "The revisions of files, now and whenever one changes.", &["paths"]);
    all.events("/watch", "The revision of a file, now and whenever it changes.", &["path"]);
}
