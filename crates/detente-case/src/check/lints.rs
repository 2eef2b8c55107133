//! What is probably not meant: options and names that nothing uses, rules that remove nothing,
//! statements that never decide, outcomes that cannot be.

use std::ops::Range;

use detente_model::{Conflict, OptionForm, OutcomeStates, Preference};

use super::preferences::{Idle, idle_statements, idle_weights};
use super::rules::Rules;
use super::sat::Work;
use super::{uses, words};
use crate::codes;
use crate::problem::Problems;
use crate::read::Spans;

/// Bound on the search for each part, in decisions.
const WORK: u64 = 1_000_000;

fn at(places: &[Range<usize>], index: usize) -> Range<usize> {
    places.get(index).cloned().unwrap_or(0..0)
}

/// All lints of the game.
pub(crate) fn lint(conflict: &Conflict, spans: &Spans, problems: &mut Problems) {
    let game = &conflict.game;
    if game.status_quo.is_none() {
        problems.push(codes::no_status_quo::no_status_quo());
    }
    for (actor, preference) in game.preferences.iter().enumerate() {
        if matches!(preference, Preference::Statements(list) if list.is_empty()) {
            problems.push(codes::no_wishes::no_wishes(&at(&spans.actors, actor), &game.actors[actor].id));
        }
    }
    let Some(form) = game.option_form() else { return };
    unused(conflict, form, spans, problems);
    let parts: [(&str, Part); 3] =
        [("the rules", rules), ("the statements", statements), ("the outcomes", outcomes)];
    for (what, part) in parts {
        let work = Work::new(WORK);
        part(conflict, form, spans, &work, problems);
        if work.is_spent() {
            problems.push(codes::unfinished::unfinished(what));
        }
    }
}

/// Lints of one kind, within a bound.
type Part = fn(&Conflict, &OptionForm, &Spans, &Work, &mut Problems);

fn unused(conflict: &Conflict, form: &OptionForm, spans: &Spans, problems: &mut Problems) {
    let uses = uses::uses(conflict);
    for (option, _) in uses.options.iter().enumerate().filter(|(_, used)| !**used) {
        let name = conflict.game.option_name(option.into());
        problems.push(codes::unused_option::unused_option(&at(&spans.options, option), &name));
    }
    for (index, _) in uses.definitions.iter().enumerate().filter(|(_, used)| !**used) {
        let name = &form.definitions[index].id;
        problems.push(codes::unused_definition::unused_definition(&at(&spans.definitions, index), name));
    }
}

fn rules(conflict: &Conflict, form: &OptionForm, spans: &Spans, work: &Work, problems: &mut Problems) {
    let game = &conflict.game;
    let mut solver = Rules::new(form, work);
    let dropped = |rule: usize| {
        let id = form.rules.get(rule).and_then(|rule| rule.id.as_ref());
        id.is_some_and(|id| conflict.variants.iter().any(|v| v.overlay.drop_rules.contains(id)))
    };
    for (rule, from) in solver.idle() {
        // Where a variant drops what it follows from, the rule is needed.
        if from.iter().any(|&other| dropped(other)) {
            continue;
        }
        let names: Vec<String> =
            from.iter().take(4).map(|&other| words::named_rule(game, form, other)).collect();
        let mut from_words = words::and(&names);
        if from.len() > names.len() {
            from_words = format!("{} and {} more", names.join(", "), from.len() - names.len());
        }
        let name = words::named_rule(game, form, rule);
        problems.push(codes::idle_rule::idle_rule(&at(&spans.rules, rule), &name, &from_words));
    }
    for (option, on) in solver.fixed(form) {
        let name = game.option_name(option);
        problems.push(codes::fixed_option::fixed_option(&at(&spans.options, option.index()), &name, on));
    }
}

fn statements(conflict: &Conflict, form: &OptionForm, spans: &Spans, work: &Work, problems: &mut Problems) {
    let mut solver = None;
    for (actor, preference) in conflict.game.preferences.iter().enumerate() {
        let idle = match preference {
            Preference::Statements(list) => idle_statements(form, list, work),
            Preference::Weights(list) => {
                idle_weights(solver.get_or_insert_with(|| Rules::new(form, work)), list)
            }
            Preference::Ranking(_) => continue,
        };
        let places = spans.statements.get(actor).map_or(&[][..], Vec::as_slice);
        for (index, why) in idle {
            let why = match why {
                Idle::Always => "it holds in every possible state",
                Idle::Never => "it holds in no possible state",
                Idle::Decided => "wherever it differs, an earlier statement has decided",
                Idle::NoWeight => "its weight is 0",
            };
            let id = &conflict.game.actors[actor].id;
            problems.push(codes::idle_statement::idle_statement(&at(places, index), id, why));
        }
    }
}

fn outcomes(conflict: &Conflict, form: &OptionForm, spans: &Spans, work: &Work, problems: &mut Problems) {
    let mut solver = Rules::new(form, work);
    let mut impossible = |states: &OutcomeStates| match states {
        OutcomeStates::Formula(that) => {
            let lit = solver.lit(that);
            solver.possible(&[lit]).is_no()
        }
        OutcomeStates::Listed(_) => false,
    };
    for (index, outcome) in conflict.outcomes.iter().enumerate() {
        if impossible(&outcome.states) {
            let place = at(&spans.outcomes, index);
            problems.push(codes::impossible_outcome::impossible_outcome(&place, &outcome.id));
        }
    }
    for (index, observed) in conflict.observed.iter().enumerate() {
        if impossible(&observed.outcome) {
            problems.push(codes::unforeseen::unforeseen(&at(&spans.observed, index), &observed.id));
        }
    }
}
