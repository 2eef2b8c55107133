//! Other programs' files, read into a [`detente_model::Conflict`].

mod gmcr;
pub(crate) mod json;
pub(crate) mod slug;

pub use gmcr::{GmcrSettings, check_gmcr, gmcr};
