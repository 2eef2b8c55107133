//! Errors that only the feasible states show: contradictory rules, gaps and overlaps of rankings.
//! The reader asks for them, so that every command reports them in the same way.

use std::ops::Range;

use detente_model::{Conflict, Game, State};

use super::preferences::{RankingMistake, ranking_mistakes, rankings};
use super::rules::Rules;
use super::sat::Work;
use super::words;
use crate::codes;
use crate::problems::Problems;
use crate::read::Spans;

/// Bound on the search, in decisions: some seconds at most. Past it the engine has the last word.
pub(crate) const WORK: u64 = 300_000;

/// Reports why no state obeys the rules of `game`; whether there was something to report.
/// A status quo that obeys them is proof enough that some state does.
pub(crate) fn contradiction(
    game: &Game,
    whose: &str,
    place: Option<&Range<usize>>,
    rules_at: &[Range<usize>],
    work: &Work,
    problems: &mut Problems,
) -> bool {
    let Some(form) = game.option_form() else { return false };
    if game.status_quo.as_ref().is_some_and(|state| form.broken_rule(state).is_none()) {
        return false;
    }
    let Some(found) = Rules::new(form, work).contradiction() else { return false };
    let mut places = found.rules.iter().filter_map(|&rule| Some((rule, rules_at.get(rule)?)));
    let at = place.cloned().or_else(|| places.next().map(|(_, at)| at.clone())).unwrap_or(0..0);
    let words = found.words(game, form);
    let count = found.rules.len();
    let mut problem =
        codes::contradictory_rules::contradictory_rules(&at, whose, &words, count, found.minimal);
    for (rule, at) in places {
        problem = problem.related(at, words::rule(game, &form.rules[rule]));
    }
    problems.push(problem);
    true
}

/// Reports gaps and overlaps of the rankings of `game`; `whose` as for [`contradiction`].
pub(crate) fn ranking_errors(
    game: &Game,
    whose: &str,
    place: Option<&Range<usize>>,
    spans: &Spans,
    work: &Work,
    problems: &mut Problems,
) {
    for (actor, ranking) in rankings(game) {
        let id = match game.actors.get(actor) {
            Some(actor) if whose.is_empty() => format!("`{}`", actor.id),
            Some(actor) => format!("`{}` {whose}", actor.id),
            None => continue,
        };
        let entry_at =
            |group: usize, entry: usize| spans.rankings.get(actor)?.get(group)?.get(entry).cloned();
        let whole = spans.preferences.get(actor).cloned().flatten().unwrap_or(0..0);
        let (mistakes, _) = ranking_mistakes(game, ranking, work);
        for mistake in mistakes {
            problems.push(match mistake {
                RankingMistake::Gap(state) => {
                    let at = place.cloned().unwrap_or_else(|| whole.clone());
                    codes::ranking_gap::ranking_gap(&at, &id, &state_words(game, &state))
                }
                RankingMistake::Overlap { state, first, again, entry } => {
                    let at = place.cloned().or_else(|| entry_at(again, entry));
                    let earlier = entry_at(first, 0).filter(|_| place.is_none());
                    codes::ranking_overlap::ranking_overlap(
                        &at.unwrap_or_else(|| whole.clone()),
                        &id,
                        &state_words(game, &state),
                        (first + 1, again + 1),
                        earlier.as_ref(),
                    )
                }
            });
        }
    }
}

/// The same for every variant and view: rules may contradict each other only there, and a ranking
/// may have gaps only where rules have fallen.
pub(crate) fn overlay_errors(conflict: &Conflict, spans: &Spans, work: &Work, problems: &mut Problems) {
    let variants = conflict
        .variants
        .iter()
        .zip(&spans.variants)
        .map(|(variant, spans)| (format!("in variant `{}`", variant.id), &variant.overlay, &spans.key));
    let views = conflict.views.iter().zip(&spans.views).map(|(view, spans)| {
        let id = conflict.game.actors.get(view.actor.index()).map_or("", |actor| &actor.id);
        (format!("in the view of `{id}`"), &view.overlay, &spans.key)
    });
    for (whose, overlay, key) in variants.chain(views) {
        let more = !overlay.add_rules.is_empty()
            || !overlay.unavailable.is_empty()
            || overlay.strike.assumptions
            || overlay.status_quo.is_some();
        let fewer = !overlay.drop_rules.is_empty() || !overlay.strike.is_empty();
        let ranked = fewer && rankings(&conflict.game).next().is_some();
        let dated = !overlay.deadlines.is_empty()
            || conflict.game.deadlines_ahead().next().is_some()
                && (more || fewer || !overlay.lift.is_empty() || !overlay.define.is_empty());
        if !(more && conflict.game.status_quo.is_none() || ranked || dated) {
            continue;
        }
        let Ok(changed) = conflict.with_overlay(overlay) else { continue };
        if contradiction(&changed.game, &whose, Some(key), &[], work, problems) {
            continue;
        }
        if ranked {
            ranking_errors(&changed.game, &whose, Some(key), spans, work, problems);
        }
        if dated {
            super::dates::deadline_errors(&changed.game, &whose, Some(key), spans, work, problems);
        }
    }
}

/// A state by its options, or by its id in graph form.
pub(crate) fn state_words(game: &Game, state: &State) -> String {
    const NAMED: usize = 8;
    if let Some(graph) = game.graph_form() {
        let position = state.number().and_then(|n| usize::try_from(n).ok()).and_then(|n| n.checked_sub(1));
        return match position.and_then(|at| graph.states.get(at)) {
            Some(id) => format!("`{id}`"),
            None => state.to_string(),
        };
    }
    let mut on: Vec<String> = Vec::new();
    for thing in game.things() {
        let name = game.option_name(thing);
        match game.option_form().and_then(|form| form.scale_of(thing)) {
            None if state.is_on(thing) => on.push(format!("`{name}`")),
            None => {}
            Some(scale) => match scale.value(state) {
                Some(0) if !scale.can_be_off() => {}
                Some(place) => on.push(format!("`{name}` at {}", scale.in_words(Some(place)))),
                None => {}
            },
        }
    }
    match on.as_slice() {
        [] => "the one with nothing on (state 0)".to_owned(),
        on if on.len() > NAMED => {
            format!(
                "{} and {} more on, the rest off (state {state})",
                on[..NAMED].join(", "),
                on.len() - NAMED
            )
        }
        on => format!("{} on, the rest off (state {state})", words::and(on)),
    }
}
