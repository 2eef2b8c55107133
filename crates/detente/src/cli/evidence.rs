//! `detente evidence CASE`: what each sentence of the sources carries.

use clap::Args;
use detente_engine::Settings;
use detente_engine::trust::{TrustSettings, trust};
use detente_model::SourceId;

use super::args::{BoundArgs, CaseArg, VariantArg};
use super::solver::failure;
use super::watch::Clock;
use super::{Refusal, Status, input, output};
use detente_study::find::near::nearest;
use detente_study::say::evidence;

/// The medium of the answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
enum EvidenceFormat {
    /// For a reader at a terminal
    #[default]
    Table,
    /// Markdown
    Md,
    /// One HTML file
    Html,
}

/// What each sentence of the sources carries in the case, and what falls without it
#[derive(Args)]
pub(crate) struct EvidenceArgs {
    #[command(flatten)]
    case: CaseArg,
    /// This source only
    #[arg(long, value_name = "ID")]
    source: Option<String>,
    #[command(flatten)]
    variant: VariantArg,
    #[command(flatten)]
    bounds: BoundArgs,
    /// The medium of the answer
    #[arg(long, value_enum, default_value_t)]
    format: EvidenceFormat,
}

/// Runs the command.
pub(crate) fn run(args: &EvidenceArgs, quiet: bool) -> Result<Status, Refusal> {
    // The clock runs from here: reading is part of the time that the user waits.
    let clock = Clock::start(args.bounds.time.limit(), quiet);
    let loaded = input::load(&args.case)?;
    if !quiet {
        output::tell_diagnostics(&loaded.diagnostics, &loaded.text);
    }
    let conflict = loaded.version(&args.variant)?;
    let sources = &conflict.evidence.sources;
    let only = match &args.source {
        None => None,
        Some(id) => {
            Some(sources.iter().position(|source| source.id == *id).map(SourceId::from).ok_or_else(|| {
                let hint = match nearest(id, sources.iter().map(|source| source.id.as_str())) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "the sources of the case are its [source.ID] tables".to_owned(),
                };
                Refusal::usage_with(format!("no source is called `{id}`"), hint)
            })?)
        }
    };
    // One game per claim; no search for sets.
    let settings = TrustSettings {
        settings: Settings {
            threads: args.bounds.threads,
            bounds: args.bounds.bounds(),
            ..Settings::default()
        },
        search: false,
        ..TrustSettings::default()
    };
    clock.turn_to(&conflict.game);
    let mut found =
        trust(&conflict, &settings, &*clock).map_err(|error| failure(&conflict, &error, &clock))?;
    clock.name_all(&mut found.limits);
    let doc = evidence::doc(&conflict, &found, only);
    match args.format {
        EvidenceFormat::Table => output::print_doc(&doc)?,
        EvidenceFormat::Md => output::print_markdown(&doc)?,
        EvidenceFormat::Html => output::print_html(&doc)?,
    }
    Ok(output::ends(&found.limits))
}
