//! `detente evolve CASE`: what can be reached, by whom, how likely it ends where.

use clap::{Args, ValueEnum};
use detente_engine::Settings;
use detente_engine::evolution::Choice;

use super::args::{BoundArgs, CaseArg, VariantArg};
use super::watch::Clock;
use super::{Refusal, Status, input, output};
use detente_study::Waiting;
use detente_study::ask::evolve::{Ask, Evolved};

/// What can be reached from an outcome, by whom, and where it is likely to end
#[derive(Args)]
pub(crate) struct EvolveArgs {
    #[command(flatten)]
    case: CaseArg,
    /// The start: a number, #place, a pattern, on:…, sq, an option, or the id of an outcome, a define or
    /// something observed; each also after "not "
    #[arg(long, alias = "state", value_name = "S", default_value = "sq", allow_hyphen_values = true)]
    from: String,
    /// Minimal coalitions move too
    #[arg(long)]
    coalitions: bool,
    /// Weights of movers: az=2,act.peace=0.5,chance.election=1 (other actors and acts 1; chance events happen only with
    /// a weight)
    #[arg(long, value_name = "LIST")]
    weights: Option<String>,
    /// Whether movers take any improvement or only their best
    #[arg(long, value_enum, default_value_t)]
    choice: ChoiceArg,
    /// How many outcomes may be followed
    #[arg(long, value_name = "N", default_value_t = 100_000)]
    limit: usize,
    #[command(flatten)]
    variant: VariantArg,
    #[command(flatten)]
    bounds: BoundArgs,
    /// The medium of the answer
    #[arg(long, value_enum, default_value_t)]
    format: EvolveFormat,
}

/// How movers choose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum ChoiceArg {
    /// Each improvement is equally likely
    #[default]
    Any,
    /// Only the best, ties equal
    Best,
}

/// The medium.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum EvolveFormat {
    /// For a reader at a terminal
    #[default]
    Table,
    /// For a program
    Json,
    /// Markdown
    Md,
    /// One HTML file
    Html,
    /// A picture
    Svg,
    /// A picture for Graphviz
    Dot,
}

/// Runs the command.
pub(crate) fn run(args: &EvolveArgs, quiet: bool) -> Result<Status, Refusal> {
    let loaded = input::load(&args.case)?;
    if !quiet {
        output::tell_diagnostics(&loaded.diagnostics, &loaded.text);
    }
    let conflict = loaded.version(&args.variant)?;
    let ask = Ask {
        from: args.from.clone(),
        coalitions: args.coalitions,
        weights: args.weights.as_deref().map_or_else(|| Ok(Vec::new()), weights)?,
        choice: if args.choice == ChoiceArg::Best { Choice::Best } else { Choice::Any },
        limit: args.limit,
        settings: Settings {
            threads: args.bounds.threads,
            bounds: args.bounds.bounds(),
            ..Settings::default()
        },
    };
    let clock = Clock::start(args.bounds.time.limit(), quiet);
    clock.turn_to(&conflict.game);
    let watch: Waiting = clock;
    let found = Evolved::of(conflict, &ask, &watch)?;
    match args.format {
        EvolveFormat::Table => output::print_doc(&found.doc())?,
        EvolveFormat::Md => output::print_markdown(&found.doc())?,
        EvolveFormat::Html => output::print_html(&found.doc())?,
        EvolveFormat::Svg => output::print(&found.svg())?,
        EvolveFormat::Dot => output::print(&found.dot())?,
        EvolveFormat::Json => output::print_json(&found.wire())?,
    }
    Ok(output::ends(&found.limits))
}

/// Reads `az=2,act.peace=0.5,chance.election=1`.
fn weights(text: &str) -> Result<Vec<(String, f64)>, Refusal> {
    let one = |part: &str| {
        let wrong =
            || Refusal::usage_with(format!("`{part}` is not a weight"), "write weights like az=2,am=0.5");
        let (id, value) = part.split_once('=').ok_or_else(wrong)?;
        let value: f64 = value.trim().parse().map_err(|_| wrong())?;
        if (0.0..=1e6).contains(&value) { Ok((id.trim().to_owned(), value)) } else { Err(wrong()) }
    };
    text.split(',').map(one).collect()
}
