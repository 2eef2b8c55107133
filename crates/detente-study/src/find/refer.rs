//! States as they are typed: a number, `#7`, a pattern, `on:…`, `sq`, or the id of an outcome.

use detente_engine::StateSet;
use detente_model::{Conflict, Form, OutcomeStates, Pattern, State};
use num_bigint::BigUint;

use crate::find::near::nearest;
use crate::refusal::Refusal;

/// What was typed for a state, understood but not yet looked up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Typed {
    /// One state, by number, by its options, as status quo or by its name in graph form.
    One(State),
    /// The state at this place among the feasible ones, from 1.
    Ordinal(usize),
    /// All states of a pattern.
    Pattern(Pattern),
    /// All states of an outcome; its id.
    Outcome(String, OutcomeStates),
}

/// Understands `text`.
///
/// # Errors
/// [`Refusal::Usage`] that names what is wrong, with the near miss.
pub fn parse(conflict: &Conflict, text: &str) -> Result<Typed, Refusal> {
    let text = text.trim();
    if text == "sq" {
        return conflict
            .game
            .status_quo
            .clone()
            .map(Typed::One)
            .ok_or_else(|| Refusal::usage("the case has no status quo, so `sq` means nothing"));
    }
    if let Some(place) = text.strip_prefix('#') {
        return match place.parse() {
            Ok(place) if place >= 1 => Ok(Typed::Ordinal(place)),
            _ => Err(Refusal::usage_with(
                format!("`{text}` is no place among the possible outcomes"),
                "write `#` and a number from 1: `#7`",
            )),
        };
    }
    if let Some(options) = text.strip_prefix("on:") {
        return on(conflict, options).map(Typed::One);
    }
    if let Some(outcome) = conflict.outcomes.iter().find(|outcome| outcome.id == text) {
        return Ok(Typed::Outcome(outcome.id.clone(), outcome.states.clone()));
    }
    if let Form::Graph(form) = &conflict.game.form
        && let Some(at) = form.states.iter().position(|id| id == text)
    {
        return Ok(Typed::One(State::from_number(at as u64 + 1)));
    }
    if !text.is_empty() && text.len() <= 400 && text.bytes().all(|b| b.is_ascii_digit()) {
        return text
            .parse::<BigUint>()
            .map(|number| Typed::One(State::from_big(&number)))
            .map_err(|_| unknown(conflict, text));
    }
    match Pattern::parse(text) {
        Ok(pattern) if !pattern.cells.is_empty() => sized(conflict, text, pattern),
        _ => Err(unknown(conflict, text)),
    }
}

/// Understands a list of states separated by commas; after `on:` commas also separate options.
///
/// # Errors
/// As [`parse`].
pub fn parse_list(conflict: &Conflict, text: &str) -> Result<Vec<(Typed, String)>, Refusal> {
    let mut parts: Vec<String> = Vec::new();
    for part in text.split(',') {
        match parts.last_mut() {
            Some(last) if last.starts_with("on:") && part.contains('.') && !part.starts_with("on:") => {
                last.push(',');
                last.push_str(part);
            }
            _ => parts.push(part.to_owned()),
        }
    }
    parts.into_iter().map(|part| Ok((parse(conflict, &part)?, part))).collect()
}

/// The one feasible state that is meant.
///
/// # Errors
/// [`Refusal::Usage`] when none or several are meant, naming the first of them.
pub fn one(
    conflict: &Conflict,
    feasible: &dyn StateSet,
    typed: &Typed,
    text: &str,
) -> Result<State, Refusal> {
    match typed {
        Typed::One(state) if feasible.contains(state) => Ok(state.clone()),
        Typed::One(state) => Err(not_possible(conflict, state, text)),
        Typed::Ordinal(place) => {
            let count = feasible.count();
            if BigUint::from(*place) > count {
                return Err(Refusal::usage(format!(
                    "there is no #{place}: only {count} outcomes are possible"
                )));
            }
            // A place far beyond any list would need as many states in memory.
            if *place > 1 << 24 {
                return Err(Refusal::usage_with(
                    format!("#{place} is too far: places are looked up to 16,777,216"),
                    "write the state number or a pattern",
                ));
            }
            feasible.first(*place).pop().ok_or_else(|| Refusal::usage(format!("there is no #{place}")))
        }
        Typed::Pattern(pattern) => match pattern.single() {
            Some(state) if feasible.contains(&state) => Ok(state),
            Some(state) => Err(not_possible(conflict, &state, text)),
            None => {
                let formula = crate::find::states::of_pattern(pattern);
                only(&*feasible.among(&formula), text)
            }
        },
        Typed::Outcome(_, states) => only(&*feasible.among(states), text),
    }
}

fn only(found: &dyn StateSet, text: &str) -> Result<State, Refusal> {
    const SHOWN: usize = 5;
    let mut first = found.first(SHOWN + 1);
    match first.len() {
        0 => Err(Refusal::usage(format!("no possible outcome fits `{text}`"))),
        1 => Ok(first.remove(0)),
        _ => {
            let count = found.count();
            let shown: Vec<String> = first.iter().take(SHOWN).map(State::to_string).collect();
            let more = if first.len() > SHOWN { ", …" } else { "" };
            Err(Refusal::usage_with(
                format!("`{text}` fits {count} outcomes, but one is needed"),
                format!("write the number of one of them: {}{more}", shown.join(", ")),
            ))
        }
    }
}

fn on(conflict: &Conflict, list: &str) -> Result<State, Refusal> {
    let mut state = State::default();
    for name in list.split(',').map(str::trim).filter(|name| !name.is_empty()) {
        match conflict.game.option(name) {
            Some(option) => state.set(option, true),
            None => {
                let all: Vec<String> = (0..conflict.game.options().len())
                    .map(|at| conflict.game.option_name(at.into()))
                    .collect();
                let hint = nearest(name, all.iter().map(String::as_str))
                    .map(|near| format!("did you mean `{near}`?"))
                    .or_else(|| (!all.is_empty()).then(|| format!("the options are {}", all.join(", "))));
                return Err(Refusal::Usage(format!("no option is called `{name}`"), hint));
            }
        }
    }
    Ok(state)
}

fn sized(conflict: &Conflict, text: &str, pattern: Pattern) -> Result<Typed, Refusal> {
    let options = conflict.game.options().len();
    if options == 0 {
        return Err(unknown(conflict, text));
    }
    if pattern.cells.len() == options {
        return Ok(Typed::Pattern(pattern));
    }
    Err(Refusal::usage_with(
        format!(
            "the pattern `{text}` has {} places, but the case has {options} options",
            pattern.cells.len()
        ),
        "a pattern has one of Y, N and - for every option, in file order",
    ))
}

fn not_possible(conflict: &Conflict, state: &State, text: &str) -> Refusal {
    match &conflict.game.form {
        Form::Graph(form) => {
            Refusal::usage(format!("there is no state `{text}`: the case has {} states", form.states.len()))
        }
        Form::Options(form) => {
            if state.on().last().is_some_and(|last| last.index() >= form.options.len()) {
                return Refusal::usage(format!(
                    "there is no state `{text}`: with {} options the largest state number is 2^{} − 1",
                    form.options.len(),
                    form.options.len()
                ));
            }
            match form.broken_rule(state) {
                Some(rule) => Refusal::usage(format!(
                    "the outcome `{text}` is not possible: it breaks the rule {}",
                    crate::say::names::rule(conflict, rule)
                )),
                None => Refusal::usage(format!("the outcome `{text}` is not possible")),
            }
        }
    }
}

fn unknown(conflict: &Conflict, text: &str) -> Refusal {
    let graph: &[String] = conflict.game.graph_form().map_or(&[], |form| &form.states);
    let ids = conflict.outcomes.iter().map(|outcome| outcome.id.as_str());
    let known = ids.chain(graph.iter().map(String::as_str)).chain(["sq"]);
    let hint = match nearest(text, known) {
        Some(near) => format!("did you mean `{near}`?"),
        None if conflict.game.options().is_empty() => {
            "write the id of a state, its number or `sq`".to_owned()
        }
        None => {
            "write a state number, `#7`, a pattern such as `YN-`, `on:actor.option,…`, `sq` or the id of an \
                 [outcome]"
                .to_owned()
        }
    };
    Refusal::usage_with(format!("`{text}` names no outcome"), hint)
}
