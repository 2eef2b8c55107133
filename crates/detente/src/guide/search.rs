//! The index of the search: which sections hold which words. It is a script that assigns one value, for pages that
//! are opened as files may not fetch anything.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use super::page::Rendered;
use super::{Page, address, title};

/// The index as a script.
pub(super) fn index(pages: &[Page], rendered: &[Rendered]) -> String {
    let mut sections = Vec::new();
    let mut words: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for (at, page) in rendered.iter().enumerate() {
        for section in &page.sections {
            for word in words_of(&section.title).chain(words_of(&section.text)) {
                words.entry(word).or_default().insert(sections.len());
            }
            sections.push(json!([at, section.id, section.title]));
        }
    }
    let pages: Vec<_> =
        pages.iter().map(|page| json!([address(&page.file), title(&page.text).replace('`', "")])).collect();
    format!("window.detenteGuide = {};\n", json!({"pages": pages, "sections": sections, "words": words}))
}

/// The words of a text, in small letters; numbers and words of one letter are not looked for.
fn words_of(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() > 1 && word.chars().any(char::is_alphabetic))
        .map(str::to_lowercase)
}
