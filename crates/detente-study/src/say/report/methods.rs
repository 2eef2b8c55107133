//! What the words of a report mean, what is guaranteed, and how to get the same again.

use detente_engine::Engine;
use detente_model::Concept;

use super::Report;
use crate::say::{concept, words};
use crate::show::doc::{Doc, Item, Line};
use crate::wire::Program;

/// The terms, each with the field's word for it, and what is certain.
pub(super) fn sections(doc: &mut Doc, report: &Report<'_>) {
    let Some(solved) = report.accounts.first() else { return };
    doc.heading("Terms");
    let term = |word: &str, text: &str| Item::marked(Line::new().strong(word), text);
    let mut terms = vec![
        term("Outcome", "a choice for every option of the case (a state) that its rules allow."),
        term(
            "Lasts",
            "nobody, alone or in an act together, has a reason to leave it (a Nash equilibrium of the graph model); it \
             can be reached from where things stand; and no date of the case undoes it.",
        ),
        term(
            "Would leave",
            "the actor can move, by options of its own, to an outcome that it prefers (a unilateral improvement).",
        ),
    ];
    let asked = solved.concepts.iter().filter(|which| **which != Concept::Nash);
    terms.extend(asked.map(|which| {
        Item::marked(
            Line::new().strong(format!("{} ({})", concept::name(*which), concept::short(*which))),
            concept::meaning(*which),
        )
    }));
    doc.list(terms);
    doc.heading("What is certain, and what is not");
    let how = match solved.found.solution.engine {
        Engine::Symbolic => "by decision diagrams, for every possible outcome",
        _ => "outcome by outcome, for all of them",
    };
    let mut items = vec![
        Item::new(format!(
            "Verdicts are exact: they were computed {how}; what a bound cut short is named as that."
        )),
        Item::new(
            "Shares of models are counted, or drawn by chance with a 95 % interval; they say what follows from the \
             doubts that the case writes down, and no more.",
        ),
        Item::new(
            "Everything rests on what the case says: who can do what, who wants what, on whose word. It predicts \
             nothing that its wishes do not contain.",
        ),
        Item::new(
            "The graph model: Fang, Hipel and Kilgour, Interactive Decision Making: The Graph Model for Conflict \
             Resolution (Wiley, 1993).",
        ),
    ];
    if !solved.found.conflict.game.only_own_moves() {
        items.insert(
            1,
            Item::new(
                "Whoever acts together needs the consent of every party; an act lasts or ends as the case says.",
            ),
        );
    }
    doc.list(items);
}

/// Program, case, settings.
pub(super) fn again(doc: &mut Doc, report: &Report<'_>) {
    let Some(solved) = report.accounts.first() else { return };
    let conflict = &solved.found.conflict;
    let concepts: Vec<&str> = solved.concepts.iter().map(|which| concept::short(*which)).collect();
    let mark = |word: &str| Line::new().quiet(word.to_owned());
    let mut items = vec![
        Item::marked(mark("Program"), format!("{} {}", Program::THIS.name, Program::THIS.version)),
        Item::marked(mark("Command"), Line::new().code(report.command)),
        Item::marked(mark("Concepts"), words::list(&concepts)),
    ];
    for solved in report.accounts {
        let account = solved.found.conflict.account.as_ref();
        let which = account.map_or_else(|| "Case".to_owned(), |account| format!("Account {}", account.id));
        items.push(Item::marked(mark(&which), Line::new().code(solved.found.conflict.game.digest())));
    }
    if let Some(date) = &conflict.about.as_of {
        items
            .push(Item::marked(mark("Date"), format!("{} (the case's, not the clock's)", words::date(date))));
    }
    items.push(Item::marked(mark("Random numbers"), format!("seed {}", solved.seed)));
    doc.list(items);
}
