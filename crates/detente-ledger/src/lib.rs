//! The forecast ledger: what was said beforehand, how likely it was thought to be, and what happened.
//!
//! A ledger is a text file of JSON Lines that only grows. Every line is one [`Entry`]: a forecast, its
//! resolution, that it became void, or that a resolution is taken back. `chain` seals and checks, `file`
//! appends, `score` keeps the score.
//!
//! # Canonical bytes
//! The canonical bytes of an entry are its [`Body`] as JSON in UTF-8: the members in the order of the type,
//! no blank and no line end anywhere, in texts only `"`, `\` and control characters escaped (as short as JSON
//! allows, else `\u00xx`), probabilities as the shortest decimal that has their value of at most six digits
//! after the point, members without a value as `null` (where the type says so, left out). The body names the
//! seal of the entry before as `previous`.
//!
//! The seal of an entry is `sha256:` and the SHA-256 of its canonical bytes in lower-case hexadecimal. The line
//! is the canonical bytes with one more member at the end, `"seal"`, and a line end (byte 10).
//!
//! # What a chain protects against, and what not
//! Any change inside a file shows: of a byte, of the order, an entry left out or put in, without computing all
//! seals anew from there on. What cannot show is a file cut off at the end of a line, and a file rewritten from
//! some entry on with fresh seals. Both show when the seal of the last entry, the head, is known from elsewhere:
//! a published note, a commit that others have, a colleague's mail. Nor can a chain prove when an entry was
//! written: the time is what the writer's clock said.

mod chain;
mod entry;
mod file;
mod probability;
mod score;
#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests;
mod time;

pub use chain::{Break, Fault, Ledger, Standing, Status};
pub use entry::{
    AnswerChance, Basis, Body, CaseBasis, Clock, Content, Entry, Forecast, Measure, Method, Resolution, Seal,
    Source, Void, Withdrawal, Writer,
};
pub use file::{Draft, LedgerError, When, append, load};
pub use probability::{Probability, shares};
pub use score::{Bin, FEW, Pair, Scored, Summary, scored, skill, summary};
pub use time::{Day, Moment};

/// The examples of the README, as tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub struct Readme;
