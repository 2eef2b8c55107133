//! What the answer rests on: assumptions, limits of the case, bounds that were hit.

use detente_engine::Engine;
use detente_model::{Conflict, Preference, Statement};

use super::Solved;
use crate::find::findings::Findings;
use crate::find::shares::drawable;
use crate::say::agree::Agree;
use crate::say::{names, reason, words, written};
use crate::show::doc::{Doc, Item, Line};

/// Writes the section.
pub(crate) fn section(doc: &mut Doc, solved: &Solved) {
    let conflict = &solved.found.conflict;
    let assumed = assumptions(conflict);
    if solved.brief {
        brief(doc, solved, assumed.len());
        return;
    }
    if !assumed.is_empty() {
        doc.heading_with("Assumed by the analyst", "on nobody's word");
        doc.list(assumed);
    }
    let limits = &conflict.about.limits;
    if !limits.is_empty() {
        doc.heading("Limits of the case");
        doc.list(limits.iter().map(|text| Item::marked(Line::new().quiet("–"), text.as_str())).collect());
    }
    bounds(doc, solved);
    let notes = notes(&solved.found);
    if !notes.is_empty() {
        doc.heading("Not used here");
        doc.list(notes);
    }
}

/// In one sentence, and the bounds that were hit.
fn brief(doc: &mut Doc, solved: &Solved, assumed: usize) {
    bounds(doc, solved);
    written::say_not_used(doc, &solved.found.conflict);
    let limits = solved.found.conflict.about.limits.len();
    let assumed = (assumed > 0).then(|| {
        let count =
            words::counted(&assumed.into(), "assumption of the analyst", "assumptions of the analyst");
        format!("It rests on {count}.")
    });
    let limits = (limits > 0).then(|| {
        let count = words::counted(&limits.into(), "limit", "limits");
        format!("The case names {count} of what it can tell.")
    });
    let how = match solved.found.solution.engine {
        Engine::Symbolic => "Found by decision diagrams, without listing outcomes.",
        _ => "Found by looking at every outcome.",
    };
    let mut line = Line::new().quiet(how);
    for sentence in assumed.iter().chain(&limits) {
        line = line.quiet(format!(" {sentence}"));
    }
    doc.heading("What it rests on, and what is left out here");
    line = line.quiet(" This is kept to about a screen: ").code("--all").quiet(" says everything.");
    if solved.alone.is_some() {
        line = line.quiet(" The variants take too long to solve each time: ").code("--variant").quiet(" or ");
        line = line.code("detente compare").quiet(" does.");
    }
    doc.say(line);
}

fn bounds(doc: &mut Doc, solved: &Solved) {
    if !solved.limits.is_empty() {
        doc.heading("Bounds that were hit");
        doc.list(
            solved
                .limits
                .iter()
                .map(|hit| Item::marked(Line::new().quiet("–"), words::limit(&hit.into())))
                .collect(),
        );
    }
}

/// Options, wishes and rules that the analyst assumed, and what notes say about definitions.
pub fn assumptions(conflict: &Conflict) -> Vec<Item> {
    let game = &conflict.game;
    let dash = || Line::new().quiet("–");
    let mut items = Vec::new();
    for actor in game.actor_ids() {
        let options: Vec<String> = game
            .options_of(actor)
            .filter(|option| game.options()[option.index()].grounds.assumption)
            .map(|option| names::quoted(names::option(conflict, option)))
            .collect();
        if !options.is_empty() {
            let who = names::actor(conflict, actor);
            items.push(Item::marked(dash(), format!("{who} can: {}", words::list(&options))));
        }
    }
    for (actor, preference) in game.actor_ids().zip(&game.preferences) {
        let wishes: Vec<String> = match preference {
            Preference::Statements(list) => (list.iter().enumerate())
                .filter(|(_, s)| s.grounds.assumption)
                // A wish over levels is one, whatever it stands for.
                .filter(|(_, s)| s.levels.as_ref().is_none_or(|levels| levels.at == 0))
                .map(|(at, _)| reason::whole_wish(conflict, actor, at))
                .collect(),
            Preference::Weights(list) => (list.iter().enumerate())
                .filter(|(_, w)| w.grounds.assumption)
                .map(|(at, _)| reason::prefers(conflict, actor, at, true))
                .collect(),
            Preference::Ranking(ranking) if ranking.grounds.assumption => {
                vec!["what its whole ranking puts higher".to_owned()]
            }
            Preference::Ranking(_) => Vec::new(),
        };
        if !wishes.is_empty() {
            let prefers = Agree::with(conflict, actor).verb("prefers", "prefer");
            let line = format!("{} {prefers} {}", names::actor(conflict, actor), wishes.join("; "));
            items.push(Item::marked(dash(), line));
        }
    }
    if let Some(form) = game.option_form() {
        for (at, rule) in form.rules.iter().enumerate().filter(|(_, rule)| rule.grounds.assumption) {
            let _ = rule;
            items.push(Item::marked(dash(), format!("Rule {}", names::rule(conflict, at))));
        }
        for definition in &form.definitions {
            if let Some(note) = &definition.grounds.note {
                items.push(Item::marked(
                    dash(),
                    Line::new().code(definition.id.as_str()).plain(format!(": {note}")),
                ));
            }
        }
    }
    items
}

/// What the case says and solving does not use.
fn notes(found: &Findings) -> Vec<Item> {
    let conflict = &found.conflict;
    let game = &conflict.game;
    let dash = || Line::new().quiet("–");
    let mut doubted = 0_usize;
    for preference in &game.preferences {
        match preference {
            Preference::Statements(list) => {
                // A wish over levels is one, whatever it stands for.
                let first = |s: &&Statement| s.levels.as_ref().is_none_or(|levels| levels.at == 0);
                doubted += list.iter().filter(|s| s.confidence.is_some()).filter(first).count();
            }
            Preference::Weights(list) => doubted += list.iter().filter(|w| w.confidence.is_some()).count(),
            Preference::Ranking(_) => {}
        }
    }
    let said = written::not_used(conflict);
    let mut items: Vec<Item> = said.into_iter().map(|text| Item::marked(dash(), text)).collect();
    let wishes = |count: usize| words::counted(&count.into(), "wish", "wishes");
    if doubted > 0 {
        let draws =
            if drawable(conflict, &*found.watch) { "; `detente sample` draws models with it" } else { "" };
        items.push(Item::marked(
            dash(),
            format!("The confidence of {}: every wish is taken as certain{draws}.", wishes(doubted)),
        ));
    }
    items
}
