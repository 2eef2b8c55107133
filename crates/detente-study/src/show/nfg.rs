//! Gambit's strategic form (`.nfg`): every actor's strategies are its combinations of options.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use detente_case::export::{CannotExport, Exported};
use detente_model::{ActorId, Direction, OptionId, State};

use crate::find::listing::{Choice, Listing, Others};
use crate::say::{listing, names, words};
use crate::show::letters;

/// At most so many combinations of strategies.
pub const PROFILES: usize = 65_536;

/// The outcomes of a strategic form: all of them.
#[must_use]
pub fn choice() -> Choice {
    Choice { most: PROFILES, bound: PROFILES, others: Others::WhenAll }
}

/// Writes the strategic form. A payoff is an ordinal: the place of the outcome in the actor's order counted from the
/// worst, ties equal; differences between payoffs mean nothing.
///
/// Labels are what Gambit 16 and 17 read: printable ASCII without `"` and `\`, single blanks inside, not empty, and
/// distinct among the players and among the strategies of a player. Other scripts are transliterated.
///
/// # Errors
/// Graph form; acts of several, conditions, levels, dates, chance events; outcomes that are not all listed or have no ranks; more than [`PROFILES`] outcomes; a combination of
/// feasible strategies that the rules forbid (a strategic form has no such thing).
///
/// # Complexity
/// O(outcomes × actors).
pub fn nfg(found: &Listing<'_>) -> Result<Exported, CannotExport> {
    let game = &found.conflict.game;
    let fails = |reason: String| Err(CannotExport(vec![reason]));
    let Some(form) = game.option_form() else {
        return fails("a strategic form needs options, and this case is in graph form".to_owned());
    };
    let beyond = detente_case::export::beyond(game, "a strategic form");
    if !beyond.is_empty() {
        return Err(CannotExport(beyond));
    }
    if found.cut.is_some() || found.rows.len() > PROFILES || found.unranked.is_some() {
        let (most, all) = (words::count(&PROFILES.into()), words::count(&found.all));
        return fails(format!(
            "a strategic form is written up to {most} possible outcomes, and the case has {all}"
        ));
    }
    let own: Vec<Vec<OptionId>> = game.actor_ids().map(|actor| game.options_of(actor).collect()).collect();
    // Strategies ascend as numbers do: the last option is the most significant.
    let part = |state: &State, actor: usize| -> Vec<bool> {
        own[actor].iter().rev().map(|&o| state.is_on(o)).collect()
    };
    let strategies: Vec<Vec<Vec<bool>>> = (0..own.len())
        .map(|actor| {
            let all: BTreeSet<_> = found.rows.iter().map(|row| part(&row.state, actor)).collect();
            all.into_iter().collect()
        })
        .collect();
    let place: BTreeMap<&State, usize> =
        found.rows.iter().enumerate().map(|(at, row)| (&row.state, at)).collect();
    let worst: Vec<usize> = (0..own.len())
        .map(|actor| found.rows.iter().map(|row| row.ranks[actor]).max().unwrap_or(0))
        .collect();
    let mut payoffs = String::new();
    let mut choice = vec![0; own.len()];
    // The first actor's strategy changes fastest.
    loop {
        let mut state = State::default();
        for (actor, &chosen) in choice.iter().enumerate() {
            set(&mut state, &own[actor], &strategies[actor][chosen]);
        }
        let Some(&row) = place.get(&state) else {
            let named: Vec<String> = game
                .actor_ids()
                .map(|actor| {
                    format!("{}: {}", game.actors[actor.index()].id, label(found, &own, actor, &state))
                })
                .collect();
            return fails(format!(
                "a strategic form needs every combination of strategies, and the rules forbid {}",
                named.join("; ")
            ));
        };
        let payoff: Vec<String> = (0..own.len())
            .map(|actor| (worst[actor] + 1 - found.rows[row].ranks[actor]).to_string())
            .collect();
        let _ = writeln!(payoffs, "{}", payoff.join(" "));
        let Some(next) = (0..own.len()).find(|&actor| choice[actor] + 1 < strategies[actor].len()) else {
            break;
        };
        choice[..next].fill(0);
        choice[next] += 1;
    }
    let mut players = BTreeSet::new();
    let mut text = format!("NFG 1 R {} {{ ", quoted(&listing::heading(found.conflict)));
    for actor in game.actor_ids() {
        let name = readable(&names::actor(found.conflict, actor), &game.actors[actor.index()].id);
        let _ = write!(text, "{} ", quoted(&letters::distinct(name, &mut players)));
    }
    text.push_str("}\n\n{ ");
    for (actor, all) in strategies.iter().enumerate() {
        let mut taken = BTreeSet::new();
        text.push_str("{ ");
        for strategy in all {
            let mut state = State::default();
            set(&mut state, &own[actor], strategy);
            let name = readable(&label(found, &own, ActorId::from(actor), &state), "nothing");
            let _ = write!(text, "{} ", quoted(&letters::distinct(name, &mut taken)));
        }
        text.push_str("}\n");
    }
    text.push_str("}\n\"Payoffs are ordinal: places in each actor's order, 1 is worst.\"\n\n");
    text.push_str(&payoffs);
    let mut left_out = vec!["strengths of preference: payoffs are ordinals".to_owned()];
    if form.options.iter().any(|o| o.direction != Direction::Both) {
        left_out
            .push("one-way options: in a strategic form every strategy can follow every other".to_owned());
    }
    if !form.cannot.is_empty() {
        left_out
            .push("moves taken away: in a strategic form every strategy can follow every other".to_owned());
    }
    let names =
        game.actors.iter().map(|actor| actor.name.as_str()).chain([found.conflict.about.title.as_str()]);
    if names.into_iter().any(|name| !name.is_ascii()) {
        left_out.push("letters beyond ASCII: names are transliterated".to_owned());
    }
    Ok(Exported { text, left_out })
}

/// Turns the options of an actor on and off, the last first.
fn set(state: &mut State, own: &[OptionId], strategy: &[bool]) {
    for (&option, &on) in own.iter().rev().zip(strategy) {
        state.set(option, on);
    }
}

/// What of an actor's options is on.
fn label(found: &Listing<'_>, own: &[Vec<OptionId>], actor: ActorId, state: &State) -> String {
    let options = found.conflict.game.options();
    let on = own[actor.index()].iter().filter(|&&o| state.is_on(o));
    let names: Vec<&str> = on.map(|&o| options[o.index()].id.as_str()).collect();
    if names.is_empty() { "nothing".to_owned() } else { names.join("+") }
}

/// A label that Gambit reads, or `instead` when nothing of it is left.
fn readable(text: &str, instead: &str) -> String {
    let plain = letters::ascii(&text.replace('"', "'").replace('\\', "/"));
    // Transliteration can bring in what was taken out.
    let plain = plain.replace('"', "'").replace('\\', "/");
    if plain.is_empty() { instead.to_owned() } else { plain }
}

/// A quoted string of Gambit.
fn quoted(text: &str) -> String {
    format!("\"{}\"", readable(text, "case"))
}
