//! Outcomes as they are typed, by one grammar everywhere: a number, `#7`, a pattern, `on:…`, `sq`, the id of an
//! \[outcome\], a \[define\] or something \[observed\], an option, and each of these after `not `.

use detente_engine::StateSet;
use detente_model::{Conflict, Expr, Form, OutcomeStates, Pattern, State};
use num_bigint::BigUint;

use crate::find::states;

/// Places among the possible outcomes are looked up to this one: further ones would need as many states in memory.
pub const FARTHEST: usize = 1 << 24;
/// The first of several outcomes that a text fits.
const FIRST: usize = 5;
/// No number is longer.
const DIGITS: usize = 400;

/// What was typed, understood but not yet looked up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Typed {
    /// One state, by number, by its options, as status quo or by its id in graph form.
    One(State),
    /// The state at this place among the feasible ones, from 1.
    Ordinal(usize),
    /// All states of a pattern.
    Pattern(Pattern),
    /// All states that a name stands for, or that it does not; what was typed.
    Named(String, OutcomeStates),
}

/// Why a text does not say which outcome is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// `sq` in a case without one.
    NoStatusQuo,
    /// `#` without a number from 1 behind it.
    Place(String),
    /// A place among the possible outcomes where several games are looked at, each with its own.
    PlaceOfMany(String),
    /// No outcome has this place: there are so many.
    Beyond(usize, BigUint),
    /// A place beyond [`FARTHEST`].
    TooFar(usize),
    /// After `on:`: no such option.
    NoOption(String),
    /// A pattern with another number of places than the case has options.
    Length(String, usize),
    /// No state has this number or id.
    NoState(String),
    /// The state breaks a rule, by its place in the file.
    NotPossible(String, Option<usize>),
    /// No possible outcome fits.
    NoneFits(String),
    /// One outcome is needed, and so many fit; the first of them.
    Several(String, BigUint, Vec<State>),
    /// Nothing is called so.
    Unknown(String),
}

/// Understands `text`.
///
/// # Errors
/// A [`Fault`] that names what is wrong.
pub fn parse(conflict: &Conflict, text: &str) -> Result<Typed, Fault> {
    let text = text.trim();
    if let Some(inner) = text.strip_prefix("not ") {
        return Ok(Typed::Named(text.to_owned(), complement(conflict, set(conflict, inner)?)));
    }
    if text == "sq" {
        return conflict.game.status_quo.clone().map(Typed::One).ok_or(Fault::NoStatusQuo);
    }
    if let Some(place) = text.strip_prefix('#') {
        return match place.parse() {
            Ok(place) if place >= 1 => Ok(Typed::Ordinal(place)),
            _ => Err(Fault::Place(text.to_owned())),
        };
    }
    if let Some(options) = text.strip_prefix("on:") {
        return on(conflict, options).map(Typed::One);
    }
    if let Some(states) = named(conflict, text) {
        return Ok(Typed::Named(text.to_owned(), states));
    }
    if let Form::Graph(form) = &conflict.game.form
        && let Some(at) = form.states.iter().position(|id| id == text)
    {
        return Ok(Typed::One(State::from_number(at as u64 + 1)));
    }
    if !text.is_empty() && text.len() <= DIGITS && text.bytes().all(|b| b.is_ascii_digit()) {
        return match text.parse::<BigUint>() {
            Ok(number) => Ok(Typed::One(State::from_big(&number))),
            Err(_) => Err(Fault::Unknown(text.to_owned())),
        };
    }
    match Pattern::parse(text) {
        Ok(pattern) if !pattern.cells.is_empty() => sized(conflict, text, pattern),
        _ => Err(Fault::Unknown(text.to_owned())),
    }
}

/// The states that a name of the file stands for: a definition, an outcome, something observed, an option.
fn named(conflict: &Conflict, name: &str) -> Option<OutcomeStates> {
    let definition = conflict.game.option_form().and_then(|form| form.definition(name));
    if let Some(id) = definition {
        return Some(OutcomeStates::Formula(Expr::Defined(id)));
    }
    let outcome = conflict.outcomes.iter().find(|outcome| outcome.id == name).map(|found| &found.states);
    let observed =
        || conflict.observed.iter().find(|observed| observed.id == name).map(|found| &found.outcome);
    if let Some(states) = outcome.or_else(observed) {
        return Some(states.clone());
    }
    conflict.game.option(name).map(|option| OutcomeStates::Formula(Expr::Option(option)))
}

/// All names that [`parse`] knows in `conflict`, in its order; those of options apart.
pub fn known(conflict: &Conflict) -> Vec<&str> {
    let form = conflict.game.option_form();
    let definitions = form.map_or(&[][..], |form| &form.definitions).iter().map(|d| d.id.as_str());
    let outcomes = conflict.outcomes.iter().map(|outcome| outcome.id.as_str());
    let observed = conflict.observed.iter().map(|observed| observed.id.as_str());
    let graph: &[String] = conflict.game.graph_form().map_or(&[], |form| &form.states);
    definitions.chain(outcomes).chain(observed).chain(graph.iter().map(String::as_str)).collect()
}

/// The states that `text` stands for, in any game made of the case: what a question is asked about.
///
/// # Errors
/// As [`parse`], and for a place among the possible outcomes, which differ from game to game.
pub fn set(conflict: &Conflict, text: &str) -> Result<OutcomeStates, Fault> {
    states_of(conflict, parse(conflict, text)?, text)
}

/// The states that `typed` stands for, as a formula in option form: so it can be wished for, too.
fn states_of(conflict: &Conflict, typed: Typed, text: &str) -> Result<OutcomeStates, Fault> {
    match typed {
        Typed::One(state) => match &conflict.game.form {
            Form::Graph(_) => Ok(OutcomeStates::Listed(vec![state])),
            Form::Options(form) if state.on().all(|option| option.index() < form.options.len()) => {
                Ok(states::of_pattern(&state.pattern(form.options.len())))
            }
            Form::Options(_) => Err(Fault::NoState(text.to_owned())),
        },
        Typed::Pattern(pattern) => Ok(states::of_pattern(&pattern)),
        Typed::Named(_, states) => Ok(states),
        Typed::Ordinal(_) => Err(Fault::PlaceOfMany(text.trim().to_owned())),
    }
}

/// Understands a list of outcomes separated by commas, each with its text; after `on:` commas also separate options.
///
/// # Errors
/// As [`parse`].
pub fn list(conflict: &Conflict, text: &str) -> Result<Vec<(Typed, String)>, Fault> {
    let mut parts: Vec<String> = Vec::new();
    for part in text.split(',') {
        let is_on = |text: &str| text.trim().trim_start_matches("not ").trim_start().starts_with("on:");
        match parts.last_mut() {
            Some(last) if is_on(last) && part.contains('.') && !is_on(part) => {
                last.push(',');
                last.push_str(part);
            }
            _ => parts.push(part.trim().to_owned()),
        }
    }
    parts.into_iter().map(|part| Ok((parse(conflict, &part)?, part))).collect()
}

/// As [`list`], each as [`set`].
///
/// # Errors
/// As [`set`].
pub fn sets(conflict: &Conflict, text: &str) -> Result<Vec<(OutcomeStates, String)>, Fault> {
    let typed = list(conflict, text)?.into_iter();
    typed.map(|(typed, text)| Ok((states_of(conflict, typed, &text)?, text))).collect()
}

/// The one feasible state that is meant.
///
/// # Errors
/// When none or several are meant, with the first of them.
pub fn one(conflict: &Conflict, feasible: &dyn StateSet, text: &str) -> Result<State, Fault> {
    found(conflict, feasible, &parse(conflict, text)?, text)
}

/// The one feasible state that `typed` is.
///
/// # Errors
/// As [`one`].
pub fn found(
    conflict: &Conflict,
    feasible: &dyn StateSet,
    typed: &Typed,
    text: &str,
) -> Result<State, Fault> {
    match typed {
        Typed::One(state) if feasible.contains(state) => Ok(state.clone()),
        Typed::One(state) => Err(not_possible(conflict, state, text)),
        Typed::Ordinal(place) => {
            let count = feasible.count();
            if BigUint::from(*place) > count {
                return Err(Fault::Beyond(*place, count));
            }
            if *place > FARTHEST {
                return Err(Fault::TooFar(*place));
            }
            feasible.first(*place).pop().ok_or(Fault::Beyond(*place, count))
        }
        Typed::Pattern(pattern) => match pattern.single() {
            Some(state) if feasible.contains(&state) => Ok(state),
            Some(state) => Err(not_possible(conflict, &state, text)),
            None => only(&*feasible.among(&states::of_pattern(pattern)), text),
        },
        Typed::Named(_, states) => only(&*feasible.among(states), text),
    }
}

fn only(found: &dyn StateSet, text: &str) -> Result<State, Fault> {
    let mut first = found.first(FIRST);
    match first.len() {
        0 => Err(Fault::NoneFits(text.to_owned())),
        1 => Ok(first.remove(0)),
        _ => Err(Fault::Several(text.to_owned(), found.count(), first)),
    }
}

fn on(conflict: &Conflict, list: &str) -> Result<State, Fault> {
    let mut state = State::default();
    for name in list.split(',').map(str::trim).filter(|name| !name.is_empty()) {
        match conflict.game.option(name) {
            Some(option) => state.set(option, true),
            None => return Err(Fault::NoOption(name.to_owned())),
        }
    }
    Ok(state)
}

fn sized(conflict: &Conflict, text: &str, pattern: Pattern) -> Result<Typed, Fault> {
    match conflict.game.options().len() {
        0 => Err(Fault::Unknown(text.to_owned())),
        options if pattern.cells.len() == options => Ok(Typed::Pattern(pattern)),
        _ => Err(Fault::Length(text.to_owned(), pattern.cells.len())),
    }
}

fn not_possible(conflict: &Conflict, state: &State, text: &str) -> Fault {
    match &conflict.game.form {
        Form::Graph(_) => Fault::NoState(text.to_owned()),
        Form::Options(form) => {
            if state.on().last().is_some_and(|last| last.index() >= form.options.len()) {
                return Fault::NoState(text.to_owned());
            }
            Fault::NotPossible(text.to_owned(), form.broken_rule(state))
        }
    }
}

/// All states but these.
fn complement(conflict: &Conflict, states: OutcomeStates) -> OutcomeStates {
    match (states, &conflict.game.form) {
        (OutcomeStates::Formula(formula), _) => OutcomeStates::Formula(formula.negate()),
        (OutcomeStates::Listed(list), Form::Graph(form)) => {
            let all = (1..=form.states.len() as u64).map(State::from_number);
            OutcomeStates::Listed(all.filter(|state| !list.contains(state)).collect())
        }
        (OutcomeStates::Listed(list), Form::Options(form)) => {
            let none =
                list.iter().map(|state| match states::of_pattern(&state.pattern(form.options.len())) {
                    OutcomeStates::Formula(formula) => formula.negate(),
                    OutcomeStates::Listed(_) => Expr::Const(true),
                });
            OutcomeStates::Formula(Expr::And(none.collect()))
        }
    }
}
