//! The chain of improvements from one state.

use std::collections::{BTreeSet, HashMap};

use detente_model::{ActId, ActorId, Game, MoverId, State, Step};

use super::{Choice, EvolveError, EvolveSettings, Walker};
use crate::arena::{Arena, Cut, Met, Steps, reached};
use crate::coalition::{Coalition, inside};
use crate::{LimitHit, Stop, Watch};

/// One way on from a state: with probability `weight / (total × ways)`.
pub(super) struct Link {
    /// `None`: not followed from here.
    pub(super) mover: Option<Walker>,
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
pub(super) struct Chain<'g> {
    pub(super) game: &'g Game,
    pub(super) states: Vec<State>,
    pub(super) links: Vec<Vec<Link>>,
    /// By state: who would leave it, but has no weight.
    pub(super) held: Vec<Vec<Walker>>,
    pub(super) limits: Vec<LimitHit>,
}

impl<'g> Chain<'g> {
    pub(super) fn new(
        game: &'g Game,
        from: &State,
        settings: &EvolveSettings,
        watch: &dyn Watch,
    ) -> Result<Self, EvolveError> {
        let actors = game.actors.len();
        if !settings.weights.is_empty() && settings.weights.len() != actors {
            return Err(EvolveError::Weights { given: settings.weights.len(), actors });
        }
        let weights = Weights::new(game, settings).ok_or(EvolveError::Shares)?;
        // The arena also meets states that nobody comes to by improvements.
        let mut arena = Arena::new(game, settings.limit.saturating_mul(16).max(1 << 16), watch);
        if !arena.is_feasible(from) {
            return Err(EvolveError::NotFeasible(from.clone()));
        }
        let mut chain =
            Self { game, states: Vec::new(), links: Vec::new(), held: Vec::new(), limits: Vec::new() };
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
                None => match ways(&mut arena, mets[at], settings, &weights) {
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
                chain.links.push(vec![Link { mover: None, to: None, weight: 1, total: 1, ways: 1 }]);
                at += 1;
                continue;
            };
            let total = ways.iter().map(|(weight, _)| *weight).sum();
            let mut links = Vec::new();
            for (weight, ends) in ways {
                for &(mover, end) in &ends {
                    let to = match places.get(&end) {
                        Some(place) => Some(*place),
                        None if mets.len() < settings.limit => {
                            places.insert(end, mets.len());
                            mets.push(end);
                            chain.states.push(arena.state(end).clone());
                            Some(mets.len() - 1)
                        }
                        None => {
                            full = Some(format!("{} states", settings.limit));
                            None
                        }
                    };
                    links.push(Link { mover: Some(mover), to, weight, total, ways: ends.len() as u64 });
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

/// Who acts together, and the movers (one per level of the act) that are one choice of theirs.
struct Group {
    /// The act, and whether they end it; `None`: graph form.
    act: Option<(ActId, bool)>,
    parties: Vec<ActorId>,
    movers: Vec<MoverId>,
}

/// The weights of movers, in whole numbers of one scale.
pub(crate) struct Weights {
    actors: Vec<u64>,
    /// Who acts together: an act, its parties, and the movers (one per level) that are one choice of theirs.
    groups: Vec<(Vec<MoverId>, Vec<ActorId>, u64)>,
    chances: Vec<u64>,
}

impl Weights {
    /// An act's weight is shared among its groups: everything is multiplied by what makes the shares whole.
    /// `None`: not in whole numbers of 64 bits.
    pub(crate) fn new(game: &Game, settings: &EvolveSettings) -> Option<Self> {
        let movers = game.movers();
        let mut groups: Vec<Group> = Vec::new();
        for (at, mover) in movers.iter().enumerate().skip(game.actors.len()) {
            let act = mover.joint.map(|joint| (joint.act, matches!(joint.step, Step::End)));
            let own = MoverId::from(at);
            // In graph form every group that has joint moves is by itself.
            let same =
                |group: &&mut Group| act.is_some() && group.act == act && group.parties == mover.parties;
            match groups.iter_mut().find(same) {
                Some(group) => group.movers.push(own),
                None => groups.push(Group { act, parties: mover.parties.clone(), movers: vec![own] }),
            }
        }
        // How many different groups have a say in an act.
        let share = |group: &Group| {
            let Some((id, _)) = group.act else { return 1 };
            let of = groups.iter().filter(|other| other.act.is_some_and(|(act, _)| act == id));
            of.map(|other| &other.parties).collect::<BTreeSet<_>>().len() as u64
        };
        let common = groups.iter().try_fold(1_u64, |all, group| lcm(all, share(group)))?;
        let actor = |at: usize| settings.weights.get(at).copied().unwrap_or(1).checked_mul(common);
        let of_act = |id: ActId| settings.acts.get(id.index()).copied().unwrap_or(1);
        let weights = Self {
            actors: (0..game.actors.len()).map(actor).collect::<Option<_>>()?,
            groups: groups
                .iter()
                .map(|group| {
                    let weight =
                        group.act.map_or(1, |(id, _)| of_act(id)).checked_mul(common / share(group))?;
                    let stays = group.parties.iter().any(|p| settings.weights.get(p.index()) == Some(&0));
                    Some((group.movers.clone(), group.parties.clone(), if stays { 0 } else { weight }))
                })
                .collect::<Option<_>>()?,
            chances: game
                .option_form()
                .map_or(&[][..], |form| &form.chances)
                .iter()
                .enumerate()
                .map(|(at, _)| settings.chances.get(at).copied().unwrap_or(0).checked_mul(common))
                .collect::<Option<_>>()?,
        };
        // Whoever may move at one state: their weights are added.
        let all = weights.actors.iter().chain(weights.groups.iter().map(|(_, _, weight)| weight));
        all.chain(&weights.chances).try_fold(0_u64, |sum, weight| sum.checked_add(*weight))?;
        Some(weights)
    }

    /// The weights of the actors; then of each group that acts together, with its movers counted from the first that is
    /// no actor.
    pub(crate) fn of_movers(self) -> (Vec<u64>, Vec<(u64, Vec<usize>)>) {
        let actors = self.actors.len();
        let group = |(movers, _, weight): (Vec<MoverId>, Vec<ActorId>, u64)| {
            (weight, movers.into_iter().map(|mover| mover.index() - actors).collect())
        };
        (self.actors, self.groups.into_iter().map(group).collect())
    }
}

/// The least common multiple, if it fits.
fn lcm(a: u64, b: u64) -> Option<u64> {
    let (mut x, mut y) = (a, b);
    while y != 0 {
        (x, y) = (y, x % y);
    }
    (a / x.max(1)).checked_mul(b)
}

/// Who would move from a state.
struct Ways {
    /// Weights, each with the ends among which is chosen, and by whose move each comes about.
    moving: Vec<(u64, Vec<(Walker, Met)>)>,
    /// Those without weight.
    held: Vec<Walker>,
}

impl Ways {
    fn add(&mut self, weight: u64, ends: Vec<(Walker, Met)>) {
        match weight {
            0 => self.held.extend(ends.first().map(|(walker, _)| *walker)),
            weight => self.moving.push((weight, ends)),
        }
    }

    fn add_one(&mut self, walker: Walker, weight: u64, ends: &[Met]) {
        self.add(weight, ends.iter().map(|end| (walker, *end)).collect());
    }
}

/// Who would move from `met`.
fn ways(arena: &mut Arena<'_>, met: Met, settings: &EvolveSettings, weights: &Weights) -> Result<Ways, Cut> {
    let game = arena.game();
    let mut ways = Ways { moving: Vec::new(), held: Vec::new() };
    let mut leaving: Vec<Coalition> = Vec::new();
    for actor in game.actor_ids() {
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
        ways.add_one(Walker::Mover(actor.into()), weights.actors[actor.index()], &ends);
    }
    for (movers, parties, weight) in &weights.groups {
        let mut ends = Vec::new();
        for &mover in movers {
            ends.extend(arena.improvements(mover, met)?.into_iter().map(|end| (Walker::Mover(mover), end)));
        }
        if ends.is_empty() {
            continue;
        }
        leaving.push(Coalition::of(parties.iter().copied()));
        if settings.choice == Choice::Best {
            let best = best_for_all(arena, parties, ends.iter().map(|(_, end)| *end).collect());
            ends.retain(|(_, end)| best.contains(end));
        }
        ways.add(*weight, ends);
    }
    if let Some(form) = game.option_form() {
        for (at, chance) in form.chances.iter().enumerate().filter(|(at, _)| weights.chances[*at] > 0) {
            let now = arena.state(met);
            let happened = now.with(&[(chance.switch, true)]).with(&chance.then);
            if !now.is_on(chance.switch) && arena.is_feasible(&happened) {
                let end = arena.meet(&happened)?;
                ways.add_one(Walker::Chance(at), weights.chances[at], &[end]);
            }
        }
    }
    if settings.coalitions {
        for coalition in Coalition::everybody(game.actors.len()).parts(game.actors.len()) {
            if coalition.size() < 2 || leaving.iter().any(|part| part.is_within(coalition)) {
                continue;
            }
            let members: Vec<ActorId> = coalition.members().collect();
            let weight = members.iter().map(|a| weights.actors[a.index()]).min().unwrap_or(0);
            let movers = inside(arena, coalition);
            let better = |arena: &Arena<'_>, t: Met| members.iter().all(|a| arena.prefers(*a, t, met));
            let found = reached(arena, met, Steps::legal(&movers), better)?;
            let mut ends: Vec<Met> = found.into_iter().map(|(end, _)| end).collect();
            if ends.is_empty() {
                continue;
            }
            leaving.push(coalition);
            if settings.choice == Choice::Best {
                ends = best_for_all(arena, &members, ends);
            }
            ends.sort_by(|a, b| arena.state(*a).cmp(arena.state(*b)));
            ways.add_one(Walker::Coalition(coalition), weight, &ends);
        }
    }
    Ok(ways)
}

/// What no other end beats for every member.
fn best_for_all(arena: &Arena<'_>, members: &[ActorId], ends: Vec<Met>) -> Vec<Met> {
    let beaten = |end: &Met| ends.iter().any(|other| members.iter().all(|a| arena.prefers(*a, *other, *end)));
    ends.iter().copied().filter(|end| !beaten(end)).collect()
}
