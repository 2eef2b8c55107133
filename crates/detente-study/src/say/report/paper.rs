//! What a report says because it is on pages: where links lead, which page this is, which letters could not be printed.

use crate::say::words;

/// Where the mention of a claim leads.
#[must_use]
pub fn to_note(mark: &str) -> String {
    format!("To what claim {mark} says")
}

/// Where the note on a claim leads.
#[must_use]
pub fn back(mark: &str) -> String {
    format!("Back to where claim {mark} is named first")
}

/// Below a page.
#[must_use]
pub fn page(number: usize, of: usize) -> String {
    format!("{number} of {of}")
}

/// That no font has letters of these scripts, by their names in Unicode, and what to do.
#[must_use]
pub fn unprinted(scripts: &[&str]) -> String {
    let letters: Vec<String> = scripts
        .iter()
        .map(|script| match *script {
            "Common" | "Inherited" | "Unknown" => "some signs".to_owned(),
            "Han" => "Chinese characters".to_owned(),
            script => format!("{} letters", script.replace('_', " ")),
        })
        .collect();
    format!(
        "The machine that made this file has no font with {}: an empty box stands for each of them. Install a font that \
         has them and make the report again, or make it as HTML, which takes the reader's fonts.",
        words::list(&letters)
    )
}
