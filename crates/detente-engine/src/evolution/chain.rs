//! The chain of improvements from one state.

use std::collections::HashMap;

use detente_model::{ActorId, Game, Sequences, State};

use super::{Choice, EvolveError, EvolveSettings};
use crate::arena::{Arena, Full, Met, Steps, reached};
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
        let mut arena = Arena::new(game, settings.limit.saturating_mul(16).max(1 << 16));
        if !arena.is_feasible(from) {
            return Err(EvolveError::NotFeasible(from.clone()));
        }
        let mut chain = Self { states: Vec::new(), links: Vec::new(), limits: Vec::new() };
        let mut places: HashMap<Met, usize> = HashMap::new();
        let mut mets = Vec::new();
        if let Ok(start) = arena.meet(from) {
            places.insert(start, 0);
            mets.push(start);
            chain.states.push(from.clone());
        }
        let mut stop: Option<Stop> = None;
        let mut full = false;
        let mut at = 0;
        while at < mets.len() {
            if stop.is_none() && at % 64 == 0 {
                stop = watch.stop();
            }
            let ways = match stop {
                Some(_) => None,
                None => ways(&mut arena, mets[at], settings).ok(),
            };
            let Some(ways) = ways else {
                // Not followed from here: all of the chain that comes here is unaccounted for.
                full |= stop.is_none();
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
                            full = true;
                            None
                        }
                    };
                    links.push(Link { mover, to, weight, total, ways: ends.len() as u64 });
                }
            }
            chain.links.push(links);
            at += 1;
        }
        if let Some(stop) = stop.or(full.then_some(Stop::Work)) {
            let limit = match stop {
                Stop::Work => format!("{} states", settings.limit),
                other => other.words().to_owned(),
            };
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

/// Who can move from `met`, with weight and ends.
fn ways(
    arena: &mut Arena<'_>,
    met: Met,
    settings: &EvolveSettings,
) -> Result<Vec<(Coalition, u64, Vec<Met>)>, Full> {
    let weight = |actor: ActorId| settings.weights.get(actor.index()).copied().unwrap_or(1);
    let actors: Vec<ActorId> = arena.game().actor_ids().collect();
    let mut ways = Vec::new();
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
        if weight(actor) > 0 {
            ways.push((Coalition::of([actor]), weight(actor), ends));
        }
    }
    if settings.coalitions {
        for coalition in Coalition::everybody(actors.len()).parts(actors.len()) {
            if coalition.size() < 2 || leaving.iter().any(|part| part.is_within(coalition)) {
                continue;
            }
            let movers: Vec<ActorId> = coalition.members().collect();
            let weight = movers.iter().map(|a| weight(*a)).min().unwrap_or(0);
            let steps =
                Steps { movers: &movers, improving: false, sequences: Sequences::Legal, most: usize::MAX };
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
            if weight > 0 {
                ways.push((coalition, weight, ends));
            }
        }
    }
    Ok(ways)
}
