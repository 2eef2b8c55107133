//! `detente coalitions CASE`: who can jointly leave what for what.

use clap::Args;
use detente_engine::coalition::{
    Coalition, CoalitionConcept, CoalitionSettings, CoalitionTable, Exits, exits, table,
};
use detente_engine::{Quiet, Settings};
use detente_model::{Concept, Conflict, State};
use num_bigint::BigUint;

use super::args::{BoundArgs, CaseArg, SolvingArgs, TextFormat, VariantArg};
use super::solver::Solver;
use super::{Failure, Status, input, output, rank, state};
use crate::report::coalitions as report;
use crate::wire::{self, CaseInfo, Program};

/// Up to this many states the whole table is computed.
const STATES: u32 = 1 << 17;
/// Up to this many actors all coalitions are looked at when nothing else is asked for.
const ACTORS: usize = 10;

/// Who can jointly leave what for what; what is proof against whom
#[derive(Args)]
pub(crate) struct CoalitionsArgs {
    #[command(flatten)]
    case: CaseArg,
    /// One outcome: a number, #place, a pattern, on:…, sq or the id of an outcome
    #[arg(long, value_name = "S", allow_hyphen_values = true)]
    state: Option<String>,
    /// The game in which these coalitions are players: az+am,ru (the others stay alone)
    #[arg(long, value_name = "A+B,…")]
    players: Option<String>,
    /// Coalitions of at most this many actors
    #[arg(long, value_name = "N")]
    size: Option<usize>,
    #[command(flatten)]
    variant: VariantArg,
    #[command(flatten)]
    solving: SolvingArgs,
    /// How many states or rows to list
    #[arg(long, value_name = "N")]
    list: Option<usize>,
    /// The medium of the answer
    #[arg(long, value_enum, default_value_t)]
    format: TextFormat,
}

/// Runs the command.
pub(crate) fn run(args: &CoalitionsArgs, quiet: bool) -> Result<Status, Failure> {
    let loaded = input::load(&args.case)?;
    if !quiet {
        output::tell_diagnostics(&loaded.diagnostics, &loaded.text);
    }
    let conflict = loaded.variant(args.variant.variant.as_deref())?;
    let settings = args.solving.settings();
    let BoundArgs { threads, max_time, .. } = args.solving.bounds.clone();
    let solver = Solver::new(Settings { concepts: vec![Concept::Nash], ..settings.clone() }, max_time, quiet);
    let (found, _) = solver.solve(conflict, None)?;
    let conflict = &found.conflict;
    let feasible = found.feasible();
    let actors = conflict.game.actors.len();
    let size = args.size.unwrap_or(if actors <= ACTORS { actors } else { 3 });
    let from = match &args.state {
        None => None,
        Some(text) => Some(state::one(conflict, &*feasible, &state::parse(conflict, text)?, text)?),
    };
    let table = if feasible.count() <= BigUint::from(STATES) {
        let states = feasible.first(STATES as usize);
        let wanted = CoalitionSettings {
            coalitions: Some(Coalition::everybody(actors).parts(size).collect()),
            players: players(conflict, args.players.as_deref())?,
            sequences: settings.sequences,
            threads,
            bounds: settings.bounds.clone(),
            ..CoalitionSettings::default()
        };
        let computed = table(&conflict.game, &states, &wanted, &Quiet);
        Some(computed.map_err(|error| Failure::usage(error.to_string()))?)
    } else if from.is_none() {
        return Err(Failure::Limit(format!(
            "{} possible outcomes are too many for the table of all of them: name one with --state",
            feasible.count()
        )));
    } else {
        None
    };
    let leaving = match &from {
        None => Exits::default(),
        Some(from) => exits(&conflict.game, from, size, &settings.bounds, &Quiet)
            .map_err(|error| Failure::usage(error.to_string()))?,
    };
    let list = args.list.unwrap_or(if args.format == TextFormat::Json { 65_536 } else { 64 });
    let doc = || match (&from, &table) {
        (Some(from), table) => report::state_doc(conflict, from, &leaving, table.as_ref()),
        (None, Some(table)) => report::table_doc(conflict, table, list),
        (None, None) => crate::report::doc::Doc::default(),
    };
    match args.format {
        TextFormat::Json => {
            output::print_json(&json(conflict, &settings, from.as_ref(), &leaving, table.as_ref(), list))?;
        }
        TextFormat::Table => output::print_doc(&doc())?,
        TextFormat::Md => output::print_markdown(&doc())?,
    }
    let cut = !leaving.limits.is_empty() || table.is_some_and(|t| !t.limits.is_empty());
    Ok(if cut { Status::Limit } else { Status::Done })
}

/// Reads `az+am,ru`; actors that are not named stay alone.
fn players(conflict: &Conflict, text: Option<&str>) -> Result<Option<Vec<Coalition>>, Failure> {
    let Some(text) = text else { return Ok(None) };
    let mut list = Vec::new();
    for part in text.split(',') {
        let mut members = Vec::new();
        for id in part.split('+').map(str::trim) {
            let by_place = id.parse::<usize>().ok().filter(|k| *k < conflict.game.actors.len());
            members.push(match conflict.game.actor(id).or(by_place.map(Into::into)) {
                Some(actor) => actor,
                None => rank::actor(conflict, id)?,
            });
        }
        list.push(Coalition::of(members));
    }
    for actor in conflict.game.actor_ids() {
        if !list.iter().any(|p| p.contains(actor)) {
            list.push(Coalition::of([actor]));
        }
    }
    Ok(Some(list))
}

fn json(
    conflict: &Conflict,
    settings: &Settings,
    from: Option<&State>,
    leaving: &Exits,
    table: Option<&CoalitionTable>,
    list: usize,
) -> wire::Coalitions {
    let game = &conflict.game;
    let ids = |h: Coalition| h.members().map(|a| game.actors[a.index()].id.clone()).collect::<Vec<_>>();
    let set = |states: Vec<&State>| wire::CoalitionSet {
        count: states.len().to_string(),
        states: (states.len() <= list).then(|| states.iter().filter_map(|s| s.number()).collect()),
    };
    let mut info = wire::Coalitions {
        schema: wire::CoalitionsName::This,
        program: Program::THIS,
        case: CaseInfo::of(conflict),
        sequences: settings.sequences.id().to_owned(),
        state: from.map(|s| wire::state_text(game, s)),
        exits: leaving
            .exits
            .iter()
            .map(|exit| wire::ExitInfo {
                coalition: ids(exit.coalition),
                minimal: exit.minimal,
                needs_all: exit.needs_all,
                to: wire::state_text(game, &exit.to),
                sequence: exit
                    .sequence
                    .iter()
                    .map(|(a, s)| wire::StepInfo {
                        actor: game.actors[a.index()].id.clone(),
                        to: wire::state_text(game, s),
                    })
                    .collect(),
            })
            .collect(),
        stable: indexmap::IndexMap::new(),
        table: indexmap::IndexMap::new(),
        proof: indexmap::IndexMap::new(),
        limits: leaving.limits.iter().chain(table.iter().flat_map(|t| &t.limits)).map(Into::into).collect(),
    };
    let Some(table) = table else { return info };
    let place = from.and_then(|from| table.states().iter().position(|s| s == from));
    for concept in CoalitionConcept::ALL {
        let id = concept.id().to_owned();
        if let Some(proof) = table.proof(concept) {
            info.proof.insert(id.clone(), set(proof));
        }
        match place {
            Some(at) => {
                let stable = table.coalitions().filter(|h| table.is_stable(concept, *h, at) == Some(true));
                info.stable.insert(id, stable.map(ids).collect());
            }
            None => {
                let rows =
                    table.coalitions().filter_map(|h| Some((h.id(game), set(table.stable(concept, h)?))));
                info.table.insert(id, rows.collect());
            }
        }
    }
    info
}
