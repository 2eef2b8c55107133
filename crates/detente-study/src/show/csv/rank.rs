//! An actor's order of outcomes.

use detente_model::{Conflict, State};
use num_bigint::BigUint;

use super::{Style, note, table};
use crate::say::names::Namer;
use crate::say::words;
use crate::wire::Rank;

/// One row per outcome, best first: its rank, its number, and the place of the wish that puts its group above the next
/// one. Of two compared outcomes: one row that says which of them is preferred and why.
#[must_use]
pub fn rank(conflict: &Conflict, found: &Rank, style: Style) -> String {
    if let Some(between) = &found.between {
        let preferred = match between.preferred {
            Some(crate::wire::Preferred::First) => "first",
            Some(crate::wire::Preferred::Second) => "second",
            None => "neither",
        };
        let wish = between.wish.map(|place| place.to_string()).unwrap_or_default();
        let row = [&found.actor, &between.first, &between.second, preferred, &wish, &between.text];
        return table(&[["actor", "first", "second", "preferred", "wish", "text"], row], style);
    }
    let head: Vec<String> =
        ["actor", "rank", "state", "outcome", "above_next_by", "note"].map(str::to_owned).into();
    let namer = Namer::of(conflict);
    let mut rows = Vec::new();
    let mut notes = Vec::new();
    match &found.order {
        None => notes.push("There are too many possible outcomes to list them in order.".to_owned()),
        Some(order) => {
            for group in &order.groups {
                let by = group.above_next_by.map(|place| place.to_string()).unwrap_or_default();
                rows.extend(group.states.iter().map(|state| {
                    vec![
                        found.actor.clone(),
                        group.rank.to_string(),
                        state.clone(),
                        name(&namer, state),
                        by.clone(),
                        String::new(),
                    ]
                }));
            }
            if order.groups.len() < order.count {
                notes.push(format!(
                    "The {} best of {} groups are listed.",
                    words::count(&order.groups.len().into()),
                    words::count(&order.count.into())
                ));
            }
        }
    }
    note(&head, &mut rows, &notes);
    rows.insert(0, head);
    table(&rows, style)
}

/// What the outcome of this number is called.
fn name(namer: &Namer<'_>, number: &str) -> String {
    let number: Option<BigUint> = number.parse().ok();
    number.map(|number| namer.outcome(&State::from_big(&number))).unwrap_or_default()
}
