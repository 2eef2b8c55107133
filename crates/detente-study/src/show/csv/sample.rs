//! How sure: shares of models.

use super::{Style, of_frame};
use crate::say::words;
use crate::show::frame::{Cells, Frame};
use crate::wire::{Interval, Sample};

/// One row per share, with its interval.
#[must_use]
pub fn sample(found: &Sample, style: Style) -> String {
    of_frame(&sample_frame(found), style)
}

/// The same as columns. Shares are parts of 1.
#[must_use]
pub fn sample_frame(found: &Sample) -> Frame {
    let shares = &found.shares;
    let mut frame = Frame::default();
    frame.text("kind", shares.iter().map(|s| s.kind.clone()));
    frame.text("id", shares.iter().map(|s| s.id.clone()));
    frame.text("name", shares.iter().map(|s| s.name.clone()));
    frame.text("concept", shares.iter().map(|s| s.concept.clone()));
    frame.push("share", Cells::Number(shares.iter().map(|s| Some(s.share)).collect()));
    frame.push("low", Cells::Number(shares.iter().map(|s| Some(s.low)).collect()));
    frame.push("high", Cells::Number(shares.iter().map(|s| Some(s.high)).collect()));
    let all = |part: fn(Interval) -> f64| Cells::Number(shares.iter().map(|s| s.all.map(part)).collect());
    frame.push("all", all(|all| all.share));
    frame.push("all_low", all(|all| all.low));
    frame.push("all_high", all(|all| all.high));
    // Which of the two a question asks for.
    frame.text("answer", shares.iter().map(|s| if s.asks_certain { "all" } else { "share" }.to_owned()));
    frame.text("note", shares.iter().map(|_| String::new()));
    frame.note(&found.limits.iter().map(words::limit).collect::<Vec<_>>());
    frame
}
