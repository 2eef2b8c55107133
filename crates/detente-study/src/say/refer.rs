//! Outcomes as they are typed, and in words what is wrong with what was typed.

use detente_engine::{Order, StateSet};
use detente_model::{ActorId, Conflict, Form, OutcomeStates, State};

use crate::Refusal;
use crate::find::near::nearest;
use crate::find::refer::{self, FARTHEST, Fault, Typed};
use crate::say::{names, words};

/// The one possible outcome that `text` names, among `feasible`.
///
/// # Errors
/// [`Refusal::Usage`] that names what is wrong, with the near miss, or the first of several that fit.
pub fn one(conflict: &Conflict, feasible: &dyn StateSet, text: &str) -> Result<State, Refusal> {
    refer::one(conflict, feasible, text).map_err(|fault| refusal(conflict, &fault))
}

/// All outcomes that `text` stands for.
///
/// # Errors
/// [`Refusal::Usage`] that names what is wrong, with the near miss.
pub fn set(conflict: &Conflict, text: &str) -> Result<OutcomeStates, Refusal> {
    refer::set(conflict, text).map_err(|fault| refusal(conflict, &fault))
}

/// The actor with this id.
///
/// # Errors
/// [`Refusal::Usage`] with the near miss.
pub fn actor(conflict: &Conflict, id: &str) -> Result<ActorId, Refusal> {
    let game = &conflict.game;
    if let Some(actor) = game.actor(id).filter(|&actor| Order::new(game, actor).is_some()) {
        return Ok(actor);
    }
    let ids = || game.actors.iter().map(|actor| actor.id.as_str());
    let by_name =
        game.actors.iter().find(|actor| actor.name.eq_ignore_ascii_case(id)).map(|actor| actor.id.as_str());
    let hint = match by_name.or_else(|| nearest(id, ids())) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("the actors are {}", ids().collect::<Vec<_>>().join(", ")),
    };
    Err(Refusal::usage_with(format!("no actor is called `{id}`"), hint))
}

/// What is wrong, and what to write instead.
pub fn refusal(conflict: &Conflict, fault: &Fault) -> Refusal {
    let (message, hint) = said(conflict, fault);
    Refusal::Usage(message, hint)
}

fn said(conflict: &Conflict, fault: &Fault) -> (String, Option<String>) {
    let near = |name: &str, all: &[&str]| {
        nearest(name, all.iter().copied()).map(|near| format!("did you mean `{near}`?"))
    };
    let with = |message: String, hint: &str| (message, Some(hint.to_owned()));
    match fault {
        Fault::NoStatusQuo => ("the case has no status quo, so `sq` means nothing".to_owned(), None),
        Fault::Place(text) => with(
            format!("`{text}` is not a place among the possible outcomes"),
            "write `#` and a number from 1: `#7`",
        ),
        Fault::PlaceOfMany(text) => with(
            format!("`{text}` counts the possible outcomes, which differ from model to model"),
            "write the state number, a pattern or a name",
        ),
        Fault::Beyond(place, count) => {
            let only = words::counted(count, "outcome is possible", "outcomes are possible");
            (format!("there is no #{place}: only {only}"), None)
        }
        Fault::TooFar(place) => with(
            format!(
                "#{place} is too far: places are looked up to {}",
                words::count(&(FARTHEST as u64).into())
            ),
            "write the state number or a pattern",
        ),
        Fault::NoOption(name) => {
            let all = options(conflict);
            let all: Vec<&str> = all.iter().map(String::as_str).collect();
            let hint = near(name, &all)
                .or_else(|| (!all.is_empty()).then(|| format!("the options are {}", all.join(", "))));
            (format!("no option is called `{name}`"), hint)
        }
        Fault::Length(text, places) => with(
            format!(
                "the pattern `{text}` has {}, but the case has {}",
                words::counted(&(*places).into(), "place", "places"),
                words::counted(&conflict.game.options().len().into(), "option", "options")
            ),
            "a pattern has one of Y, N and - for every option, in file order",
        ),
        Fault::NoState(text) => (no_state(conflict, text), None),
        Fault::NotPossible(text, rule) => {
            let why = rule.map(|rule| format!(": it breaks the rule {}", names::rule(conflict, rule)));
            (format!("the outcome `{text}` is not possible{}", why.unwrap_or_default()), None)
        }
        Fault::NoneFits(text) => (format!("no possible outcome fits `{text}`"), None),
        Fault::Several(text, count, first) => {
            let named = names::briefly(conflict, first).into_iter().zip(first);
            let list: Vec<String> = named
                .map(|(name, state)| {
                    let id = match conflict.game.graph_form() {
                        Some(_) => crate::wire::state_text(&conflict.game, state),
                        None => state.to_string(),
                    };
                    format!("{id} ({name})")
                })
                .collect();
            let more = if *count > first.len().into() { "; …" } else { "" };
            (
                format!("`{text}` fits {} outcomes, but one is needed", words::count(count)),
                Some(format!("write one of them: {}{more}", list.join("; "))),
            )
        }
        Fault::Unknown(text) => (format!("`{text}` names no outcome"), Some(unknown(conflict, text))),
    }
}

fn options(conflict: &Conflict) -> Vec<String> {
    (0..conflict.game.options().len()).map(|at| conflict.game.option_name(at.into())).collect()
}

fn no_state(conflict: &Conflict, text: &str) -> String {
    match &conflict.game.form {
        Form::Graph(form) => {
            let all = words::counted(&form.states.len().into(), "state", "states");
            format!("there is no state `{text}`: the case has {all}")
        }
        Form::Options(form) => format!(
            "there is no state `{text}`: with {} the largest state number is 2^{} − 1",
            words::counted(&form.options.len().into(), "option", "options"),
            form.options.len()
        ),
    }
}

/// What can be written instead of a word that names nothing.
fn unknown(conflict: &Conflict, text: &str) -> String {
    let text = text.trim();
    let options = options(conflict);
    let mut known = refer::known(conflict);
    let names = known.join(", ");
    known.push("sq");
    known.extend(options.iter().map(String::as_str));
    if let Some(near) = nearest(text, known.iter().copied()) {
        return format!("did you mean `{near}`?");
    }
    // Half of an option's name.
    if let Some(whole) = options.iter().find(|whole| whole.ends_with(&format!(".{text}"))) {
        return format!("did you mean the option `{whole}`?");
    }
    if conflict.game.options().is_empty() {
        return "write the id of a state, its number or `sq`".to_owned();
    }
    let ids = if names.is_empty() || names.len() > 200 { String::new() } else { format!(" ({names})") };
    format!(
        "write the id of an [outcome], a [define] or something [observed]{ids}, an option as `actor.option`, `sq`, \
         `on:actor.option,…`, a pattern such as `YN-`, a state number or `#7`; each also after `not `"
    )
}

/// What `typed` is called: the name of an outcome or, of several, what was typed.
pub fn name(conflict: &Conflict, typed: &Typed, text: &str) -> String {
    match typed {
        Typed::One(state) => names::outcome(conflict, state),
        Typed::Pattern(pattern) => format!("Pattern {pattern}"),
        Typed::Ordinal(_) => text.to_owned(),
        Typed::Named(id, _) => {
            let named = conflict.outcomes.iter().find(|outcome| outcome.id == *id);
            let observed = || conflict.observed.iter().find(|observed| observed.id == *id);
            match named {
                // Also what earlier names cover.
                Some(outcome) => format!("{}, all of it", names::named(conflict, outcome)),
                None => observed().map_or_else(|| id.clone(), |observed| observed.title.clone()),
            }
        }
    }
}
