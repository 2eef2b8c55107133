//! `detente map CASE [--state S]`: the situation, now or after an outcome.

use clap::{Args, ValueEnum};
use detente_engine::Settings;
use detente_model::{Concept, Conflict, State};

use super::args::{BoundArgs, CaseArg, VariantArg};
use super::solver::Solver;
use super::watch::Clock;
use super::{Refusal, Status, input, output};
use detente_study::say::refer;
use detente_study::show::map;

/// The medium of the situation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum MapFormat {
    /// For a reader at a terminal
    #[default]
    Table,
    /// A picture
    Svg,
    /// A graph for Graphviz
    Dot,
    /// For a program; the schema is checked in under schema/
    Json,
    /// Markdown
    Md,
    /// One HTML file
    Html,
}

/// The situation now, or after an outcome: ties, bodies, tracks, documents, triangles and a timeline
#[derive(Args)]
pub(crate) struct MapArgs {
    #[command(flatten)]
    case: CaseArg,
    /// After this outcome: a number, #place, a pattern, on:…, sq, an option, or the id of an outcome, a define or
    /// something observed; each also after "not "
    #[arg(long, value_name = "S", allow_hyphen_values = true)]
    state: Option<String>,
    #[command(flatten)]
    variant: VariantArg,
    #[command(flatten)]
    bounds: BoundArgs,
    /// The medium of the answer
    #[arg(long, value_enum, default_value_t)]
    format: MapFormat,
}

/// Runs the command.
pub(crate) fn run(args: &MapArgs, quiet: bool) -> Result<Status, Refusal> {
    let loaded = input::load(&args.case)?;
    if !quiet {
        output::tell_diagnostics(&loaded.diagnostics, &loaded.text);
    }
    let mut conflict = loaded.variant(args.variant.variant.as_deref())?;
    let mut after = None;
    if let Some(text) = &args.state {
        let (solved, found) = one(args, conflict, text, quiet)?;
        conflict = solved;
        after = Some(found);
    }
    let view = map::view(&conflict, after.as_ref());
    match args.format {
        MapFormat::Table => output::print_doc(&map::doc(&conflict, &view))?,
        MapFormat::Md => output::print_markdown(&map::doc(&conflict, &view))?,
        MapFormat::Html => output::print_html(&map::doc(&conflict, &view))?,
        MapFormat::Svg => output::print(&map::svg(&conflict, &view))?,
        MapFormat::Dot => output::print(&map::dot(&conflict, &view))?,
        MapFormat::Json => output::print_json(&map::json(&conflict, view))?,
    }
    Ok(Status::Done)
}

/// The outcome that is meant: only a possible one has an after.
fn one(args: &MapArgs, conflict: Conflict, text: &str, quiet: bool) -> Result<(Conflict, State), Refusal> {
    let settings = Settings {
        concepts: vec![Concept::Nash],
        threads: args.bounds.threads,
        bounds: args.bounds.bounds(),
        ..Settings::default()
    };
    let clock = Clock::start(args.bounds.time.limit(), quiet);
    let (found, _) = Solver::new(settings, &clock).solve(conflict, None)?;
    let state = refer::one(&found.conflict, &*found.feasible(), text)?;
    Ok((found.conflict, state))
}
