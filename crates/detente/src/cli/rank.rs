//! `detente rank CASE --actor A`: an actor's order of outcomes.

use clap::Args;
use detente_engine::Settings;
use detente_model::{Concept, State};

use super::args::{BoundArgs, CaseArg, CsvArgs, Format, VariantArg};
use super::solver::Solver;
use super::watch::Clock;
use super::{Refusal, Status, input, output};
use detente_study::find::findings::Findings;
use detente_study::find::refer::list;
use detente_study::say::rank;
use detente_study::say::refer;
use detente_study::show::csv;

/// How many groups are listed when nothing else is asked for.
const LIST: usize = 64;

/// An actor's order of outcomes, best to worst, and the wish that separates neighbours
#[derive(Args)]
pub(crate) struct RankArgs {
    #[command(flatten)]
    case: CaseArg,
    /// Whose order
    #[arg(long, value_name = "ACTOR")]
    actor: String,
    /// Compare two outcomes only: numbers, #places, patterns, on:…, sq or ids of outcomes
    #[arg(long, value_name = "S,T", allow_hyphen_values = true)]
    between: Option<String>,
    #[command(flatten)]
    variant: VariantArg,
    #[command(flatten)]
    bounds: BoundArgs,
    /// How many groups of outcomes to list
    #[arg(long, value_name = "N", default_value_t = LIST)]
    list: usize,
    /// The medium of the answer
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    #[command(flatten)]
    csv: CsvArgs,
}

/// Runs the command.
pub(crate) fn run(args: &RankArgs, quiet: bool) -> Result<Status, Refusal> {
    let style = args.csv.style(args.format == Format::Csv)?;
    let loaded = input::load(&args.case)?;
    if !quiet {
        output::tell_diagnostics(&loaded.diagnostics, &loaded.text);
    }
    let conflict = loaded.version(&args.variant)?;
    let actor = refer::actor(&conflict, &args.actor)?;
    let settings = Settings {
        concepts: vec![Concept::Nash],
        threads: args.bounds.threads,
        bounds: args.bounds.bounds(),
        ..Settings::default()
    };
    let clock = Clock::start(args.bounds.time.limit(), quiet);
    let solver = Solver::new(settings, &clock);
    let (found, _) = solver.solve(conflict, None)?;
    if let Some(text) = &args.between {
        let (a, b) = two(&found, text)?;
        let between = rank::between(&found.conflict, actor, &a, &b);
        match args.format {
            Format::Json => output::print_json(&rank::between_json(&found.conflict, actor, &between))?,
            Format::Table => output::print_doc(&rank::between_doc(&found.conflict, actor, &between))?,
            Format::Md => output::print_markdown(&rank::between_doc(&found.conflict, actor, &between))?,
            Format::Html => output::print_html(&rank::between_doc(&found.conflict, actor, &between))?,
            Format::Csv => {
                let compared = rank::between_json(&found.conflict, actor, &between);
                output::print(&csv::rank(&found.conflict, &compared, style))?;
            }
        }
        return Ok(Status::Done);
    }
    let ranked = rank::ranked(&found, actor);
    match args.format {
        Format::Json => output::print_json(&rank::json(&found.conflict, &ranked, args.list))?,
        Format::Table => output::print_doc(&rank::doc(&found.conflict, &ranked, args.list))?,
        Format::Md => output::print_markdown(&rank::doc(&found.conflict, &ranked, args.list))?,
        Format::Html => output::print_html(&rank::doc(&found.conflict, &ranked, args.list))?,
        Format::Csv => {
            let list = rank::json(&found.conflict, &ranked, args.list);
            output::print(&csv::rank(&found.conflict, &list, style))?;
        }
    }
    Ok(Status::Done)
}

fn two(found: &Findings, text: &str) -> Result<(State, State), Refusal> {
    let typed = list(&found.conflict, text).map_err(|fault| refer::refusal(&found.conflict, &fault))?;
    let [(_, first), (_, second)] = typed.as_slice() else {
        return Err(Refusal::usage_with(
            format!("`{text}` names {} outcomes, but --between compares two", typed.len()),
            "write two of them with a comma between: `sq,4053`",
        ));
    };
    let feasible = found.feasible();
    Ok((refer::one(&found.conflict, &*feasible, first)?, refer::one(&found.conflict, &*feasible, second)?))
}
