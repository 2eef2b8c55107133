//! # E0523: an act that switches what is not its parties' to switch
//!
//! What an act switches in the same move that begins it (`with`) must be what every group that can begin it
//! could switch itself: options of its members, and acts that a group within it can begin (or end, after
//! `not`). Otherwise one party would move another's option.

use std::ops::Range;

use crate::problem::Problem;

/// The code.
pub const CODE: &str = "E0523";

/// `group`: who can begin the act without whoever owns `name`.
pub(crate) fn not_theirs(at: &Range<usize>, act: &str, name: &str, group: &str, acts: bool) -> Problem {
    let message = format!("the act `{act}` would switch `{name}`, but {group} can begin it and cannot switch that");
    Problem::error(CODE, at, message).hint(match acts {
        true => "let `begins` ask for those who can switch it, too, or leave it out of `with`",
        false => "let `begins` ask for its owner, too, or leave it out of `with`",
    })
}

pub(crate) fn itself(at: &Range<usize>, act: &str) -> Problem {
    Problem::error(CODE, at, format!("the act `{act}` names itself in `with`"))
        .hint("leave it out: that it is on afterwards goes without saying")
}

pub(crate) fn nobody_begins(at: &Range<usize>, act: &str) -> Problem {
    Problem::error(CODE, at, format!("nobody can begin the act `{act}`, so nothing is switched with its beginning"))
        .hint("leave `with` out; what a date switches stands under its `then`")
}
