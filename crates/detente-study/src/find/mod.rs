//! Answers as types. Nothing here is a sentence.

pub mod caps;
pub mod dates;
pub mod deeds;
pub mod difference;
pub mod findings;
pub mod headline;
pub mod judgement;
pub mod listing;
pub mod near;
pub mod power;
pub mod price;
pub mod refer;
pub mod rests;
pub mod routes;
pub mod said;
pub mod shares;
pub mod states;
pub mod story;
pub mod together;
pub mod trust;
pub mod version;
pub mod watch;
