//! Texts of documents: the same for the command line and the page, so that sentences have one number.

use detente_text::{Document, Refused};

/// Most bytes of a document.
pub(crate) const MOST_BYTES: u64 = detente_text::bounds::WHOLE.most as u64;

/// What a document holds; `name` is its file name.
///
/// # Errors
/// In words, going on from "`x` cannot be read: …".
pub(crate) fn read(bytes: &[u8], name: &str) -> Result<Document, Refused> {
    detente_text::read(bytes, name)
}

/// The text of a source of a case; `name` is its file name.
///
/// # Errors
/// In words, going on from "`x` …".
pub(crate) fn source_text(bytes: Vec<u8>, name: &str) -> Result<String, String> {
    match detente_text::kind_of(&bytes, name) {
        // As it is: nothing is copied.
        Ok(detente_text::Kind::Text) => String::from_utf8(bytes).map_err(|_| "is not UTF-8 text".to_owned()),
        _ => match read(&bytes, name) {
            Ok(found) if found.text.is_empty() => Err("is a bibliography, and no text".to_owned()),
            Ok(found) => Ok(found.text),
            Err(why) => Err(format!("cannot be read: {why}")),
        },
    }
}
