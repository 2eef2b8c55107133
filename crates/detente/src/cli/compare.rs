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
    let Some((first, rest)) = versions.split_first() else { return Ok(Status::Done) };
    let compared: Vec<_> = rest.iter().map(|new| (first, new)).collect();
    args.common.tell(&solver, &compared, limits)
}

/// Runs `diff`.
pub(crate) fn diff(args: &DiffArgs, quiet: bool) -> Result<Status, Refusal> {
    let solver = args.common.solver(quiet);
    let [old, new] = [&args.old, &args.new].map(|file| Edition::load(file, args, quiet));
    let (old, new) = (old?, new?);
    let mut notes = Vec::new();
    let mut pairs = Vec::new();
    for account in accounts_of_both(&old, &new, args.variant.reading.as_ref(), &mut notes)? {
        let of = |edition: &Edition| {
            version(&solver, edition.told(account.as_ref())?, &edition.name(account.as_ref()), "")
        };
        pairs.push([of(&old)?, of(&new)?]);
    }
    output::tell_notes(&notes, quiet);
    let compared: Vec<_> = pairs.iter().map(|[old, new]| (old, new)).collect();
    args.common.tell(&solver, &compared, Vec::new())
}

/// One of two editions of a case, in the variant that was asked for.
struct Edition {
    file: String,
    loaded: Loaded,
    variant: Option<String>,
    /// Ids of its accounts; none where no claims contradict each other.
    accounts: Vec<String>,
}

impl Edition {
    fn load(file: &OsString, args: &DiffArgs, quiet: bool) -> Result<Self, Refusal> {
        let loaded = load(&CaseArg { case: file.clone(), ignore_misperceptions: false }, quiet)?;
        let variant = args.variant.variant.clone();
        let accounts = input::accounts(&loaded.variant(variant.as_deref())?)?;
        let accounts = accounts.into_iter().map(|account| account.id).collect();
        Ok(Self { file: file.to_string_lossy().into_owned(), loaded, variant, accounts })
    }

    /// As this account tells it; as written, where there are none.
    fn told(&self, account: Option<&String>) -> Result<Conflict, Refusal> {
        let reading = account.filter(|_| !self.accounts.is_empty()).cloned();
        self.loaded.version(&VariantArg { variant: self.variant.clone(), reading })
    }

    fn name(&self, account: Option<&String>) -> String {
        match account.filter(|_| !self.accounts.is_empty()) {
            Some(account) => format!("{} ({account})", self.file),
            None => self.file.clone(),
        }
    }
}

/// The accounts in which both editions are compared, the one that was `asked` for or each that both have; `None`: as
/// written. An edition without contradictions is compared as written with each of the other.
fn accounts_of_both(
    old: &Edition,
    new: &Edition,
    asked: Option<&String>,
    notes: &mut Vec<String>,
) -> Result<Vec<Option<String>>, Refusal> {
    let (with, without): (Vec<&Edition>, Vec<&Edition>) =
        [old, new].into_iter().partition(|edition| !edition.accounts.is_empty());
    let as_written = |notes: &mut Vec<String>| {
        notes.extend(without.iter().map(|edition| {
            format!("no claims of `{}` contradict each other: it is compared as written", edition.file)
        }));
    };
    match (asked, with.as_slice()) {
        (None, []) => Ok(vec![None]),
        (Some(id), []) => {
            // Says that there is no such account.
            let version = VariantArg { variant: old.variant.clone(), reading: Some(id.clone()) };
            old.loaded.version(&version).map(|_| vec![None])
        }
        (Some(id), _) => {
            as_written(notes);
            Ok(vec![Some(id.clone())])
        }
        (None, [one]) => {
            as_written(notes);
            Ok(one.accounts.iter().cloned().map(Some).collect())
        }
        (None, _) => {
            let both: Vec<Option<String>> =
                new.accounts.iter().filter(|id| old.accounts.contains(id)).cloned().map(Some).collect();
            for (edition, other) in [(old, new), (new, old)] {
                let only = edition.accounts.iter().filter(|id| !other.accounts.contains(id));
                notes.extend(only.map(|id| {
                    format!(
                        "the account `{id}` of `{}` is compared with nothing: `{}` has none of this name",
                        edition.file, other.file
                    )
                }));
            }
            if both.is_empty() {
                return Err(Refusal::usage_with(
                    "the claims of both editions contradict each other, and they have no account in common",
                    "name accounts that are the same alike in both, by [reading.ID]",
                ));
            }
            Ok(both)
        }
    }
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
        compared: &[(&Version, &Version)],
        mut limits: Vec<LimitHit>,
    ) -> Result<Status, Refusal> {
        let style = self.csv.style(self.format == Format::Csv)?;
        let concepts = &self.solving.concept.0;
        let sequences = self.solving.settings().sequences;
        let comparisons: Vec<Comparison<'_>> =
            compared.iter().map(|(old, new)| Comparison::of(old, new, concepts, sequences)).collect();
        let mut versions: Vec<&Version> = Vec::new();
        for version in compared.iter().flat_map(|(old, new)| [*old, *new]) {
            if !versions.iter().any(|known| std::ptr::eq(*known, version)) {
                versions.push(version);
            }
        }
        for version in &versions {
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
        limits.extend(versions.first().and_then(|first| first.found.stopped("why verdicts differ")));
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
