//! Answers as types. Nothing here is a sentence.

pub mod difference;
pub mod findings;
pub mod listing;
pub mod near;
pub mod price;
pub mod refer;
pub mod rests;
pub mod shares;
pub mod states;
pub mod together;
pub mod version;
