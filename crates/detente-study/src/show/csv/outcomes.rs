//! Outcomes one by one.

use detente_model::{OptionId, State};

use super::{Style, flag, note, table};
use crate::find::listing::{Choice, Listing, Others};
use crate::say::listing;
use crate::say::names::Namer;

/// How many rows there are when nothing else is asked for, and at least room for what lasts.
const ROWS: usize = 65_536;

/// `1` or `0`; the level of what has levels, `off` for an act with levels that is off.
fn stands(found: &Listing<'_>, thing: OptionId, state: &State) -> String {
    match found.conflict.game.option_form().and_then(|form| form.scale_of(thing)) {
        Some(scale) => scale.value(state).map_or_else(|| "off".to_owned(), |at| scale.values.word(at)),
        None => flag(state.is_on(thing)),
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
    let game = &found.conflict.game;
    let options = game.options().len();
    let things: Vec<OptionId> = game.things().collect();
    let movers: Vec<String> = game.movers().iter().map(|mover| game.mover_id(mover)).collect();
    let mut head: Vec<String> = ["state", "ordinal", "pattern", "outcome", "note"].map(str::to_owned).into();
    head.extend(things.iter().map(|thing| game.option_name(*thing)));
    head.extend(game.actors.iter().map(|a| format!("rank.{}", a.id)));
    for column in &found.concepts {
        let concept = column.concept.id();
        head.extend(movers.iter().map(|mover| format!("{concept}.{mover}")));
        head.push(format!("{concept}.equilibrium"));
        head.push(format!("{concept}.lasts"));
    }
    let namer = Namer::of(found.conflict);
    let known = |yes: Option<bool>| yes.map(flag).unwrap_or_default();
    let mut rows: Vec<Vec<String>> = Vec::with_capacity(found.rows.len() + 1);
    for (at, row) in found.rows.iter().enumerate() {
        let on = |o: usize| row.state.is_on(o.into());
        let mut cells = vec![
            row.state.to_string(),
            row.ordinal.map(|ordinal| ordinal.to_string()).unwrap_or_default(),
            (0..options).map(|o| if on(o) { 'Y' } else { 'N' }).collect(),
            namer.outcome(&row.state),
            if row.status_quo { "The status quo." } else { "" }.to_owned(),
        ];
        cells.extend(things.iter().map(|thing| stands(found, *thing, &row.state)));
        let rank = |actor: usize| row.ranks.get(actor).map(usize::to_string).unwrap_or_default();
        cells.extend((0..game.actors.len()).map(rank));
        for column in &found.concepts {
            cells.extend(column.stable[at].iter().map(|&yes| known(yes)));
            let joint = |of: usize| known(column.joint[at].get(of).copied().flatten());
            cells.extend((0..movers.len() - game.actors.len()).map(joint));
            cells.push(known(column.equilibrium[at]));
            cells.push(known(column.lasts[at]));
        }
        rows.push(cells);
    }
    note(&head, &mut rows, &listing::notes(found));
    rows.insert(0, head);
    table(&rows, style)
}
