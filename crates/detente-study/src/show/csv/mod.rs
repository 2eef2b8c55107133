//! Tables for spreadsheets and data frames (RFC 4180): one writer for the command line and the page.
//!
//! Lines end with CR LF, the text is UTF-8. Every row has as many cells as the head, so that any reader takes it. What
//! a table leaves out is said in its column `note`, in the first row.

use super::frame::Frame;

mod coalitions;
mod compare;
mod outcomes;
mod rank;
mod sample;
mod trust;

pub use coalitions::coalitions;
pub use compare::compare;
pub use outcomes::{choice, outcomes, outcomes_frame};
pub use rank::{rank, rank_frame};
pub use sample::{sample, sample_frame};
pub use trust::{trust, trust_frame};

/// How a file is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Style {
    /// What stands between two cells.
    pub separator: Separator,
    /// Whether the file begins with the byte order mark by which Excel knows UTF-8.
    pub bom: bool,
}

/// What stands between two cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Separator {
    /// `,`
    #[default]
    Comma,
    /// `;`, where the comma is the decimal point
    Semicolon,
    /// A tab
    Tab,
}

impl Separator {
    /// All, with their words.
    pub const ALL: [(Self, &'static str); 3] =
        [(Self::Comma, "comma"), (Self::Semicolon, "semicolon"), (Self::Tab, "tab")];

    /// The separator of this word or character.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "comma" | "," => Some(Self::Comma),
            "semicolon" | ";" => Some(Self::Semicolon),
            "tab" | "\t" => Some(Self::Tab),
            _ => None,
        }
    }

    fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Semicolon => b';',
            Self::Tab => b'\t',
        }
    }
}

/// `rows`, the first of which is the head, as one file. Shorter rows are filled up with empty cells.
///
/// A cell that a spreadsheet would take for a formula has a `'` before it: one that begins with `=`, `+`, `-`, `@`,
/// their full-width forms, a tab or a carriage return, be it behind blanks. Numbers stay numbers.
///
/// # Complexity
/// Linear in the text.
#[must_use]
pub fn table<Row, Cell>(rows: &[Row], style: Style) -> String
where
    Row: AsRef<[Cell]>,
    Cell: AsRef<str>,
{
    let columns = rows.iter().map(|row| row.as_ref().len()).max().unwrap_or_default();
    let mut out = ::csv::WriterBuilder::new()
        .delimiter(style.separator.byte())
        .terminator(::csv::Terminator::CRLF)
        .from_writer(Vec::new());
    for row in rows {
        let cells = row.as_ref();
        for cell in cells {
            // Writing to memory cannot fail.
            let _ = out.write_field(guarded(cell.as_ref()).as_ref());
        }
        for _ in cells.len()..columns {
            let _ = out.write_field("");
        }
        let _ = out.write_record(None::<&[u8]>);
    }
    let text = out.into_inner().map(String::from_utf8);
    let text = text.ok().and_then(Result::ok).unwrap_or_default();
    if style.bom { format!("\u{feff}{text}") } else { text }
}

/// `frame` as one file.
#[must_use]
pub fn of_frame(frame: &Frame, style: Style) -> String {
    table(&frame.cells(), style)
}

/// `cell` with a `'` before it when it would be a formula.
fn guarded(cell: &str) -> std::borrow::Cow<'_, str> {
    const STARTS: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
    let blank = |c: char| c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}');
    let formula = cell.starts_with(['\t', '\r']) || cell.trim_start_matches(blank).starts_with(STARTS);
    if formula && !is_number(cell) { format!("'{cell}").into() } else { cell.into() }
}

/// Whether a cell is a plain number, perhaps negative.
fn is_number(cell: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let number = cell.strip_prefix('-').unwrap_or(cell);
    match number.split_once('.') {
        Some((whole, part)) => digits(whole) && digits(part),
        None => digits(number),
    }
}

/// `1` or `0`.
fn flag(yes: bool) -> String {
    if yes { "1" } else { "0" }.to_owned()
}

/// Puts `notes` before what the first row says in its column `note`; a row is made for them when there is none.
fn note(head: &[String], rows: &mut Vec<Vec<String>>, notes: &[String]) {
    let Some(at) = head.iter().position(|name| name == "note") else { return };
    if notes.is_empty() {
        return;
    }
    if rows.is_empty() {
        rows.push(vec![String::new(); head.len()]);
    }
    let cell = &mut rows[0][at];
    let own = std::mem::take(cell);
    let all: Vec<&str> = (!own.is_empty())
        .then_some(own.as_str())
        .into_iter()
        .chain(notes.iter().map(String::as_str))
        .collect();
    *cell = all.join(" ");
}

#[cfg(test)]
mod tests;
