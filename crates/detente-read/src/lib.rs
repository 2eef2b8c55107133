#![doc = include_str!("../README.md")]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

mod actor;
mod clause;
mod condition;
mod contradiction;
mod date;
mod document;
mod draft;
mod event;
mod gist;
mod heading;
mod holder;
mod kind;
mod lexicon;
pub mod model;
mod names;
mod option;
mod phrase;
pub mod proposal;
mod question;
mod reading;
mod said;
mod sentence;
pub mod taking;
mod tie;
mod token;
mod track;
mod verbs;
mod wish;

pub use draft::{draft, sources};
pub use lexicon::Language;
pub use reading::{Setting, read};

/// Every word and phrase of a language's lexicon but those of the table of states and bodies.
#[must_use]
pub fn lexicon_entries(language: Language) -> Vec<String> {
    lexicon::Lexicon::for_language(language).entries()
}

/// How the sentences of a text are taken apart, for those who write rules: verb groups and clauses.
#[must_use]
pub fn taken_apart(text: &str, language: Language) -> String {
    reading::taken_apart(text, language)
}
