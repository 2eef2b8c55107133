//! Who can leave together.

use super::{Style, flag, note, table};
use crate::say::words;
use crate::wire::{CoalitionSet, Coalitions};

/// Of one outcome: one row per way to leave it together (`exit`) and per coalition for which it is stable (`stable`).
/// Of the whole case: one row per concept and coalition (`stable`), and per concept what is proof against all of them
/// (`proof`): how many outcomes, and their numbers with blanks between.
#[must_use]
pub fn coalitions(found: &Coalitions, style: Style) -> String {
    let head: Vec<String> =
        ["kind", "concept", "coalition", "outcomes", "states", "to", "steps", "minimal", "needs_all", "note"]
            .map(str::to_owned)
            .into();
    let mut rows: Vec<Vec<String>> = Vec::new();
    let empty = String::new;
    for exit in &found.exits {
        let steps: Vec<String> = exit
            .sequence
            .iter()
            .map(|step| format!("{}: {}", step.mover.as_deref().unwrap_or_default(), step.to))
            .collect();
        rows.push(vec![
            "exit".to_owned(),
            empty(),
            exit.coalition.join("+"),
            empty(),
            empty(),
            exit.to.clone(),
            steps.join("; "),
            flag(exit.minimal),
            flag(exit.needs_all),
            empty(),
        ]);
    }
    let mut set = |kind: &str, concept: &str, coalition: &str, set: Option<&CoalitionSet>| {
        let (count, states, note) = match set {
            None => (empty(), empty(), empty()),
            Some(set) => match &set.states {
                Some(states) => {
                    let states: Vec<String> = states.iter().map(u64::to_string).collect();
                    (set.count.clone(), states.join(" "), empty())
                }
                None => (set.count.clone(), empty(), "Too many to list: --list N.".to_owned()),
            },
        };
        let mut row = vec![kind.to_owned(), concept.to_owned(), coalition.to_owned(), count, states];
        row.resize(head.len() - 1, String::new());
        row.push(note);
        rows.push(row);
    };
    for (concept, all) in &found.stable {
        for coalition in all {
            set("stable", concept, &coalition.join("+"), None);
        }
    }
    for (concept, all) in &found.table {
        for (coalition, states) in all {
            set("stable", concept, coalition, Some(states));
        }
    }
    for (concept, states) in &found.proof {
        set("proof", concept, "", Some(states));
    }
    let limits: Vec<String> = found.limits.iter().map(words::limit).collect();
    note(&head, &mut rows, &limits);
    rows.insert(0, head);
    table(&rows, style)
}
