//! Answers in words: every sentence about a case is made here, once.

pub mod answers;
pub mod basins;
pub mod between;
pub mod coalitions;
pub mod compare;
pub mod concept;
pub mod difference;
pub mod evidence;
pub mod evolution;
pub mod forecast;
pub mod listing;
pub mod moves;
pub mod names;
pub mod onwards;
pub mod price;
pub mod rank;
pub mod reason;
pub mod refer;
pub mod sample;
pub mod solve;
pub mod standing;
pub mod structure;
pub mod together;
pub mod trust;
pub mod words;
pub mod written;
