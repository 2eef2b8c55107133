//! Outcomes one by one.

use detente_model::OptionId;

use super::{Style, of_frame};
use crate::find::listing::{Choice, Listing, Others};
use crate::say::listing;
use crate::say::names::Namer;
use crate::show::frame::{Cells, Frame};

/// How many rows there are when nothing else is asked for, and at least room for what lasts.
const ROWS: usize = 65_536;

/// 1 or 0; the level of what has levels, `off` for an act with levels that is off.
fn stands(found: &Listing<'_>, thing: OptionId) -> Cells {
    let form = found.conflict.game.option_form();
    match form.and_then(|form| form.scale_of(thing)) {
        Some(scale) => {
            let level = |at: usize| scale.values.word(at);
            let word = |state| scale.value(state).map_or_else(|| "off".to_owned(), level);
            Cells::Text(found.rows.iter().map(|row| Some(word(&row.state))).collect())
        }
        None => Cells::Flag(found.rows.iter().map(|row| Some(row.state.is_on(thing))).collect()),
    }
}

/// The outcomes of a CSV file: the status quo and what lasts always, others up to `list` rows.
#[must_use]
pub fn choice(list: Option<usize>) -> Choice {
    Choice { most: list.unwrap_or(ROWS), bound: ROWS, others: Others::Fill }
}

/// One row per outcome: number, place among all possible outcomes, pattern, name, a note, one column per option (1 on,
/// 0 off; the level of what has levels), the rank in each actor's order of all possible outcomes (1 is best, ties are equal), per concept and mover
/// (actors, then those who move together) whether it is stable (1, 0), and per concept whether it is for everybody, and
/// whether it lasts. An outcome after a chance event has the verdicts of that slice. What is not known is an empty cell.
///
/// The note marks the status quo; in the first row it says what is not listed, and what could not be computed and why.
#[must_use]
pub fn outcomes(found: &Listing<'_>, style: Style) -> String {
    of_frame(&outcomes_frame(found), style)
}

/// The same as columns.
#[must_use]
pub fn outcomes_frame(found: &Listing<'_>) -> Frame {
    let game = &found.conflict.game;
    let options = game.options().len();
    let movers: Vec<String> = game.movers().iter().map(|mover| game.mover_id(mover)).collect();
    let namer = Namer::of(found.conflict);
    let mut frame = Frame::default();
    frame.text("state", found.rows.iter().map(|row| row.state.to_string()));
    let place = |place: Option<usize>| place.map(|place| place as u64);
    frame.push("ordinal", Cells::Whole(found.rows.iter().map(|row| place(row.ordinal)).collect()));
    frame.text(
        "pattern",
        found.rows.iter().map(|row| {
            (0..options).map(|o| if row.state.is_on(o.into()) { 'Y' } else { 'N' }).collect::<String>()
        }),
    );
    frame.text("outcome", found.rows.iter().map(|row| namer.outcome(&row.state)));
    let note = |status_quo| if status_quo { "The status quo." } else { "" }.to_owned();
    frame.text("note", found.rows.iter().map(|row| note(row.status_quo)));
    for thing in game.things() {
        frame.push(game.option_name(thing), stands(found, thing));
    }
    for (at, actor) in game.actors.iter().enumerate() {
        let ranks = found.rows.iter().map(|row| place(row.ranks.get(at).copied()));
        frame.push(format!("rank.{}", actor.id), Cells::Whole(ranks.collect()));
    }
    for column in &found.concepts {
        let concept = column.concept.id();
        for (at, mover) in movers.iter().enumerate() {
            let (list, at) = match at.checked_sub(game.actors.len()) {
                None => (&column.stable, at),
                Some(at) => (&column.joint, at),
            };
            let known = list.iter().map(|row| row.get(at).copied().flatten());
            frame.push(format!("{concept}.{mover}"), Cells::Flag(known.collect()));
        }
        frame.push(format!("{concept}.equilibrium"), Cells::Flag(column.equilibrium.clone()));
        frame.push(format!("{concept}.lasts"), Cells::Flag(column.lasts.clone()));
    }
    frame.note(&listing::notes(found));
    frame
}
