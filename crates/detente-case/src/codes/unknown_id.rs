//! # E0301: unknown id
//!
//! The id names nothing: there is no such actor, option, claim, source, rule, statement, body,
//! state, outcome or defined name. A reference to nothing is an error everywhere, also in
//! overlays, so that no part of a case is silently without effect.

use std::ops::Range;

use crate::problem::Problem;

/// The code.
pub const CODE: &str = "E0301";

/// At most so many known ids are named.
const NAMED: usize = 8;

/// There is no `what` with this id; `what` may say whose ("statement of `az`"). The range is that of
/// the id itself, without quotes.
pub(crate) fn unknown_id(
    at: &Range<usize>,
    what: &str,
    id: &str,
    miss: Option<String>,
    known: &[&str],
) -> Problem {
    let (kind, whose) = what.split_once(" of ").map_or((what, String::new()), |(kind, whose)| (kind, format!(" of {whose}")));
    let problem = Problem::error(CODE, at, format!("there is no {kind} `{}`{whose}", id.escape_debug()));
    match (miss, known) {
        (Some(miss), _) => {
            problem.hint(format!("did you mean `{miss}`?")).fix(at, miss.clone(), format!("write `{miss}`"))
        }
        (None, []) => problem.hint(introduce(kind, &whose)),
        (None, [one]) => problem.hint(format!("the only {kind}{whose} is `{one}`")),
        (None, known) if known.len() <= NAMED => {
            let plural = match kind.strip_suffix('y') {
                Some(stem) => format!("{stem}ies"),
                None => format!("{kind}s"),
            };
            problem.hint(format!("the {plural}{whose} are {}", list(known)))
        }
        (None, _) => problem.hint(introduce(kind, &whose)),
    }
}

fn list(known: &[&str]) -> String {
    let names: Vec<String> = known.iter().map(|id| format!("`{id}`")).collect();
    match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => names.join(""),
    }
}

/// How a thing of this kind comes into a case.
fn introduce(kind: &str, whose: &str) -> String {
    match kind {
        "option" => "options are introduced under [actor.ID.option]".to_owned(),
        "defined name" => "names are defined under [define]".to_owned(),
        "state" => "states are listed under [graph]".to_owned(),
        "rule" => "a rule that is referred to needs an `id`".to_owned(),
        "statement" => format!("a statement{whose} that is referred to needs an `id`"),
        "chance event" => "a chance event is introduced by [chance.ID]".to_owned(),
        "saying" => "a saying is introduced by [said.ID]".to_owned(),
        kind => {
            let article = if kind.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
            format!("{article} {kind} is introduced by [{kind}.ID]")
        }
    }
}
