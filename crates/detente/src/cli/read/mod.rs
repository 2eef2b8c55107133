//! `detente read TEXT`: what a text proposes for a case, a draft of the case, and how the text stands to a case that is
//! there.

mod beside;
mod model;
mod told;

use std::ffi::OsString;
use std::io::Read;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use detente_read::proposal::{Reading, Source};
use detente_read::{Setting, draft, read};
use detente_text::{Document, Kind};

use super::{Refusal, Status, files, output};
use crate::document;

/// The language of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Language {
    /// English
    #[default]
    En,
    /// French, begun: states, verbs of saying, conditions
    Fr,
}

/// The medium of what is proposed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For a reader at a terminal
    #[default]
    Table,
    /// For a program; the schema is checked in under schema/
    Json,
}

/// Propose, from a text, what a case could hold
#[derive(Args)]
pub(crate) struct ReadArgs {
    /// The text: plain text, Markdown, HTML, DOCX or PDF with a text layer, or - for standard input. BibTeX and RIS give sources
    #[arg(value_name = "TEXT")]
    text: OsString,
    /// Write a draft of a case here: a new file that ends in .toml. Nothing is replaced
    #[arg(long, short, value_name = "CASE")]
    output: Option<PathBuf>,
    /// Say how the text stands to this case: what is new, what it says already, what contradicts it. With -o: a copy of
    /// the case, with what is new as claims that are proposed; the case itself stays as it is
    #[arg(long, value_name = "CASE")]
    against: Option<OsString>,
    #[command(flatten)]
    model: model::ModelArgs,
    /// The language of the text
    #[arg(long, value_enum, default_value_t, value_name = "LANGUAGE")]
    language: Language,
    /// For whom
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
}

/// Runs the command.
pub(crate) fn run(args: &ReadArgs, quiet: bool) -> Result<Status, Refusal> {
    let found = document_of(&args.text)?;
    let language = match args.language {
        Language::En => detente_read::Language::English,
        Language::Fr => detente_read::Language::French,
    };
    let setting = Setting { language, ..Setting::default() };
    let name = match Path::new(&args.text).file_name() {
        Some(name) if args.text != "-" => name.to_string_lossy().into_owned(),
        _ => String::new(),
    };
    let old = args.against.as_ref().map(|case| beside::Old::read(case, &args.text)).transpose()?;
    let setting = old.as_ref().map_or_else(|| setting.clone(), |old| old.setting(&setting));
    let mut reading = read(&found.text, &setting);
    reading.sources = sources(&found);
    reading.not_read.clone_from(&found.left_out);
    if reading.sentences.is_empty() && reading.sources.is_empty() {
        return Err(Refusal::Wrong("the text has no sentence to read".to_owned()));
    }
    if let Some(url) = &args.model.url {
        model::ask(&args.model, url, &mut reading, &found.text)?;
    }
    if let Some(old) = &old {
        if reading.sentences.is_empty() {
            return Err(Refusal::usage_with(
                "a bibliography has no sentences to hold against a case",
                "leave --against out, and add its sources to the case",
            ));
        }
        reading.against = Some(old.against(&found.text, &reading, &setting));
    }
    if let Some(path) = &args.output {
        let text = write(path, args, &found, &reading, old.as_ref(), &name)?;
        if !quiet {
            output::tell(&text);
        }
        if args.format == Format::Table {
            return Ok(Status::Done);
        }
    }
    match args.format {
        Format::Json => output::print_json(&reading)?,
        Format::Table => output::print(&told::told(&reading))?,
    }
    Ok(Status::Done)
}

/// Writes a draft, or the case with what is new; gives what is said of it.
fn write(
    path: &Path,
    args: &ReadArgs,
    found: &Document,
    reading: &Reading,
    old: Option<&beside::Old>,
    name: &str,
) -> Result<String, Refusal> {
    if path.extension().is_none_or(|end| end != "toml") {
        return Err(Refusal::usage_with(
            format!("`{}` is no name for a case file", path.display()),
            "name a file that ends in .toml",
        ));
    }
    let shown = path.display();
    let texted = found.kind == Kind::Text && args.text != "-" || found.text.is_empty();
    // Sentence numbers are those of the text that was read: it goes with the case when it was made of a document.
    let text = path.with_extension("txt");
    let cited = match text.file_name() {
        Some(name) if !texted => name.to_string_lossy().into_owned(),
        _ if found.text.is_empty() => String::new(),
        _ => name.to_owned(),
    };
    let (case, said) = match old {
        Some(old) => {
            let (case, count, more) = old.with_new(reading, &cited)?;
            let claims =
                if count == 1 { "1 claim that is".to_owned() } else { format!("{count} claims that are") };
            let said = format!(
                "Wrote `{shown}`: the case with {claims} proposed. Write each in your own words and remove `proposed = true`, \
                 or delete it; then:\n\n  detente check {shown}\n"
            );
            let said = match more {
                0 => said,
                _ => format!(
                    "{said}\n{more} more sentences are new and are not written: read the text in parts.\n"
                ),
            };
            (case, said)
        }
        None => {
            let said = format!(
                "Wrote `{shown}`. Take what is proposed by removing its line `proposed = true`, then:\n\n  detente check \
                 {shown}\n  detente solve {shown}\n"
            );
            (draft(reading, &cited), said)
        }
    };
    if texted {
        files::write_new(path, case)?;
        return Ok(said);
    }
    files::write_new(&text, &found.text)?;
    if let Err(why) = files::write_new(path, case) {
        // It would stand there for nothing.
        let _ = std::fs::remove_file(&text);
        return Err(why);
    }
    Ok(format!("{said}\nThe text that was read stands beside it: `{}`.\n", text.display()))
}

/// The sources of a bibliography, each with an id of its own.
fn sources(found: &Document) -> Vec<Source> {
    let mut all: Vec<Source> = Vec::new();
    let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    for one in &found.sources {
        let wanted = if one.key.is_empty() { &one.title } else { &one.key };
        all.push(Source {
            id: detente_case::id_from(wanted, "source", |id| all.iter().any(|other| other.id == id)),
            title: one.title.clone(),
            author: given(&one.author),
            date: given(&one.date),
            url: given(&one.link),
        });
    }
    all
}

fn document_of(name: &OsString) -> Result<Document, Refusal> {
    let shown = Path::new(name).display();
    let cannot = |why: String| Refusal::Wrong(format!("the text `{shown}` cannot be read: {why}"));
    let bytes = if name == "-" {
        let mut bytes = Vec::new();
        std::io::stdin().lock().take(document::MOST_BYTES + 1).read_to_end(&mut bytes)?;
        bytes
    } else {
        files::read_regular(Path::new(name), document::MOST_BYTES).map_err(cannot)?
    };
    document::read(&bytes, &name.to_string_lossy()).map_err(|why| cannot(why.0))
}
