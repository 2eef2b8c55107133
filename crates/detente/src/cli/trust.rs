//! `detente trust CASE`: which conclusions hang on which evidence.

use clap::Args;
use detente_engine::Settings;
use detente_engine::trust::{Run, Trust, TrustSettings, trust};
use detente_model::{ClaimId, Conflict};

use super::args::{BoundArgs, CaseArg, CsvArgs, Format, VariantArg};
use super::solver::failure;
use super::watch::Clock;
use super::{Refusal, Status, input, output};
use detente_study::say::trust as report;
use detente_study::show::csv;
use detente_study::wire::{self, CaseInfo, Program};

/// Which conclusions hang on which claims, speakers, kinds, sources and assumptions
#[derive(Args)]
pub(crate) struct TrustArgs {
    #[command(flatten)]
    case: CaseArg,
    /// Look for sets of claims up to this size that a conclusion cannot do without
    #[arg(long, value_name = "N", default_value_t = 2)]
    size: usize,
    /// How many games to solve at most for each search of sets
    #[arg(long, value_name = "N", default_value_t = 4_000)]
    runs: usize,
    #[command(flatten)]
    variant: VariantArg,
    #[command(flatten)]
    bounds: BoundArgs,
    /// The medium of the answer
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    #[command(flatten)]
    csv: CsvArgs,
}

/// Runs the command.
pub(crate) fn run(args: &TrustArgs, quiet: bool) -> Result<Status, Refusal> {
    let style = args.csv.style(args.format == Format::Csv)?;
    let loaded = input::load(&args.case)?;
    if !quiet {
        output::tell_diagnostics(&loaded.diagnostics, &loaded.text);
    }
    let conflict = loaded.version(&args.variant)?;
    let settings = TrustSettings {
        settings: Settings {
            threads: args.bounds.threads,
            bounds: args.bounds.bounds(),
            ..Settings::default()
        },
        size: args.size,
        runs: args.runs,
        ..TrustSettings::default()
    };
    let clock = Clock::start(args.bounds.time.limit(), quiet);
    clock.turn_to(&conflict.game);
    let mut found =
        trust(&conflict, &settings, &*clock).map_err(|error| failure(&conflict, &error, &clock))?;
    clock.name_all(&mut found.limits);
    match args.format {
        Format::Json => output::print_json(&json(&conflict, &found))?,
        Format::Table => output::print_doc(&report::doc(&conflict, &found))?,
        Format::Md => output::print_markdown(&report::doc(&conflict, &found))?,
        Format::Html => output::print_html(&report::doc(&conflict, &found))?,
        Format::Csv => {
            let struck = |run: usize| report::struck(&conflict, &found.runs[run].struck);
            output::print(&csv::trust(&json(&conflict, &found), &struck, style))?;
        }
    }
    Ok(output::ends(&found.limits))
}

fn json(conflict: &Conflict, found: &Trust) -> wire::Trust {
    let claims = |ids: &[ClaimId]| {
        let all = &conflict.evidence.claims;
        ids.iter().filter_map(|id| all.get(id.index())).map(|c| c.id.clone()).collect::<Vec<_>>()
    };
    let id = |at: usize| found.conclusions.get(at).map_or_else(String::new, |c| c.id.clone());
    let run = |run: &Run| {
        let after = run.after.as_ref().ok();
        wire::RunInfo {
            struck: (&run.struck).into(),
            question: run.question.clone(),
            error: run.after.as_ref().err().map(|why| report::nothing_follows(conflict, why)),
            feasible: after.map(|a| a.outcome.feasible.to_string()),
            equilibria: after.map(|a| a.outcome.equilibria.to_string()),
            stable: after.iter().flat_map(|a| &a.outcome.stable).map(ToString::to_string).collect(),
            rules_fallen: after.iter().flat_map(|a| &a.rules).map(|at| at + 1).collect(),
            cannot_fallen: after.iter().flat_map(|a| &a.cannot).map(|at| at + 1).collect(),
            actors_without_motive: (after.iter().flat_map(|a| &a.without_motive))
                .filter_map(|a| conflict.game.actors.get(a.index()))
                .map(|a| a.id.clone())
                .collect(),
            conclusions: (after.iter().flat_map(|a| &a.conclusions).enumerate())
                .map(|(at, c)| wire::ConclusionInfo {
                    id: id(at),
                    before: found.conclusions[at].before.word(),
                    after: c.after.word(),
                    status: c.status.word(),
                    by: c.by.map(detente_engine::trust::Cause::word),
                })
                .collect(),
        }
    };
    wire::Trust {
        schema: wire::TrustName::This,
        program: Program::THIS,
        case: CaseInfo::of(conflict),
        text: report::summary(conflict, found),
        before: wire::OutcomeInfo {
            feasible: found.before.feasible.to_string(),
            equilibria: found.before.equilibria.to_string(),
            stable: found.before.stable.iter().map(ToString::to_string).collect(),
        },
        runs: found.runs.iter().map(run).collect(),
        sets: (found.sets.iter())
            .map(|s| wire::StruckSet {
                id: id(s.conclusion),
                claims: claims(&s.claims),
                status: s.status.word(),
            })
            .collect(),
        bodies: (found.bodies.iter())
            .map(|b| wire::BodyInfo { id: id(b.conclusion), claims: claims(&b.claims), smallest: b.smallest })
            .collect(),
        limits: found.limits.iter().map(Into::into).collect(),
    }
}
