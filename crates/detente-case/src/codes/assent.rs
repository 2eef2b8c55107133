//! # E0522: who begins or ends an act
//!
//! `begins` and `ends` of an act say whose agreement it takes: `"all"` parties together, `"any"` alone,
//! `"never"` (only a date or an event), a list of groups (`["az", ["am", "west"]]`), so many parties
//! (`{ needs = 2 }`), parties with so many votes (`{ votes = { a = 3, b = 2 }, needs = 4 }`) or seats
//! (`{ assembly = "house", needs = 368 }`). Groups and votes are those of parties; there must be enough of
//! them, and at most 4,096 smallest groups. Who ends an act of three or more must be written: whether one
//! that leaves ends it for the others, no rule can know.

use std::ops::Range;

use crate::problem::Problem;

/// The code.
pub const CODE: &str = "E0522";

pub(crate) fn ends_unwritten(at: &Range<usize>, id: &str, parties: usize) -> Problem {
    Problem::error(CODE, at, format!("the act `{id}` has {parties} parties, and it is not said who can end it"))
        .hint("add `ends = \"any\"` where one that leaves ends it for all, `ends = \"all\"` where only all together can, or `ends = \"never\"`")
}

pub(crate) fn never_enough(at: &Range<usize>, needs: u64, there: u64, what: &str) -> Problem {
    Problem::error(CODE, at, format!("{needs} {what} are needed, and the parties have {there}"))
        .hint("ask for at most as many as there are, or write \"never\" where nobody can")
}

pub(crate) fn too_many(at: &Range<usize>, most: usize) -> Problem {
    Problem::error(CODE, at, format!("there are more than {most} smallest groups of parties that suffice"))
        .hint("take parties together that always act as one, or name the groups that matter")
}

pub(crate) fn no_party(at: &Range<usize>, actor: &str, act: &str) -> Problem {
    Problem::error(CODE, at, format!("`{actor}` is no party of the act `{act}`"))
        .hint("add it to `parties`, or leave it out")
}

pub(crate) fn nobody(at: &Range<usize>) -> Problem {
    Problem::error(CODE, at, "this group has nobody in it").hint("name who must agree, or write \"never\" where nobody can")
}

pub(crate) fn votes_and_seats(at: &Range<usize>) -> Problem {
    Problem::error(CODE, at, "votes are given here, and seats of an assembly too")
        .hint("keep `votes`, or `assembly`")
}
