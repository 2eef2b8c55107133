//! # N0505: an option that is no act
//!
//! Answers put the text of an option behind “will”: “Russia will hinder the talks”. This text begins like a noun
//! (“Air strike”, “A blockade”), so answers say “will choose ‘Air strike’” instead. A verb reads better. The first such
//! option is named, and how many there are.

use std::ops::Range;

use crate::Severity;
use crate::problem::Problem;

/// The code.
pub const CODE: &str = "N0505";

pub(crate) fn no_act(at: &Range<usize>, name: &str, text: &str, others: usize) -> Problem {
    let more = match others {
        0 => String::new(),
        1 => ", and so does one other".to_owned(),
        n => format!(", and so do {n} others"),
    };
    let message = format!("the option `{name}` (“{text}”) names a thing, not what its actor does{more}");
    Problem { at: Some(at.clone()), ..Problem::new(CODE, Severity::Note, message) }
        .hint("begin the text with a verb, as after “will”: “Launch an air strike”, not “Air strike”")
}
