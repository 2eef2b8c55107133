//! The files that a report to hand in is set as.

use schemars::JsonSchema;
use serde::Deserialize;

use super::doc::Doc;
use super::{docx, html, markdown, pdf};

/// A kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Medium {
    /// One HTML file, without a script.
    Html,
    /// A document of a word processor.
    Docx,
    /// Pages, tagged.
    Pdf,
    /// Markdown.
    Md,
}

impl Medium {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Html, Self::Docx, Self::Pdf, Self::Md];

    /// How the name of such a file ends, without the dot.
    #[must_use]
    pub fn end(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Docx => "docx",
            Self::Pdf => "pdf",
            Self::Md => "md",
        }
    }

    /// Its media type.
    #[must_use]
    pub fn media(self) -> &'static str {
        match self {
            Self::Html => "text/html; charset=utf-8",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Pdf => "application/pdf",
            Self::Md => "text/markdown; charset=utf-8",
        }
    }

    /// The bytes of the file that holds `doc`; the same report gives the same bytes.
    ///
    /// # Errors
    /// The report cannot be set in this form, in a sentence.
    pub fn set(self, doc: &Doc) -> Result<Vec<u8>, String> {
        match self {
            Self::Html => Ok(html::set(doc).into_bytes()),
            Self::Md => Ok(markdown::set(doc).into_bytes()),
            Self::Docx => docx::set(doc).map_err(|why| format!("the report cannot be set as DOCX: {why}")),
            Self::Pdf => pdf::set(doc).map_err(|why| format!("the report cannot be set as PDF: {why}")),
        }
    }
}
