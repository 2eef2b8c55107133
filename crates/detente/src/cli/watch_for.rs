//! `detente watch-for CASE`: which next move would settle most of the question.

use clap::Args;
use detente_model::Concept;

use super::args::{BoundArgs, CaseArg, TextFormat, VariantArg, concept};
use super::watch::Clock;
use super::{Refusal, Status, input, output};
use detente_study::find::near::nearest;
use detente_study::find::watch::{Ask, DRAWS, Watching, question};
use detente_study::say::answers::concept_of;
use detente_study::say::watch as report;
use detente_study::wire;

/// What to watch: which next move of whom would settle most of the question, and what it would speak for
#[derive(Args)]
pub(crate) struct WatchForArgs {
    #[command(flatten)]
    case: CaseArg,
    /// Which question, by its id; without, the first of kind possible, certain or share
    #[arg(long, value_name = "ID")]
    question: Option<String>,
    /// What has been seen already, by the ids of [observed.ID]: only models that expected it count
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    seen: Vec<String>,
    /// Under which concept of stability; without, that of the question, or Nash
    #[arg(long, value_name = "CONCEPT", value_parser = concept)]
    concept: Option<Concept>,
    /// How many models to draw, where there are more
    #[arg(long, value_name = "N", default_value_t = DRAWS, value_parser = clap::value_parser!(u64).range(1..=1 << 24))]
    draws: u64,
    /// Where the random numbers start
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// How many observations to list
    #[arg(long, value_name = "N", default_value_t = 16)]
    list: usize,
    #[command(flatten)]
    variant: VariantArg,
    #[command(flatten)]
    bounds: BoundArgs,
    /// The medium of the answer
    #[arg(long, value_enum, default_value_t)]
    format: TextFormat,
}

/// Runs the command.
pub(crate) fn run(args: &WatchForArgs, quiet: bool) -> Result<Status, Refusal> {
    let loaded = input::load(&args.case)?;
    if !quiet {
        output::tell_diagnostics(&loaded.diagnostics, &loaded.text);
    }
    let conflict = loaded.version(&args.variant)?;
    let unknown = |what: &str, id: &str, ids: Vec<&str>| {
        let hint = match nearest(id, ids.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("there are: {}", ids.join(", ")),
        };
        Refusal::usage_with(format!("there is no {what} `{id}` in this case"), hint)
    };
    let asked = match &args.question {
        Some(id) => {
            let ids = || conflict.questions.iter().map(|question| question.id.as_str()).collect();
            let found = conflict.questions.iter().find(|question| question.id == *id);
            Some(found.ok_or_else(|| unknown("question", id, ids()))?)
        }
        None => question(&conflict),
    };
    let Some((question, outcome)) = asked.and_then(|asked| Some((asked, asked.outcome.clone()?))) else {
        return Err(Refusal::usage_with(
            "the case asks no question about an outcome that could be in doubt",
            "add a question of kind possible, certain or share",
        ));
    };
    let mut seen = Vec::new();
    for id in &args.seen {
        let ids = || conflict.observed.iter().map(|seen| seen.id.as_str()).collect();
        let found = conflict.observed.iter().find(|seen| seen.id == *id);
        seen.push(found.ok_or_else(|| unknown("[observed] entry", id, ids()))?);
    }
    let ask = Ask {
        question,
        outcome,
        concept: args.concept.unwrap_or_else(|| concept_of(question)),
        seen,
        draws: args.draws,
        seed: args.seed,
        threads: args.bounds.threads,
    };
    let clock = Clock::start(args.bounds.time.limit(), quiet);
    let watching =
        Watching::of(&conflict, &ask, &*clock).map_err(|refused| report::refused(&conflict, &refused))?;
    match args.format {
        TextFormat::Json => output::print_json(&wire::WatchFor::of(&conflict, &ask, &watching))?,
        TextFormat::Table => output::print_doc(&report::doc(&conflict, &ask, &watching, args.list))?,
        TextFormat::Md => output::print_markdown(&report::doc(&conflict, &ask, &watching, args.list))?,
        TextFormat::Html => output::print_html(&report::doc(&conflict, &ask, &watching, args.list))?,
    }
    Ok(output::ends(watching.limits()))
}
