//! Who could leave some outcomes together, in words.

use std::collections::BTreeSet;

use detente_engine::coalition::Coalition;
use detente_model::State;

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
        let mut parts: Vec<String> = Vec::new();
        let mut told: Vec<Coalition> = Vec::new();
        let larger = |way: &Way<'_>, other: &Way<'_>| {
            other.coalition != way.coalition && way.coalition.is_within(other.coalition)
        };
        let smallest: Vec<&Way<'_>> =
            ways.iter().filter(|way| !ways.iter().any(|other| larger(other, way))).collect();
        for way in smallest.iter().take(NAMED) {
            let mut here = way.states();
            let (mut also, mut more): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
            for wider in ways.iter().filter(|other| larger(way, other)) {
                if told.contains(&wider.coalition) {
                    continue;
                }
                told.push(wider.coalition);
                let others = wider.coalition.members().filter(|actor| !way.coalition.contains(*actor));
                let with = format!("with {}", coalitions::inside(&found.conflict, Coalition::of(others)));
                if same_names(found, &here, &wider.states()) {
                    also.push(with);
                    here.extend(wider.states());
                } else {
                    more.push(format!("{with}, also to {}", ends(found, &wider.states())));
                }
            }
            here.sort_unstable();
            here.dedup();
            let also =
                if also.is_empty() { String::new() } else { format!(" (or {})", words::either(&also)) };
            let who = coalitions::inside(&found.conflict, way.coalition);
            parts.push(format!("{who} together{also} could go to {}", ends(found, &here)));
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
    const NAMED: usize = 4;
    let (groups, rest) = names::grouped(&found.conflict, states, NAMED);
    let mut list: Vec<String> = groups
        .iter()
        .map(|(name, count)| {
            let quoted = names::quoted(name);
            if *count > 1 { format!("{quoted} ({count} outcomes)") } else { quoted }
        })
        .collect();
    if rest > 0 {
        list.push(words::counted(&rest.into(), "other outcome", "other outcomes"));
    }
    words::either(&list)
}
