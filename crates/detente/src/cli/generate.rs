//! `detente generate`: a random case, the same everywhere for the same arguments.

use clap::Args;
use detente_engine::{GenerateSettings, generate};

use super::{Refusal, Status, output};

/// Write a random case with the structure of real negotiations: issues in which several actors
/// hold options
#[derive(Args)]
pub(crate) struct GenerateArgs {
    /// How many actors
    #[arg(long, value_name = "N", default_value_t = GenerateSettings::default().actors)]
    actors: usize,
    /// How many options in all, dealt round-robin to the actors
    #[arg(long, value_name = "N", default_value_t = GenerateSettings::default().options)]
    options: usize,
    /// How many wishes each actor has
    #[arg(long, value_name = "N", default_value_t = GenerateSettings::default().statements)]
    statements: usize,
    /// How many rules
    #[arg(long, value_name = "N", default_value_t = GenerateSettings::default().rules)]
    rules: usize,
    /// How many consecutive options form an issue
    #[arg(long, value_name = "N", default_value_t = GenerateSettings::default().locality)]
    locality: usize,
    /// Where the random numbers start
    #[arg(long, value_name = "N", default_value_t = GenerateSettings::default().seed)]
    seed: u64,
}

/// Runs the command.
pub(crate) fn run(args: &GenerateArgs) -> Result<Status, Refusal> {
    let settings = GenerateSettings {
        actors: args.actors,
        options: args.options,
        statements: args.statements,
        rules: args.rules,
        locality: args.locality,
        seed: args.seed,
    };
    let conflict = generate(&settings).map_err(|error| Refusal::usage(error.to_string()))?;
    output::print(&detente_case::to_toml(&conflict))?;
    Ok(Status::Done)
}
