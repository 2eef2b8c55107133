//! `detente export CASE --to FORMAT`: a case, or what was found out about it, for other programs.

use clap::{Args, ValueEnum};
use detente_case::export::{CannotExport, Exported, gmcr};
use detente_study::find::listing::{Choice, Listing, Others};
use detente_study::say::listing;
use detente_study::show::csv::{self, Style};
use detente_study::show::graph::{self, Arrows};
use detente_study::show::{latex, nfg};

use super::args::{CaseArg, CsvArgs, SolvingArgs, VariantArg};
use super::solver::Solver;
use super::watch::Clock;
use super::{Refusal, Status, input, output};

/// Write a case, or what was found out about it, in another program's format
#[derive(Args)]
pub(crate) struct ExportArgs {
    #[command(flatten)]
    case: CaseArg,
    /// Which format
    #[arg(long, value_enum)]
    to: Target,
    #[command(flatten)]
    variant: VariantArg,
    #[command(flatten)]
    solving: SolvingArgs,
    /// All moves instead of improvements only (dot)
    #[arg(long)]
    all_moves: bool,
    /// Nothing but what is stable for everybody, and the status quo (csv, latex, dot, graphml)
    #[arg(long, value_enum)]
    only: Option<Only>,
    /// How many outcomes to list (csv, latex); the status quo and what is stable are there even when they are more
    #[arg(long, value_name = "N")]
    list: Option<usize>,
    #[command(flatten)]
    csv: CsvArgs,
}

/// Some of the outcomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Only {
    /// What is stable for everybody under some of the concepts, and the status quo
    Lasting,
}

/// Formats of other programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Target {
    /// GMCR+
    Gmcr,
    /// The strategic form that Gambit reads
    Nfg,
    /// A table of outcomes for a spreadsheet
    Csv,
    /// A graph for Graphviz
    Dot,
    /// A graph for network programs
    Graphml,
    /// Tables for a paper
    Latex,
}

impl Target {
    /// Which outcomes it has; `None`: it is about the case alone.
    fn choice(self, list: Option<usize>) -> Option<Choice> {
        match self {
            Self::Gmcr => None,
            Self::Nfg => Some(nfg::choice()),
            Self::Csv => Some(csv::choice(list)),
            Self::Dot => Some(graph::choice(graph::DOT_STATES)),
            Self::Graphml => Some(graph::choice(graph::GRAPHML_STATES)),
            Self::Latex => Some(latex::choice(list)),
        }
    }
}

/// Runs the command.
pub(crate) fn run(args: &ExportArgs, quiet: bool) -> Result<Status, Refusal> {
    let style = args.csv.style(args.to == Target::Csv)?;
    // The clock runs from here: reading is part of the time that the user waits.
    let clock = Clock::start(args.solving.bounds.time.limit(), quiet);
    let loaded = input::load(&args.case)?;
    if !quiet {
        output::tell_diagnostics(&loaded.diagnostics, &loaded.text);
    }
    let conflict = loaded.version(&args.variant)?;
    let Some(choice) = args.to.choice(args.list) else {
        tell(gmcr(&conflict), quiet)?;
        return Ok(Status::Done);
    };
    let choice = match (args.only, args.to) {
        (Some(Only::Lasting), Target::Nfg) => {
            return Err(Refusal::usage_with(
                "a strategic form needs every combination of strategies",
                "leave out --only",
            ));
        }
        (Some(Only::Lasting), _) => Choice { others: Others::Never, ..choice },
        (None, _) => choice,
    };
    let solver = Solver::new(args.solving.settings(), &clock);
    let (found, _) = solver.solve(conflict, None)?;
    let mut rows = solver.listing(&found, &args.solving.concept.0, choice)?;
    tell(written(args, &mut rows, style), quiet)?;
    output::tell_notes(&listing::notes(&rows), quiet);
    let mut limits = found.solution.limits.clone();
    limits.extend(listing::limits(&rows));
    clock.name_all(&mut limits);
    Ok(output::ends(&limits))
}

/// The file.
fn written(args: &ExportArgs, rows: &mut Listing<'_>, style: Style) -> Result<Exported, CannotExport> {
    let plain = |text: String| Exported { text, left_out: Vec::new() };
    match args.to {
        Target::Gmcr => gmcr(rows.conflict),
        Target::Nfg => nfg::nfg(rows),
        Target::Csv => Ok(plain(csv::outcomes(rows, style))),
        Target::Latex => Ok(plain(latex::latex(rows))),
        Target::Dot | Target::Graphml => {
            let (what, most) = match args.to {
                Target::Dot => ("a DOT picture", graph::DOT_STATES),
                _ => ("a GraphML file", graph::GRAPHML_STATES),
            };
            if rows.cut.is_some() && args.only.is_none() {
                return Err(graph::too_many(rows, what, most));
            }
            graph::add_moves(rows)?;
            let arrows = if args.all_moves { Arrows::All } else { Arrows::Improvements };
            let text = match args.to {
                Target::Dot => graph::dot(rows, arrows),
                _ => graph::graphml(rows),
            };
            text.map(plain)
        }
    }
}

fn tell(exported: Result<Exported, CannotExport>, quiet: bool) -> Result<(), Refusal> {
    let exported = exported
        .map_err(|error| Refusal::Wrong(format!("this case cannot be written in this format: {error}")))?;
    if !exported.left_out.is_empty() {
        output::tell_notes(
            &[format!("the format has no place for: {}", exported.left_out.join("; "))],
            quiet,
        );
    }
    output::print(&exported.text)
}
