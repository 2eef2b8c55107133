//! `detente power CASE`: what the votes of a case are worth.

use clap::Args;

use super::args::{CaseArg, TextFormat, VariantArg};
use super::{Refusal, Status, input, output};
use detente_study::find::power::votes;
use detente_study::say::power as report;
use detente_study::wire;

/// What votes are worth: exact power indices (Banzhaf, Shapley–Shubik) of every act and formula that counts votes
#[derive(Args)]
pub(crate) struct PowerArgs {
    #[command(flatten)]
    case: CaseArg,
    #[command(flatten)]
    variant: VariantArg,
    /// The medium of the answer
    #[arg(long, value_enum, default_value_t)]
    format: TextFormat,
}

/// Runs the command.
pub(crate) fn run(args: &PowerArgs, quiet: bool) -> Result<Status, Refusal> {
    let loaded = input::load(&args.case)?;
    if !quiet {
        output::tell_diagnostics(&loaded.diagnostics, &loaded.text);
    }
    let conflict = loaded.version(&args.variant)?;
    let votes = votes(&conflict);
    match args.format {
        TextFormat::Json => output::print_json(&wire::Power::of(&conflict, &votes))?,
        TextFormat::Table => output::print_doc(&report::doc(&conflict, &votes))?,
        TextFormat::Md => output::print_markdown(&report::doc(&conflict, &votes))?,
        TextFormat::Html => output::print_html(&report::doc(&conflict, &votes))?,
    }
    let limits: Vec<_> = votes.iter().filter_map(|vote| vote.powers.as_ref().err().cloned()).collect();
    Ok(output::ends(&limits))
}
