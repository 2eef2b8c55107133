//! Standard output and standard error: answers on the one, everything else on the other.

use std::io::{IsTerminal, Write};

use anstyle::{AnsiColor, Reset, Style};
use detente_case::Diagnostic;
use detente_engine::{LimitHit, Stop};

use super::Status;
use crate::system::reason;
use detente_study::Refusal;
use detente_study::say::words;
use detente_study::show::excerpt;
use detente_study::show::{doc::Doc, html, markdown, terminal};
use detente_study::wire;

/// Writes `text` to standard output, without styles when nobody would see them.
///
/// # Errors
/// When the other side cannot be written to, or has gone away.
pub(crate) fn print(text: &str) -> Result<(), Refusal> {
    let mut out = anstream::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(())
}

/// Writes `doc` to standard output, as wide as the terminal.
///
/// # Errors
/// As [`print()`].
pub(crate) fn print_doc(doc: &Doc) -> Result<(), Refusal> {
    print(&terminal::set(doc, width()))
}

/// Writes `value` to standard output as JSON.
///
/// # Errors
/// As [`print()`].
pub(crate) fn print_json<T: serde::Serialize>(value: &T) -> Result<(), Refusal> {
    print(&wire::text(value).map_err(|error| Refusal::Wrong(error.to_string()))?)
}

/// Writes `doc` to standard output as Markdown.
///
/// # Errors
/// As [`print()`].
pub(crate) fn print_markdown(doc: &Doc) -> Result<(), Refusal> {
    print(&markdown::set(doc))
}

/// Writes `doc` to standard output as one HTML file.
///
/// # Errors
/// As [`print()`].
pub(crate) fn print_html(doc: &Doc) -> Result<(), Refusal> {
    print(&html::set(doc))
}

/// Writes `text` to standard error. Nothing can be done when that fails.
pub(crate) fn tell(text: &str) {
    let mut err = anstream::stderr().lock();
    let _ = err.write_all(text.as_bytes());
    let _ = err.flush();
}

/// Writes what an answer leaves out to standard error, one line each, unless nothing is to be said there.
pub(crate) fn tell_notes(notes: &[String], quiet: bool) {
    for note in notes.iter().filter(|_| !quiet) {
        tell(&format!("note: {note}\n"));
    }
}

/// The width of the terminal on standard output; a fixed one when it is none.
fn width() -> usize {
    if std::io::stdout().is_terminal() {
        console::Term::stdout()
            .size_checked()
            .map_or(terminal::DEFAULT_WIDTH, |(_, width)| usize::from(width))
    } else {
        terminal::DEFAULT_WIDTH
    }
}

/// Writes why a command failed to standard error. A reader that went away is told nothing.
pub(crate) fn tell_failure(failure: Refusal) {
    let (message, hint) = match failure {
        Refusal::Case(diagnostics, text) => {
            tell_diagnostics(&diagnostics, &text);
            return;
        }
        Refusal::Usage(message, hint) => (message, hint),
        Refusal::Wrong(message) | Refusal::Limit(message) => (message, None),
        Refusal::Stopped(hit) => {
            let hint = match hit.stop {
                Stop::Time => Some("allow more with --max-time"),
                Stop::Memory => Some("allow more with --max-memory"),
                Stop::Work => Some("allow more with --max-work"),
                Stop::Cancelled => None,
            };
            (Refusal::stopped(&hit), hint.map(ToOwned::to_owned))
        }
        Refusal::Output(error) if error.kind() == std::io::ErrorKind::BrokenPipe => return,
        Refusal::Output(error) => (format!("the answer could not be written: {}", reason(&error)), None),
    };
    let (bold, red, plain) = (Style::new().bold(), AnsiColor::Red.on_default().bold(), Reset);
    let mut text = format!("{red}error{plain}{bold}:{plain} {message}\n");
    if let Some(hint) = hint {
        text.push_str(&format!("{bold}  help:{plain} {hint}\n"));
    }
    tell(&text);
}

/// How a command ends whose answer met these bounds. Each is named on standard error too, whatever the medium of the
/// answer: a status of 3 never comes without a word.
pub(crate) fn ends(limits: &[LimitHit]) -> Status {
    tell_limits(limits.iter().map(Into::into))
}

/// The same of bounds as a contract has them.
pub(crate) fn tell_limits(limits: impl IntoIterator<Item = wire::LimitInfo>) -> Status {
    let mut status = Status::Done;
    for hit in limits {
        tell(&format!("a bound was hit: {}\n", words::limit(&hit)));
        status = Status::Limit;
    }
    status
}

/// Writes problems of a case to standard error, each with its excerpt of `text`.
pub(crate) fn tell_diagnostics(diagnostics: &[Diagnostic], text: &str) {
    tell(&excerpt::render(diagnostics, text, true));
}
