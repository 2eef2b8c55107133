//! What things are called: actors, options, rules, outcomes.

use detente_model::{ActorId, Conflict, Form, Game, OptionId, Rule, RuleKind, State};

use crate::say::words;

/// The name of an actor.
pub fn actor(conflict: &Conflict, actor: ActorId) -> &str {
    conflict.game.actors.get(actor.index()).map_or("", |a| if a.name.is_empty() { &a.id } else { &a.name })
}

/// The name of an actor inside a sentence: `the West` for The West.
pub fn inside(conflict: &Conflict, who: ActorId) -> String {
    let name = actor(conflict, who);
    name.strip_prefix("The ").map_or_else(|| name.to_owned(), |rest| format!("the {rest}"))
}

/// The names of several actors at the start of a sentence: `Azerbaijan and Russia`.
pub fn actors(conflict: &Conflict, list: &[ActorId]) -> String {
    let names: Vec<String> = list
        .iter()
        .enumerate()
        .map(|(at, &who)| if at == 0 { actor(conflict, who).to_owned() } else { inside(conflict, who) })
        .collect();
    words::list(&names)
}

/// The names of several actors inside a sentence: `Azerbaijan and the West`.
pub fn inside_all(conflict: &Conflict, list: &[ActorId]) -> String {
    words::list(&list.iter().map(|&who| inside(conflict, who)).collect::<Vec<_>>())
}

/// Two letters per actor: the first letters of its id, made distinct by later ones.
pub fn codes(game: &Game) -> Vec<String> {
    let mut taken: Vec<String> = Vec::new();
    for actor in &game.actors {
        let letters: Vec<char> = actor.id.chars().filter(char::is_ascii_alphanumeric).collect();
        let first = letters.first().copied().unwrap_or('x');
        let seconds = letters.iter().skip(1).copied().chain('1'..='9').chain('a'..='z');
        let mut candidates = seconds.map(|second| format!("{first}{second}").to_uppercase());
        let code = candidates.find(|code| !taken.contains(code));
        taken.push(code.unwrap_or_else(|| format!("{}", taken.len() + 1)));
    }
    taken
}

/// An option in words, without its actor.
pub fn option(conflict: &Conflict, option: OptionId) -> &str {
    conflict
        .game
        .options()
        .get(option.index())
        .map_or("", |o| if o.text.is_empty() { &o.id } else { &o.text })
}

/// An option in words, with its actor: `“Use force in Karabakh” (Azerbaijan)`.
pub fn whose(conflict: &Conflict, id: OptionId) -> String {
    let who = conflict.game.options().get(id.index()).map_or("", |o| actor(conflict, o.actor));
    format!("{} ({who})", quoted(option(conflict, id)))
}

/// A rule in words: its id and what it says.
pub fn rule(conflict: &Conflict, place: usize) -> String {
    let game = &conflict.game;
    let Some(rule) = game.option_form().and_then(|form| form.rules.get(place)) else { return String::new() };
    let says = rule_says(conflict, rule);
    match &rule.id {
        Some(id) => format!("`{id}` ({says})"),
        None => format!("“{says}”"),
    }
}

/// What a rule says, in the words of the file.
pub fn rule_says(conflict: &Conflict, rule: &Rule) -> String {
    let game = &conflict.game;
    let several = |parts: &[detente_model::Expr]| {
        words::list(&parts.iter().map(|part| game.formula_text(part)).collect::<Vec<_>>())
    };
    match &rule.kind {
        RuleKind::Never(f) => format!("never {}", game.formula_text(f)),
        RuleKind::Always(f) => format!("always {}", game.formula_text(f)),
        RuleKind::AtMostOne(parts) => format!("at most one of {}", several(parts)),
        RuleKind::ExactlyOne(parts) => format!("exactly one of {}", several(parts)),
        RuleKind::Requires(o, f) => format!("{} requires {}", game.option_name(*o), game.formula_text(f)),
        RuleKind::Unavailable(o) => format!("{} is not available", whose(conflict, *o)),
    }
}

/// An outcome by its name, without anything to tell apart outcomes of one name.
pub fn outcome(conflict: &Conflict, state: &State) -> String {
    if let Some(outcome) = conflict.outcome_of(state) {
        return outcome.name.clone();
    }
    if let (Form::Graph(form), Some(number)) = (&conflict.game.form, state.number()) {
        let at = usize::try_from(number).unwrap_or(0).wrapping_sub(1);
        if let Some(name) = form.names.get(at).or_else(|| form.states.get(at)) {
            return name.clone();
        }
    }
    if conflict.game.status_quo.as_ref() == Some(state) {
        return "The status quo".to_owned();
    }
    format!("Outcome {state}")
}

/// Brief names for some outcomes that are listed together: where two have the same name, the state
/// number tells them apart.
pub fn briefly(conflict: &Conflict, states: &[State]) -> Vec<String> {
    let names: Vec<String> = states.iter().map(|state| brief(&outcome(conflict, state)).to_owned()).collect();
    states
        .iter()
        .zip(&names)
        .map(|(state, name)| {
            if names.iter().filter(|other| *other == name).count() > 1 {
                format!("{name} ({state})")
            } else {
                name.clone()
            }
        })
        .collect()
}

/// The part of an outcome's name before its first colon: for places where space is short.
pub fn brief(name: &str) -> &str {
    name.split(':').next().map_or(name, str::trim_end)
}

/// A case's own words in quotation marks.
pub fn quoted(text: &str) -> String {
    format!("“{text}”")
}
