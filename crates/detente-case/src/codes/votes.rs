//! # E0403: votes that cannot be counted
//!
//! `votes(house, l.yes, not r.yes) >= 51` counts the seats in the assembly `house` (`[assembly.house]`) of
//! those whose option is on, or off after `not`. Each stands for one owner of seats, and each owner is
//! counted once; options with levels, acts and defined names are no votes. It is compared with a whole
//! number.

use std::ops::Range;

use crate::problem::Problem;

/// The code.
pub const CODE: &str = "E0403";

pub(crate) fn no_vote(at: &Range<usize>, name: &str) -> Problem {
    Problem::error(CODE, at, format!("`{name}` is nobody's vote: votes are options that are on or off"))
        .hint("name an option of an owner of seats, or `not` and such an option")
}

pub(crate) fn no_seats(at: &Range<usize>, owner: &str, assembly: &str) -> Problem {
    Problem::error(CODE, at, format!("`{owner}` has no seats in `{assembly}`"))
        .hint(format!("give it seats under [assembly.{assembly}], or leave it out"))
}

pub(crate) fn counted_twice(at: &Range<usize>, owner: &str) -> Problem {
    Problem::error(CODE, at, format!("the seats of `{owner}` are counted twice"))
        .hint("name one option of each owner")
}

pub(crate) fn not_whole(at: &Range<usize>) -> Problem {
    Problem::error(CODE, at, "votes are compared with a whole number, 0 or more")
        .hint("write how many seats are needed, for example `>= 51`")
}
