//! Who could leave an outcome together, where it goes from there, and what the conclusions hang on, each in a
//! sentence: what stands above a list.

use detente_engine::coalition::Exits;
use detente_engine::trust::Trust;
use detente_model::{Conflict, State};

use crate::say::{coalitions, names, trust, words};

/// Outcomes that one sentence names.
const NAMED: usize = 3;
/// Conclusions that are told one by one.
const TOLD: usize = 8;

/// Who could leave together: the coalitions of which nobody can be spared.
#[must_use]
pub fn together(conflict: &Conflict, found: &Exits) -> String {
    let smallest: Vec<String> = found
        .coalitions()
        .into_iter()
        .filter(|c| found.exits.iter().any(|exit| exit.coalition == *c && exit.minimal))
        .map(|c| coalitions::who(conflict, c))
        .collect();
    let limit = found.limits.iter().map(|hit| words::limit(&hit.into())).collect::<Vec<_>>().join(" ");
    let text = match smallest.as_slice() {
        [] if found.limits.is_empty() => {
            "No coalition, not even all actors together, gains by leaving.".to_owned()
        }
        [] => "No coalition that gains by leaving was found before the search stopped.".to_owned(),
        [one] => format!("{one} could leave to the gain of all of them."),
        several => format!("Each of these could leave to the gain of all in it: {}.", several.join("; ")),
    };
    if limit.is_empty() { text } else { format!("{text} {}", words::capital(&limit)) }
}

/// Where steps of single actors can end from `state`: the states of each ending.
#[must_use]
pub fn endings(conflict: &Conflict, state: &State, endings: &[Vec<&State>]) -> String {
    if let [only] = endings
        && only.as_slice() == [state]
    {
        return "It ends here: nobody alone moves.".to_owned();
    }
    let mut shown: Vec<String> = endings
        .iter()
        .take(NAMED)
        .filter_map(|states| states.first())
        .map(|state| names::quoted(names::brief(&names::outcome(conflict, state))))
        .collect();
    match endings.len().saturating_sub(NAMED) {
        0 => {}
        1 => shown.push("one other outcome".to_owned()),
        more => shown.push(format!("one of {more} others")),
    }
    format!("By steps of single actors it can end in {}.", words::either(&shown))
}

/// What each conclusion hangs on.
#[must_use]
pub fn hangs(conflict: &Conflict, found: &Trust) -> Vec<String> {
    let told = found.conclusions.len().min(TOLD);
    let mut sentences: Vec<String> = (0..told).map(|at| trust::alone(conflict, found, at)).collect();
    let more = found.conclusions.len().saturating_sub(TOLD);
    if more > 0 {
        let conclusions = words::counted(&more.into(), "more conclusion", "more conclusions");
        sentences.push(format!("{conclusions}: the table has them all."));
    }
    sentences
}
