//! `detente compare CASE --variants a,b` and `detente diff OLD NEW`.

use std::ffi::OsString;

use clap::Args;
use detente_model::Conflict;

use super::args::{CaseArg, SolvingArgs, TextFormat};
use super::input::{self, Loaded};
use super::solver::Solver;
use super::{Refusal, Status, output};
use detente_study::say::answers;
use detente_study::say::compare::{Comparison, Version, doc, json};

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
    /// Compare this variant of both
    #[arg(long, value_name = "ID")]
    variant: Option<String>,
    #[command(flatten)]
    common: CommonArgs,
}

#[derive(Args)]
struct CommonArgs {
    #[command(flatten)]
    solving: SolvingArgs,
    /// How many outcomes to list: 16 in words, 65,536 in JSON
    #[arg(long, value_name = "N")]
    list: Option<usize>,
    /// The medium of the answer
    #[arg(long, value_enum, default_value_t)]
    format: TextFormat,
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
    let mut versions = vec![version(args.common.solver(quiet), base.clone(), "the case as written", "")?];
    for id in &ids {
        let conflict = loaded.variant(Some(id))?;
        let title = base.variant(id).map(|variant| variant.title.clone()).unwrap_or_default();
        versions.push(version(args.common.solver(quiet), conflict, id, &title)?);
    }
    args.common.tell(&versions)
}

/// Runs `diff`.
pub(crate) fn diff(args: &DiffArgs, quiet: bool) -> Result<Status, Refusal> {
    let mut versions = Vec::new();
    for file in [&args.old, &args.new] {
        let loaded = load(&CaseArg { case: file.clone(), ignore_misperceptions: false }, quiet)?;
        let conflict = loaded.variant(args.variant.as_deref())?;
        versions.push(version(args.common.solver(quiet), conflict, &file.to_string_lossy(), "")?);
    }
    args.common.tell(&versions)
}

fn load(case: &CaseArg, quiet: bool) -> Result<Loaded, Refusal> {
    let loaded = input::load(case)?;
    if !quiet {
        output::tell_diagnostics(&loaded.diagnostics, &loaded.text);
    }
    Ok(loaded)
}

fn version(mut solver: Solver, conflict: Conflict, name: &str, title: &str) -> Result<Version, Refusal> {
    let needed = answers::concepts(&conflict.questions);
    solver.settings.concepts.extend(needed);
    solver.settings.concepts.sort_unstable();
    solver.settings.concepts.dedup();
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
        Solver::new(self.solving.settings(), self.solving.bounds.max_time, quiet)
    }

    fn tell(&self, versions: &[Version]) -> Result<Status, Refusal> {
        let Some((first, rest)) = versions.split_first() else { return Ok(Status::Done) };
        let concepts = &self.solving.concept.0;
        let sequences = self.solving.settings().sequences;
        let comparisons: Vec<Comparison<'_>> =
            rest.iter().map(|new| Comparison::of(first, new, concepts, sequences)).collect();
        let list = |default| self.list.unwrap_or(default);
        match self.format {
            TextFormat::Json => output::print_json(&json(&comparisons, list(LIST_JSON)))?,
            TextFormat::Table => output::print_doc(&doc(&comparisons, list(LIST_TABLE)))?,
            TextFormat::Md => output::print_markdown(&doc(&comparisons, list(LIST_TABLE)))?,
        }
        let cut = versions.iter().any(|version| !version.found.solution.limits.is_empty());
        Ok(if cut { Status::Limit } else { Status::Done })
    }
}
