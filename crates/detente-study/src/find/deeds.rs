//! What can be done about an outcome: the sets of deeds that would do it, who would want to do each, and what the others
//! make of it.
//!
//! # Definition
//! Let `L` be what lasts today and `L'` what lasts after a set of deeds ([`detente_engine::price::after_deeds`]). By its
//! wishes of today an actor *gains* where neither the worst nor the best of `L'` stands lower with it than that of `L`,
//! and one of them stands higher; it *loses* where it is the other way round. A deed is *wanted* when all members of a
//! group that can do it gain; of what is in nobody's hands (a reason or a compensation for somebody, a date put off), when
//! anybody gains who could see to it. Plans come by who would carry them out: first those of which every deed is wanted,
//! then those that a lever of the case pays for where nobody wants them, then those that nobody would do of themselves.
//!
//! # Complexity
//! One solution for every set, and one pass over what lasts then for every actor.

use detente_engine::price::{self, Beside, Deed, DeedSet, DeedSettings};
use detente_engine::{LimitHit, Order, Settings, SolveError, Watch};
use detente_model::{ActorId, Concept, Conflict, State};
use num_bigint::BigUint;

use super::caps::COMPARED;
use super::price::Search;

/// Who would carry a plan out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// Those who have to, of themselves.
    Wanted,
    /// They, where an incentive of the case pays for what they do not want.
    Paid,
    /// Nobody of themselves.
    Unwanted,
}

impl Standing {
    /// All, with their words in JSON.
    pub const ALL: [(Self, &'static str); 3] =
        [(Self::Wanted, "wanted"), (Self::Paid, "paid"), (Self::Unwanted, "unwanted")];
}

/// What an actor has of it that something else lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Gain {
    /// It prefers what lasts then.
    Gains,
    /// It prefers what lasts now.
    Loses,
    /// It is the same to it.
    Same,
    /// The best and the worst that can last do not move in one direction.
    Mixed,
    /// Nothing lasts now, or then; or a bound was hit.
    Unknown,
}

impl Gain {
    /// All, with their words in JSON.
    pub const ALL: [(Self, &'static str); 5] = [
        (Self::Gains, "gains"),
        (Self::Loses, "loses"),
        (Self::Same, "same"),
        (Self::Mixed, "mixed"),
        (Self::Unknown, "unknown"),
    ];
}

/// A set of deeds, and what comes of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// The deeds.
    pub set: DeedSet,
    /// For each deed who would do it: the first group that would want to, else the first that could; of what is in nobody's
    /// hands, those who gain and could see to it.
    pub by: Vec<Vec<ActorId>>,
    /// Who would carry it out.
    pub standing: Standing,
    /// What each actor has of it.
    pub gains: Vec<Gain>,
    /// How many outcomes last then.
    pub count: BigUint,
    /// The first of them.
    pub first: Vec<State>,
}

/// What can be done for one aim.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plans {
    /// By who would carry them out.
    pub list: Vec<Plan>,
    /// All sets of up to so many deeds were tried.
    pub upto: usize,
    /// How many single deeds there are.
    pub single: usize,
    /// Games that were solved.
    pub games: usize,
    /// Bounds that were hit.
    pub limits: Vec<LimitHit>,
}

/// What lasts in a game: how many, the first few, and the levels between which they stand with each actor.
struct Lasting {
    count: BigUint,
    first: Vec<State>,
    /// The worst and the best, by actor; `None`: nothing lasts, or too much to compare.
    levels: Option<Vec<(detente_engine::Level, detente_engine::Level)>>,
}

impl Search {
    /// What can be done for `aim`: all sets of up to [`Search::deeds`] deeds.
    ///
    /// # Errors
    /// When the case itself cannot be solved.
    pub fn plans(
        &self,
        conflict: &Conflict,
        aim: price::Aim,
        watch: &dyn Watch,
    ) -> Result<Plans, SolveError> {
        let beside = Beside { said: &conflict.said, levers: &conflict.levers };
        let settings = DeedSettings {
            settings: self.settings.clone(),
            concept: self.concept,
            aim,
            most: self.deeds,
            games: self.games,
        };
        let found = price::deeds(&conflict.game, beside, &self.outcome, &settings, watch)?;
        let (upto, single, games) = (found.upto, found.single, found.games);
        let mut plans = Plans { list: vec![], upto, single, games, limits: found.limits };
        if found.sets.is_empty() {
            return Ok(plans);
        }
        let settings = Settings { concepts: vec![self.concept], ..self.settings.clone() };
        let now = lasting(conflict, &conflict.game, self.concept, &settings, watch)?;
        for set in found.sets {
            let after = price::after_deeds(&conflict.game, &conflict.said, &set.deeds);
            let Some(after) = after else { continue };
            let then = match lasting(conflict, &after, self.concept, &settings, watch) {
                Ok(then) => then,
                Err(SolveError::Stopped(hit)) => {
                    plans.limits.push(hit);
                    break;
                }
                Err(_) => continue,
            };
            if then.levels.is_none() && then.count > BigUint::from(COMPARED.most) {
                let hit = COMPARED.hit("who gains by what lasts then", "not begun", "which deeds do it");
                if !plans.limits.contains(&hit) {
                    plans.limits.push(hit);
                }
            }
            plans.list.push(plan(conflict, beside, set, &now, then));
        }
        // Stable: within a standing in the engine's order.
        plans.list.sort_by_key(|plan| plan.standing);
        Ok(plans)
    }
}

fn lasting(
    conflict: &Conflict,
    game: &detente_model::Game,
    concept: Concept,
    settings: &Settings,
    watch: &dyn Watch,
) -> Result<Lasting, SolveError> {
    const SHOWN: usize = 3;
    let solution = detente_engine::solve(game, settings, watch)?;
    let Some(set) = solution.verdicts.lasting(concept) else {
        return Ok(Lasting { count: BigUint::ZERO, first: vec![], levels: None });
    };
    let (count, first) = (set.count(), set.first(SHOWN));
    let few = count <= BigUint::from(COMPARED.most) && count > BigUint::ZERO;
    let levels = few.then(|| {
        let states = set.first(COMPARED.size());
        let of = |actor| {
            let order = Order::new(&conflict.game, actor)?;
            let levels = || states.iter().map(|state| order.level(state));
            Some((levels().min()?, levels().max()?))
        };
        conflict.game.actor_ids().map(of).collect::<Option<Vec<_>>>()
    });
    Ok(Lasting { count, first, levels: levels.flatten() })
}

fn plan(conflict: &Conflict, beside: Beside<'_>, set: DeedSet, now: &Lasting, then: Lasting) -> Plan {
    let gain = |actor: ActorId| {
        let (Some(now), Some(then)) = (&now.levels, &then.levels) else { return Gain::Unknown };
        let ((worst, best), (worst_then, best_then)) = (&now[actor.index()], &then[actor.index()]);
        match (worst_then.cmp(worst), best_then.cmp(best)) {
            (a, b) if a.is_eq() && b.is_eq() => Gain::Same,
            (a, b) if a.is_ge() && b.is_ge() => Gain::Gains,
            (a, b) if a.is_le() && b.is_le() => Gain::Loses,
            _ => Gain::Mixed,
        }
    };
    let gains: Vec<Gain> = conflict.game.actor_ids().map(gain).collect();
    let wants = |actor: &ActorId| gains.get(actor.index()) == Some(&Gain::Gains);
    let (mut by, mut all_wanted, mut all_paid) = (Vec::new(), true, true);
    for &deed in &set.deeds {
        let groups = deed.doers(&conflict.game, beside);
        let (group, wanted) = match groups.iter().find(|group| !group.is_empty() && group.iter().all(wants)) {
            Some(group) => (group.clone(), true),
            None if groups.is_empty() => {
                let receives = match deed {
                    Deed::Reason(actor, ..) | Deed::Compensate(actor, _) => Some(actor),
                    _ => None,
                };
                let others = conflict.game.actor_ids().filter(|actor| Some(*actor) != receives);
                let givers: Vec<ActorId> = others.filter(wants).collect();
                let wanted = !givers.is_empty();
                (givers, wanted)
            }
            None => (groups[0].clone(), false),
        };
        by.push(group);
        all_wanted &= wanted;
        all_paid &= wanted || deed.lever(&conflict.game, beside).is_some();
    }
    let standing = match (all_wanted, all_paid) {
        (true, _) => Standing::Wanted,
        (false, true) => Standing::Paid,
        (false, false) => Standing::Unwanted,
    };
    Plan { set, by, standing, gains, count: then.count, first: then.first }
}
