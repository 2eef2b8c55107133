//! Who could leave an outcome together, and what no coalition can undo, in words.

use detente_engine::StateSet;
use detente_engine::coalition::{Coalition, CoalitionConcept, CoalitionNash, CoalitionTable, Exits};
use detente_model::{ActorId, Conflict, State};

use crate::say::{names, reason, together, words, written};
use crate::show::doc::{Column, Doc, Item, Line, Table};

/// Ways of one coalition that are told step by step, and outcomes that are named one by one.
const SHOWN: usize = 3;
const NAMED: usize = 8;

/// The members of a coalition at the start of a sentence.
pub fn who(conflict: &Conflict, coalition: Coalition) -> String {
    let members: Vec<ActorId> = coalition.members().collect();
    names::actors(conflict, &members)
}

/// The members of a coalition inside a sentence: `the West and Russia`.
pub fn inside(conflict: &Conflict, coalition: Coalition) -> String {
    names::inside_all(conflict, &coalition.members().collect::<Vec<_>>())
}

/// A step of one actor or of several together: `Ann and Bob together would sign`.
pub fn step(conflict: &Conflict, parties: &[ActorId], from: &State, to: &State) -> String {
    let together = if parties.len() > 1 { " together" } else { "" };
    let who = names::inside_all(conflict, parties);
    format!("{who}{together} would {}", reason::do_together(conflict, parties, from, to))
}

/// The exits of a state by coalition, as sentences.
pub fn sentences(conflict: &Conflict, state: &State, exits: &Exits) -> Vec<Item> {
    let mut items = Vec::new();
    for coalition in exits.coalitions() {
        let mut ends: Vec<&detente_engine::coalition::Exit> =
            exits.exits.iter().filter(|e| e.coalition == coalition).collect();
        // First what it takes all of them for.
        ends.sort_by_key(|exit| !exit.needs_all);
        let states: Vec<State> = ends.iter().map(|e| e.to.clone()).collect();
        let briefly = names::briefly(conflict, &states[..states.len().min(SHOWN)]);
        let alone = coalition.size() == 1;
        let mut item = Item::new(
            Line::new()
                .strong(who(conflict, coalition))
                .plain(if alone { " alone" } else { " together" })
                .plain(format!(" could go to {}", several(conflict, state, &states)))
                .plain(match ends.first() {
                    _ if ends.iter().all(|exit| !exit.needs_all) => {
                        ": fewer of them could go there, and the others would gain by it."
                    }
                    Some(exit) if !exit.minimal => ", though fewer of them could leave too.",
                    _ => ".",
                }),
        );
        for (exit, name) in ends.iter().zip(&briefly).take(SHOWN) {
            let mut from = state.clone();
            let mut steps = Vec::new();
            for (mover, to) in &exit.sequence {
                steps.push(step(conflict, &conflict.game.parties(*mover), &from, to));
                from = to.clone();
            }
            let line = Line::new().quiet(format!("{name}: ")).plain(format!("{}.", steps.join(", then ")));
            item = item.with(Item::new(line));
        }
        if ends.len() > SHOWN {
            let more = words::counted(&(ends.len() - SHOWN).into(), "other way", "other ways");
            item =
                item.with(Item::new(Line::new().quiet(format!("and {more}: --format json lists them all"))));
        }
        items.push(item);
    }
    items
}

/// Outcomes by name, as seen from `here`; of several with one name how many there are.
fn several(conflict: &Conflict, here: &State, states: &[State]) -> String {
    let here = names::outcome(conflict, here);
    together::from_here(conflict, names::brief(&here), states, NAMED)
}

/// When an outcome is stable for a coalition, in one line.
fn meaning(concept: CoalitionConcept) -> &'static str {
    match concept {
        CoalitionConcept::Nash => {
            "its members cannot reach together, one step after the other, an outcome that all of them prefer"
        }
        CoalitionConcept::Gmr => {
            "or they can, but those outside have an answer after which some member is no better off"
        }
        CoalitionConcept::Smr => "as c-gmr, and the members have no way out of that answer",
        CoalitionConcept::Seq => {
            "as c-gmr, but those outside answer only with steps that all who make them prefer"
        }
    }
}

/// What those outside may do, as a condition.
fn answering(concept: CoalitionConcept) -> &'static str {
    match concept {
        CoalitionConcept::Nash => "if nobody outside answers",
        CoalitionConcept::Gmr => "if those outside may answer with any moves",
        CoalitionConcept::Smr => "if they may, and the coalition must have no way out of the answer",
        CoalitionConcept::Seq => "if those outside answer only with steps that all who make them prefer",
    }
}

/// The report on one state.
pub fn state_doc(conflict: &Conflict, state: &State, exits: &Exits, table: Option<&CoalitionTable>) -> Doc {
    let mut doc = Doc::default();
    doc.title(
        format!("Who could leave: {}", names::outcome(conflict, state)),
        Some(format!("state {state}")),
    );
    let items = sentences(conflict, state, exits);
    if items.is_empty() {
        doc.say("No coalition can leave this outcome to the gain of all its members.");
    } else {
        doc.say("Every member of a coalition named here prefers the outcome to which it would go.");
        doc.list(items);
    }
    if let Some(table) = table
        && let Some(at) = table.states().iter().position(|s| s == state)
    {
        doc.heading("Reckoning with the answers of those outside");
        let mut told: Vec<(String, CoalitionConcept)> = Vec::new();
        let computed =
            |c: &CoalitionConcept| table.coalitions().any(|h| table.is_stable(*c, h, at).is_some());
        for concept in CoalitionConcept::ALL.into_iter().skip(1).filter(computed) {
            let leaving: Vec<String> = table
                .coalitions()
                .filter(|h| table.is_stable(concept, *h, at) == Some(false))
                .map(|h| inside(conflict, h))
                .collect();
            let text = if leaving.is_empty() {
                "no coalition would leave".to_owned()
            } else {
                format!("{} would still leave", leaving.join("; "))
            };
            told.push((words::capital(&text), concept));
        }
        // Concepts with the same answer together.
        let mut list: Vec<Item> = Vec::new();
        while let Some((text, _)) = told.first().cloned() {
            let (same, rest): (Vec<_>, Vec<_>) = told.into_iter().partition(|(other, _)| *other == text);
            told = rest;
            let item = Item::new(format!("{text}:"));
            list.push(same.iter().fold(item, |item, (_, concept)| {
                item.with(Item::marked(Line::new().quiet(concept.id()), answering(*concept)))
            }));
        }
        doc.list(list);
    }
    words::limits(&mut doc, &exits.limits);
    words::limits(&mut doc, table.map_or(&[], |table| &table.limits));
    written::say_of_steps(&mut doc, conflict);
    doc
}

/// The report on the whole conflict.
pub fn table_doc(conflict: &Conflict, table: &CoalitionTable, list: usize) -> Doc {
    let mut doc = Doc::default();
    doc.title("Coalitions", Some(conflict.about.title.clone()));
    let mut rows = Table::new(
        std::iter::once(Column::text("Coalition"))
            .chain(CoalitionConcept::ALL.map(|c| Column::number(c.id()))),
    );
    let count = |n: usize| Line::from(words::count(&n.into()));
    let missing = || Line::new().quiet("–");
    for h in table.coalitions().take(list) {
        rows.row(std::iter::once(Line::from(who(conflict, h))).chain(
            CoalitionConcept::ALL.map(|c| table.stable(c, h).map_or_else(missing, |s| count(s.len()))),
        ));
    }
    rows.total(
        std::iter::once(Line::from("All of them"))
            .chain(CoalitionConcept::ALL.map(|c| table.proof(c).map_or_else(missing, |s| count(s.len())))),
    );
    doc.heading_with(
        "How many outcomes each would stay at",
        format!("of {}", words::count(&table.states().len().into())),
    );
    doc.table(rows);
    let more = table.coalitions().count().saturating_sub(list);
    if more > 0 {
        doc.say(Line::new().quiet(format!(
            "and {}: --list shows them.",
            words::counted(&more.into(), "more coalition", "more coalitions")
        )));
    }
    let computed = |c: &CoalitionConcept| table.coalitions().any(|h| table.stable(*c, h).is_some());
    let meanings = CoalitionConcept::ALL.into_iter().filter(computed);
    doc.list(meanings.map(|c| Item::marked(Line::new().quiet(c.id()), format!("{}.", meaning(c)))).collect());
    // Concepts with the same answer together.
    let mut told: Vec<(Vec<State>, Vec<&str>)> = Vec::new();
    for concept in CoalitionConcept::ALL {
        let Some(proof) = table.proof(concept) else { continue };
        let proof: Vec<State> = proof.into_iter().cloned().collect();
        match told.iter_mut().find(|(other, _)| *other == proof) {
            Some((_, ids)) => ids.push(concept.id()),
            None => told.push((proof, vec![concept.id()])),
        }
    }
    for (proof, ids) in told {
        let ids = words::list(&ids);
        if proof.is_empty() {
            doc.say(format!("No outcome is proof against every coalition ({ids})."));
            continue;
        }
        let mut named: Vec<String> = names::briefly(conflict, &proof[..proof.len().min(NAMED)])
            .iter()
            .map(|name| names::quoted(name))
            .collect();
        if proof.len() > NAMED {
            let more = (proof.len() - NAMED).into();
            named.push(words::counted(&more, "more outcome", "more outcomes"));
        }
        doc.say(format!("Proof against every coalition ({ids}): {}.", words::list(&named)));
    }
    words::limits(&mut doc, &table.limits);
    written::say_of_steps(&mut doc, conflict);
    doc
}

/// The report on C-Nash for a conflict with more outcomes than can be listed.
pub fn nash_doc(conflict: &Conflict, found: &CoalitionNash, list: usize) -> Doc {
    let mut doc = Doc::default();
    doc.title("Coalitions", Some(conflict.about.title.clone()));
    let all = found.feasible().count();
    let count = |set: Option<Box<dyn StateSet + '_>>| {
        set.map_or_else(|| Line::new().quiet("not done"), |set| Line::from(words::count(&set.count())))
    };
    let mut rows = Table::new([Column::text("Coalition"), Column::number("c-nash")]);
    for h in found.coalitions().take(list) {
        rows.row([Line::from(who(conflict, h)), count(found.stable(h))]);
    }
    rows.total([Line::from("All of them"), count(found.proof())]);
    doc.heading_with("How many outcomes each would stay at", format!("of {}", words::count(&all)));
    doc.table(rows);
    let more = found.coalitions().count().saturating_sub(list);
    if more > 0 {
        doc.say(Line::new().quiet(format!(
            "and {}: --list shows them.",
            words::counted(&more.into(), "more coalition", "more coalitions")
        )));
    }
    doc.say(Line::new().quiet(format!("c-nash: {}.", meaning(CoalitionConcept::Nash))));
    if let Some(proof) = found.proof() {
        let first = proof.first(4);
        let names: Vec<String> =
            names::briefly(conflict, &first).iter().map(|name| names::quoted(name)).collect();
        doc.say(match (first.len(), proof.count()) {
            (0, _) => "No outcome is proof against every coalition.".to_owned(),
            (shown, all) if all == shown.into() => {
                format!("Proof against every coalition: {}.", words::list(&names))
            }
            (_, all) => format!(
                "Proof against every coalition: {} outcomes, such as {}.",
                words::count(&all),
                words::list(&names)
            ),
        });
    }
    words::limits(&mut doc, &found.limits);
    written::say_of_steps(&mut doc, conflict);
    doc
}
