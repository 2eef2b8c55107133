//! `detente solve CASE`: the main job.

use std::time::Instant;

use clap::Args;
use detente_model::{Concept, Conflict, OptionId, Question, QuestionKind};
use num_bigint::BigUint;

use super::args::{CaseArg, CsvArgs, Format, SolvingArgs, VariantArg};
use super::input::{self, Loaded};
use super::solver::{Solver, Timings};
use super::watch::Clock;
use super::{Refusal, Status, output};
use detente_study::find::findings::Findings;
use detente_study::find::near;
use detente_study::say::answers::{self, Reply};
use detente_study::say::solve::{Beside, Solved, accounts_doc, doc};
use detente_study::say::{listing, refer};
use detente_study::show::{csv, json};
use detente_study::wire;

/// The most possible outcomes with which the variants are solved beside the case.
const BESIDE: u64 = crate::caps::BESIDE.most;
/// With more options a table keeps to about a screen unless everything is asked for.
const LARGE: usize = 20;
/// How many states are listed in a table, and for a program.
const LIST_TABLE: usize = 64;
const LIST_JSON: usize = 65_536;

/// Solve a case: its questions answered in words, what lasts, who would leave what
#[derive(Args)]
pub(crate) struct SolveArgs {
    #[command(flatten)]
    case: CaseArg,
    #[command(flatten)]
    variant: VariantArg,
    #[command(flatten)]
    solving: SolvingArgs,
    /// Say whether verdicts depend on how long the others may answer
    #[arg(long = "compare-readings", visible_alias = "compare-sequences")]
    compare_readings: bool,
    /// How many states or patterns to list: 64 in a table, 65,536 in JSON and CSV; CSV has the status quo and what lasts
    /// beside them
    #[arg(long, value_name = "N")]
    list: Option<usize>,
    /// Look at these options alone: actors, options, or both: az,ru.broker
    #[arg(long, value_name = "LIST")]
    project: Option<String>,
    /// Say everything, also of a case with more than 20 options
    #[arg(long)]
    all: bool,
    /// Where the random numbers for examples of large sets start
    #[arg(long, value_name = "N", default_value_t = 1, hide_short_help = true)]
    seed: u64,
    /// Leave out how long it took (JSON): two runs give the same bytes
    #[arg(long)]
    no_timings: bool,
    /// The medium of the answer
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    #[command(flatten)]
    csv: CsvArgs,
}

/// Runs the command.
pub(crate) fn run(args: &SolveArgs, quiet: bool) -> Result<Status, Refusal> {
    let begin = Instant::now();
    // The clock runs from here: reading is part of the time that the user waits.
    let clock = Clock::start(args.solving.bounds.time.limit(), quiet);
    let loaded = match input::load(&args.case) {
        Ok(loaded) => loaded,
        Err(Refusal::Case(diagnostics, text)) => {
            if args.format == Format::Json {
                output::print_json(&wire::Solve::errors(&diagnostics))?;
            }
            return Err(Refusal::Case(diagnostics, text));
        }
        Err(failure) => return Err(failure),
    };
    let style = args.csv.style(args.format == Format::Csv)?;
    let conflict = loaded.variant(args.variant.variant.as_deref())?;
    let read = begin.elapsed();
    if !quiet {
        output::tell_diagnostics(&loaded.diagnostics, &loaded.text);
    }
    let project = project(&conflict, args.project.as_deref())?;
    let mut settings = args.solving.settings();
    let asked = settings.concepts.clone();
    answers::add_concepts(&mut settings.concepts, &conflict.questions);
    let task = Task {
        args,
        written: &loaded.conflict,
        solver: Solver::new(settings, &clock),
        clock: &clock,
        asked,
        project,
    };
    let conflicts = loaded.told(&args.variant)?;
    let alone = conflicts.len() == 1;
    let mut timings = Timings::default();
    let mut all: Vec<Solved> = Vec::new();
    for conflict in conflicts {
        match task.solve(conflict, &mut timings) {
            Ok(solved) => all.push(solved),
            Err(Refusal::Stopped(hit)) if args.format == Format::Json => {
                output::print_json(&wire::Solve::stopped(&loaded.diagnostics, &hit))?;
                return Err(Refusal::Stopped(hit));
            }
            Err(failure) => return Err(failure),
        }
    }
    timings.first("read", read);
    let clock = &clock;
    match (args.format, all.as_mut_slice()) {
        (Format::Json, [solved]) => {
            let part = Instant::now();
            let mut answer = json::solve(solved, &loaded.diagnostics);
            // The cover by patterns was made with it.
            timings.add("patterns", part.elapsed());
            if !args.no_timings {
                timings.add("total", begin.elapsed());
                answer.timings_ms = timings.milliseconds();
            }
            output::print_json(&wire::Solve::Solved(Box::new(answer)))?;
        }
        (Format::Json, several) => {
            if let Some(mut answer) = json::told(several, &loaded.diagnostics) {
                if !args.no_timings {
                    timings.add("total", begin.elapsed());
                    answer.timings_ms = timings.milliseconds();
                }
                output::print_json(&wire::Solve::Told(Box::new(answer)))?;
            }
        }
        (Format::Csv, [solved]) => {
            let found = task.solver.listing(&solved.found, &solved.concepts, csv::choice(args.list))?;
            output::tell_notes(&listing::notes(&found), quiet);
            output::print(&csv::outcomes(&found, style))?;
            let hit = listing::limits(&found);
            solved.limits.extend(hit);
            clock.name_all(&mut solved.limits);
        }
        (Format::Csv, _) => {
            // One table has one answer.
            loaded.version(&args.variant)?;
        }
        (Format::Table | Format::Md | Format::Html, several) => {
            for solved in several.iter_mut() {
                if alone {
                    beside(&task.solver, &loaded, args.variant.reading.as_ref(), solved)?;
                }
                clock.name_all(&mut solved.limits);
            }
            let told = match &*several {
                [solved] => doc(solved),
                several => accounts_doc(several),
            };
            match args.format {
                Format::Md => output::print_markdown(&told)?,
                Format::Html => output::print_html(&told)?,
                _ => output::print_doc(&told)?,
            }
        }
    }
    // What is told late, after the verdicts, asks the same clock.
    for solved in &mut all {
        if solved.limits.is_empty() {
            solved.limits.extend(solved.found.stopped("what is told beside the verdicts"));
            clock.name_all(&mut solved.limits);
        }
    }
    Ok(output::ends(&all.iter().flat_map(|solved| solved.limits.clone()).collect::<Vec<_>>()))
}

/// What is to be found out, of one account or of the whole case.
struct Task<'a> {
    args: &'a SolveArgs,
    /// The case as written.
    written: &'a Conflict,
    solver: Solver,
    clock: &'a Clock,
    asked: Vec<Concept>,
    project: Vec<OptionId>,
}

impl Task<'_> {
    fn solve(&self, conflict: Conflict, timings: &mut Timings) -> Result<Solved, Refusal> {
        let args = self.args;
        let (found, own) = self.solver.solve(conflict, None)?;
        timings.extend(own);
        let list = args.list.unwrap_or(if args.format == Format::Json { LIST_JSON } else { LIST_TABLE });
        let mut part = Instant::now();
        let mut lap = |timings: &mut Timings, name: &str| {
            timings.add(name, part.elapsed());
            part = Instant::now();
        };
        let options = found.conflict.game.options().len();
        let sequences = self.solver.settings.sequences;
        let mut solved = Solved::of(found, sequences, self.asked.clone(), list).starting_from(self.written);
        lap(timings, "questions");
        if args.compare_readings {
            solved.readings = self.solver.readings(&solved.found.conflict, &mut solved.limits)?;
        }
        solved.brief = !args.all && args.format == Format::Table && options > LARGE;
        // Not worked out where nothing is said of it.
        if !(solved.brief || args.format == Format::Csv) {
            solved = solved.with_lasting();
        }
        lap(timings, "lasting");
        solved.limits.extend(solved.found.stopped("what is said of each outcome that lasts"));
        self.clock.name_all(&mut solved.limits);
        solved.seed = args.seed;
        solved.project.clone_from(&self.project);
        Ok(solved)
    }
}

/// Reads `az,ru.broker`: all options of an actor, or one option; each once, in file order.
fn project(conflict: &Conflict, text: Option<&str>) -> Result<Vec<OptionId>, Refusal> {
    let game = &conflict.game;
    let mut options = Vec::new();
    for word in text.into_iter().flat_map(|text| text.split(',')).map(str::trim) {
        if word.contains('.') {
            let all: Vec<String> = (0..game.options().len()).map(|o| game.option_name(o.into())).collect();
            options.push(game.option(word).ok_or_else(|| {
                let near = near::nearest(word, all.iter().map(String::as_str));
                let hint = near.map(|near| format!("did you mean `{near}`?"));
                Refusal::Usage(format!("there is no option `{word}` in this case"), hint)
            })?);
        } else {
            options.extend(game.options_of(refer::actor(conflict, word)?));
        }
    }
    options.sort_unstable();
    options.dedup();
    Ok(options)
}

/// Solves the variants of the case, in the same account, for the concepts that its questions need.
fn beside(
    solver: &Solver,
    loaded: &Loaded,
    reading: Option<&String>,
    solved: &mut Solved,
) -> Result<(), Refusal> {
    let base = &loaded.conflict;
    if base.variants.is_empty() {
        return Ok(());
    }
    if solved.found.feasible().count() > BigUint::from(BESIDE) {
        solved.alone = Some(
            "The case has too many possible outcomes to solve its variants each time: ask for one with \
             --variant, or for several with detente compare."
                .to_owned(),
        );
        return Ok(());
    }
    let mut solver = solver.clone();
    solver.settings.concepts = answers::concepts(&base.questions);
    let this = solved.found.conflict.variant.clone();
    let ids = std::iter::once(None).chain(base.variants.iter().map(Some));
    for variant in ids {
        let id = variant.map(|variant| variant.id.clone());
        let title = variant.map_or_else(|| "As written".to_owned(), |variant| variant.title.clone());
        let version = VariantArg { variant: id.clone(), reading: reading.cloned() };
        let found = match loaded.version(&version).and_then(|conflict| solver.solve(conflict, None)) {
            Ok((found, _)) => {
                solved.limits.extend(found.solution.limits.iter().cloned());
                Ok(found)
            }
            Err(Refusal::Wrong(why) | Refusal::Usage(why, _)) => Err(why),
            Err(Refusal::Stopped(hit)) => {
                let why = Refusal::stopped(&hit);
                solved.limits.push(*hit);
                Err(why)
            }
            Err(failure) => return Err(failure),
        };
        let replies = found.as_ref().map(|found| yes_or_no(found, solved.list)).unwrap_or_default();
        let this = this == id;
        solved.beside.push(Beside { id, title, found, replies, this });
    }
    Ok(())
}

/// The questions of a variant that can be compared, answered.
fn yes_or_no(found: &Findings, list: usize) -> Vec<Reply> {
    let comparable =
        |question: &&Question| matches!(question.kind, QuestionKind::Possible | QuestionKind::Certain);
    found.conflict.questions.iter().filter(comparable).map(|q| answers::answer(found, q, list)).collect()
}
