//! `detente check CASE…`: all problems of case files at once.

use std::collections::HashMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

use clap::{Args, ValueEnum};
use detente_case::import::GmcrSettings;
use detente_case::{Diagnostic, Severity, SourceText, Until};
use detente_engine::ensemble::Ensemble;
use detente_engine::{LimitHit, Watch};
use detente_model::Source;

use super::args::TimeArg;
use super::input::{self, Input};
use super::watch::Clock;
use super::{Refusal, Status, files, output};
use detente_study::find::shares;
use detente_study::say::sample::{NOT_SO, inputs};
use detente_study::say::words;
use detente_study::show::excerpt;
use detente_study::wire::{self, InputInfo, LevelInfo};

/// Longest text of a source that is read.
const MOST_BYTES: u64 = 16 << 20;

/// All problems of cases at once, with what is probably not meant
#[derive(Args)]
pub(crate) struct CheckArgs {
    /// Case files, folders that hold case.toml, .gmcr files, or - for standard input
    #[arg(value_name = "CASE", required = true)]
    cases: Vec<OsString>,
    /// Verify quotes and sentence numbers against the texts of the sources in this folder
    #[arg(long, value_name = "DIR")]
    sources: Option<PathBuf>,
    /// Count warnings as errors
    #[arg(long, value_name = "WHAT")]
    deny: Option<Deny>,
    #[command(flatten)]
    time: TimeArg,
    /// How to print the problems
    #[arg(long, value_enum, default_value_t)]
    format: CheckFormat,
    /// Accept a .gmcr file with misperceptions and leave them out
    #[arg(long, hide_short_help = true)]
    ignore_misperceptions: bool,
}

/// What counts as an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Deny {
    /// Warnings too
    Warnings,
}

/// The medium of the problems.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum CheckFormat {
    /// For a reader, with excerpts
    #[default]
    Table,
    /// For a program; the schema is checked in under schema/
    Json,
}

/// The problems of one file.
struct Checked {
    name: String,
    text: String,
    diagnostics: Vec<Diagnostic>,
    /// What the case says may be otherwise, and with which chance.
    uncertain: Vec<InputInfo>,
    /// Whether models can be drawn.
    drawn: bool,
}

/// Runs the command.
pub(crate) fn run(args: &CheckArgs, quiet: bool) -> Result<Status, Refusal> {
    if let Some(folder) = args.sources.as_deref().filter(|folder| !folder.is_dir()) {
        let message = format!("`{}` is not a folder", folder.display());
        return Err(Refusal::usage_with(message, "--sources names the folder with the texts of the sources"));
    }
    let clock = Clock::start(args.time.limit(), quiet);
    let mut checked: Vec<Checked> = args.cases.iter().map(|case| check(case, args, &clock)).collect();
    if quiet {
        for file in &mut checked {
            file.diagnostics.retain(|d| d.is_error() || denied(d, args));
        }
    }
    match args.format {
        CheckFormat::Json => {
            let all = checked.iter().flat_map(|file| &file.diagnostics);
            let uncertain = checked
                .iter()
                .filter(|file| !file.uncertain.is_empty())
                .map(|file| wire::UncertainInfo { file: file.name.clone(), inputs: file.uncertain.clone() });
            output::print_json(&wire::Check::of(all.map(Into::into).collect(), uncertain.collect()))?;
        }
        CheckFormat::Table => print(&checked, quiet)?,
    }
    let wrong = checked.iter().flat_map(|file| &file.diagnostics).any(|d| d.is_error() || denied(d, args));
    if let Some(stop) = clock.stop() {
        let mut hit = LimitHit {
            stop,
            what: "the check".to_owned(),
            limit: stop.words().to_owned(),
            reached: "a part of it".to_owned(),
            exact: "what is reported".to_owned(),
        };
        clock.name(&mut hit);
        let status = output::ends(&[hit]);
        return Ok(if wrong { Status::Wrong } else { status });
    }
    Ok(if wrong { Status::Wrong } else { Status::Done })
}

fn denied(diagnostic: &Diagnostic, args: &CheckArgs) -> bool {
    args.deny == Some(Deny::Warnings) && diagnostic.severity == Severity::Warning
}

/// The problems are the answer here: they go to standard output.
fn print(checked: &[Checked], quiet: bool) -> Result<(), Refusal> {
    let mut text = String::new();
    for file in checked {
        if file.diagnostics.is_empty() {
            if !quiet {
                text += &format!("{}: no problems\n", file.name);
            }
        } else {
            text += &excerpt::render(&file.diagnostics, &file.text, true);
        }
    }
    if let ([file], false) = (checked, quiet) {
        text += &uncertain(&file.uncertain, file.drawn);
    }
    if checked.len() > 1 && !quiet {
        let all: Vec<Diagnostic> = checked.iter().flat_map(|file| file.diagnostics.clone()).collect();
        text += &format!("\n{} cases: {}\n", checked.len(), excerpt::count(&all));
    }
    output::print(&text)
}

/// What may be otherwise, in words, each with its chance.
fn uncertain(inputs: &[InputInfo], drawn: bool) -> String {
    if inputs.is_empty() {
        return String::new();
    }
    let mut text = String::from("\nWhat the case says is uncertain, and the chance that it is as written");
    text += if drawn { " (`detente sample` draws it)\n" } else { "\n" };
    for input in inputs {
        let chance = |level: &LevelInfo| format!("{:.2}", level.chance);
        let written = input.levels.first().map_or_else(String::new, chance);
        text += &format!("  {written}  {}", words::capital(&input.text));
        if input.levels.len() > 2 || !matches!(input.levels.get(1), Some(level) if level.text == NOT_SO) {
            let others = input.levels.iter().skip(1).map(|level| format!("{} {}", chance(level), level.text));
            text += &format!("; else {}", others.collect::<Vec<_>>().join(", "));
        }
        text.push('\n');
    }
    text
}

fn check(case: &OsString, args: &CheckArgs, clock: &Arc<Clock>) -> Checked {
    let input = match input::read(case) {
        Ok(input) => input,
        Err(problem) => {
            let name = problem.file.clone();
            return Checked {
                name,
                text: String::new(),
                diagnostics: vec![*problem],
                uncertain: Vec::new(),
                drawn: false,
            };
        }
    };
    let Input { name, bytes, .. } = &input;
    if input.is_gmcr() {
        let settings = GmcrSettings { ignore_misperceptions: args.ignore_misperceptions };
        let (_, diagnostics) = detente_case::import::check_gmcr(name, bytes, settings);
        return Checked {
            name: name.clone(),
            text: String::from_utf8_lossy(bytes).into_owned(),
            diagnostics,
            uncertain: Vec::new(),
            drawn: false,
        };
    }
    let read = detente_case::read(name, bytes);
    let mut texts = HashMap::new();
    if let (Some(folder), Some(conflict)) = (&args.sources, &read.conflict) {
        for source in &conflict.evidence.sources {
            if let Some(path) = &source.text {
                texts.insert(source.id.clone(), text_of(folder, path));
            }
        }
    }
    let text_of = |source: &Source| texts.get(&source.id).cloned();
    let (watch, clock) = (Arc::clone(clock), Arc::clone(clock));
    let until: Until = Rc::new(move || clock.stop().is_some());
    let diagnostics = detente_case::check_until(&read, &text_of, &until);
    let uncertain =
        read.conflict.as_ref().map(|conflict| inputs(&Ensemble::new(conflict))).unwrap_or_default();
    let drawn = !uncertain.is_empty()
        && read.conflict.as_ref().is_some_and(|conflict| shares::drawable(conflict, &*watch));
    Checked { name: name.clone(), text: read.text, diagnostics, uncertain, drawn }
}

/// The text that a source names: in the folder, beside it when the path begins with the folder's
/// name, or in it under the bare name.
fn text_of(folder: &Path, path: &str) -> SourceText {
    let bare = Path::new(path).file_name().map(|name| folder.join(name));
    let beside = folder.canonicalize().ok().and_then(|full| Some(full.parent()?.join(path)));
    let places = [Some(folder.join(path)), beside, bare];
    let Some(found) = places.into_iter().flatten().find(|place| place.is_file()) else {
        return Err(format!("there is no `{path}` in `{}`", folder.display()));
    };
    let shown = found.display();
    let bytes =
        files::read_regular(&found, MOST_BYTES).map_err(|why| format!("`{shown}` cannot be read: {why}"))?;
    crate::document::source_text(bytes, path).map_err(|why| format!("`{shown}` {why}"))
}
