//! The outcomes that last: named, with what is on and what differs from the status quo.

use detente_model::{ActorId, Concept, Conflict, QuestionKind, State};
use num_bigint::BigUint;

use super::Solved;
use crate::say::standing::Standing;
use crate::say::{concept, names, structure, words};
use crate::show::doc::{Doc, Item, Line, Tone};

/// Up to this many are described one by one.
const DESCRIBED: usize = structure::LISTED;

/// Characters of all outcomes together, when the answer is kept to about a screen: one line for each of six.
const BRIEF: usize = 450;

/// Writes the section.
pub(crate) fn section(doc: &mut Doc, solved: &Solved) {
    let found = &solved.found;
    let Some(lasting) = found.lasting(Concept::Nash) else { return };
    let (count, all) = (lasting.count(), found.feasible().count());
    let more = found.equilibria(Concept::Nash).is_some_and(|stable| stable.count() > count);
    let heading = concept::what_lasts(&found.conflict.game, more);
    let of = format!(
        "{} of {} (Nash)",
        words::count(&count),
        words::counted(&all, "possible outcome", "possible outcomes")
    );
    doc.heading_with(heading, of);
    if count == BigUint::ZERO {
        doc.list(vec![Item::new("Nothing: someone would leave each of them.")]);
        return;
    }
    let first = lasting.first(DESCRIBED + 1);
    if first.len() <= DESCRIBED {
        doc.list(described(solved, first));
    } else {
        doc.list(structure::items(found, &*lasting, solved.seed, solved.brief));
        let each = solved.lasting.outcomes.iter().filter(|_| !solved.brief);
        let one = |standing: &Standing| {
            let state = &standing.state;
            let name = Line::new().strong(names::outcome(&found.conflict, state)).plain("  ");
            let item = Item::new(name.quiet(format!("for example state {state}")));
            with_all(item, said(solved, standing))
        };
        doc.list(each.map(one).collect());
    }
    if !solved.project.is_empty() {
        structure::projection(doc, found, &*lasting, &solved.project);
    }
}

/// Each outcome with what is on in it; the status quo first.
fn described(solved: &Solved, mut list: Vec<State>) -> Vec<Item> {
    let conflict = &solved.found.conflict;
    let today = conflict.game.status_quo.as_ref();
    list.sort_by_key(|state| Some(state) != today);
    // In brief, what differs stands below each.
    let names = if solved.brief {
        list.iter().map(|state| names::outcome(conflict, state)).collect()
    } else {
        names::apart(conflict, &list)
    };
    list.iter()
        .zip(names)
        .enumerate()
        .map(|(at, (state, name))| {
            let name = Line::new().strong(name).plain("  ");
            let name = if Some(state) == today {
                name.quiet(format!("the status quo, state {state}"))
            } else {
                name.quiet(format!("state {state}"))
            };
            let item = Item::marked(Line::new().quiet((at + 1).to_string()), name);
            let line = if solved.brief {
                structure::changes(conflict, state).map(|line| line.shortened(BRIEF / list.len().max(1)))
            } else {
                options(conflict, state)
            };
            let item = with_all(item, line.map(Item::new));
            let lines = solved.lasting.of(state).map(|standing| said(solved, standing));
            with_all(item, lines.unwrap_or_default())
        })
        .collect()
}

/// What is said of an outcome; nothing where the answer is kept to about a screen, since a sentence cut off says
/// nothing.
fn said(solved: &Solved, standing: &Standing) -> Vec<Item> {
    if solved.brief { vec![] } else { standing.lines(&solved.found, asked(solved, &standing.state)) }
}

fn with_all(item: Item, below: impl IntoIterator<Item = Item>) -> Item {
    below.into_iter().fold(item, Item::with)
}

/// Whether a question of the case has said already who could leave `state` together, and to what.
fn asked(solved: &Solved, state: &State) -> bool {
    let conflict = &solved.found.conflict;
    conflict.questions.iter().any(|question| match (question.kind, &question.outcome) {
        (QuestionKind::Movers, _) => {
            question.from.as_ref().or(conflict.game.status_quo.as_ref()) == Some(state)
        }
        (QuestionKind::Blockers, Some(outcome)) => conflict.is_outcome(outcome, state),
        _ => false,
    })
}

/// What is on in `state`, actor by actor; `+` and `−` mark what is new or given up against the
/// status quo, and actors for which nothing differs come last, together. `None` in graph form.
pub(crate) fn options(conflict: &Conflict, state: &State) -> Option<Line> {
    let game = &conflict.game;
    if game.options().is_empty() {
        return None;
    }
    let today = game.status_quo.as_ref().filter(|today| *today != state);
    let mut line = Line::new();
    let mut same = Vec::new();
    // Acts and chance events stand last: they are nobody's own.
    for actor in game.actor_ids().chain([ActorId::NOBODY]) {
        let mut parts: Vec<(Tone, String)> = Vec::new();
        for option in game.things_of(actor) {
            let level = names::level(conflict, option, state);
            let text = level.as_deref().unwrap_or(names::option(conflict, option));
            if level.is_some() {
                let moved = today.is_some_and(|today| names::level(conflict, option, today) != level);
                let (tone, sign) = if moved { (Tone::Marked, "→ ") } else { (Tone::Plain, "") };
                parts.push((tone, format!("{sign}{text}")));
                continue;
            }
            match (state.is_on(option), today.map(|today| today.is_on(option))) {
                (true, Some(false)) => parts.push((Tone::Marked, format!("+ {text}"))),
                (false, Some(true)) => parts.push((Tone::Marked, format!("− {text}"))),
                (true, _) => parts.push((Tone::Plain, text.to_owned())),
                (false, _) => {}
            }
        }
        if today.is_some() && parts.iter().all(|(tone, _)| *tone == Tone::Plain) && actor != ActorId::NOBODY {
            same.push(actor);
            continue;
        }
        if parts.is_empty() {
            continue;
        }
        if !line.is_empty() {
            line = line.plain(" ");
        }
        line = line.strong(format!("{}:", names::group(conflict, actor))).plain(" ");
        let last = parts.len() - 1;
        for (at, (tone, text)) in parts.into_iter().enumerate() {
            line = line.then(tone, text).plain(if at == last { "." } else { "; " });
        }
    }
    if line.is_empty() {
        return Some(Line::from("Nothing is done."));
    }
    if !same.is_empty() {
        line = line.quiet(format!(" {} as today.", names::actors(conflict, &same)));
    }
    Some(line)
}
