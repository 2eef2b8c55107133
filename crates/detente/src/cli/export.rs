//! `detente export CASE --to FORMAT`: a case, or what was found out about it, for other programs.

use clap::{Args, ValueEnum};
use detente_case::export::{
    self, Arrows, CannotExport, DOT_STATES, Exported, GRAPHML_STATES, MOVES, PROFILES,
};

use super::args::{CaseArg, SolvingArgs, VariantArg};
use super::solver::Solver;
use super::watch::Clock;
use super::{Refusal, Status, input, output};
use detente_study::show::snapshot;

/// How many rows a table has when nothing else is asked for.
const ROWS: usize = 65_536;
const ROWS_LATEX: usize = 256;

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
    /// How many outcomes at most (csv, latex)
    #[arg(long, value_name = "N")]
    list: Option<usize>,
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

/// Runs the command.
pub(crate) fn run(args: &ExportArgs, quiet: bool) -> Result<Status, Refusal> {
    let loaded = input::load(&args.case)?;
    if !quiet {
        output::tell_diagnostics(&loaded.diagnostics, &loaded.text);
    }
    let conflict = loaded.variant(args.variant.variant.as_deref())?;
    if args.to == Target::Gmcr {
        return tell(export::gmcr(&conflict), quiet);
    }
    let clock = Clock::start(args.solving.bounds.time.limit(), quiet);
    let solver = Solver::new(args.solving.settings(), &clock);
    let (found, _) = solver.solve(conflict, None)?;
    let most = match args.to {
        Target::Csv => args.list.unwrap_or(ROWS),
        Target::Latex => args.list.unwrap_or(ROWS_LATEX),
        // One more than the format allows, so that the writer sees that there are too many.
        Target::Dot => DOT_STATES + 1,
        Target::Graphml => GRAPHML_STATES + 1,
        Target::Nfg | Target::Gmcr => PROFILES + 1,
    };
    let mut snapshot = snapshot::of(&found, &args.solving.concept.0, most).map_err(cannot)?;
    if matches!(args.to, Target::Dot | Target::Graphml) {
        let states = found.feasible().first(most);
        snapshot.add_moves(&found.conflict.game, &states, MOVES).map_err(cannot)?;
    }
    let plain = |text: Result<String, CannotExport>| text.map(|text| Exported { text, left_out: Vec::new() });
    let arrows = if args.all_moves { Arrows::All } else { Arrows::Improvements };
    let exported = match args.to {
        Target::Nfg => export::nfg(&snapshot),
        Target::Csv => Ok(Exported { text: export::csv(&snapshot), left_out: Vec::new() }),
        Target::Dot => plain(export::dot(&snapshot, arrows)),
        Target::Graphml => plain(export::graphml(&snapshot)),
        Target::Latex => plain(export::latex(&snapshot)),
        Target::Gmcr => export::gmcr(&found.conflict),
    };
    tell(exported, quiet)?;
    Ok(output::ends(&found.solution.limits))
}

fn tell(exported: Result<Exported, CannotExport>, quiet: bool) -> Result<Status, Refusal> {
    let exported = exported.map_err(cannot)?;
    if !quiet && !exported.left_out.is_empty() {
        output::tell(&format!("note: the format has no place for: {}\n", exported.left_out.join("; ")));
    }
    output::print(&exported.text)?;
    Ok(Status::Done)
}

#[allow(clippy::needless_pass_by_value)]
fn cannot(error: CannotExport) -> Refusal {
    Refusal::Wrong(format!("this case cannot be written in this format: {error}"))
}
