//! What people read: answers in words, tables, files for other programs.

pub(crate) mod answers;
pub(crate) mod between;
pub(crate) mod coalitions;
pub(crate) mod compare;
pub(crate) mod concept;
pub(crate) mod difference;
pub(crate) mod doc;
pub(crate) mod evidence;
pub(crate) mod evolution;
pub(crate) mod findings;
pub(crate) mod forecast;
pub(crate) mod json;
pub(crate) mod map;
pub(crate) mod markdown;
pub(crate) mod names;
pub(crate) mod picture;
pub(crate) mod rank;
pub(crate) mod reason;
pub(crate) mod sample;
pub(crate) mod snapshot;
pub(crate) mod solve;
pub(crate) mod states;
pub(crate) mod structure;
pub(crate) mod terminal;
pub(crate) mod trust;
pub(crate) mod words;
