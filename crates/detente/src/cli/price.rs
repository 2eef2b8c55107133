//! `detente price CASE`: what it would take for an outcome to last, or not to.

use clap::Args;
use detente_engine::Settings;
use detente_engine::price::{Aim, Costs};
use detente_model::{Concept, Conflict, OutcomeStates, Question, QuestionKind};
use num_bigint::BigUint;

use super::args::{BoundArgs, CaseArg, TextFormat, VariantArg, concept};
use super::solver::{Solver, failure};
use super::watch::Clock;
use super::{Refusal, Status, input, output};
use detente_study::find::near::nearest;
use detente_study::say::answers;
use detente_study::say::price::{Found, Search, doc, outcome};
use detente_study::say::refer;
use detente_study::wire::{self, CaseInfo, PriceName, Program};

/// Up to so many possible outcomes two changes at once are tried when nothing else is said.
const SMALL: u64 = crate::caps::PRICE_SMALL.most;

/// What it would take for an outcome to last, or not to: deeds first, then the least change of wishes and options
#[derive(Args)]
pub(crate) struct PriceArgs {
    #[command(flatten)]
    case: CaseArg,
    /// The question that asks for it, by its id; without, the first question of kind price
    #[arg(long, value_name = "ID", conflicts_with = "outcome")]
    question: Option<String>,
    /// Of which outcome: the id of an outcome, a define or something observed, an option, a pattern, a number, on:… or
    /// sq; each also after "not "
    #[arg(long, value_name = "OUTCOME", allow_hyphen_values = true)]
    outcome: Option<String>,
    /// Under which concept of stability; without, that of the question, or Nash
    #[arg(long, value_name = "CONCEPT", value_parser = concept)]
    concept: Option<Concept>,
    /// What the change is for: possible (some outcome that lasts has it), certain (all that last have it), never;
    /// without, whatever is not so as things are
    #[arg(long, value_name = "LIST", value_delimiter = ',', value_parser = aims())]
    aim: Vec<String>,
    /// The highest cost that is looked at: without --cost, so many changes at once; 2, or 1 where more than 4,096
    /// outcomes are possible, when nothing is said
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    most: Option<u32>,
    /// What changes cost, from 1: drop a wish, flip it, move it, add one, forbid an option
    #[arg(long, value_name = "drop=1,flip=1,move=1,add=1,forbid=1", value_parser = costs, default_value = "")]
    cost: Costs,
    /// How many deeds at once are tried at most; 2, or 1 where more than 4,096 outcomes are possible, when nothing is
    /// said; 0: none
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(..=6))]
    deeds: Option<u8>,
    /// How many changed cases to solve at most, for each aim, and as many for deeds
    #[arg(long, value_name = "N", default_value_t = 100_000)]
    games: usize,
    /// How many ways to list
    #[arg(long, value_name = "N", default_value_t = 24)]
    list: usize,
    #[command(flatten)]
    variant: VariantArg,
    #[command(flatten)]
    bounds: BoundArgs,
    /// The medium of the answer
    #[arg(long, value_enum, default_value_t)]
    format: TextFormat,
}

fn aims() -> clap::builder::PossibleValuesParser {
    Aim::ALL.map(|(_, word)| word).into()
}

/// Reads `drop=2,forbid=3`.
fn costs(text: &str) -> Result<Costs, String> {
    let mut costs = Costs::default();
    for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
        let (kind, number) =
            part.split_once('=').ok_or_else(|| format!("`{part}`: write a kind, `=` and a number"))?;
        let number = number.trim().parse().ok().filter(|n| (1..=1000).contains(n));
        let number = number.ok_or_else(|| format!("`{part}`: a cost is a whole number from 1 to 1000"))?;
        match kind.trim() {
            "drop" => costs.drop = number,
            "flip" => costs.flip = number,
            "move" => costs.shift = number,
            "add" => costs.add = number,
            "forbid" => costs.forbid = number,
            other => {
                let known = ["drop", "flip", "move", "add", "forbid"];
                let near = nearest(other, known).map(|near| format!(": did you mean `{near}`?"));
                return Err(format!(
                    "`{other}` is not a kind of change{}",
                    near.unwrap_or_else(|| format!(": write {}", known.join(", ")))
                ));
            }
        }
    }
    Ok(costs)
}

/// Runs the command.
pub(crate) fn run(args: &PriceArgs, quiet: bool) -> Result<Status, Refusal> {
    let loaded = input::load(&args.case)?;
    if !quiet {
        output::tell_diagnostics(&loaded.diagnostics, &loaded.text);
    }
    let conflict = loaded.version(&args.variant)?;
    let Asked { question, outcome: sought } = asked(&conflict, args)?;
    let ask = match question {
        Some(question) => question.ask.clone(),
        None => format!("Asked of: {}.", outcome(&conflict, &sought)),
    };
    let which = args.concept.or(question.map(answers::concept_of)).unwrap_or(Concept::Nash);
    let question = question.map(|question| question.id.clone());
    let settings = Settings {
        concepts: vec![which],
        threads: args.bounds.threads,
        bounds: args.bounds.bounds(),
        ..Settings::default()
    };
    let clock = Clock::start(args.bounds.time.limit(), quiet);
    let (found, _) = Solver::new(settings.clone(), &clock).solve(conflict, None)?;
    let small = found.feasible().count() <= BigUint::from(SMALL);
    let search = Search {
        outcome: sought,
        concept: which,
        settings,
        costs: args.cost,
        most: args.most.unwrap_or(if small { 2 } else { 1 }),
        deeds: args.deeds.map_or(if small { 2 } else { 1 }, usize::from),
        games: args.games,
    };
    let aims: Vec<Aim> = if args.aim.is_empty() {
        match (search.aims(&found), found.solution.limits.first()) {
            (Some(aims), _) => aims,
            (None, Some(hit)) => return Err(Refusal::Stopped(Box::new(hit.clone()))),
            (None, None) => {
                return Err(Refusal::Wrong("the verdicts of the case were not computed".to_owned()));
            }
        }
    } else {
        let words = |(aim, word): &(Aim, &str)| args.aim.iter().any(|asked| asked == word).then_some(*aim);
        Aim::ALL.iter().filter_map(words).collect()
    };
    let conflict = found.conflict;
    let mut tried =
        search.find(&conflict, &aims, &*clock).map_err(|error| failure(&conflict, &error, &clock))?;
    for one in &mut tried {
        clock.name_all(&mut one.price.limits);
        if let Some(plans) = &mut one.plans {
            clock.name_all(&mut plans.limits);
        }
    }
    match args.format {
        TextFormat::Json => output::print_json(&json(&conflict, &search, question, &tried))?,
        TextFormat::Table => output::print_doc(&doc(&conflict, &search, &ask, &tried, args.list, &*clock))?,
        TextFormat::Md => output::print_markdown(&doc(&conflict, &search, &ask, &tried, args.list, &*clock))?,
        TextFormat::Html => output::print_html(&doc(&conflict, &search, &ask, &tried, args.list, &*clock))?,
    }
    let mut limits = found.solution.limits;
    limits.extend(tried.iter().flat_map(Found::limits).cloned());
    clock.name_all(&mut limits);
    Ok(output::ends(&limits))
}

/// What is asked about.
struct Asked<'c> {
    question: Option<&'c Question>,
    outcome: OutcomeStates,
}

/// The outcome that was named, else that of the question that was named, else of the first of kind price, else of
/// the first that has one.
fn asked<'c>(conflict: &'c Conflict, args: &PriceArgs) -> Result<Asked<'c>, Refusal> {
    if let Some(text) = &args.outcome {
        return Ok(Asked { question: None, outcome: refer::set(conflict, text)? });
    }
    let questions = &conflict.questions;
    let question = match &args.question {
        Some(id) => {
            let question = questions.iter().find(|question| question.id == *id);
            Some(question.ok_or_else(|| {
                let ids = || questions.iter().map(|question| question.id.as_str());
                let hint = match nearest(id, ids()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("the questions are {}", ids().collect::<Vec<_>>().join(", ")),
                };
                Refusal::usage_with(format!("there is no question `{id}` in this case"), hint)
            })?)
        }
        None => {
            let price = questions.iter().find(|question| question.kind == QuestionKind::Price);
            price.or_else(|| questions.iter().find(|question| question.outcome.is_some()))
        }
    };
    match question.and_then(|question| Some((question, question.outcome.clone()?))) {
        Some((question, outcome)) => Ok(Asked { question: Some(question), outcome }),
        None => Err(Refusal::usage_with(
            match question {
                Some(question) => format!("the question `{}` names no outcome", question.id),
                None => "the case asks no question about an outcome".to_owned(),
            },
            "name one: --outcome with an outcome or a defined name of the case",
        )),
    }
}

fn json(conflict: &Conflict, search: &Search, question: Option<String>, tried: &[Found]) -> wire::Price {
    let word =
        |aim: Aim| Aim::ALL.iter().find(|(other, _)| *other == aim).map_or("", |(_, word)| word).to_owned();
    wire::Price {
        schema: PriceName::This,
        program: Program::THIS,
        case: CaseInfo::of(conflict),
        question,
        outcome: outcome(conflict, &search.outcome),
        concept: search.concept.id().to_owned(),
        costs: search.costs.into(),
        most: search.most,
        text: search.sentences(conflict, tried, false),
        aims: tried
            .iter()
            .map(|found| wire::AimInfo {
                aim: word(found.aim),
                cost: found.price.cost,
                below: found.price.below,
                deeds: found.plans.as_ref().map(|plans| wire::DeedsInfo::of(conflict, search.concept, plans)),
                games: found.price.games,
                ways: found
                    .price
                    .ways
                    .iter()
                    .map(|way| wire::PriceWay {
                        text: search.way(conflict, found.aim, &way.changes),
                        possible: way.possible,
                        changes: way
                            .changes
                            .iter()
                            .map(|change| wire::PriceChange::of(conflict, *change))
                            .collect(),
                    })
                    .collect(),
            })
            .collect(),
        limits: tried.iter().flat_map(Found::limits).map(Into::into).collect(),
    }
}
