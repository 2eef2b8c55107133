//! What happens by when if nobody acts, who can still change it, and what chance events would make of it.

use detente_model::Concept;

use super::Solved;
use crate::find::dates;
use crate::find::findings::Findings;
use crate::say::{names, words};
use crate::show::doc::{Doc, Item};

/// The section; nothing where the case has no date ahead and no chance event.
pub(super) fn section(doc: &mut Doc, solved: &Solved) {
    let mut items: Vec<Item> = Vec::new();
    items.extend(drift(&solved.found).into_iter().map(Item::new));
    items.extend(undone(&solved.found).into_iter().map(Item::new));
    items.extend(chances(&solved.found).into_iter().map(Item::new));
    if !items.is_empty() {
        doc.heading("By when, and what may happen");
        doc.list(items);
    }
}

/// What each date does if nobody acts, and by when somebody can change that.
pub(super) fn drift(found: &Findings) -> Vec<String> {
    let conflict = &found.conflict;
    let Some(dates) = dates::dates(&conflict.game) else { return Vec::new() };
    let mut said: Vec<String> = Vec::new();
    for fired in &dates.drift {
        let title = fired.title.clone().unwrap_or_else(|| fired.id.clone());
        let on = words::date(&fired.on);
        said.push(if fired.fired {
            let then = names::quoted(names::brief(&names::outcome(conflict, &fired.state)));
            format!("If nobody acts, on {on} ({title}) it comes to {then}.")
        } else {
            format!("If nobody acts, {on} ({title}) changes nothing.")
        });
    }
    for (mover, day) in &dates.last_day {
        let who = names::mover(conflict, *mover);
        said.push(match day {
            Some(day) => format!("{who} can change this to their gain until {}.", words::date(day)),
            None => format!("{who} can change this to their gain at any time."),
        });
    }
    if dates.last_day.is_empty() {
        said.push("Nobody, alone or by an act together, gains by changing this.".to_owned());
    }
    if !dates.not_looked_at.is_empty() {
        let who: Vec<String> =
            dates.not_looked_at.iter().map(|mover| names::mover(conflict, *mover)).collect();
        said.push(format!("Not looked at: the moves of {}, who have too many.", words::list(&who)));
    }
    said
}

/// Equilibria that are out of reach, and those that a date undoes.
fn undone(found: &Findings) -> Option<String> {
    let (equilibria, lasting) = (found.equilibria(Concept::Nash)?, found.lasting(Concept::Nash)?);
    let rest = equilibria.count() - lasting.count();
    if rest == num_bigint::BigUint::ZERO {
        return None;
    }
    let what = words::counted(&rest, "other outcome", "other outcomes");
    let dated = found.conflict.game.deadlines_ahead().next().is_some();
    let why = if dated { "out of reach from today, or undone by a date" } else { "out of reach from today" };
    Some(format!("{} would be stable but {why}.", words::capital(&what)))
}

/// What lasts if a chance event happens.
fn chances(found: &Findings) -> Vec<String> {
    let conflict = &found.conflict;
    let Some(form) = conflict.game.option_form() else { return Vec::new() };
    let slices = conflict.game.slices();
    let one = |(at, slice): (usize, &detente_model::Slice)| {
        let chance = form.chances.get(slice.chance?.index())?;
        let what = names::quoted(&chance.text);
        if let Some(Err(rule)) = slice.start {
            let rule = names::rule(conflict, rule);
            return Some(format!("If {what} happens: where things then stand breaks a rule ({rule})."));
        }
        let set = found.solution.verdicts.lasting_in(at, Concept::Nash)?;
        let count = set.count();
        let first = set.first(4);
        Some(if first.is_empty() {
            format!("If {what} happens, nothing lasts.")
        } else {
            let names = words::list(&names::some(conflict, &first, &count, 4));
            format!("If {what} happens, what lasts is {names}.")
        })
    };
    slices.iter().enumerate().filter_map(one).collect()
}
