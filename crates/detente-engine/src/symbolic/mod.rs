//! The symbolic engine: exact verdicts without listing states, for conflicts of 30 to 100 options.
//!
//! Sets of states are decision diagrams over the options ([`diagram`]), in an order that keeps the
//! options of a rule or statement together ([`order`]). An actor's preference is a vector of sets
//! compared lexicographically ([`levels`]); its improvements are one relation between states and
//! copies of the actor's own options ([`board`]); what several do together needs no copies ([`joint`]). Then
//! - Nash: no state from which an improvement leads into the feasible states;
//! - gmr, smr: staged minima and maxima of level vectors ([`metarational`], [`best_reply`]);
//! - seq, sseq: the tree of thresholds ([`sequential::full`]).
//!
//! For coalitions: [`coalition`] (C-Nash). One state at a time, with a certificate: [`candidate`]. Start reading at [`engine`].

mod best_reply;
mod board;
mod candidate;
mod coalition;
mod diagram;
mod engine;
mod formula;
mod joint;
mod large_patterns;
mod levels;
mod metarational;
mod order;
mod ranking;
mod sequential;
mod standing;
mod structure;
#[cfg(test)]
mod tests;
mod verdicts;

pub(crate) use candidate::Candidates;
pub use coalition::{CoalitionNash, coalition_nash};
pub(crate) use diagram::Halt;
pub(crate) use engine::{count, possible, solve};
pub(crate) use structure::{structure_of_list, structure_of_numbers};
