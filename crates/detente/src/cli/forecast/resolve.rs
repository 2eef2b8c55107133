//! `detente forecast resolve LEDGER ID`: what came true.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::Args;
use detente_model::Conflict;

use super::{WriterArgs, failure};
use crate::cli::args::{CaseArg, TextFormat};
use crate::cli::{Refusal, Status, input, output};
use detente_ledger::{Day, Draft, Ledger, Source, append, load};
use detente_study::ask::forecast::{Became, resolution};
use detente_study::find::near::nearest;
use detente_study::say::forecast as report;

/// Say which answer of a forecast came true, that it is void, or that a resolution was a mistake
#[derive(Args)]
pub(super) struct ResolveArgs {
    /// The ledger
    #[arg(value_name = "LEDGER")]
    ledger: PathBuf,
    /// The forecast
    #[arg(value_name = "ID")]
    forecast: String,
    #[command(flatten)]
    verdict: VerdictArgs,
    /// On which day that was settled; else the day of the source, or of what was observed
    #[arg(long, value_name = "DAY", requires = "answer")]
    on: Option<Day>,
    /// Who says so: title of the source
    #[arg(long, value_name = "TEXT", requires = "answer")]
    source: Option<String>,
    /// Its outlet or publisher
    #[arg(long, value_name = "TEXT", requires = "answer")]
    publisher: Option<String>,
    /// Its date: 2025-12-31 or 2025-12
    #[arg(long, value_name = "DATE", requires = "answer")]
    dated: Option<String>,
    /// Its address
    #[arg(long, value_name = "URL", requires = "answer")]
    url: Option<String>,
    /// Take the source from this case …
    #[arg(long, value_name = "CASE", requires_all = ["observed", "answer"])]
    case: Option<OsString>,
    /// … from what it says was observed
    #[arg(long, value_name = "ID", requires = "case")]
    observed: Option<String>,
    #[command(flatten)]
    writer: WriterArgs,
    /// The medium of the answer
    #[arg(long, value_enum, default_value_t)]
    format: TextFormat,
}

#[derive(Args)]
#[group(required = true, multiple = false)]
struct VerdictArgs {
    /// The answer that came true
    #[arg(long, value_name = "NAME")]
    answer: Option<String>,
    /// Nothing can come true any more, for this reason: the forecast is not scored
    #[arg(long, value_name = "REASON")]
    void: Option<String>,
    /// The last resolution was a mistake, for this reason: the forecast is open again
    #[arg(long, value_name = "REASON")]
    withdraw: Option<String>,
}

/// Runs the command.
pub(super) fn run(args: &ResolveArgs, quiet: bool) -> Result<Status, Refusal> {
    let recorded = args.writer.time()?;
    let ledger = load(&args.ledger).map_err(failure)?;
    let forecast = args.known(&ledger)?;
    let became = match &args.verdict {
        VerdictArgs { answer: Some(answer), .. } => {
            let (on, source) = args.source(quiet)?;
            Became::Answer(answer.clone(), on, source)
        }
        VerdictArgs { void: Some(reason), .. } => Became::Void(reason.clone()),
        VerdictArgs { withdraw, .. } => Became::Open(withdraw.clone().unwrap_or_default()),
    };
    let says = resolution(&ledger, &forecast, became);
    let WriterArgs { author, note, .. } = args.writer.clone();
    let entry = append(&args.ledger, false, Draft { recorded, author, note, says }).map_err(failure)?;
    match args.format {
        TextFormat::Json => output::print_json(&entry)?,
        TextFormat::Table => output::print_doc(&report::entry(&args.ledger, &entry))?,
        TextFormat::Md => output::print_markdown(&report::entry(&args.ledger, &entry))?,
        TextFormat::Html => output::print_html(&report::entry(&args.ledger, &entry))?,
    }
    Ok(Status::Done)
}

impl ResolveArgs {
    fn known(&self, ledger: &Ledger) -> Result<String, Refusal> {
        if ledger.standing(&self.forecast).is_some() {
            return Ok(self.forecast.clone());
        }
        let ids = ledger.standings().iter().map(|standing| standing.forecast.id.as_str());
        let hint = match nearest(&self.forecast, ids.clone()) {
            Some(near) => Some(format!("did you mean `{near}`?")),
            None => Some(ids.take(8).collect::<Vec<_>>().join(", "))
                .filter(|all| !all.is_empty())
                .map(|all| format!("its forecasts are {all}")),
        };
        Err(Refusal::Usage(format!("the ledger has no forecast `{}`", self.forecast), hint))
    }

    /// When it was settled and who says so: from the case, what was typed before that.
    fn source(&self, quiet: bool) -> Result<(Day, Source), Refusal> {
        let from_case = match (&self.case, &self.observed) {
            (Some(case), Some(observed)) => {
                let loaded = input::load(&CaseArg { case: case.clone(), ignore_misperceptions: false })?;
                if !quiet {
                    output::tell_diagnostics(&loaded.diagnostics, &loaded.text);
                }
                Some(observation(&loaded.conflict, observed)?)
            }
            _ => None,
        };
        let (day, found) = from_case.unwrap_or_default();
        let found = found.as_ref();
        let or = |typed: &Option<String>, found: Option<String>| typed.clone().or(found);
        let title = or(&self.source, found.map(|s| s.title.clone())).ok_or_else(|| missing("--source"))?;
        let date = or(&self.dated, found.and_then(|s| s.date.clone())).ok_or_else(|| missing("--dated"))?;
        let publisher = or(&self.publisher, found.and_then(|s| s.publisher.clone()));
        let url = or(&self.url, found.and_then(|s| s.url.clone()));
        let on = self.on.or(day).or_else(|| date.parse().ok()).ok_or_else(|| missing("--on"))?;
        Ok((on, Source { title, publisher, date, url }))
    }
}

fn missing(argument: &str) -> Refusal {
    let what = match argument {
        "--source" => "a resolution needs a source: its title",
        "--dated" => "a resolution needs the date of its source",
        _ => "a resolution needs the day on which it was settled",
    };
    Refusal::usage_with(what, format!("add {argument}"))
}

/// The day of what the case says was observed, and the source of the first claim that it rests on.
fn observation(
    conflict: &Conflict,
    id: &str,
) -> Result<(Option<Day>, Option<detente_model::Source>), Refusal> {
    let observed = conflict.observed.iter().find(|observed| observed.id == id).ok_or_else(|| {
        let ids = conflict.observed.iter().map(|observed| observed.id.as_str());
        let hint = nearest(id, ids.clone()).map_or_else(
            || format!("it has {}", ids.collect::<Vec<_>>().join(", ")),
            |near| format!("did you mean `{near}`?"),
        );
        Refusal::usage_with(format!("the case has no [observed.{id}]"), hint)
    })?;
    let claim = observed.grounds.claims.first().and_then(|c| conflict.evidence.claims.get(c.index()));
    let source = claim.and_then(|claim| conflict.evidence.sources.get(claim.source.index())).cloned();
    Ok((observed.until.as_ref().unwrap_or(&observed.on).parse().ok(), source))
}
