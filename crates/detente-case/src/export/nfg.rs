//! Gambit's strategic form (`.nfg`): every actor's strategies are its combinations of options.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use detente_model::Direction;

use super::{CannotExport, Exported, Snapshot};

/// At most so many combinations of strategies.
pub const PROFILES: usize = 65_536;

/// Writes the strategic form. A payoff is an ordinal: the place of the state in the actor's order
/// counted from the worst, ties equal; differences between payoffs mean nothing.
///
/// # Errors
/// Graph form; states that were not all listed; more than [`PROFILES`] states; a combination of
/// feasible strategies that the rules forbid (a strategic form has no such thing).
///
/// # Complexity
/// O(states × actors).
pub fn nfg(snapshot: &Snapshot) -> Result<Exported, CannotExport> {
    let fails = |reason: String| Err(CannotExport(vec![reason]));
    if snapshot.options.is_empty() {
        return fails("a strategic form needs options, and this case is in graph form".to_owned());
    }
    if snapshot.of.is_some() || snapshot.states.len() > PROFILES {
        let all = snapshot.of.clone().unwrap_or_else(|| snapshot.states.len().to_string());
        return fails(format!("a strategic form is written up to {PROFILES} states, and the case has {all}"));
    }
    // What each actor can do: its options in the feasible states, first option as lowest bit.
    let own: Vec<Vec<usize>> = (0..snapshot.actors.len())
        .map(|actor| (0..snapshot.options.len()).filter(|&o| snapshot.options[o].actor == actor).collect())
        .collect();
    let part = |on: &[bool], actor: usize| -> Vec<bool> { own[actor].iter().rev().map(|&o| on[o]).collect() };
    let strategies: Vec<Vec<Vec<bool>>> = (0..own.len())
        .map(|actor| {
            let all: BTreeSet<_> = snapshot.states.iter().map(|s| part(&s.on, actor)).collect();
            all.into_iter().collect()
        })
        .collect();
    let place: BTreeMap<&[bool], usize> =
        snapshot.states.iter().enumerate().map(|(at, s)| (s.on.as_slice(), at)).collect();
    let mut payoffs = String::new();
    let mut choice = vec![0; own.len()];
    let worst: Vec<usize> = (0..own.len())
        .map(|actor| snapshot.states.iter().map(|s| s.ranks[actor]).max().unwrap_or(0))
        .collect();
    // The first actor's strategy changes fastest.
    loop {
        let mut on = vec![false; snapshot.options.len()];
        for (actor, &chosen) in choice.iter().enumerate() {
            for (&option, &value) in own[actor].iter().rev().zip(&strategies[actor][chosen]) {
                on[option] = value;
            }
        }
        let Some(&state) = place.get(on.as_slice()) else {
            let named: Vec<String> = (0..own.len())
                .map(|actor| format!("{}: {}", snapshot.actors[actor].id, label(snapshot, &own[actor], &on)))
                .collect();
            return fails(format!(
                "a strategic form needs every combination of strategies, and the rules forbid {}",
                named.join("; ")
            ));
        };
        let row: Vec<String> = (0..own.len())
            .map(|actor| (worst[actor] + 1 - snapshot.states[state].ranks[actor]).to_string())
            .collect();
        let _ = writeln!(payoffs, "{}", row.join(" "));
        let Some(next) = (0..own.len()).find(|&actor| choice[actor] + 1 < strategies[actor].len()) else {
            break;
        };
        choice[..next].fill(0);
        choice[next] += 1;
    }
    let mut text = format!("NFG 1 R {} {{ ", quoted(&snapshot.heading()));
    for actor in &snapshot.actors {
        let _ = write!(text, "{} ", quoted(&actor.name));
    }
    text.push_str("}\n\n{ ");
    for (actor, all) in strategies.iter().enumerate() {
        text.push_str("{ ");
        for strategy in all {
            let mut on = vec![false; snapshot.options.len()];
            for (&option, &value) in own[actor].iter().rev().zip(strategy) {
                on[option] = value;
            }
            let _ = write!(text, "{} ", quoted(&label(snapshot, &own[actor], &on)));
        }
        text.push_str("}\n");
    }
    text.push_str("}\n\"Payoffs are ordinal: places in each actor's order, 1 is worst.\"\n\n");
    text.push_str(&payoffs);
    let mut left_out = vec!["strengths of preference: payoffs are ordinals".to_owned()];
    if snapshot.options.iter().any(|o| o.direction != Direction::Both) {
        left_out
            .push("one-way options: in a strategic form every strategy can follow every other".to_owned());
    }
    Ok(Exported { text, left_out })
}

/// What of an actor's options is on.
fn label(snapshot: &Snapshot, own: &[usize], on: &[bool]) -> String {
    let names: Vec<&str> = own
        .iter()
        .filter(|&&o| on[o])
        .map(|&o| {
            let id = &snapshot.options[o].id;
            id.split_once('.').map_or(id.as_str(), |(_, own)| own)
        })
        .collect();
    if names.is_empty() { "nothing".to_owned() } else { names.join("+") }
}

/// A quoted string of Gambit.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
