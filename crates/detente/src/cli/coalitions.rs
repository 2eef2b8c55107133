//! `detente coalitions CASE`: who can jointly leave what for what.

use clap::Args;
use detente_engine::coalition::{
    Coalition, CoalitionConcept, CoalitionSettings, CoalitionTable, Exits, coalition_nash, exits, table,
};
use detente_engine::evolution::Walker;
use detente_engine::{LimitHit, Settings, SolveError, StateSet, Stop, Watch};
use detente_model::{Concept, Conflict, State};
use num_bigint::BigUint;

use super::args::{self, BoundArgs, CaseArg, CsvArgs, Format, VariantArg};
use super::solver::Solver;
use super::watch::Clock;
use super::{Refusal, Status, input, output};
use crate::caps::{COALITION_ACTORS, COALITION_STATES, COALITION_STEPS};
use detente_study::say::coalitions as report;
use detente_study::say::{refer, words};
use detente_study::show::csv;
use detente_study::wire::{self, CaseInfo, Program};

/// Joint improvements: which coalitions can leave which outcome, and what none of them can undo
#[derive(Args)]
pub(crate) struct CoalitionsArgs {
    #[command(flatten)]
    case: CaseArg,
    /// One outcome: a number, #place, a pattern, on:…, sq, an option, or the id of an outcome, a define or
    /// something observed; each also after "not "
    #[arg(long, value_name = "S", allow_hyphen_values = true)]
    state: Option<String>,
    /// The game in which these coalitions are players: az+am,ru (the others stay alone)
    #[arg(long, value_name = "A+B,…")]
    players: Option<String>,
    /// Which concepts: a list of c-nash, c-gmr, c-smr, c-seq, or all. With more than 131,072 possible outcomes only
    /// c-nash can be computed for all of them
    #[arg(long, value_name = "LIST", default_value = "all", value_parser = concepts)]
    concept: Concepts,
    /// Coalitions of at most this many actors
    #[arg(long, value_name = "N")]
    size: Option<usize>,
    #[command(flatten)]
    variant: VariantArg,
    /// How long opponents may answer: by legal sequences, each at most once, or by a single move
    #[arg(long, value_name = "WHICH", default_value = "legal", value_parser = args::readings())]
    sequences: String,
    #[command(flatten)]
    bounds: BoundArgs,
    /// How many states or rows to list
    #[arg(long, value_name = "N")]
    list: Option<usize>,
    /// The medium of the answer
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    #[command(flatten)]
    csv: CsvArgs,
}

/// A list of concepts, each once, in the order of reports.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Concepts(Vec<CoalitionConcept>);

/// Reads `c-nash,c-seq` or `all`.
fn concepts(text: &str) -> Result<Concepts, String> {
    let mut list = Vec::new();
    for word in text.split(',').map(str::trim) {
        let all = CoalitionConcept::ALL;
        match all.into_iter().find(|concept| concept.id() == word) {
            Some(concept) => list.push(concept),
            None if word == "all" => list.extend(all),
            None => {
                let ids = all.map(CoalitionConcept::id).join(", ");
                return Err(format!("`{word}` is not a concept for coalitions: write some of {ids} or all"));
            }
        }
    }
    list.sort_unstable();
    list.dedup();
    Ok(Concepts(list))
}

/// Runs the command.
pub(crate) fn run(args: &CoalitionsArgs, quiet: bool) -> Result<Status, Refusal> {
    let style = args.csv.style(args.format == Format::Csv)?;
    let loaded = input::load(&args.case)?;
    if !quiet {
        output::tell_diagnostics(&loaded.diagnostics, &loaded.text);
    }
    let conflict = loaded.version(&args.variant)?;
    let settings = settings(args);
    let threads = args.bounds.threads;
    let clock = Clock::start(args.bounds.time.limit(), quiet);
    let wanted = Settings { concepts: vec![Concept::Nash], threads, ..settings.clone() };
    let (found, _) = Solver::new(wanted, &clock).solve(conflict, None)?;
    let conflict = &found.conflict;
    let feasible = found.feasible();
    let actors = conflict.game.actors.len();
    let size = args
        .size
        .unwrap_or_else(|| usual(actors, &feasible.count(), args.concept.0.contains(&CoalitionConcept::Seq)));
    let from = match &args.state {
        None => None,
        Some(text) => Some(refer::one(conflict, &*feasible, text)?),
    };
    let mut table = if feasible.count() <= BigUint::from(COALITION_STATES.most) {
        let states = feasible.first(COALITION_STATES.size());
        let wanted = CoalitionSettings {
            concepts: args.concept.0.clone(),
            coalitions: Some(Coalition::everybody(actors).parts(size).collect()),
            players: players(conflict, args.players.as_deref())?,
            sequences: settings.sequences,
            threads,
            bounds: settings.bounds.clone(),
        };
        let computed = table(&conflict.game, &states, &wanted, &*clock);
        Some(computed.map_err(|error| Refusal::usage(error.to_string()))?)
    } else if from.is_none() {
        // Sets of outcomes, not outcomes: how many there are does not bound the size.
        let few = if actors <= COALITION_ACTORS.size() { actors } else { 3 };
        return many(args, conflict, args.size.unwrap_or(few), &clock);
    } else {
        None
    };
    let mut leaving = match &from {
        None => Exits::default(),
        Some(from) => exits(&conflict.game, from, size, &settings.bounds, &*clock)
            .map_err(|error| Refusal::usage(error.to_string()))?,
    };
    if let (None, true) = (args.size, size < actors) {
        leaving.limits.push(COALITION_STEPS.hit(
            format!("coalitions of more than {}", words::counted(&size.into(), "actor", "actors")),
            "none of them (--size looks at more)",
            &format!("what is said of coalitions of at most {}", words::count(&size.into())),
        ));
    }
    for hit in leaving.limits.iter_mut().chain(table.iter_mut().flat_map(|table| &mut table.limits)) {
        clock.name(hit);
    }
    let list =
        args.list.unwrap_or(if matches!(args.format, Format::Json | Format::Csv) { 65_536 } else { 64 });
    let doc = || match (&from, &table) {
        (Some(from), table) => report::state_doc(conflict, from, &leaving, table.as_ref()),
        (None, Some(table)) => report::table_doc(conflict, table, list),
        (None, None) => detente_study::show::doc::Doc::default(),
    };
    match args.format {
        Format::Json => {
            output::print_json(&json(conflict, &settings, from.as_ref(), &leaving, table.as_ref(), list))?;
        }
        Format::Table => output::print_doc(&doc())?,
        Format::Md => output::print_markdown(&doc())?,
        Format::Html => output::print_html(&doc())?,
        Format::Csv => {
            let all = json(conflict, &settings, from.as_ref(), &leaving, table.as_ref(), list);
            output::print(&csv::coalitions(&all, style))?;
        }
    }
    let limits = leaving.limits.into_iter().chain(table.into_iter().flat_map(|table| table.limits));
    Ok(output::ends(&limits.collect::<Vec<_>>()))
}

/// The size up to which coalitions are looked at when nothing is said: all of a few actors, and so many that the table
/// is done in some seconds. Under c-seq each coalition is held against every one of the others' that could answer it.
fn usual(actors: usize, states: &BigUint, answered: bool) -> usize {
    let most = if actors <= COALITION_ACTORS.size() { actors } else { 3 };
    let states = u64::try_from(states).unwrap_or(u64::MAX);
    let (mut steps, mut coalitions, mut size) = (0_u64, 1_u64, 1);
    for members in 1..=most {
        let others = (actors - members) as u32;
        // Binomial coefficients one after the other: each is a whole number.
        coalitions = coalitions.saturating_mul(u64::from(others) + 1) / members as u64;
        let answers = if answered { 1_u64.checked_shl(others).unwrap_or(u64::MAX) } else { 1 };
        steps = steps.saturating_add(coalitions.saturating_mul(answers).saturating_mul(states));
        if steps > COALITION_STEPS.most {
            break;
        }
        size = members;
    }
    size
}

/// The reading and the bounds for the engine.
fn settings(args: &CoalitionsArgs) -> Settings {
    Settings {
        sequences: args::reading(&args.sequences),
        bounds: args.bounds.bounds(),
        ..Settings::default()
    }
}

/// C-Nash for all coalitions where outcomes are too many to be listed.
fn many(args: &CoalitionsArgs, conflict: &Conflict, size: usize, clock: &Clock) -> Result<Status, Refusal> {
    let name_one = "name an outcome with --state";
    if args.players.is_some() {
        return Err(Refusal::usage_with("there are too many possible outcomes for --players", name_one));
    }
    if !args.concept.0.contains(&CoalitionConcept::Nash) {
        let why =
            "there are too many possible outcomes for these concepts: only c-nash can be computed for all";
        return Err(Refusal::usage_with(why, name_one));
    }
    let threads = args.bounds.threads;
    let settings = settings(args);
    let coalitions: Vec<Coalition> = Coalition::everybody(conflict.game.actors.len()).parts(size).collect();
    let found = coalition_nash(&conflict.game, &coalitions, threads, &settings.bounds, clock);
    let mut found = found.map_err(|error| match error {
        SolveError::Stopped(hit) => Refusal::Limit(format!("{} stopped at {}", hit.what, hit.limit)),
        error => Refusal::usage(error.to_string()),
    })?;
    for hit in &mut found.limits {
        clock.name(hit);
    }
    if args.size.is_none() && size < conflict.game.actors.len() {
        found.limits.push(COALITION_ACTORS.hit(
            format!("coalitions of more than {}", words::counted(&size.into(), "actor", "actors")),
            "none of them (--size looks at more)",
            &format!("what is said of coalitions of at most {}", words::count(&size.into())),
        ));
    }
    let left: Vec<&str> = args.concept.0.iter().skip(1).map(|concept| concept.id()).collect();
    if !left.is_empty() {
        found.limits.push(LimitHit {
            stop: Stop::Work,
            what: left.join(", "),
            limit: format!("{} possible outcomes", words::count(&COALITION_STATES.most.into())),
            reached: "not begun".to_owned(),
            exact: "c-nash".to_owned(),
        });
    }
    let list =
        args.list.unwrap_or(if matches!(args.format, Format::Json | Format::Csv) { 65_536 } else { 64 });
    match args.format {
        Format::Json | Format::Csv => {
            let mut info = empty(conflict, &settings);
            let set = |set: Box<dyn StateSet + '_>| large(conflict, &*set, list);
            let row = |h| Some((h, set(found.stable(h)?)));
            let rows =
                found.coalitions().filter_map(row).map(|(h, set)| (h.id(&conflict.game), set)).collect();
            let id = CoalitionConcept::Nash.id().to_owned();
            info.table.insert(id.clone(), rows);
            if let Some(proof) = found.proof() {
                info.proof.insert(id, set(proof));
            }
            info.limits = found.limits.iter().map(Into::into).collect();
            if args.format == Format::Csv {
                output::print(&csv::coalitions(&info, args.csv.style(true)?))?;
            } else {
                output::print_json(&info)?;
            }
        }
        Format::Table => output::print_doc(&report::nash_doc(conflict, &found, list))?,
        Format::Md => output::print_markdown(&report::nash_doc(conflict, &found, list))?,
        Format::Html => output::print_html(&report::nash_doc(conflict, &found, list))?,
    }
    Ok(output::ends(&found.limits))
}

/// A set for a program: state numbers where they are few enough, and small enough for any reader of JSON.
fn large(conflict: &Conflict, set: &dyn StateSet, list: usize) -> wire::CoalitionSet {
    let count = set.count();
    let lists = count <= BigUint::from(list) && conflict.game.options().len() <= 52;
    let states = lists.then(|| set.first(list).iter().filter_map(State::number).collect());
    wire::CoalitionSet { count: count.to_string(), states }
}

/// The contract without any answer yet.
fn empty(conflict: &Conflict, settings: &Settings) -> wire::Coalitions {
    wire::Coalitions {
        schema: wire::CoalitionsName::This,
        program: Program::THIS,
        case: CaseInfo::of(conflict),
        sequences: settings.sequences.id().to_owned(),
        state: None,
        exits: Vec::new(),
        stable: indexmap::IndexMap::new(),
        table: indexmap::IndexMap::new(),
        proof: indexmap::IndexMap::new(),
        limits: Vec::new(),
    }
}

/// Reads `az+am,ru`; actors that are not named stay alone.
fn players(conflict: &Conflict, text: Option<&str>) -> Result<Option<Vec<Coalition>>, Refusal> {
    let Some(text) = text else { return Ok(None) };
    let mut list = Vec::new();
    for part in text.split(',') {
        let mut members = Vec::new();
        for id in part.split('+').map(str::trim) {
            let by_place = id.parse::<usize>().ok().filter(|k| *k < conflict.game.actors.len());
            members.push(match conflict.game.actor(id).or(by_place.map(Into::into)) {
                Some(actor) => actor,
                None => refer::actor(conflict, id)?,
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
                    .map(|(mover, s)| {
                        wire::StepInfo::of(game, Walker::Mover(*mover), wire::state_text(game, s))
                    })
                    .collect(),
            })
            .collect(),
        limits: leaving.limits.iter().chain(table.iter().flat_map(|t| &t.limits)).map(Into::into).collect(),
        ..empty(conflict, settings)
    };
    let Some(table) = table else { return info };
    let place = from.and_then(|from| table.states().iter().position(|s| s == from));
    for concept in CoalitionConcept::ALL {
        let id = concept.id().to_owned();
        if let Some(proof) = table.proof(concept) {
            info.proof.insert(id.clone(), set(proof));
        }
        match place {
            Some(at) if table.coalitions().all(|h| table.is_stable(concept, h, at).is_none()) => {}
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

#[cfg(test)]
mod tests {
    use super::usual;

    #[test]
    fn all_coalitions_of_few_actors_and_outcomes_and_fewer_of_many() {
        for (actors, states, answered, size) in [
            (1, 4_u64, true, 1),
            (4, 1 << 17, true, 4),
            (8, 1 << 12, true, 8),
            (10, 1 << 12, true, 10),
            (8, 1 << 16, true, 2),
            (8, 1 << 16, false, 8),
            (12, 1 << 8, true, 3),
            (64, 1 << 17, true, 1),
        ] {
            assert_eq!(usual(actors, &states.into(), answered), size, "{actors} {states} {answered}");
        }
    }
}
