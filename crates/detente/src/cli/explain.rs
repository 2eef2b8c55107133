//! `detente explain CASE --state S`: why an outcome is stable for whom, or not.

use clap::Args;

use super::args::{CaseArg, SolvingArgs, TextFormat, VariantArg};
use super::watch::Clock;
use super::{Refusal, Status, input, output};
use detente_study::Waiting;
use detente_study::ask::explain::Explanation;

/// Why an outcome is stable for whom, or not: in sentences, or as a certificate
#[derive(Args)]
pub(crate) struct ExplainArgs {
    #[command(flatten)]
    case: CaseArg,
    /// The outcome: a number, #place, a pattern, on:…, sq, an option, or the id of an outcome, a define or
    /// something observed; each also after "not "
    #[arg(long, value_name = "S", allow_hyphen_values = true)]
    state: String,
    /// For one actor only
    #[arg(long, value_name = "ACTOR")]
    actor: Option<String>,
    #[command(flatten)]
    variant: VariantArg,
    #[command(flatten)]
    solving: SolvingArgs,
    /// The medium of the answer
    #[arg(long, value_enum, default_value_t)]
    format: TextFormat,
}

/// Runs the command.
pub(crate) fn run(args: &ExplainArgs, quiet: bool) -> Result<Status, Refusal> {
    let loaded = input::load(&args.case)?;
    if !quiet {
        output::tell_diagnostics(&loaded.diagnostics, &loaded.text);
    }
    let conflict = loaded.version(&args.variant)?;
    let clock = Clock::start(args.solving.bounds.time.limit(), quiet);
    clock.turn_to(&conflict.game);
    let watch: Waiting = clock;
    let found =
        Explanation::of(conflict, &args.state, args.actor.as_deref(), &args.solving.settings(), &watch)?;
    match args.format {
        TextFormat::Json => output::print_json(&found.wire())?,
        TextFormat::Table => output::print_doc(&found.doc())?,
        TextFormat::Md => output::print_markdown(&found.doc())?,
        TextFormat::Html => output::print_html(&found.doc())?,
    }
    Ok(if found.limits.is_empty() { Status::Done } else { Status::Limit })
}
