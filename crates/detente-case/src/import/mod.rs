//! Other programs' files, read into a [`detente_model::Conflict`]; and data of the field, into the situation of one.

pub mod data;
mod gmcr;
pub(crate) mod json;
mod ktab;
mod nfg;
pub(crate) mod slug;

pub use gmcr::{GmcrSettings, check_gmcr, gmcr};
pub use ktab::{is_ktab, ktab};
pub use nfg::{is_nfg, nfg};
