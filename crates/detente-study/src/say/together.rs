//! Who could leave some outcomes together, in words.

use std::collections::BTreeSet;

use detente_engine::coalition::Coalition;
use detente_model::{Conflict, State};

use crate::find::findings::Findings;
use crate::find::together::{AtOnce, Together, Way};
use crate::say::{coalitions, names, words};

impl Together {
    /// What was not looked at, each as a sentence after a blank; empty when all was.
    pub fn left_out(&self, asked: usize) -> String {
        let mut text = match (self.whole, self.size) {
            (true, _) => String::new(),
            (false, 0 | 1) => {
                " Not looked at: what coalitions could do, for there are too many of them here.".to_owned()
            }
            (false, size) => format!(
                " Not looked at: coalitions of more than {}.",
                if size == 2 { "two".to_owned() } else { size.to_string() }
            ),
        };
        if 0 < self.looked && self.looked < asked {
            let rest = words::count(&(asked - self.looked).into());
            text += &format!(" Not looked at: who could leave the other {rest} of these outcomes together.");
        }
        text
    }

    /// `Azerbaijan and Armenia together could go to “Moscow deal”; with the West, to “Another agreement that holds”`:
    /// those of whom nobody can be spared first, and behind them what they can do with others.
    pub fn words(&self, found: &Findings) -> String {
        let ways = self.ways();
        let from = here(found, &ways);
        let mut parts: Vec<String> = Vec::new();
        let mut told: Vec<Coalition> = Vec::new();
        let larger = |way: &Way<'_>, other: &Way<'_>| {
            other.coalition != way.coalition && way.coalition.is_within(other.coalition)
        };
        let smallest: Vec<&Way<'_>> =
            ways.iter().filter(|way| !ways.iter().any(|other| larger(other, way))).collect();
        for way in smallest.iter().take(NAMED) {
            let here = way.states();
            let to = ends_of(found, &from, &here);
            let (mut also, mut more): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
            for wider in ways.iter().filter(|other| larger(way, other)) {
                if told.contains(&wider.coalition) {
                    continue;
                }
                told.push(wider.coalition);
                // Who adds nothing is not told.
                if wider.ends.iter().all(|(_, exit)| !exit.needs_all) {
                    continue;
                }
                let others = wider.coalition.members().filter(|actor| !way.coalition.contains(*actor));
                let with = format!("with {}", coalitions::inside(&found.conflict, Coalition::of(others)));
                // Each with its own number of outcomes: what others add is not within reach without them.
                let wide = ends_of(found, &from, &wider.states());
                if wide == to {
                    also.push(with);
                } else if same_names(found, &here, &wider.states()) {
                    more.push(format!("{with}, to {wide}"));
                } else {
                    more.push(format!("{with}, also to {wide}"));
                }
            }
            let also =
                if also.is_empty() { String::new() } else { format!(" (or {})", words::either(&also)) };
            let who = coalitions::inside(&found.conflict, way.coalition);
            parts.push(format!("{who} together{also} could go to {to}"));
            parts.extend(more);
        }
        let rest = smallest.len().saturating_sub(NAMED);
        if rest > 0 {
            let others = words::counted(&rest.into(), "other coalition", "other coalitions");
            parts.push(format!("{others} could leave, too"));
        }
        parts.join("; ")
    }
}

/// What several would gain that acted at the same time, as a sentence; empty when nothing.
pub fn at_once(found: &Findings, list: &[AtOnce]) -> String {
    let mut groups: Vec<(Coalition, Vec<State>)> = Vec::new();
    for end in list {
        match groups.iter_mut().find(|(coalition, _)| *coalition == end.coalition) {
            Some((_, ends)) => ends.push(end.to.clone()),
            None => groups.push((end.coalition, vec![end.to.clone()])),
        }
    }
    if groups.is_empty() {
        return String::new();
    }
    let mut parts: Vec<String> = groups
        .iter()
        .take(NAMED)
        .map(|(who, to)| {
            format!("{} could go to {}", coalitions::inside(&found.conflict, *who), ends(found, to))
        })
        .collect();
    if groups.len() > NAMED {
        let rest = groups.len() - NAMED;
        let others = words::counted(&rest.into(), "other coalition", "other coalitions");
        parts.push(format!("{others} could do so, too"));
    }
    format!("By acting at the same time, for the rules leave no step between, {}.", parts.join("; "))
}

/// Coalitions that are named one by one.
const NAMED: usize = 5;

/// Whether two sets of outcomes bear the same names.
fn same_names(found: &Findings, a: &[State], b: &[State]) -> bool {
    let names = |states: &[State]| -> BTreeSet<String> {
        states.iter().map(|state| names::outcome(&found.conflict, state)).collect()
    };
    names(a) == names(b)
}

/// Outcomes by name, those of one name together: `“Moscow deal” or “Another agreement that holds” (5
/// outcomes)`.
pub fn ends(found: &Findings, states: &[State]) -> String {
    ends_of(found, "", states)
}

/// As [`ends`], from an outcome of which the brief name is `here`: whoever goes to another one of this name goes to
/// another form of it.
pub fn ends_of(found: &Findings, here: &str, states: &[State]) -> String {
    from_here(&found.conflict, here, states, 4)
}

/// As [`ends_of`], at most `most` names.
pub(super) fn from_here(conflict: &Conflict, here: &str, states: &[State], most: usize) -> String {
    let (groups, rest) = names::grouped(conflict, states, most);
    let mut list: Vec<String> = groups
        .iter()
        .map(|(name, count)| match (name == here, *count) {
            (true, 1) => format!("another form of {}", names::quoted(name)),
            (true, count) => format!("{count} other forms of {}", names::quoted(name)),
            (false, 1) => names::quoted(name),
            (false, count) => format!("{} ({count} outcomes)", names::quoted(name)),
        })
        .collect();
    if rest > 0 {
        list.push(words::counted(&rest.into(), "other outcome", "other outcomes"));
    }
    words::either(&list)
}

/// The brief name that all outcomes from which these ways go have; empty where there are several.
fn here(found: &Findings, ways: &[Way<'_>]) -> String {
    let from: BTreeSet<&State> = ways.iter().flat_map(|way| way.ends.iter().map(|(from, _)| from)).collect();
    let names: BTreeSet<String> = from
        .into_iter()
        .map(|state| names::brief(&names::outcome(&found.conflict, state)).to_owned())
        .collect();
    if names.len() == 1 { names.into_iter().next().unwrap_or_default() } else { String::new() }
}
