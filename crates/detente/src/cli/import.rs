//! `detente import FILE`: another program's file as a case file, or data of the field into a case.

use std::fs::File;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use detente_case::format::MAX_BYTES;
use detente_case::import::data::{self, DataSettings, Form, Span};
use detente_case::import::{is_ktab, is_nfg, ktab, nfg};
use detente_model::Conflict;
use detente_study::say::imported;
use detente_study::wire;

use super::args::{CaseArg, TextFormat};
use super::{Refusal, Status, files, input, output};
use crate::system::reason;

/// Turn another program's file (.gmcr, .nfg, a table of KTAB) into a case file, or put data of the field into a case
#[derive(Args)]
#[command(
    after_help = "With --into, FILE is an export of ACLED, UCDP GED, GDELT 2.0 or PA-X as the provider writes it; it is known \
                  by its columns. Events, instruments and proposed ties come into the situation of the case, with the \
                  rows as claims. Wishes, options and rules are not touched, and no verdict changes. The same file \
                  again adds nothing."
)]
pub(crate) struct ImportArgs {
    #[command(flatten)]
    file: CaseArg,
    /// Write the case here instead of on standard output (with --into: instead of in its place); an existing file is
    /// never replaced
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Put the rows of FILE, a table of data, into this case file
    #[arg(long, value_name = "CASE")]
    into: Option<PathBuf>,
    #[command(flatten)]
    table: TableArgs,
}

/// How a table is read.
#[derive(Args)]
#[group(requires = "into")]
struct TableArgs {
    /// A name in the data means this actor of the case; may be given several times
    #[arg(long, value_name = "NAME=ACTOR", value_parser = named)]
    actor: Vec<(String, String)>,
    /// The first day, month or year [default: no bound]
    #[arg(long, value_name = "DATE")]
    from: Option<String>,
    /// The last day, month or year [default: the date of the case]
    #[arg(long, value_name = "DATE")]
    to: Option<String>,
    /// What becomes of rows [default: events up to 40 rows, else counts]
    #[arg(long = "as", value_name = "WHAT", value_enum)]
    form: Option<RowForm>,
    /// Also rows that name one actor of the case only
    #[arg(long)]
    one_side: bool,
    /// Say what would come into the case, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// The medium of the answer
    #[arg(long, value_enum)]
    format: Option<TextFormat>,
}

/// What becomes of rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum RowForm {
    /// Each is an event
    Events,
    /// They are counted by month, pair of actors and kind
    Counts,
}

/// Reads `NAME=ACTOR`; the name may hold `=` itself.
fn named(text: &str) -> Result<(String, String), String> {
    match text.rsplit_once('=') {
        Some((name, actor)) if !name.trim().is_empty() && !actor.trim().is_empty() => {
            Ok((name.trim().to_owned(), actor.trim().to_owned()))
        }
        _ => {
            Err("write the name in the data, `=`, and the id of the actor: \"Government of X=x\"".to_owned())
        }
    }
}

/// Runs the command.
pub(crate) fn run(args: &ImportArgs, quiet: bool) -> Result<Status, Refusal> {
    if let Some(case) = &args.into {
        return into(args, case, quiet);
    }
    let conflict = another_program(&args.file, quiet)?;
    let text = detente_case::to_toml(&conflict);
    if text.len() > MAX_BYTES {
        return Err(Refusal::Limit(format!(
            "the case would have {} bytes, and a case has at most {MAX_BYTES}: nothing was written",
            text.len()
        )));
    }
    match &args.output {
        None => output::print(&text)?,
        Some(path) => files::write_new(path, &text)?,
    }
    Ok(Status::Done)
}

/// The conflict in another program's file.
fn another_program(file: &CaseArg, quiet: bool) -> Result<Conflict, Refusal> {
    let input = input::read(&file.case).map_err(|problem| Refusal::Case(vec![*problem], String::new()))?;
    let (conflict, diagnostics, text) = if is_nfg(&input.bytes) {
        let (conflict, diagnostics) = nfg(&input.name, &input.bytes);
        (conflict, diagnostics, String::from_utf8_lossy(&input.bytes).into_owned())
    } else if is_ktab(&input.bytes) {
        let (conflict, diagnostics) = ktab(&input.name, &input.bytes);
        output::tell_notes(&[imported::NO_CASE_YET.to_owned()], quiet || conflict.is_none());
        (conflict, diagnostics, String::from_utf8_lossy(&input.bytes).into_owned())
    } else {
        let loaded = input::load_from(input, file)?;
        (Some(loaded.conflict), loaded.diagnostics, loaded.text)
    };
    let Some(conflict) = conflict else { return Err(Refusal::Case(diagnostics, text)) };
    if !quiet {
        output::tell_diagnostics(&diagnostics, &text);
    }
    Ok(conflict)
}

/// Puts a table into a case.
fn into(args: &ImportArgs, case: &Path, quiet: bool) -> Result<Status, Refusal> {
    let path = if case.is_dir() { case.join("case.toml") } else { case.to_path_buf() };
    let unread = |problem: Box<detente_case::Diagnostic>| Refusal::Case(vec![*problem], String::new());
    let there = input::read(path.as_os_str()).map_err(unread)?;
    if path.as_os_str() == "-" || there.is_gmcr() {
        return Err(Refusal::usage_with(
            format!("`{}` is no case file that can be written into", path.display()),
            "turn it into a case file first: detente import FILE -o CASE.toml",
        ));
    }
    let read = detente_case::read(&there.name, &there.bytes);
    let Some(conflict) = read.conflict else { return Err(Refusal::Case(read.diagnostics, read.text)) };
    let table = PathBuf::from(&args.file.case);
    let file = table
        .file_name()
        .map_or_else(|| "standard input".to_owned(), |name| name.to_string_lossy().into_owned());
    let settings = DataSettings {
        actors: args.table.actor.clone(),
        span: Span { from: args.table.from.clone(), to: args.table.to.clone() },
        form: args.table.form.map(|form| match form {
            RowForm::Events => Form::Events,
            RowForm::Counts => Form::Counts,
        }),
        one_side: args.table.one_side,
    };
    let found = if table.as_os_str() == "-" {
        data::data("standard input", std::io::stdin().lock(), &read.text, &conflict, &settings)
    } else {
        data::data(&file, open(&table)?, &read.text, &conflict, &settings)
    };
    let found = found.map_err(|error| imported::refusal(&file, &error))?;
    let text = &found.outcome.text;
    // Nothing is written that the case would not be read from.
    let after = detente_case::read(&there.name, text.as_bytes());
    if after.conflict.is_none() {
        return Err(Refusal::Case(after.diagnostics, after.text));
    }
    let target = args.output.as_deref().unwrap_or(&path);
    let changed = *text != read.text || args.output.is_some();
    let writes = changed && !args.table.dry_run;
    if writes {
        write(args, &path, &there.bytes, text)?;
    }
    let told = wire::Import::of(&conflict, &file, &found, writes.then(|| target.display().to_string()));
    match args.table.format.unwrap_or_default() {
        TextFormat::Json => output::print_json(&told)?,
        _ if quiet => {}
        TextFormat::Table => output::print_doc(&imported::doc(&conflict, &found, &told))?,
        TextFormat::Md => output::print_markdown(&imported::doc(&conflict, &found, &told))?,
        TextFormat::Html => output::print_html(&imported::doc(&conflict, &found, &told))?,
    }
    Ok(Status::Done)
}

/// Writes the case where it was, when it still is what was read; or to a new file.
fn write(args: &ImportArgs, path: &Path, before: &[u8], text: &str) -> Result<(), Refusal> {
    if let Some(new) = &args.output {
        return files::write_new(new, text);
    }
    let now = files::read_regular(path, MAX_BYTES as u64);
    if now.as_deref() != Ok(before) {
        return Err(Refusal::Wrong(format!(
            "`{}` was changed by somebody else meanwhile: nothing was written; run the command again",
            path.display()
        )));
    }
    files::write_over(path, text.as_bytes())
}

/// Opens a table: a regular file, so that nothing is waited for.
fn open(path: &Path) -> Result<File, Refusal> {
    let fails = |why: &str| Refusal::Wrong(format!("`{}` cannot be read: {why}", path.display()));
    let about = std::fs::metadata(path).map_err(|error| fails(&reason(&error)))?;
    if !about.is_file() {
        return Err(fails("it is not a regular file"));
    }
    if about.len() > data::BYTES {
        return Err(imported::refusal(&path.display().to_string(), &data::DataError::TooLarge));
    }
    File::open(path).map_err(|error| fails(&reason(&error)))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_name_may_hold_an_equals_sign() {
        assert_eq!(named(" A=B Army = ab").unwrap(), ("A=B Army".to_owned(), "ab".to_owned()));
        for bad in ["", "x", "=az", "Name=", " = "] {
            assert!(named(bad).is_err(), "{bad}");
        }
    }
}
