//! The outcomes that do not last: who would leave them, and to what.

use std::collections::HashMap;

use detente_model::{Concept, MoverId, OutcomeStates, State};
use num_bigint::BigUint;

use super::{Solved, lasting};
use crate::find::caps::FOLLOWED;
use crate::find::findings::{Findings, Leaver, Leavers};
use crate::find::states;
use crate::say::{dates, names, words};
use crate::show::doc::{Doc, Item, Line};

/// Characters of a row when the answer is kept to about a screen.
const LINE: usize = 92;

/// Writes the section: the status quo, then the named outcomes of which none lasts.
pub(crate) fn section(doc: &mut Doc, solved: &Solved) {
    let found = &solved.found;
    let Some(lasting) = found.lasting(Concept::Nash) else { return };
    let conflict = &found.conflict;
    let mut items = Vec::new();
    if let Some(today) = conflict.game.status_quo.as_ref().filter(|today| !lasting.contains(today)) {
        let mut item = Item::new(
            Line::new()
                .strong(names::outcome(conflict, today))
                .plain("  ")
                .quiet(format!("the status quo, state {today}")),
        );
        if let Some(options) = lasting::options(conflict, today).filter(|_| !solved.brief) {
            item = item.with(Item::new(options));
        }
        let only = OutcomeStates::Listed(vec![today.clone()]);
        items.push(item.with(Item::new(leaving(found, &only, solved.brief))));
    }
    for (at, outcome) in conflict.outcomes.iter().enumerate() {
        let own = states::named(conflict, at);
        let count = found.count(&own);
        let alone = conflict
            .game
            .status_quo
            .as_ref()
            .is_some_and(|today| count == BigUint::from(1_u32) && conflict.is_outcome(&own, today));
        if count == BigUint::ZERO || alone || !lasting.among(&own).is_empty() {
            continue;
        }
        let name = Line::new()
            .strong(names::named(conflict, outcome))
            .plain(" ")
            .quiet(format!("({})", words::count(&count)));
        let row = name.plain(": ").and(leaving(found, &own, solved.brief));
        items.push(Item::new(if solved.brief { row.shortened(LINE) } else { row }));
    }
    if !items.is_empty() {
        doc.heading_with(
            "What does not last: who would leave, and for what",
            "in brackets: how many outcomes bear the name",
        );
        doc.list(items);
    }
}

/// Who would leave the states of `outcome`, those that would leave most of them first, and to what
/// these would go.
fn leaving(found: &Findings, outcome: &OutcomeStates, brief: bool) -> Line {
    let conflict = &found.conflict;
    let Some(leavers) = found.leavers(Concept::Nash, outcome) else {
        let told = conflict.game.slices().len() > 1;
        return if told { Line::from("Only once a chance event has happened.") } else { Line::new() };
    };
    let Leavers { list: leavers, of: all } = leavers.most_first();
    let Some(most) = leavers.first().map(|leaver| leaver.states.clone()) else {
        let states = found.feasible().among(outcome).first(FOLLOWED.size());
        let but = dates::all_the_same(found, &states);
        return Line::from(format!("Nobody would leave, but {but}{}.", by_the_first(&all, states.len())));
    };
    let (first, rest) = leavers.split_at(leavers.iter().take_while(|leaver| leaver.states == most).count());
    let who: Vec<MoverId> = first.iter().map(|leaver| leaver.mover).collect();
    let told = |leavers: &[Leaver]| {
        let each: Vec<String> = leavers.iter().map(|leaver| names::by(conflict, leaver.mover)).collect();
        words::several(&each)
    };
    let one = BigUint::from(1_u32);
    let mut text = format!("{} would", words::capital(&told(first)));
    if who.len() > 1 && most != all {
        text.push_str(" each");
    }
    text.push_str(" leave");
    if all == one {
    } else if most == all {
        text.push_str(" all of them");
    } else if most == one {
        text.push_str(" one of them");
    } else {
        text.push_str(&format!(" {} of them", words::count(&most)));
    }
    let followed = found.feasible().among(outcome).first(FOLLOWED.size());
    let to = targets(found, &who, &followed);
    if !to.is_empty() {
        text.push_str(&format!(", for {to}{}", by_the_first(&all, followed.len())));
    }
    if brief && !rest.is_empty() {
        let who = if let [one] = rest { names::by(conflict, one.mover) } else { "others".to_owned() };
        text.push_str(&format!("; {who} would leave fewer"));
    } else if !rest.is_empty() {
        // Those who would leave as many are told together.
        for same in rest.chunk_by(|a, b| a.states == b.states) {
            let each = if same.len() > 1 { " each" } else { "" };
            let many = match same.first().map(|leaver| &leaver.states) {
                Some(states) if *states != one => words::count(states),
                _ => "one".to_owned(),
            };
            text.push_str(&format!("; {} would{each} leave {many}", told(same)));
        }
    }
    Line::from(format!("{text}."))
}

/// That not all were followed, in brackets; empty when they were.
fn by_the_first(all: &BigUint, followed: usize) -> String {
    if *all > BigUint::from(followed) {
        format!(" (by the first {} that were followed)", words::count(&followed.into()))
    } else {
        String::new()
    }
}

/// Where the best steps of `movers` lead out of an outcome, by name, the most frequent first: at
/// most two. Steps to states of the same name are left out.
fn targets(found: &Findings, movers: &[MoverId], from: &[State]) -> String {
    let conflict = &found.conflict;
    let namer = names::Namer::of(conflict);
    let mut tally: HashMap<String, usize> = HashMap::new();
    for &mover in movers {
        for state in from {
            if let Some(best) = found.best(mover, state) {
                let (here, there) = (namer.outcome(state), namer.outcome(&best));
                if here != there {
                    *tally.entry(names::brief(&there).to_owned()).or_default() += 1;
                }
            }
        }
    }
    let mut list: Vec<(String, usize)> = tally.into_iter().collect();
    list.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let mut names: Vec<String> = list.iter().take(2).map(|(name, _)| names::quoted(name)).collect();
    if list.len() > 2 {
        names.push("others".to_owned());
    }
    words::either(&names)
}
