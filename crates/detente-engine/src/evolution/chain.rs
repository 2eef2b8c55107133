//! The chain of improvements from one state.

use std::collections::HashMap;

use detente_model::{ActorId, Game, State};

use super::{Choice, EvolveError, EvolveSettings};
use crate::arena::{Arena, Cut, Met, Steps, reached};
use crate::coalition::Coalition;
use crate::{LimitHit, Stop, Watch};

/// One way on from a state: with probability `weight / (total × ways)`.
pub(super) struct Link {
    pub(super) mover: Coalition,
    /// By place; `None`: not followed.
    pub(super) to: Option<usize>,
    /// Weight of the mover.
    pub(super) weight: u64,
    /// Weights of all who can move here.
    pub(super) total: u64,
    /// Among how many ends the mover chooses.
    pub(super) ways: u64,
}

/// States that the chain can be in, with the ways on from each.
pub(super) struct Chain {
    pub(super) states: Vec<State>,
    pub(super) links: Vec<Vec<Link>>,
    /// By state: who would leave it, but has no weight.
    pub(super) held: Vec<Vec<Coalition>>,
    pub(super) limits: Vec<LimitHit>,
}

impl Chain {
    pub(super) fn new(
        game: &Game,
        from: &State,
        settings: &EvolveSettings,
        watch: &dyn Watch,
    ) -> Result<Self, EvolveError> {
        let actors = game.actors.len();
        if !settings.weights.is_empty() && settings.weights.len() != actors {
            return Err(EvolveError::Weights { given: settings.weights.len(), actors });
        }
        // The arena also meets states that nobody comes to by improvements.
        let mut arena = Arena::new(game, settings.limit.saturating_mul(16).max(1 << 16), watch);
        if !arena.is_feasible(from) {
            return Err(EvolveError::NotFeasible(from.clone()));
        }
        let mut chain = Self { states: Vec::new(), links: Vec::new(), held: Vec::new(), limits: Vec::new() };
        let mut places: HashMap<Met, usize> = HashMap::new();
        let mut mets = Vec::new();
        if let Ok(start) = arena.meet(from) {
            places.insert(start, 0);
            mets.push(start);
            chain.states.push(from.clone());
        }
        let mut stop: Option<Stop> = None;
        let mut full: Option<String> = None;
        let mut at = 0;
        while at < mets.len() {
            if stop.is_none() && at % 64 == 0 {
                stop = watch.stop();
            }
            let ways = match stop {
                Some(_) => None,
                None => match ways(&mut arena, mets[at], settings) {
                    Ok(ways) => Some(ways),
                    Err(cut) => {
                        match cut.stop {
                            Stop::Work => full = Some(cut.limit_words()),
                            other => stop = Some(other),
                        }
                        None
                    }
                },
            };
            let Some(Ways { moving: ways, held }) = ways else {
                // Not followed from here: all of the chain that comes here is unaccounted for.
                chain.held.push(Vec::new());
                let mover = Coalition::default();
                chain.links.push(vec![Link { mover, to: None, weight: 1, total: 1, ways: 1 }]);
                at += 1;
                continue;
            };
            let total = ways.iter().map(|(_, weight, _)| *weight).sum();
            let mut links = Vec::new();
            for (mover, weight, ends) in ways {
                for end in &ends {
                    let to = match places.get(end) {
                        Some(place) => Some(*place),
                        None if mets.len() < settings.limit => {
                            places.insert(*end, mets.len());
                            mets.push(*end);
                            chain.states.push(arena.state(*end).clone());
                            Some(mets.len() - 1)
                        }
                        None => {
                            full = Some(format!("{} states", settings.limit));
                            None
                        }
                    };
                    links.push(Link { mover, to, weight, total, ways: ends.len() as u64 });
                }
            }
            chain.links.push(links);
            chain.held.push(held);
            at += 1;
        }
        let stopped = stop.map(|stop| (stop, stop.words().to_owned()));
        if let Some((stop, limit)) = stopped.or(full.map(|limit| (Stop::Work, limit))) {
            chain.limits.push(LimitHit {
                stop,
                what: "following the improvements".to_owned(),
                limit,
                reached: format!("{} states", chain.states.len()),
                exact: "no probability, but bounds: what was not followed is counted apart".to_owned(),
            });
        }
        Ok(chain)
    }
}

/// Who would move from a state.
struct Ways {
    /// With weight and ends.
    moving: Vec<(Coalition, u64, Vec<Met>)>,
    /// Those without weight.
    held: Vec<Coalition>,
}

/// Who would move from `met`.
fn ways(arena: &mut Arena<'_>, met: Met, settings: &EvolveSettings) -> Result<Ways, Cut> {
    let weight = |actor: ActorId| settings.weights.get(actor.index()).copied().unwrap_or(1);
    let actors: Vec<ActorId> = arena.game().actor_ids().collect();
    let mut ways = Ways { moving: Vec::new(), held: Vec::new() };
    let mut leaving: Vec<Coalition> = Vec::new();
    for actor in actors.iter().copied() {
        let mut ends = arena.improvements(actor, met)?;
        if ends.is_empty() {
            continue;
        }
        leaving.push(Coalition::of([actor]));
        if settings.choice == Choice::Best {
            // Best first: the ends that tie with the first.
            let best = ends[0];
            ends.retain(|end| !arena.prefers(actor, best, *end));
        }
        match weight(actor) {
            0 => ways.held.push(Coalition::of([actor])),
            weight => ways.moving.push((Coalition::of([actor]), weight, ends)),
        }
    }
    if settings.coalitions {
        for coalition in Coalition::everybody(actors.len()).parts(actors.len()) {
            if coalition.size() < 2 || leaving.iter().any(|part| part.is_within(coalition)) {
                continue;
            }
            let movers: Vec<ActorId> = coalition.members().collect();
            let weight = movers.iter().map(|a| weight(*a)).min().unwrap_or(0);
            let steps = Steps::legal(&movers);
            let found =
                reached(arena, met, steps, |arena, t| movers.iter().all(|a| arena.prefers(*a, t, met)))?;
            let mut ends: Vec<Met> = found.into_iter().map(|(end, _)| end).collect();
            if ends.is_empty() {
                continue;
            }
            leaving.push(coalition);
            if settings.choice == Choice::Best {
                // What no other end beats for every member.
                let all = ends.clone();
                ends.retain(|end| {
                    !all.iter().any(|other| movers.iter().all(|a| arena.prefers(*a, *other, *end)))
                });
            }
            ends.sort_by(|a, b| arena.state(*a).cmp(arena.state(*b)));
            match weight {
                0 => ways.held.push(coalition),
                weight => ways.moving.push((coalition, weight, ends)),
            }
        }
    }
    Ok(ways)
}
