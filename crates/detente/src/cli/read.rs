//! `detente read TEXT`: what a text proposes for a case, and a draft of the case.

use std::ffi::OsString;
use std::io::Read;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use detente_read::proposal::Reading;
use detente_read::{Setting, draft, read};

use super::{Refusal, Status, files, output};

/// Longest text that is read.
const MOST_BYTES: u64 = 4 << 20;

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
    /// The text: plain text or Markdown, or - for standard input
    #[arg(value_name = "TEXT")]
    text: OsString,
    /// Write a draft of a case here: a new file that ends in .toml. Nothing is replaced
    #[arg(long, short, value_name = "CASE")]
    output: Option<PathBuf>,
    /// The language of the text
    #[arg(long, value_enum, default_value_t, value_name = "LANGUAGE")]
    language: Language,
    /// For whom
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
}

/// Runs the command.
pub(crate) fn run(args: &ReadArgs, quiet: bool) -> Result<Status, Refusal> {
    let text = text_of(&args.text)?;
    let language = match args.language {
        Language::En => detente_read::Language::English,
        Language::Fr => detente_read::Language::French,
    };
    let reading = read(&text, &Setting { language, ..Setting::default() });
    if reading.sentences.is_empty() {
        return Err(Refusal::Wrong("the text has no sentence to read".to_owned()));
    }
    if let Some(path) = &args.output {
        if path.extension().is_none_or(|end| end != "toml") {
            return Err(Refusal::usage_with(
                format!("`{}` is no name for a case file", path.display()),
                "name a file that ends in .toml",
            ));
        }
        let file = Path::new(&args.text).file_name().map(|name| name.to_string_lossy().into_owned());
        files::write_new(path, draft(&reading, &file.unwrap_or_default()))?;
        if !quiet {
            let shown = path.display();
            output::tell(&format!(
                "Wrote `{shown}`. Take its wishes by removing the `# ` before them, then:\n\n  detente check {shown}\n  \
                 detente solve {shown}\n"
            ));
        }
        if args.format == Format::Table {
            return Ok(Status::Done);
        }
    }
    match args.format {
        Format::Json => output::print_json(&reading)?,
        Format::Table => output::print(&told(&reading))?,
    }
    Ok(Status::Done)
}

fn text_of(name: &OsString) -> Result<String, Refusal> {
    let shown = Path::new(name).display();
    let cannot = |why: String| Refusal::Wrong(format!("the text `{shown}` cannot be read: {why}"));
    let bytes = if name == "-" {
        let mut bytes = Vec::new();
        std::io::stdin().lock().take(MOST_BYTES + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > MOST_BYTES {
            return Err(cannot(format!("it is larger than {} MiB", MOST_BYTES >> 20)));
        }
        bytes
    } else {
        files::read_regular(Path::new(name), MOST_BYTES).map_err(cannot)?
    };
    let other = match bytes.as_slice() {
        [b'%', b'P', b'D', b'F', ..] => Some("a PDF file"),
        [b'P', b'K', 3, 4, ..] => Some("a Word file or another archive"),
        [b'{', b'\\', b'r', b't', b'f', ..] => Some("an RTF file"),
        _ => None,
    };
    if let Some(other) = other {
        return Err(cannot(format!("it is {other}; save it as plain text first")));
    }
    String::from_utf8(bytes).map_err(|_| cannot("it is not UTF-8 text".to_owned()))
}

/// A reading for a reader at a terminal, sentence by sentence.
fn told(reading: &Reading) -> String {
    let mut out = String::new();
    let mut line = |text: String| {
        out.extend(text.chars().filter(|c| !detente_case::steers(*c)));
        out.push('\n');
    };
    let name = |id: &str| -> String {
        let one = |id: &str| {
            let actor = reading.actors.iter().find(|actor| actor.id == id);
            actor.map_or_else(|| id.to_owned(), |actor| actor.name.clone())
        };
        id.split('+').map(one).collect::<Vec<_>>().join(" and ")
    };
    if !reading.title.is_empty() {
        line(reading.title.clone());
    }
    let dated = if reading.as_of.is_empty() { String::new() } else { format!(", as of {}", reading.as_of) };
    line(format!(
        "{} sentences, {} actors, {} wishes, {} options{dated}. All of it is proposed, none taken.\n",
        reading.sentences.len(),
        reading.actors.len(),
        reading.wishes.len(),
        reading.options.len(),
    ));
    for sentence in &reading.sentences {
        let by: Vec<String> = sentence.speaker.iter().map(|id| name(id)).collect();
        line(format!(
            "s{} {} by {}: {}",
            sentence.n,
            sentence.kind.text(),
            by.join(", through "),
            sentence.text
        ));
        for one in reading.wishes.iter().filter(|one| one.n == sentence.n) {
            let sign = if one.polarity == "-" { "does not want" } else { "wants" };
            line(format!("    wish: {} {sign}: {}", name(&one.actor), one.want));
        }
        for one in reading.options.iter().filter(|one| one.n == sentence.n) {
            line(format!("    option: {} can: {}", name(&one.actor), one.text));
        }
        for one in reading.acts.iter().filter(|one| one.n == sentence.n) {
            let parties: Vec<String> = one.parties.iter().map(|id| name(id)).collect();
            line(format!("    joint act of {}: {}", parties.join(", "), one.text));
        }
        for one in reading.conditions.iter().filter(|one| one.n == sentence.n) {
            line(format!("    condition ({}): {}; then: {}", one.form, one.condition, one.then));
        }
        for one in reading.said.iter().filter(|one| one.n == sentence.n) {
            line(format!(
                "    {} by {}: {}",
                one.kind.text(),
                name(&one.by),
                one.then.as_deref().unwrap_or("")
            ));
        }
        for one in reading.events.iter().filter(|one| one.n == sentence.n) {
            let on = one.on.as_ref().map_or_else(String::new, |on| format!(", {on}"));
            line(format!("    event ({}): {}{on}", one.class, one.title));
        }
        for one in reading.ties.iter().filter(|one| one.n == sentence.n) {
            line(format!("    tie ({}): {} and {}", one.kind, name(&one.between[0]), name(&one.between[1])));
        }
    }
    if !reading.questions.is_empty() {
        line("\nQuestions back:".to_owned());
        for question in &reading.questions {
            line(format!("    {}", question.text));
        }
    }
    out
}
