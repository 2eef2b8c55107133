//! An actor's order of outcomes.

use detente_model::{Conflict, State};
use num_bigint::BigUint;

use super::{Style, of_frame};
use crate::say::names::Namer;
use crate::say::words;
use crate::show::frame::{Cells, Frame};
use crate::wire::Rank;

/// One row per outcome, best first: its rank, its number, and the place of the wish that puts its group above the next
/// one. Of two compared outcomes: one row that says which of them is preferred and why.
#[must_use]
pub fn rank(conflict: &Conflict, found: &Rank, style: Style) -> String {
    of_frame(&rank_frame(conflict, found), style)
}

/// The same as columns.
#[must_use]
pub fn rank_frame(conflict: &Conflict, found: &Rank) -> Frame {
    let mut frame = Frame::default();
    let place = |place: Option<usize>| place.map(|place| place as u64);
    if let Some(between) = &found.between {
        let preferred = match between.preferred {
            Some(crate::wire::Preferred::First) => "first",
            Some(crate::wire::Preferred::Second) => "second",
            None => "neither",
        };
        frame.text("actor", [found.actor.clone()]);
        frame.text("first", [between.first.clone()]);
        frame.text("second", [between.second.clone()]);
        frame.text("preferred", [preferred.to_owned()]);
        frame.push("wish", Cells::Whole(vec![place(between.wish)]));
        frame.text("text", [between.text.clone()]);
        return frame;
    }
    let namer = Namer::of(conflict);
    let mut notes = Vec::new();
    let groups = found.order.as_ref().map_or(&[][..], |order| &order.groups);
    match &found.order {
        None => notes.push("There are too many possible outcomes to list them in order.".to_owned()),
        Some(order) if groups.len() < order.count => notes.push(format!(
            "The {} best of {} groups are listed.",
            words::count(&groups.len().into()),
            words::count(&order.count.into())
        )),
        Some(_) => {}
    }
    let rows = || groups.iter().flat_map(|group| group.states.iter().map(move |state| (group, state)));
    frame.text("actor", rows().map(|_| found.actor.clone()));
    frame.push("rank", Cells::Whole(rows().map(|(group, _)| place(Some(group.rank))).collect()));
    frame.text("state", rows().map(|(_, state)| state.clone()));
    frame.text("outcome", rows().map(|(_, state)| name(&namer, state)));
    frame.push("above_next_by", Cells::Whole(rows().map(|(group, _)| place(group.above_next_by)).collect()));
    frame.text("note", rows().map(|_| String::new()));
    frame.note(&notes);
    frame
}

/// What the outcome of this number is called.
fn name(namer: &Namer<'_>, number: &str) -> String {
    let number: Option<BigUint> = number.parse().ok();
    number.map(|number| namer.outcome(&State::from_big(&number))).unwrap_or_default()
}
