//! What a certificate rests on: the wishes that decide its steps, and their claims.

use std::collections::BTreeSet;

use detente_model::{ActorId, Answers, ClaimId, Game, Grounds, Preference, State};

use super::Certificate;
use crate::{Deciding, Order};

/// The grounds of what decides between two states for `actor`: of the statement, of all weighted
/// statements that differ, or of the ranking. Empty when the actor is indifferent.
#[must_use]
pub fn deciding_grounds<'g>(game: &'g Game, actor: ActorId, a: &State, b: &State) -> Vec<&'g Grounds> {
    let deciding = Order::new(game, actor).and_then(|order| order.deciding(a, b));
    match (game.preferences.get(actor.index()), deciding) {
        (Some(Preference::Statements(list)), Some(Deciding::Statement(k))) => {
            list.get(k).map(|s| &s.grounds).into_iter().collect()
        }
        (Some(Preference::Weights(list)), Some(_)) => {
            let Some(form) = game.option_form() else { return Vec::new() };
            let differs = |w: &&detente_model::Weighed| form.holds(&w.that, a) != form.holds(&w.that, b);
            list.iter().filter(differs).map(|w| &w.grounds).collect()
        }
        (Some(Preference::Ranking(ranking)), Some(_)) => vec![&ranking.grounds],
        _ => Vec::new(),
    }
}

/// The states that the sanction of an entry passes through, the improvement first; under sim the
/// moves are taken from the state itself and the last one is the joint result. Empty for a pattern.
#[must_use]
pub fn path(game: &Game, certificate: &Certificate, entry: usize) -> Vec<State> {
    let Some(entry) = certificate.improvements.get(entry) else { return Vec::new() };
    let Some(to) = entry.to.one() else { return Vec::new() };
    let mut states = vec![to.clone()];
    let mut end = to.clone();
    for step in &entry.sanction {
        if certificate.concept.at_once() {
            let chosen = step.to.from_here(&certificate.state);
            for option in game.parties(step.mover).into_iter().flat_map(|actor| game.options_of(actor)) {
                end.set(option, chosen.is_on(option));
            }
        } else {
            end = step.to.from_here(&end);
        }
        states.push(end.clone());
    }
    states
}

/// The claims that a certificate rests on, ascending: those of what makes each improvement better,
/// of what makes the end of each sanction no better, and, where opponents answer in their own
/// interest, of what they gain.
#[must_use]
pub fn claims(game: &Game, certificate: &Certificate) -> Vec<ClaimId> {
    let mut all: BTreeSet<ClaimId> = BTreeSet::new();
    let mut add = |actor: ActorId, a: &State, b: &State| {
        for grounds in deciding_grounds(game, actor, a, b) {
            all.extend(grounds.claims.iter().copied());
        }
    };
    for (at, entry) in certificate.improvements.iter().enumerate() {
        let Some(to) = entry.to.one() else { continue };
        add(certificate.actor, to, &certificate.state);
        let path = path(game, certificate, at);
        if let (Some(end), false) = (path.last(), entry.sanction.is_empty()) {
            add(certificate.actor, &certificate.state, end);
        }
        for (step, before) in entry.sanction.iter().zip(&path) {
            match certificate.concept.answers() {
                Answers::Improvements => {
                    for party in game.parties(step.mover) {
                        add(party, &step.to.from_here(before), before);
                    }
                }
                Answers::AtOnce => {
                    for party in game.parties(step.mover) {
                        add(party, &step.to.from_here(&certificate.state), &certificate.state);
                    }
                }
                Answers::Nothing | Answers::Moves => {}
            }
        }
    }
    all.into_iter().collect()
}
