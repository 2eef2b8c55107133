//! # E0402: levels that do not fit
//!
//! An option or act with levels (`levels = [10, 30, 55]`, numbers ascending, or names in order) is compared
//! in formulas: `us.tariff <= 30`, `us.tariff = "limited"`, `us.tariff > cn.tariff`. What is compared must
//! have levels, numbers are compared with numbers (of the same unit) and names with names of the same list;
//! after `=` stands one of the levels. Where something is switched, it is said to which level.

use std::ops::Range;

use detente_model::{Scale, Values};

use crate::problem::Problem;

/// The code.
pub const CODE: &str = "E0402";

/// At most so many levels are named.
const NAMED: usize = 8;

fn error(at: &Range<usize>, message: impl Into<String>) -> Problem {
    Problem::error(CODE, at, message)
}

pub(crate) fn unit_without_levels(at: &Range<usize>) -> Problem {
    error(at, "a unit belongs to levels, and there are none").hint("add `levels = [10, 30, 55]`, or take the unit out")
}

pub(crate) fn unit_of_names(at: &Range<usize>) -> Problem {
    error(at, "levels that are names have no unit").hint("take the unit out, or write the levels as numbers")
}

pub(crate) fn too_few(at: &Range<usize>, least: usize) -> Problem {
    let message = if least == 1 { "there is no level" } else { "an option with levels has two at the least" };
    error(at, message).hint("write them lowest first, for example `levels = [10, 30, 55]`")
}

pub(crate) fn not_ascending(at: &Range<usize>) -> Problem {
    error(at, "levels that are numbers ascend, and this one does not").hint("write them lowest first, each once")
}

pub(crate) fn bad_name(at: &Range<usize>, name: &str) -> Problem {
    error(at, format!("`{}` cannot be the name of a level", name.escape_debug()))
        .hint("a name is a text without quotes and backslashes")
}

pub(crate) fn mixed(at: &Range<usize>) -> Problem {
    error(at, "some levels are numbers and some are names").hint("write all as numbers, or all as names")
}

pub(crate) fn moves(at: &Range<usize>, word: &str, better: &str, levels: bool) -> Problem {
    let what = if levels { "an option with levels rises and falls" } else { "an option without levels is on or off" };
    error(at, format!("{what}: `{word}` says nothing about it"))
        .hint(format!("write `{better}`"))
        .fix(at, format!("\"{better}\""), format!("write `{better}`"))
}

/// Something with levels is switched, or is on, without a level.
pub(crate) fn which(at: &Range<usize>, name: &str, example: &str) -> Problem {
    error(at, format!("`{name}` has levels: it is not said at which it is"))
        .hint(format!("say which level: `levels = {{ \"{name}\" = {example} }}`, in formulas `{name} = {example}`"))
}

/// Something with levels stands alone in a formula.
pub(crate) fn bare(at: &Range<usize>, name: &str, scale: &Scale) -> Problem {
    let example = crate::read::things::level_text(scale, scale.values.len() - 1).replace('"', "'");
    error(at, format!("`{name}` has levels, and a formula must say which"))
        .hint(format!("compare it: `{name} = {example}` or `{name} < {example}`"))
}

/// Something without levels is compared. `iff`: where the sign stands, when both sides are without.
pub(crate) fn none(at: &Range<usize>, name: &str, iff: Option<&Range<usize>>) -> Problem {
    let problem = error(at, format!("`{name}` has no levels to compare"));
    match iff {
        Some(sign) => problem
            .hint("that both hold or neither does is written `iff`")
            .fix(sign, "iff", "write `iff`"),
        None => problem.hint(format!("it is on (`{name}`) or off (`not {name}`); levels are given by `levels = […]`")),
    }
}

pub(crate) fn not_a_level(at: &Range<usize>, name: &str, scale: &Scale, found: &str) -> Problem {
    let problem = error(at, format!("`{found}` is no level of `{name}`"));
    let all: Vec<String> =
        (0..scale.values.len()).map(|place| crate::read::things::level_text(scale, place)).collect();
    let hint = match all.len() {
        0..=NAMED => format!("its levels are {}", crate::check::words::and(&all)),
        count => format!("it has {count} levels: {}, …", all[..NAMED].join(", ")),
    };
    match &scale.values {
        Values::Numbers(_) => problem.hint(format!("{hint}; `<`, `<=`, `>` and `>=` take any number")),
        Values::Names(_) => problem.hint(hint),
    }
}

/// A number where names belong, or the other way round.
pub(crate) fn other_kind(at: &Range<usize>, name: &str, numbers: bool) -> Problem {
    let (are, write) = if numbers { ("numbers", "a number without quotes") } else { ("names", "a name in quotes") };
    error(at, format!("the levels of `{name}` are {are}")).hint(format!("write {write}"))
}

/// The name of a level without quotes.
pub(crate) fn unquoted(at: &Range<usize>, level: &str) -> Problem {
    error(at, format!("the name of a level stands in quotes: '{level}'"))
        .hint(format!("write '{level}'"))
        .fix(at, format!("'{level}'"), format!("write '{level}'"))
}

pub(crate) fn apart(at: &Range<usize>, left: &str, right: &str, units: Option<(&str, &str)>) -> Problem {
    let why = match units {
        Some((a, b)) => format!("`{left}` is in {a} and `{right}` in {b}"),
        None => format!("the levels of `{left}` and of `{right}` are of different lists"),
    };
    error(at, format!("these two cannot be compared: {why}"))
        .hint("compare each with a level of its own")
}

/// A wish over the levels of what has none.
pub(crate) fn no_wish(at: &Range<usize>, key: &str, name: &str, names: bool) -> Problem {
    let problem = match names {
        true => error(at, format!("the levels of `{name}` are names: none is nearer to a number")),
        false => error(at, format!("`{key}` is about levels, and `{name}` has none")),
    };
    problem.hint(match (names, key) {
        (true, _) => "say what is wanted by formulas, one after the other".to_owned(),
        (false, "least") => format!("write `that = \"not {name}\"`"),
        _ => format!("write `that = \"{name}\"`"),
    })
}
