//! # E0205: not an id
//!
//! Ids consist of lower-case ASCII letters, digits and single hyphens, with no hyphen at either
//! end. The words of formulas (`and`, `or`, `not`, `implies`, `iff`, `true`, `false`) are no ids,
//! and `act`, `chance` and `votes` are none of actors and defined names: formulas name acts by `act.ID`.

use std::ops::Range;

use crate::problem::Problem;

/// The code.
pub const CODE: &str = "E0205";

pub(crate) fn bad_id(at: &Range<usize>, id: &str) -> Problem {
    if crate::statement::RESERVED.contains(&id) {
        return Problem::error(CODE, at, format!("`{id}` is a word of formulas, so it cannot be an id"))
            .hint("choose another id");
    }
    if id.is_empty() {
        return Problem::error(CODE, at, "an empty text is not an id")
            .hint("give it a name of letters and digits");
    }
    let problem = Problem::error(CODE, at, format!("`{}` is not an id", id.escape_debug()));
    match slug(id) {
        Some(slug) => problem.hint(format!(
            "ids have lower-case ASCII letters, digits and single `-` inside: for example `{slug}`"
        )),
        None => problem.hint("ids have lower-case ASCII letters, digits and single `-` inside"),
    }
}

/// An id of an actor or a defined name that formulas use for something else.
pub(crate) fn of_the_format(at: &Range<usize>, id: &str) -> Problem {
    let what = match id {
        "votes" => "`votes(…)` counts votes",
        "chance" => "`chance.ID` names a chance event",
        _ => "`act.ID` names an act of several",
    };
    Problem::error(CODE, at, format!("`{id}` is no id of an actor or a defined name: in formulas {what}"))
        .hint("choose another id")
}

/// An id that resembles `text`: what is no letter or digit becomes a hyphen; none for other scripts.
fn slug(text: &str) -> Option<String> {
    if text.contains(|c: char| c.is_alphanumeric() && !c.is_ascii()) {
        return None;
    }
    let lower = text.to_lowercase();
    let parts: Vec<&str> =
        lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty()).collect();
    let slug = parts.join("-");
    crate::forms::is_id(&slug).then_some(slug)
}
