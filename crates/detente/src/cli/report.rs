//! `detente report CASE -o FILE`: what one hands in.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use detente_study::Waiting;
use detente_study::ask::report::{Ask, Reported, command};
use detente_study::say::report::Length;
use detente_study::show::medium::Medium;

use super::args::{CaseArg, SolvingArgs, VariantArg};
use super::watch::Clock;
use super::{Refusal, Status, files, input, output};

/// How much is said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Much {
    /// Two pages: the answer, what it hangs on, who can change it with which deed, how sure it is, what to check first
    #[default]
    Brief,
    /// Everything: each outcome, reason and claim, what the words mean, how to get the same again
    Full,
}

/// Write a report to hand in: PDF, DOCX, HTML or Markdown
#[derive(Args)]
pub(crate) struct ReportArgs {
    #[command(flatten)]
    case: CaseArg,
    /// The file to write; its name ends in .pdf, .docx, .html or .md. Without it the report goes to the terminal
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
    let medium = args.output.as_deref().map(medium_of).transpose()?;
    // The clock runs from here: reading is part of the time that the user waits.
    let clock = Clock::start(args.solving.bounds.time.limit(), quiet);
    let loaded = input::load(&args.case)?;
    if !quiet {
        output::tell_diagnostics(&loaded.diagnostics, &loaded.text);
    }
    let length = match args.length {
        Much::Brief => Length::Brief,
        Much::Full => Length::Full,
    };
    let VariantArg { variant, reading } = &args.variant;
    let case = args.case.case.to_string_lossy();
    let command = command(&case, variant.as_deref(), reading.as_deref(), length, false);
    let settings = args.solving.settings();
    let ask = Ask { written: &loaded.conflict, length, command: &command, settings };
    let watch: Waiting = clock;
    let Reported { doc, limits } = Reported::of(loaded.told(&args.variant)?, &ask, &watch)?;
    match (&args.output, medium) {
        (Some(path), Some(medium)) => {
            write(path, args.replace, &medium.set(&doc).map_err(Refusal::Wrong)?)?;
            if !quiet {
                output::tell(&format!("Wrote `{}`.\n", path.display()));
            }
        }
        _ => output::print_doc(&doc)?,
    }
    Ok(output::ends(&limits))
}

fn medium_of(path: &Path) -> Result<Medium, Refusal> {
    let end = path.extension().map(|end| end.to_string_lossy().to_ascii_lowercase());
    Medium::ALL.into_iter().find(|medium| end.as_deref() == Some(medium.end())).ok_or_else(|| {
        Refusal::usage_with(
            format!("`{}` is no name for a report", path.display()),
            "name a file that ends in .pdf, .docx, .html or .md",
        )
    })
}

fn write(path: &Path, replace: bool, content: &[u8]) -> Result<(), Refusal> {
    if replace { files::write_over(path, content) } else { files::write_new(path, content) }
}
