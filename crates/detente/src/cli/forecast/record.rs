//! `detente forecast record LEDGER`: a forecast is written down.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use detente_model::Concept;

use super::{WriterArgs, failure};
use crate::cli::args::{self, CaseArg, TextFormat};
use crate::cli::watch::Clock;
use crate::cli::{Refusal, Status, input, output};
use detente_ledger::{AnswerChance, Content, Day, Draft, Forecast, Measure, Probability};
use detente_study::ask::forecast::{self, Chances, Computing, Unrecorded};
use detente_study::say::forecast as report;

/// Write a forecast down: a question, a day by which it is answered, and how likely each answer is
#[derive(Args)]
#[command(
    after_help = "Without --case the values are probabilities: --yes 0.35, --answer peace=0.2. With --case they \
                        are outcomes of the case (a definition, an [outcome], an [observed], an option, each also \
                        after `not `, or a state), and the probabilities are computed: --yes holds."
)]
pub(super) struct RecordArgs {
    /// The ledger: a file that is only appended to; it is made when there is none
    #[arg(value_name = "LEDGER")]
    ledger: PathBuf,
    /// A name for the forecast: lower-case letters, digits and hyphens
    #[arg(long, value_name = "ID")]
    id: String,
    /// The question, precise enough to tell afterwards which answer came true
    #[arg(long, value_name = "TEXT")]
    question: String,
    /// The day by which it is answered: 2025-12-31
    #[arg(long, value_name = "DAY")]
    by: Day,
    /// For a question of yes and no: the probability of yes, or the outcome that means yes
    #[arg(long, value_name = "VALUE", conflicts_with_all = ["answer", "rest"], required_unless_present = "answer")]
    yes: Option<String>,
    /// A possible answer with its probability, or with the outcome that it means; once for each
    #[arg(long, value_name = "NAME=VALUE")]
    answer: Vec<String>,
    /// One more answer, which takes all that is left
    #[arg(long, value_name = "NAME")]
    rest: Option<String>,
    /// Compute the probabilities from this case
    #[arg(long, value_name = "CASE")]
    case: Option<OsString>,
    /// Work on this variant of the case
    #[arg(long, value_name = "ID", requires = "case")]
    variant: Option<String>,
    /// What a probability is: the share of models in which …
    #[arg(long, value_enum, default_value = "some", requires = "case")]
    measure: MeasureArg,
    /// Under which concept of stability (all measures but end)
    #[arg(long, value_name = "CONCEPT", default_value = "nash", value_parser = args::concept, requires = "case")]
    concept: Concept,
    /// How many models to draw, where the case has more; else all are looked at
    #[arg(long, value_name = "N", default_value_t = 100_000, requires = "case",
          value_parser = clap::value_parser!(u64).range(1..=1_000_000_000))]
    draws: u64,
    /// Where the random numbers start
    #[arg(long, value_name = "N", default_value_t = 1, requires = "case")]
    seed: u64,
    #[command(flatten)]
    time: args::TimeArg,
    /// Up to which day it knows what happened; with --case the date of the case
    #[arg(long, value_name = "DAY")]
    as_of: Option<Day>,
    /// Say that the answer is or could be known already: needed when its day is past
    #[arg(long)]
    hindsight: bool,
    #[command(flatten)]
    writer: WriterArgs,
    /// The medium of the answer
    #[arg(long, value_enum, default_value_t)]
    format: TextFormat,
}

/// What a computed probability is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum MeasureArg {
    /// Some equilibrium has the outcome
    Some,
    /// There are equilibria, and all have the outcome
    All,
    /// An equilibrium drawn among those of the model has it, each as likely as the others
    Drawn,
    /// The walk from the status quo, one actor at a time to something it prefers, ends in the outcome
    End,
}

/// Runs the command.
pub(super) fn run(args: &RecordArgs, quiet: bool) -> Result<Status, Refusal> {
    let recorded = args.writer.time()?;
    let (names, values): (Vec<String>, Vec<Option<String>>) = args.answers()?.into_iter().unzip();
    let Chances { chances, basis, as_of } = match &args.case {
        None => forecast::by_hand(&typed(&values)?)?,
        Some(case) => {
            let loaded = input::load(&CaseArg { case: case.clone(), ignore_misperceptions: false })?;
            if !quiet {
                output::tell_diagnostics(&loaded.diagnostics, &loaded.text);
            }
            let conflict = loaded.variant(args.variant.as_deref())?;
            let clock = Clock::start(args.time.limit(), quiet);
            clock.turn_to(&conflict.game);
            forecast::computed(&conflict, &values, args.computing(), &*clock)?
        }
    };
    let answer = |(answer, probability)| AnswerChance { answer, probability };
    let says = Content::Forecast(Forecast {
        id: args.id.clone(),
        question: args.question.clone(),
        as_of: args.as_of.or(as_of),
        resolves: args.by,
        hindsight: args.hindsight,
        answers: names.into_iter().zip(chances).map(answer).collect(),
        basis,
    });
    let WriterArgs { author, note, .. } = args.writer.clone();
    let draft = Draft { recorded, author, note, says };
    let entry = forecast::record(&args.ledger, draft).map_err(|why| match why {
        Unrecorded::Ledger(error) => failure(error),
        Unrecorded::Hindsight(day) => Refusal::usage_with(
            format!("the day by which it is answered, {day}, is past: a forecast of it is hindsight"),
            "add --hindsight to record it as that",
        ),
    })?;
    match args.format {
        TextFormat::Json => output::print_json(&entry)?,
        TextFormat::Table => output::print_doc(&report::entry(&args.ledger, &entry))?,
        TextFormat::Md => output::print_markdown(&report::entry(&args.ledger, &entry))?,
        TextFormat::Html => output::print_html(&report::entry(&args.ledger, &entry))?,
    }
    Ok(Status::Done)
}

impl RecordArgs {
    /// The answers by name, each with what was typed for it; the one that takes the rest has nothing.
    fn answers(&self) -> Result<Vec<(String, Option<String>)>, Refusal> {
        if let Some(yes) = &self.yes {
            return Ok(vec![("yes".to_owned(), Some(yes.clone())), ("no".to_owned(), None)]);
        }
        let mut list = Vec::new();
        for text in &self.answer {
            let (name, value) = text.split_once('=').ok_or_else(|| {
                Refusal::usage_with(
                    format!("`{text}` has no value"),
                    "write an answer like --answer peace=0.2, or --answer peace=holds with --case",
                )
            })?;
            list.push((name.trim().to_owned(), Some(value.trim().to_owned())));
        }
        list.extend(self.rest.iter().map(|rest| (rest.trim().to_owned(), None)));
        Ok(list)
    }

    fn computing(&self) -> Computing {
        Computing {
            measure: match self.measure {
                MeasureArg::Some => Measure::Some,
                MeasureArg::All => Measure::All,
                MeasureArg::Drawn => Measure::Drawn,
                MeasureArg::End => Measure::End,
            },
            concept: self.concept,
            draws: self.draws,
            seed: self.seed,
        }
    }
}

/// Probabilities as they were typed.
fn typed(values: &[Option<String>]) -> Result<Vec<Option<Probability>>, Refusal> {
    let read = |text: &String| {
        text.parse::<Probability>().map_err(|wrong| {
            Refusal::usage_with(wrong, "to compute it from a case, name the case with --case")
        })
    };
    values.iter().map(|value| value.as_ref().map(read).transpose()).collect()
}
