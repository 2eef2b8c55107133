//! The votes of a case: what they take, and who alone could turn them where something lasts.

use detente_model::Concept;

use super::Solved;
use crate::find::power::votes;
use crate::say::{names, power};
use crate::show::doc::{Doc, Item, Line};

/// Outcomes that last of which it is told how a vote stands there.
const TOLD: usize = 3;

/// Writes the section, in cases where something takes a vote.
pub(crate) fn section(doc: &mut Doc, solved: &Solved) {
    let conflict = &solved.found.conflict;
    let all = votes(conflict);
    if all.is_empty() {
        return;
    }
    let lasting = solved.found.lasting(Concept::Nash);
    let (first, count) = lasting.map(|set| (set.first(TOLD), set.count())).unwrap_or_default();
    let items = all.iter().map(|vote| {
        let line = Line::new().strong(power::title(conflict, vote)).plain("  ");
        let mut item = Item::new(line.plain(power::sentence(conflict, vote)));
        for state in &first {
            if let Some(told) = power::pivots(conflict, vote, state) {
                let name = names::quoted(names::brief(&names::outcome(conflict, state)));
                item = item.with(Item::new(Line::from(format!("Where {name} lasts: {told}."))));
            }
        }
        item
    });
    let items: Vec<Item> = items.collect();
    let note = (count > first.len().into()).then_some("in the first three outcomes that last");
    match note {
        Some(note) => doc.heading_with("Votes", note),
        None => doc.heading("Votes"),
    }
    doc.list(items);
}
