//! `detente explain CASE --state S`: why an outcome is stable for whom, or not.

use clap::Args;
use detente_engine::Settings;
use detente_engine::certificate::{BuildError, Certificate, Search};
use detente_model::{ActorId, Concept, Form};

use super::args::{CaseArg, SolvingArgs, TextFormat, VariantArg};
use super::solver::Solver;
use super::watch::Clock;
use super::{Refusal, Status, input, output, rank};
use detente_study::say::reason;
use detente_study::say::refer;
use detente_study::wire::{self, CaseInfo, Program};

/// Why an outcome is stable for whom, or not: in sentences, or as a certificate
#[derive(Args)]
pub(crate) struct ExplainArgs {
    #[command(flatten)]
    case: CaseArg,
    /// The outcome: a number, #place, a pattern, on:…, sq or the id of an outcome
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
    let conflict = loaded.variant(args.variant.variant.as_deref())?;
    let actors: Vec<ActorId> = match &args.actor {
        Some(id) => vec![rank::actor(&conflict, id)?],
        None => conflict.game.actor_ids().collect(),
    };
    let settings = args.solving.settings();
    // Only the possible outcomes are needed, to find the one that is meant.
    let clock = Clock::start(args.solving.bounds.time.limit(), quiet);
    let solver = Solver::new(Settings { concepts: vec![Concept::Nash], ..settings.clone() }, &clock);
    let (found, _) = solver.solve(conflict, None)?;
    let conflict = &found.conflict;
    let from = refer::one(conflict, &*found.feasible(), &args.state)?;
    let mut search = Search::new(&conflict.game, &settings.bounds);
    let mut certificates: Vec<Certificate> = Vec::new();
    let mut concepts = settings.concepts.clone();
    if matches!(conflict.game.form, Form::Graph(_)) && concepts.len() > 1 {
        concepts.retain(|c| *c != Concept::Sim);
    }
    for concept in &concepts {
        for actor in &actors {
            let built = search.certificate(settings.sequences, *concept, *actor, &from);
            certificates.push(built.map_err(|error| match error {
                BuildError::Limit(_) => Refusal::Limit(error.to_string()),
                other => Refusal::usage(other.to_string()),
            })?);
        }
    }
    match args.format {
        TextFormat::Json => {
            let witnesses: Vec<_> = certificates.iter().map(|c| wire::Witness::of(conflict, c)).collect();
            let (program, case) = (Program::THIS, CaseInfo::of(conflict));
            match <[wire::Witness; 1]>::try_from(witnesses) {
                Ok([witness]) => output::print_json(&wire::Certificate {
                    schema: wire::CERTIFICATE.to_owned(),
                    program,
                    case,
                    witness,
                })?,
                Err(certificates) => output::print_json(&wire::Explain {
                    schema: wire::EXPLAIN.to_owned(),
                    program,
                    case,
                    certificates,
                })?,
            }
        }
        TextFormat::Table => output::print_doc(&reason::doc(conflict, &from, &certificates))?,
        TextFormat::Md => output::print_markdown(&reason::doc(conflict, &from, &certificates))?,
    }
    Ok(Status::Done)
}
