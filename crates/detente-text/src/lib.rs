#![doc = include_str!("../README.md")]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

pub mod bounds;
mod docx;
mod html;
mod markdown;
mod pdf;
mod references;

pub use bounds::{BOUNDS, Bound};
pub use references::Source;

use bounds::{TEXT, WHOLE};

/// What a document is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// Plain text.
    #[default]
    Text,
    /// Markdown.
    Markdown,
    /// A page of HTML.
    Html,
    /// A Word document.
    Docx,
    /// A PDF file.
    Pdf,
    /// A bibliography: BibTeX or RIS.
    References,
}

/// What was found in a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// What it is.
    pub kind: Kind,
    /// Its text; empty for a bibliography.
    pub text: String,
    /// The sources of a bibliography.
    pub sources: Vec<Source>,
    /// What is not in the text: `2 scripts`, `3 footnotes`.
    pub left_out: Vec<String>,
}

/// Why a document cannot be read, in words that go on from "`x` cannot be read: …".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused(pub String);

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Refused {}

fn refused<T>(why: impl Into<String>) -> Result<T, Refused> {
    Err(Refused(why.into()))
}

/// What a document is, by its first bytes, else by the end of its name.
///
/// # Errors
/// A format that is not read, with what to do.
pub fn kind_of(bytes: &[u8], name: &str) -> Result<Kind, Refused> {
    let other = match bytes {
        [b'%', b'P', b'D', b'F', ..] => return Ok(Kind::Pdf),
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => return Ok(Kind::Docx),
        [b'{', b'\\', b'r', b't', b'f', ..] => Some("an RTF file"),
        [0xd0, 0xcf, 0x11, 0xe0, ..] => Some("an old Word file, or one with a password"),
        [0x89, b'P', b'N', b'G', ..] | [0xff, 0xd8, 0xff, ..] | [b'G', b'I', b'F', b'8', ..] => {
            Some("a picture")
        }
        [0x1f, 0x8b, ..] => Some("a compressed file"),
        _ => None,
    };
    if let Some(other) = other {
        return refused(format!(
            "it is {other}; save it as DOCX, as PDF with a text layer, or as plain text"
        ));
    }
    let end = name.rsplit_once('.').map(|(_, end)| end.to_ascii_lowercase()).unwrap_or_default();
    Ok(match end.as_str() {
        "md" | "markdown" => Kind::Markdown,
        "html" | "htm" | "xhtml" => Kind::Html,
        "bib" | "ris" => Kind::References,
        "docx" | "docm" => {
            return refused("it is named as a Word file and is none: look whether it is damaged");
        }
        "pdf" => return refused("it is named as a PDF file and is none: look whether it is damaged"),
        _ if html::begins(bytes) => Kind::Html,
        _ if references::begins_ris(bytes) => Kind::References,
        _ => Kind::Text,
    })
}

/// The text of a document, of which `name` is the file name or empty.
///
/// # Errors
/// What cannot be read, or is beyond a bound: in words.
pub fn read(bytes: &[u8], name: &str) -> Result<Document, Refused> {
    WHOLE.check(bytes.len())?;
    let kind = kind_of(bytes, name)?;
    let mut found = match kind {
        Kind::Pdf => pdf::read(bytes)?,
        Kind::Docx => docx::read(bytes)?,
        Kind::Html => html::read(&decoded(bytes, html::charset(bytes))?)?,
        Kind::Markdown => markdown::read(text_of(bytes)?),
        Kind::References => references::read(&decoded(bytes, None)?)?,
        Kind::Text => Document { text: text_of(bytes)?.to_owned(), ..Document::default() },
    };
    found.kind = kind;
    TEXT.check(found.text.len())?;
    Ok(found)
}

/// Plain text as it is: the bytes of sentences are those of the file.
fn text_of(bytes: &[u8]) -> Result<&str, Refused> {
    std::str::from_utf8(bytes).map_err(|_| Refused("it is not UTF-8 text: save it as UTF-8".to_owned()))
}

/// Text in the encoding that it says; UTF-8 when it says none.
fn decoded(bytes: &[u8], label: Option<&str>) -> Result<String, Refused> {
    let named = label.and_then(|label| encoding_rs::Encoding::for_label(label.as_bytes()));
    let (text, used, broken) = named.unwrap_or(encoding_rs::UTF_8).decode(bytes);
    if broken {
        return refused(format!("it is not {} text: save it as UTF-8", used.name()));
    }
    Ok(text.into_owned())
}

/// `1 script`, `2 scripts`; nothing of none.
fn counted(count: usize, one: &str, several: &str) -> Option<String> {
    match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        _ => Some(format!("{count} {several}")),
    }
}

/// White space as single blanks, without what steers a terminal.
fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}
