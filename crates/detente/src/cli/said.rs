//! `detente said CASE`: which threats and promises are meant, which would work, and the dilemmas that follow.

use clap::Args;
use detente_engine::Settings;
use detente_model::Concept;

use super::args::{BoundArgs, CaseArg, TextFormat, VariantArg, concept, reading, readings};
use super::solver::failure;
use super::watch::Clock;
use super::{Refusal, Status, input, output};
use detente_study::find::said::Spoken;
use detente_study::say::said as report;
use detente_study::wire;

/// Which threats, promises and offers are meant and would work, whether demands would be met, and who is in a dilemma
#[derive(Args)]
pub(crate) struct SaidArgs {
    #[command(flatten)]
    case: CaseArg,
    /// Under which concept of stability outcomes last: nash, gmr, smr, seq, sseq or sim
    #[arg(long, value_name = "CONCEPT", value_parser = concept)]
    concept: Option<Concept>,
    /// How long others may answer: by legal sequences, each at most once, or by a single move
    #[arg(long, value_name = "WHICH", default_value = "legal", value_parser = readings())]
    sequences: String,
    /// How many outcomes in which something comes up to list in JSON
    #[arg(long, value_name = "N", default_value_t = 64)]
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
pub(crate) fn run(args: &SaidArgs, quiet: bool) -> Result<Status, Refusal> {
    let loaded = input::load(&args.case)?;
    if !quiet {
        output::tell_diagnostics(&loaded.diagnostics, &loaded.text);
    }
    let conflict = loaded.version(&args.variant)?;
    let settings = Settings {
        sequences: reading(&args.sequences),
        threads: args.bounds.threads,
        bounds: args.bounds.bounds(),
        ..Settings::default()
    };
    let clock = Clock::start(args.bounds.time.limit(), quiet);
    clock.turn_to(&conflict.game);
    let which = args.concept.unwrap_or(Concept::Nash);
    let mut spoken = Spoken::of(&conflict, which, &settings, &*clock)
        .map_err(|error| failure(&conflict, &error, &clock))?;
    clock.name_all(&mut spoken.found.limits);
    match args.format {
        TextFormat::Json => output::print_json(&wire::Said::of(&spoken, args.list))?,
        TextFormat::Table => output::print_doc(&report::doc(&spoken))?,
        TextFormat::Md => output::print_markdown(&report::doc(&spoken))?,
        TextFormat::Html => output::print_html(&report::doc(&spoken))?,
    }
    Ok(output::ends(&spoken.found.limits))
}
