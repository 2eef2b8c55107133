//! `detente compare CASE --variants a,b` and `detente diff OLD NEW`.

use std::ffi::OsString;

use clap::Args;
use detente_engine::LimitHit;
use detente_model::Conflict;

use super::args::{CaseArg, CsvArgs, Format, SolvingArgs, VariantArg};
use super::input::{self, Loaded};
use super::solver::Solver;
use super::watch::Clock;
use super::{Refusal, Status, output};
use detente_study::say::answers;
use detente_study::say::compare::{Comparison, Version, doc, json};
use detente_study::show::csv;

/// How many outcomes are listed when nothing else is asked for, in words and for a program.
const LIST_TABLE: usize = 16;
const LIST_JSON: usize = 65_536;

/// Variants of a case side by side: what is assumed differently, which conclusions change
#[derive(Args)]
pub(crate) struct CompareArgs {
    #[command(flatten)]
    case: CaseArg,
    /// Which variants, each compared with the case as written; all when left out
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    variants: Vec<String>,
    /// Where claims contradict each other: as this account tells it
    #[arg(long, value_name = "ID")]
    reading: Option<String>,
    #[command(flatten)]
    common: CommonArgs,
}

/// Two case files: which assumptions differ, which conclusions change and why
#[derive(Args)]
pub(crate) struct DiffArgs {
    /// The case before: a file, a folder that holds case.toml, a .gmcr file, or - for standard input
    #[arg(value_name = "OLD")]
    old: OsString,
    /// The case afterwards
    #[arg(value_name = "NEW")]
    new: OsString,
    #[command(flatten)]
    variant: VariantArg,
    #[command(flatten)]
    common: CommonArgs,
}

#[derive(Args)]
struct CommonArgs {
    #[command(flatten)]
    solving: SolvingArgs,
    /// How many outcomes to list: 16 in words, 65,536 in JSON and CSV
    #[arg(long, value_name = "N")]
    list: Option<usize>,
    /// The medium of the answer
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    #[command(flatten)]
    csv: CsvArgs,
}

/// Runs `compare`.
pub(crate) fn compare(args: &CompareArgs, quiet: bool) -> Result<Status, Refusal> {
    let loaded = load(&args.case, quiet)?;
    let base = &loaded.conflict;
    let ids: Vec<String> = if args.variants.is_empty() {
        base.variants.iter().map(|variant| variant.id.clone()).collect()
    } else {
        args.variants.clone()
    };
    if ids.is_empty() {
        return Err(Refusal::usage_with(
            "the case has no variants to compare",
            "two files are compared by `detente diff OLD NEW`",
        ));
    }
    let solver = args.common.solver(quiet);
    let of = |variant: Option<&String>| {
        loaded.version(&VariantArg { variant: variant.cloned(), reading: args.reading.clone() })
    };
    let mut versions = vec![version(&solver, of(None)?, "the case as written", "")?];
    let mut limits = Vec::new();
    for id in &ids {
        let conflict = of(Some(id))?;
        let title = base.variant(id).map(|variant| variant.title.clone()).unwrap_or_default();
        match version(&solver, conflict, id, &title) {
            Ok(version) => versions.push(version),
            // What was solved is compared; that the others are missing is said.
            Err(Refusal::Stopped(hit)) => {
                limits.push(LimitHit { what: format!("the variant `{id}`: {}", hit.what), ..*hit });
            }
            Err(refusal) => return Err(refusal),
        }
    }
    args.common.tell(&solver, &versions, limits)
}

/// Runs `diff`.
pub(crate) fn diff(args: &DiffArgs, quiet: bool) -> Result<Status, Refusal> {
    let solver = args.common.solver(quiet);
    let mut versions = Vec::new();
    for file in [&args.old, &args.new] {
        let loaded = load(&CaseArg { case: file.clone(), ignore_misperceptions: false }, quiet)?;
        let conflict = loaded.version(&args.variant)?;
        versions.push(version(&solver, conflict, &file.to_string_lossy(), "")?);
    }
    args.common.tell(&solver, &versions, Vec::new())
}

fn load(case: &CaseArg, quiet: bool) -> Result<Loaded, Refusal> {
    let loaded = input::load(case)?;
    if !quiet {
        output::tell_diagnostics(&loaded.diagnostics, &loaded.text);
    }
    Ok(loaded)
}

fn version(solver: &Solver, conflict: Conflict, name: &str, title: &str) -> Result<Version, Refusal> {
    let mut solver = solver.clone();
    answers::add_concepts(&mut solver.settings.concepts, &conflict.questions);
    let (found, _) = solver.solve(conflict, None)?;
    let replies = found
        .conflict
        .questions
        .iter()
        .map(|question| answers::answer(&found, question, LIST_TABLE))
        .collect();
    Ok(Version { name: name.to_owned(), title: title.to_owned(), found, replies })
}

impl CommonArgs {
    fn solver(&self, quiet: bool) -> Solver {
        Solver::new(self.solving.settings(), &Clock::start(self.solving.bounds.time.limit(), quiet))
    }

    fn tell(
        &self,
        solver: &Solver,
        versions: &[Version],
        mut limits: Vec<LimitHit>,
    ) -> Result<Status, Refusal> {
        let style = self.csv.style(self.format == Format::Csv)?;
        let Some((first, rest)) = versions.split_first() else { return Ok(Status::Done) };
        let concepts = &self.solving.concept.0;
        let sequences = self.solving.settings().sequences;
        let comparisons: Vec<Comparison<'_>> =
            rest.iter().map(|new| Comparison::of(first, new, concepts, sequences)).collect();
        for version in versions {
            let all = version.found.solution.limits.iter();
            // What another command computes is said in the answer that lacks it.
            let here =
                version.replies.iter().flat_map(|reply| reply.limits.iter().map(move |hit| (reply, hit)));
            let here = here.filter(|(reply, hit)| !reply.defers(hit)).map(|(_, hit)| hit);
            limits.extend(
                all.chain(here)
                    .map(|hit| LimitHit { what: format!("{}: {}", version.name, hit.what), ..hit.clone() }),
            );
        }
        limits.extend(comparisons.iter().flat_map(Comparison::limits));
        limits.extend(first.found.stopped("why verdicts differ"));
        solver.clock.name_all(&mut limits);
        let list = |default| self.list.unwrap_or(default);
        match self.format {
            Format::Json => output::print_json(&json(&comparisons, list(LIST_JSON), &limits))?,
            Format::Table => output::print_doc(&doc(&comparisons, list(LIST_TABLE), &limits))?,
            Format::Md => output::print_markdown(&doc(&comparisons, list(LIST_TABLE), &limits))?,
            Format::Html => output::print_html(&doc(&comparisons, list(LIST_TABLE), &limits))?,
            Format::Csv => {
                output::print(&csv::compare(&json(&comparisons, list(LIST_JSON), &limits), style))?;
            }
        }
        Ok(output::ends(&limits))
    }
}
