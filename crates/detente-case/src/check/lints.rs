//! What is probably not meant: options and names that nothing uses, rules that remove nothing,
//! statements that never decide, outcomes that cannot be.

use std::collections::HashMap;
use std::ops::Range;

use detente_model::{
    Conflict, OptionForm, OptionId, OutcomeStates, Preference, Rule, RuleKind, Statement, What,
};

use super::joint::uncrossed;
use super::preferences::{Idle, idle_statements, idle_weights};
use super::rules::Rules;
use super::sat::{Until, Work};
use super::support;
use super::traps::{self, Look};
use super::{uses, words};
use crate::codes;
use crate::problems::Problems;
use crate::read::Spans;

/// Bound on the search for each part, in decisions.
const WORK: u64 = 1_000_000;

fn at(places: &[Range<usize>], index: usize) -> Range<usize> {
    places.get(index).cloned().unwrap_or(0..0)
}

/// All lints of the game.
pub(crate) fn lint(conflict: &Conflict, spans: &Spans, text: &str, until: &Until, problems: &mut Problems) {
    let game = &conflict.game;
    if game.status_quo.is_none() {
        problems.push(codes::no_status_quo::no_status_quo());
    }
    for (actor, preference) in game.preferences.iter().enumerate() {
        if matches!(preference, Preference::Statements(list) if list.is_empty()) {
            problems.push(codes::no_wishes::no_wishes(&at(&spans.actors, actor), &game.actors[actor].id));
        }
    }
    same_names(conflict, spans, problems);
    not_computed(conflict, spans, problems);
    let Some(written) = game.option_form() else { return };
    let form = written;
    // What is there in some variants only is looked at as if it were there.
    let form = &OptionForm {
        rules: form.rules.iter().filter(|rule| !is_ban(form, rule)).cloned().collect(),
        ..form.clone()
    };
    unused(conflict, form, spans, problems);
    no_acts(conflict, spans, problems);
    let parts: [(&str, Part); 4] = [
        ("the rules", rules),
        ("whether anybody alone can cross the rules", joint),
        ("the statements", statements),
        ("the outcomes", outcomes),
    ];
    for (what, part) in parts {
        let work = Work::until(WORK, until);
        work.spend(0);
        part(conflict, form, spans, &work, problems);
        if work.is_spent() {
            problems.push(codes::unfinished::unfinished(what));
        }
    }
    let work = Work::until(WORK, until);
    work.spend(0);
    let look = Look { conflict, form: written, spans, text, work: &work };
    traps::lint(&look, form, problems);
    support::converses(&look, problems);
    if work.is_spent() {
        problems.push(codes::unfinished::unfinished("conditions, acts and rules that lock in"));
    }
}

/// Whether a rule keeps something out of the case as written that is there in some variants.
fn is_ban(form: &OptionForm, rule: &Rule) -> bool {
    let RuleKind::Unavailable(switch) = rule.kind else { return false };
    form.options.get(switch.index()).is_some_and(|option| !option.only_in.is_empty())
}

/// Lints of one kind, within a bound.
type Part = fn(&Conflict, &OptionForm, &Spans, &Work, &mut Problems);

fn unused(conflict: &Conflict, form: &OptionForm, spans: &Spans, problems: &mut Problems) {
    let uses = uses::uses(conflict);
    for thing in conflict.game.things() {
        // A levelled option or act is used when any of its levels is.
        let bits = form.scale_of(thing).map_or(1, |scale| scale.bits as usize);
        if !uses.options.iter().skip(thing.index()).take(bits).any(|used| *used) {
            let name = conflict.game.option_name(thing);
            problems.push(codes::unused_option::unused_option(&at(&spans.options, thing.index()), &name));
        }
    }
    for (index, _) in uses.definitions.iter().enumerate().filter(|(_, used)| !**used) {
        let name = &form.definitions[index].id;
        problems.push(codes::unused_definition::unused_definition(&at(&spans.definitions, index), name));
    }
}

/// Options whose texts cannot stand behind “will”, told once.
fn no_acts(conflict: &Conflict, spans: &Spans, problems: &mut Problems) {
    let options = conflict.game.options().iter().enumerate();
    let mut found = options.filter(|(_, option)| !crate::is_act(&option.text));
    let Some((first, option)) = found.next() else { return };
    let name = conflict.game.option_name(first.into());
    let text = words::short(&option.text);
    problems.push(codes::no_act::no_act(&at(&spans.options, first), &name, &text, found.count()));
}

fn rules(conflict: &Conflict, form: &OptionForm, spans: &Spans, work: &Work, problems: &mut Problems) {
    let game = &conflict.game;
    let mut solver = Rules::new(form, work);
    let dropped = |rule: usize| {
        let id = form.rules.get(rule).and_then(|rule| rule.id.as_ref());
        id.is_some_and(|id| conflict.variants.iter().any(|v| v.overlay.drop_rules.contains(id)))
    };
    for (rule, from) in solver.idle() {
        // Where a variant drops what it follows from, the rule is needed; chains of levels are nobody's.
        let hidden = form.rules.get(rule).is_some_and(|rule| matches!(rule.kind, RuleKind::Chain(..)));
        if hidden || from.iter().any(|&other| dropped(other)) {
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
        if form.scale_of(option).is_some() {
            continue;
        }
        let name = game.option_name(option);
        problems.push(codes::fixed_option::fixed_option(&at(&spans.options, option.index()), &name, on));
    }
}

/// Two outcomes or two actors whose names cannot be told apart.
fn same_names(conflict: &Conflict, spans: &Spans, problems: &mut Problems) {
    let actors = conflict.game.actors.iter().map(|actor| (actor.id.as_str(), actor.name.as_str()));
    let outcomes = conflict.outcomes.iter().map(|outcome| (outcome.id.as_str(), outcome.name.as_str()));
    let (actors, outcomes): (Vec<_>, Vec<_>) = (actors.collect(), outcomes.collect());
    for (kind, list, places) in [("actor", actors, &spans.actors), ("outcome", outcomes, &spans.outcomes)] {
        let mut known: HashMap<String, usize> = HashMap::new();
        for (index, (id, name)) in list.iter().enumerate() {
            let folded = name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
            if folded.is_empty() {
                continue;
            }
            match known.get(&folded) {
                None => {
                    known.insert(folded, index);
                }
                Some(&first) => {
                    let other = (list[first].0, &at(places, first));
                    let name = words::short(name);
                    problems.push(codes::same_name::same_name(&at(places, index), kind, id, &name, other));
                }
            }
        }
    }
}

/// Keys that no verdict uses yet, each told once.
fn not_computed(conflict: &Conflict, spans: &Spans, problems: &mut Problems) {
    let is_unknown: fn(&Statement) -> bool = |statement| statement.unknown;
    let is_strong: fn(&Statement) -> bool = |statement| statement.strong;
    for (key, has) in [("unknown", is_unknown), ("strength", is_strong)] {
        let (mut first, mut count) = (None, 0);
        for part in conflict.parts() {
            let (statement, place) = match part.what {
                What::Statement(actor, place, statement) if part.layer.is_none() => {
                    (statement, spans.statements.get(actor.index()).and_then(|places| places.get(place)))
                }
                What::Statement(_, _, statement) | What::OfType(_, _, statement) => (statement, None),
                What::Instead(_, instead) => (&instead.statement, None),
                _ => continue,
            };
            if has(statement) {
                first = first.or(place);
                count += 1;
            }
        }
        if count > 0 {
            let at = first.cloned().unwrap_or(0..0);
            problems.push(codes::not_computed::not_computed(&at, key, count));
        }
    }
}

/// What no steps of single actors can reach from the status quo, because of the rules.
fn joint(conflict: &Conflict, form: &OptionForm, spans: &Spans, work: &Work, problems: &mut Problems) {
    let game = &conflict.game;
    let Some(today) = &game.status_quo else { return };
    for found in uncrossed(form, today, work) {
        let (on, off): (Vec<_>, Vec<_>) = found.there.iter().partition(|(_, on)| *on);
        let names = |list: &[&(OptionId, bool)]| {
            let names: Vec<String> =
                list.iter().map(|(option, _)| format!("`{}`", game.option_name(*option))).collect();
            words::and(&names)
        };
        let there = match (on.is_empty(), off.is_empty()) {
            (false, true) => names(&on),
            (true, _) => format!("an outcome without {}", names(&off)),
            (false, false) => format!("{} without {}", names(&on), names(&off)),
        };
        let rules: Vec<String> =
            found.rules.iter().map(|&rule| words::named_rule(game, form, rule)).collect();
        let place = at(&spans.rules, found.rules[0]);
        problems.push(codes::joint_rule::joint_rule(&place, &there, &words::and(&rules), rules.len() > 1));
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
            // A wish over levels is one wish, however many of its statements decide.
            if matches!(preference, Preference::Statements(list) if list[index].levels.is_some()) {
                continue;
            }
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
