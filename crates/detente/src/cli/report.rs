//! `detente report CASE -o FILE`: what one hands in.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use detente_study::Waiting;
use detente_study::ask::report::{Ask, Reported};
use detente_study::say::answers;
use detente_study::say::report::Length;
use detente_study::show::doc::Doc;
use detente_study::show::{docx, html, markdown};

use super::args::{CaseArg, SolvingArgs, VariantArg};
use super::watch::Clock;
use super::{Refusal, Status, files, input, output};

/// How much is said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Much {
    /// About two pages: the answer, what it hangs on, who can change it, how sure it is
    #[default]
    Brief,
    /// Everything: each outcome, reason and claim, what the words mean, how to get the same again
    Full,
}

/// The media, by the end of a file's name.
const ENDS: [&str; 3] = ["html", "docx", "md"];

/// Write a report to hand in: HTML, DOCX or Markdown
#[derive(Args)]
pub(crate) struct ReportArgs {
    #[command(flatten)]
    case: CaseArg,
    /// The file to write; its name ends in .html, .docx or .md. Without it the report goes to the terminal
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Write over a file that is there
    #[arg(long)]
    replace: bool,
    /// How much to say
    #[arg(long, value_enum, default_value_t)]
    length: Much,
    #[command(flatten)]
    variant: VariantArg,
    #[command(flatten)]
    solving: SolvingArgs,
}

/// Runs the command.
pub(crate) fn run(args: &ReportArgs, quiet: bool) -> Result<Status, Refusal> {
    let end = args.output.as_deref().map(end_of).transpose()?;
    // The clock runs from here: reading is part of the time that the user waits.
    let clock = Clock::start(args.solving.bounds.time.limit(), quiet);
    let loaded = input::load(&args.case)?;
    if !quiet {
        output::tell_diagnostics(&loaded.diagnostics, &loaded.text);
    }
    let conflict = loaded.variant(args.variant.variant.as_deref())?;
    let mut settings = args.solving.settings();
    answers::add_concepts(&mut settings.concepts, &conflict.questions);
    let command = command(args);
    let ask = Ask {
        written: &loaded.conflict,
        length: match args.length {
            Much::Brief => Length::Brief,
            Much::Full => Length::Full,
        },
        command: &command,
        asked: args.solving.concept.0.clone(),
        settings,
    };
    let watch: Waiting = clock;
    let Reported { doc, limits } = Reported::of(loaded.told(&args.variant)?, &ask, &watch)?;
    match (&args.output, end) {
        (Some(path), Some(end)) => {
            write(path, args.replace, &bytes(&doc, end)?)?;
            if !quiet {
                output::tell(&format!("Wrote `{}`.\n", path.display()));
            }
        }
        _ => output::print_doc(&doc)?,
    }
    Ok(output::ends(&limits))
}

fn end_of(path: &Path) -> Result<&'static str, Refusal> {
    let end = path.extension().map(|end| end.to_string_lossy().to_ascii_lowercase());
    ENDS.into_iter().find(|known| end.as_deref() == Some(*known)).ok_or_else(|| {
        Refusal::usage_with(
            format!("`{}` is no name for a report", path.display()),
            "name a file that ends in .html, .docx or .md",
        )
    })
}

fn bytes(doc: &Doc, end: &str) -> Result<Vec<u8>, Refusal> {
    match end {
        "html" => Ok(html::set(doc).into_bytes()),
        "md" => Ok(markdown::set(doc).into_bytes()),
        _ => docx::set(doc).map_err(|why| Refusal::Wrong(format!("the report cannot be set as DOCX: {why}"))),
    }
}

fn write(path: &Path, replace: bool, content: &[u8]) -> Result<(), Refusal> {
    if replace { files::write_over(path, content) } else { files::write_new(path, content) }
}

/// What to type to get the same again.
fn command(args: &ReportArgs) -> String {
    let mut text = format!("detente report {}", args.case.case.to_string_lossy());
    for (word, value) in [("--variant", &args.variant.variant), ("--reading", &args.variant.reading)] {
        if let Some(value) = value {
            text.push_str(&format!(" {word} {value}"));
        }
    }
    if args.length == Much::Full {
        text.push_str(" --length full");
    }
    text
}
