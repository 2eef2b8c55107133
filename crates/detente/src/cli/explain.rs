//! `detente explain CASE --state S`: why an outcome is stable for whom, or not.

use clap::Args;
use detente_engine::certificate::{BuildError, Certificate, Consent, Search};
use detente_engine::{LimitHit, Settings};
use detente_model::{ActorId, Concept, MoverId};

use super::args::{CaseArg, SolvingArgs, TextFormat, VariantArg};
use super::solver::Solver;
use super::watch::Clock;
use super::{Refusal, Status, input, output, rank};
use detente_study::say::{concept, reason, refer, words};
use detente_study::wire::{self, CaseInfo, Program};

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
    let mut search = Search::new(&conflict.game, &settings.bounds, &*clock);
    let mut certificates: Vec<Certificate> = Vec::new();
    let refused = concept::all_refused(&conflict.game, &settings.concepts);
    let mut concepts = settings.concepts.clone();
    concepts.retain(|which| !refused.iter().any(|(other, _)| other == which));
    if let ([], Some((which, why))) = (concepts.as_slice(), refused.first()) {
        return Err(Refusal::usage(concept::refused(*which, why).trim_end_matches('.')));
    }
    let mut limits: Vec<LimitHit> = Vec::new();
    for which in &concepts {
        for actor in &actors {
            match search.certificate(settings.sequences, *which, *actor, &from) {
                Ok(certificate) => certificates.push(certificate),
                Err(BuildError::Limit(hit)) => limits.push(hit),
                Err(other) => return Err(Refusal::usage(other.to_string())),
            }
        }
    }
    let mut consents: Vec<Consent> = Vec::new();
    for which in &concepts {
        let joint = (conflict.game.actors.len()..conflict.game.movers().len()).map(MoverId::from);
        for mover in joint.filter(|m| conflict.game.parties(*m).iter().any(|party| actors.contains(party))) {
            match search.consent(settings.sequences, *which, mover, &from) {
                Ok(consent) => consents.push(consent),
                Err(BuildError::Limit(hit)) => limits.push(hit),
                Err(other) => return Err(Refusal::usage(other.to_string())),
            }
        }
    }
    if let ([], Some(hit)) = (certificates.as_slice(), limits.first()) {
        return Err(Refusal::Limit(BuildError::Limit(hit.clone()).to_string()));
    }
    let mut missing: Vec<String> = refused.iter().map(|(which, why)| concept::refused(*which, why)).collect();
    missing.extend(limits.iter().map(|hit| words::capital(&words::limit(&hit.into()))));
    match args.format {
        TextFormat::Json => {
            let witnesses: Vec<_> = certificates.iter().map(|c| wire::Witness::of(conflict, c)).collect();
            let (program, case) = (Program::THIS, CaseInfo::of(conflict));
            let not_possible = wire::NotPossibleInfo::of(conflict, &settings.concepts);
            match <[wire::Witness; 1]>::try_from(witnesses) {
                Ok([witness]) if missing.is_empty() && consents.is_empty() => {
                    output::print_json(&wire::Certificate {
                        schema: wire::CERTIFICATE.to_owned(),
                        program,
                        case,
                        witness,
                    })?
                }
                all => output::print_json(&wire::Explain {
                    schema: wire::EXPLAIN.to_owned(),
                    program,
                    case,
                    certificates: all.map_or_else(|several| several, Vec::from),
                    consents: consents.iter().map(|c| wire::ConsentInfo::of(conflict, c)).collect(),
                    not_possible,
                    limits: limits.iter().map(Into::into).collect(),
                })?,
            }
        }
        TextFormat::Table => {
            output::print_doc(&reason::doc(conflict, &from, &certificates, &consents, &missing))?
        }
        TextFormat::Md => {
            output::print_markdown(&reason::doc(conflict, &from, &certificates, &consents, &missing))?
        }
        TextFormat::Html => {
            output::print_html(&reason::doc(conflict, &from, &certificates, &consents, &missing))?
        }
    }
    Ok(if limits.is_empty() { Status::Done } else { Status::Limit })
}
