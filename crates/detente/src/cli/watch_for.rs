//! `detente watch-for CASE`: which next move would settle most of the question.

use clap::Args;
use detente_model::Concept;

use super::args::{BoundArgs, CaseArg, TextFormat, VariantArg, concept};
use super::watch::Clock;
use super::{Refusal, Status, input, output};
use detente_study::ask::watch::{Asked, ask};
use detente_study::find::watch::{DRAWS, Watching};
use detente_study::say::watch as report;
use detente_study::wire;

/// What to watch: which next move of whom would settle most of the question, and what it would speak for
#[derive(Args)]
pub(crate) struct WatchForArgs {
    #[command(flatten)]
    case: CaseArg,
    /// Which question, by its id; without, the first of kind possible, certain or share
    #[arg(long, value_name = "ID")]
    question: Option<String>,
    /// What has been seen already, by the ids of [observed.ID]: only models that expected it count
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    seen: Vec<String>,
    /// Under which concept of stability; without, that of the question, or Nash
    #[arg(long, value_name = "CONCEPT", value_parser = concept)]
    concept: Option<Concept>,
    /// How many models to draw, where there are more
    #[arg(long, value_name = "N", default_value_t = DRAWS, value_parser = clap::value_parser!(u64).range(1..=1 << 24))]
    draws: u64,
    /// Where the random numbers start
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// How many observations to list
    #[arg(long, value_name = "N", default_value_t = 16)]
    list: usize,
    #[command(flatten)]
    variant: VariantArg,
    #[command(flatten)]
    bounds: BoundArgs,
    /// The medium of the answer
    #[arg(long, value_enum, default_value_t)]
    format: TextFormat,
}

/// Runs the command.
pub(crate) fn run(args: &WatchForArgs, quiet: bool) -> Result<Status, Refusal> {
    let loaded = input::load(&args.case)?;
    if !quiet {
        output::tell_diagnostics(&loaded.diagnostics, &loaded.text);
    }
    let conflict = loaded.version(&args.variant)?;
    let asked = Asked {
        question: args.question.clone(),
        seen: args.seen.clone(),
        concept: args.concept,
        draws: args.draws,
        seed: args.seed,
        threads: args.bounds.threads,
    };
    let ask = ask(&conflict, &asked)?;
    let clock = Clock::start(args.bounds.time.limit(), quiet);
    let watching =
        Watching::of(&conflict, &ask, &*clock).map_err(|refused| report::refused(&conflict, &refused))?;
    match args.format {
        TextFormat::Json => output::print_json(&wire::WatchFor::of(&conflict, &ask, &watching))?,
        TextFormat::Table => output::print_doc(&report::doc(&conflict, &ask, &watching, args.list))?,
        TextFormat::Md => output::print_markdown(&report::doc(&conflict, &ask, &watching, args.list))?,
        TextFormat::Html => output::print_html(&report::doc(&conflict, &ask, &watching, args.list))?,
    }
    Ok(output::ends(watching.limits()))
}
