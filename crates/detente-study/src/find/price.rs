//! What it would take: deeds first, then the least change of wishes and options, and what lasts after one.

use std::collections::HashMap;

use detente_engine::price::{self, Aim, Change, Costs, Price, PriceSettings, Way};
use detente_engine::{LimitHit, Settings, SolveError, Watch};
use detente_model::{Concept, Conflict, OutcomeStates, State};
use num_bigint::BigUint;

use super::caps::{Cap, TRIED, TRIED_NASH};
use super::deeds::{Plans, Standing};
use super::findings::Findings;

/// What is looked for.
pub struct Search {
    /// Of which outcome.
    pub outcome: OutcomeStates,
    /// Under which concept.
    pub concept: Concept,
    /// How to solve.
    pub settings: Settings,
    /// What a change costs.
    pub costs: Costs,
    /// The highest cost that is looked at.
    pub most: u32,
    /// How many deeds at once are tried at most; 0: none are.
    pub deeds: usize,
    /// Games to solve at most, for each aim, and as many for deeds.
    pub games: usize,
}

/// What was found for one aim.
pub struct Found {
    /// What the change is for.
    pub aim: Aim,
    /// What can be done for it without anybody changing its mind; `None`: it was not asked, or it is met as things are.
    pub plans: Option<Plans>,
    /// The least change.
    pub price: Price,
}

impl Found {
    /// Every bound that was hit.
    pub fn limits(&self) -> impl Iterator<Item = &LimitHit> {
        self.plans.iter().flat_map(|plans| &plans.limits).chain(&self.price.limits)
    }

    /// Whether something was found that meets the aim, or it is met as things are.
    #[must_use]
    pub fn is_met(&self) -> bool {
        self.price.cost.is_some() || self.plans.as_ref().is_some_and(|plans| !plans.list.is_empty())
    }
}

/// What lasts after a way.
pub struct After {
    /// The case then.
    pub conflict: Conflict,
    /// Possible outcomes.
    pub feasible: BigUint,
    /// How many last.
    pub equilibria: BigUint,
    /// The first of those that last.
    pub first: Vec<State>,
}

/// What was found for an aim, as far as it is told.
#[derive(Clone, Copy)]
pub struct Once<'f> {
    /// The aim, with what was found.
    pub found: &'f Found,
    /// What can be done; `None`: nothing was asked, or it is told with another aim.
    pub plans: Option<&'f Plans>,
    /// The least change; `None`: it is told with another aim.
    pub price: Option<&'f Price>,
}

impl Once<'_> {
    /// Whether deeds were found, and nobody would do any of them, not even when paid.
    #[must_use]
    pub fn unwanted(&self) -> bool {
        let first = self.plans.and_then(|plans| plans.list.first());
        first.is_some_and(|plan| plan.standing == Standing::Unwanted)
    }
}

/// What was found, each once: where the same deeds, or the same changes, make it last and make it all that lasts, the
/// second is told. First what somebody would do.
pub fn each_once(found: &[Found]) -> Vec<Once<'_>> {
    let sets = |found: &Found| {
        let plans = found.plans.as_ref()?;
        Some(plans.list.iter().map(|plan| plan.set.deeds.clone()).collect::<Vec<_>>())
    };
    let told = |one: &&Found, same: &dyn Fn(&Found) -> bool| {
        let more = |other: &Found| other.aim == Aim::Certain && other.is_met() && same(other);
        one.aim != Aim::Possible || !found.iter().any(more)
    };
    let mut all: Vec<Once<'_>> = found
        .iter()
        .map(|one| {
            let plans = told(&one, &|other| sets(one) == sets(other));
            let price =
                |other: &Found| one.price.cost == other.price.cost && one.price.ways == other.price.ways;
            let price = told(&one, &price);
            Once {
                found: one,
                plans: one.plans.as_ref().filter(|_| plans),
                price: Some(&one.price).filter(|_| price),
            }
        })
        .filter(|once| once.plans.is_some() || once.price.is_some())
        .collect();
    all.sort_by_key(Once::unwanted);
    all
}

/// Ways that differ only in the places at which wishes then stand: one story.
pub struct Told<'w> {
    /// The first of them.
    pub way: &'w Way,
    /// All of them, the first too.
    pub ways: Vec<&'w Way>,
    /// For each change of the first: the places that its wish can stand at, ascending; empty for a change without.
    /// Any place of one goes with any of the others when `any` is set.
    pub places: Vec<Vec<usize>>,
    /// Whether all combinations of places are among the ways.
    pub any: bool,
}

/// The bound that keeps changes from being tried while something else is answered; `None`: they are tried.
#[must_use]
pub fn exceeded(found: &Findings, which: Concept) -> Option<&'static Cap> {
    let options = found.conflict.game.options().len();
    let quick = which == Concept::Nash && (1..=TRIED_NASH.size()).contains(&options);
    let many = too_many(found).filter(|_| !quick)?;
    let graph = found.conflict.game.graph_form().is_some();
    Some(if which == Concept::Nash && !graph { &TRIED_NASH } else { many })
}

/// The bound on possible outcomes, where there are more.
#[must_use]
pub fn too_many(found: &Findings) -> Option<&'static Cap> {
    (found.feasible().count() > BigUint::from(TRIED.most)).then_some(&TRIED)
}

impl Search {
    /// The aims that are not met as things are; `None` when the equilibria are not known.
    pub fn aims(&self, found: &Findings) -> Option<Vec<Aim>> {
        let verdicts = &*found.solution.verdicts;
        let mut aims = Vec::new();
        for (aim, _) in Aim::ALL {
            if !aim.is_met(verdicts, self.concept, &self.outcome)? {
                aims.push(aim);
            }
        }
        Some(aims)
    }

    /// The least change for each of `aims`, the cheapest first.
    ///
    /// # Errors
    /// When the case itself cannot be solved.
    pub fn find(
        &self,
        conflict: &Conflict,
        aims: &[Aim],
        watch: &dyn Watch,
    ) -> Result<Vec<Found>, SolveError> {
        let mut all = Vec::new();
        for &aim in aims {
            let settings = PriceSettings {
                settings: self.settings.clone(),
                concept: self.concept,
                aim,
                costs: self.costs,
                most: self.most,
                games: self.games,
            };
            let price = price::price(&conflict.game, &self.outcome, &settings, watch)?;
            let asked = self.deeds > 0 && price.cost != Some(0) && conflict.game.option_form().is_some();
            let plans = if asked { Some(self.plans(conflict, aim, watch)?) } else { None };
            all.push(Found { aim, plans, price });
        }
        all.sort_by_key(|found| found.price.cost.unwrap_or(u32::MAX));
        Ok(all)
    }

    /// What lasts after a way; `None` when it cannot be solved, or nobody waits any longer.
    #[must_use]
    pub fn after(&self, conflict: &Conflict, aim: Aim, way: &[Change], watch: &dyn Watch) -> Option<After> {
        const SHOWN: usize = 3;
        let mut changed = conflict.clone();
        changed.game = price::changed(&conflict.game, &self.outcome, aim, way)?;
        let settings = Settings { concepts: vec![self.concept], ..self.settings.clone() };
        let solution = detente_engine::solve(&changed.game, &settings, watch).ok()?;
        let lasting = solution.verdicts.lasting(self.concept)?;
        let (equilibria, first) = (lasting.count(), lasting.first(SHOWN));
        // What an outcome is called does not depend on where it starts.
        changed.game.status_quo.clone_from(&conflict.game.status_quo);
        Some(After { feasible: solution.verdicts.feasible().count(), equilibria, first, conflict: changed })
    }

    /// What lasts after the first of these ways, and whether the same lasts after all of them.
    ///
    /// Complexity: one solution per way.
    #[must_use]
    pub fn then(
        &self,
        conflict: &Conflict,
        aim: Aim,
        told: &Told<'_>,
        watch: &dyn Watch,
    ) -> (Option<After>, bool) {
        let first = self.after(conflict, aim, &told.way.changes, watch);
        let same = told.ways.iter().skip(1).all(|way| {
            let other = self.after(conflict, aim, &way.changes, watch);
            let facts = |after: &Option<After>| {
                after.as_ref().map(|a| (a.feasible.clone(), a.equilibria.clone(), a.first.clone()))
            };
            facts(&other) == facts(&first)
        });
        (first, same)
    }

    /// Whether a cost is a number of changes.
    #[must_use]
    pub fn counts(&self) -> bool {
        self.costs == Costs::default()
    }
}

/// The change without the place at which its wish stands afterwards.
fn placeless(change: Change) -> Change {
    match change {
        Change::Move { actor, place, .. } => Change::Move { actor, place, to: usize::MAX },
        Change::Add { actor, .. } => Change::Add { actor, to: usize::MAX },
        other => other,
    }
}

fn place_after(change: Change) -> Option<usize> {
    match change {
        Change::Move { to, .. } | Change::Add { to, .. } => Some(to),
        Change::Drop { .. } | Change::Flip { .. } | Change::Forbid(_) => None,
    }
}

impl Told<'_> {
    /// Whether nobody changes its mind in it: only options are given up.
    #[must_use]
    pub fn is_deeds(&self) -> bool {
        self.way.changes.iter().all(|change| matches!(change, Change::Forbid(_)))
    }
}

/// All ways, those that differ in places only as one, in the order of [`telling_first`].
///
/// Complexity: one sort, and one pass.
#[must_use]
pub fn told(ways: &[Way]) -> Vec<Told<'_>> {
    let mut all: Vec<Told<'_>> = Vec::new();
    let mut known: HashMap<(Vec<Change>, bool), usize> = HashMap::new();
    for way in telling_first(ways) {
        let key = (way.changes.iter().map(|change| placeless(*change)).collect(), way.possible);
        let at = *known.entry(key).or_insert_with(|| {
            let places = vec![Vec::new(); way.changes.len()];
            all.push(Told { way, ways: Vec::new(), places, any: false });
            all.len() - 1
        });
        let told = &mut all[at];
        told.ways.push(way);
        for (places, change) in told.places.iter_mut().zip(&way.changes) {
            places.extend(place_after(*change).filter(|to| !places.contains(to)));
        }
    }
    for told in &mut all {
        told.places.iter_mut().for_each(|places| places.sort_unstable());
        told.any = told.places.iter().map(|places| places.len().max(1)).product::<usize>() == told.ways.len();
    }
    all
}

/// All ways, the first of each kind before the second of each: those first after which the outcome is still possible,
/// and of these such as take an option away: what says most, and is pictured most easily.
pub fn telling_first(ways: &[Way]) -> Vec<&Way> {
    fn kind(change: Change) -> u8 {
        match change {
            Change::Forbid(_) => 0,
            Change::Drop { .. } => 1,
            Change::Move { .. } => 2,
            Change::Flip { .. } => 3,
            Change::Add { .. } => 4,
        }
    }
    let kinds = |way: &Way| {
        let mut kinds: Vec<u8> = way.changes.iter().map(|change| kind(*change)).collect();
        kinds.sort_unstable();
        (!way.possible, kinds)
    };
    let mut sorted: Vec<_> = ways.iter().map(|way| (kinds(way), way)).collect();
    sorted.sort_by(|(a, _), (b, _)| a.cmp(b));
    // The first of each kind, then the second of each, …
    let mut rounds: Vec<(usize, &Way)> = Vec::new();
    for (at, (kinds, way)) in sorted.iter().enumerate() {
        let again = at > 0 && sorted[at - 1].0 == *kinds;
        rounds.push((if again { rounds[at - 1].0 + 1 } else { 0 }, *way));
    }
    rounds.sort_by_key(|(round, _)| *round);
    rounds.into_iter().map(|(_, way)| way).collect()
}

#[cfg(test)]
mod tests {
    use detente_model::ActorId;

    use super::*;

    fn way(changes: &[Change]) -> Way {
        Way { changes: changes.to_vec(), possible: true }
    }

    /// A wish that may stand first or second is one story; two wishes of which not every pair of places does it are
    /// told as such.
    #[test]
    fn ways_that_differ_in_places_are_one_story() {
        let (a, b) = (ActorId(0), ActorId(1));
        let shift = |to| Change::Move { actor: a, place: 3, to };
        let add = |actor, to| Change::Add { actor, to };
        let drop = Change::Drop { actor: b, place: 0 };
        let ways = [
            way(&[shift(1)]),
            way(&[shift(0)]),
            way(&[drop]),
            way(&[add(b, 0)]),
            way(&[add(b, 2)]),
            way(&[add(b, 1)]),
            way(&[drop, shift(2)]),
            way(&[drop, shift(0)]),
            way(&[add(a, 0), add(b, 0)]),
            way(&[add(a, 1), add(b, 1)]),
        ];
        let stories = told(&ways);
        assert_eq!(stories.iter().map(|told| told.ways.len()).sum::<usize>(), ways.len(), "none is lost");
        let of = |first: &[Change]| {
            let same = |told: &&Told<'_>| told.ways.iter().any(|way| way.changes == first);
            stories.iter().find(same).map(|told| (told.ways.len(), told.places.clone(), told.any))
        };
        assert_eq!(stories.len(), 5);
        assert_eq!(of(&[shift(1)]), Some((2, vec![vec![0, 1]], true)));
        assert_eq!(of(&[drop]), Some((1, vec![vec![]], true)));
        assert_eq!(of(&[add(b, 0)]), Some((3, vec![vec![0, 1, 2]], true)));
        assert_eq!(of(&[drop, shift(2)]), Some((2, vec![vec![], vec![0, 2]], true)));
        assert_eq!(of(&[add(a, 0), add(b, 0)]), Some((2, vec![vec![0, 1], vec![0, 1]], false)));
    }
}
