//! Text to model and back: reads a case file into a validated [`detente_model::Conflict`]
//! with all its problems at once, writes cases, imports and exports other programs' files.
//!
//! No file is opened here: texts come in, texts and [`Diagnostic`]s go out.

mod act;
mod check;
pub mod codes;
mod diagnostic;
pub mod export;
mod foreign;
pub mod format;
mod forms;
pub mod import;
mod keys;
mod near;
mod passage;
mod problem;
mod problems;
mod read;
mod schema;
mod shape;
mod statement;
mod states;
mod text;
mod write;

pub use act::is_act;
pub use check::{SourceText, Until, check, check_until};
pub use diagnostic::{Diagnostic, Fix, Place, Severity, Span};
pub use keys::case_keys;
pub use passage::{LeftOut, Omission, Passage, is_stopped, sentences};
pub use read::{Read, read};
pub use schema::case_schema;
pub use text::steers;
pub use write::{
    Change, ChangeError, Changed, Edit, EditError, Fall, FreshSource, Outline, change, edit, falls,
    fresh_case, id_from, in_ascii, outline, to_toml,
};

/// The examples of the README, as tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub struct Readme;
