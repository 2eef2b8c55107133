//! `detente price CASE`: what it would take for an outcome to last, or not to.

use clap::Args;
use detente_engine::Settings;
use detente_engine::price::{Aim, Costs};
use detente_model::Concept;

use super::args::{BoundArgs, CaseArg, TextFormat, VariantArg, concept};
use super::watch::Clock;
use super::{Refusal, Status, input, output};
use detente_study::Waiting;
use detente_study::ask::price::{Ask, Priced};
use detente_study::find::near::nearest;

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
    #[arg(long, value_name = "N", default_value_t = 2_000_000)]
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
    let aim = |(aim, word): &(Aim, &str)| args.aim.iter().any(|asked| asked == word).then_some(*aim);
    let ask = Ask {
        question: args.question.clone(),
        outcome: args.outcome.clone(),
        concept: args.concept,
        aims: Aim::ALL.iter().filter_map(aim).collect(),
        most: args.most,
        costs: args.cost,
        deeds: args.deeds,
        games: args.games,
        settings: Settings {
            threads: args.bounds.threads,
            bounds: args.bounds.bounds(),
            ..Settings::default()
        },
    };
    let clock = Clock::start(args.bounds.time.limit(), quiet);
    clock.turn_to(&conflict.game);
    let watch: Waiting = clock.clone();
    let found = Priced::of(conflict, &ask, &watch)?;
    match args.format {
        TextFormat::Json => output::print_json(&found.wire())?,
        TextFormat::Table => output::print_doc(&found.doc(args.list, &*clock))?,
        TextFormat::Md => output::print_markdown(&found.doc(args.list, &*clock))?,
        TextFormat::Html => output::print_html(&found.doc(args.list, &*clock))?,
    }
    Ok(output::ends(&found.limits))
}
