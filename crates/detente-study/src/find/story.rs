//! One story of where a conflict goes: what is likeliest to come first, second, … until it rests or turns in a circle; and
//! of a circle, where most time is spent and who undoes what.
//!
//! # Definition
//! The *story* follows the likeliest step of the chain ([`detente_engine::evolution`]) from where it starts, the first of
//! those that are as likely, until nobody would move, or it comes to an outcome for the second time. The share of *time*
//! that a circle spends in an outcome is that of the stationary distribution of the chain in it. A thing *is undone* in a
//! circle where some of its steps switch it on and others off (a level: raise it and lower it).
//!
//! # Complexity
//! One pass over the steps for the story; for shares of time, cubic in the outcomes of a circle up to
//! [`ELIMINATED`], beyond that sweeps over its steps until they settle.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use detente_engine::Watch;
use detente_engine::evolution::{
    Absorbing, ChainStep, ELIMINATED, Evolution, EvolveSettings, Walker, evolve,
};
use detente_model::{Conflict, OptionId, State};
use num_bigint::BigUint;

use super::caps::AT_ONCE;
use super::findings::Findings;

/// One step of the story.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// Who moves.
    pub mover: Walker,
    /// From where.
    pub from: State,
    /// To where.
    pub to: State,
    /// How likely this is to be the next step.
    pub probability: f64,
}

/// How the story ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Nobody would move.
    Rests,
    /// It comes back to where it has been: to the start of this step of it.
    Back(usize),
    /// A bound kept it from being followed.
    NotFollowed,
}

/// The likeliest steps, one after the other.
#[derive(Clone, Debug, PartialEq)]
pub struct Story {
    /// The steps.
    pub steps: Vec<Step>,
    /// How it ends.
    pub end: End,
}

/// Who does what in a circle, and who undoes it.
#[derive(Clone, Debug, PartialEq)]
pub struct Undone {
    /// What.
    pub thing: OptionId,
    /// Who switches it on, or raises it.
    pub on: Vec<Walker>,
    /// Who switches it off, or lowers it.
    pub off: Vec<Walker>,
}

/// A circle that is not left any more.
#[derive(Clone, Debug, PartialEq)]
pub struct Round {
    /// Its outcomes with the share of time that is spent in each, the most first; `None`: it was stopped before.
    pub time: Option<Vec<(State, f64)>>,
    /// What is done and undone, in file order.
    pub undone: Vec<Undone>,
}

/// Whether it ends elsewhere where groups may also move together: every minimal coalition that can leave an outcome to the
/// gain of all its members, beside single actors and acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Together {
    /// In the same outcomes and circles.
    Same,
    /// In these: an outcome, or those of a circle.
    Elsewhere(Vec<Vec<State>>),
    /// Too many outcomes are possible ([`AT_ONCE`]), or one of the two was not followed to its end.
    NotLookedAt,
}

impl Together {
    /// Compares `evolution`, which was followed by `settings`, with the same by groups too; `None`: groups moved in it.
    #[must_use]
    pub fn of(
        found: &Findings,
        evolution: &Evolution,
        settings: &EvolveSettings,
        watch: &dyn Watch,
    ) -> Option<Self> {
        if settings.coalitions {
            return None;
        }
        let many = found.feasible().count() > BigUint::from(AT_ONCE.most);
        if many || !evolution.limits.is_empty() {
            return Some(Self::NotLookedAt);
        }
        let settings = EvolveSettings { coalitions: true, ..settings.clone() };
        let by_groups = evolve(&found.conflict.game, &evolution.from, &settings, watch).ok();
        Some(match by_groups.filter(|by_groups| by_groups.limits.is_empty()) {
            None => Self::NotLookedAt,
            Some(by_groups) if ends(&by_groups) == ends(evolution) => Self::Same,
            Some(by_groups) => Self::Elsewhere(ends(&by_groups)),
        })
    }
}

/// Where a chain ends, by state.
fn ends(evolution: &Evolution) -> Vec<Vec<State>> {
    let states = |end: &Absorbing| -> Vec<State> {
        let mut states: Vec<State> =
            end.states.iter().map(|place| evolution.states[*place].clone()).collect();
        states.sort_unstable();
        states
    };
    let mut all: Vec<Vec<State>> =
        evolution.absorbing.iter().filter(|end| end.probability > 0.0).map(states).collect();
    all.sort_unstable();
    all
}

/// What is told of an evolution beside its numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Telling {
    /// The likeliest steps.
    pub story: Story,
    /// Whether groups that move together end it elsewhere; `None`: they moved already.
    pub together: Option<Together>,
    /// For each place where it ends, in their order: what goes on there, where it is a circle.
    pub rounds: Vec<Option<Round>>,
}

impl Telling {
    /// What is told of `evolution`.
    #[must_use]
    pub fn of(found: &Findings, evolution: &Evolution, settings: &EvolveSettings, watch: &dyn Watch) -> Self {
        let of =
            |end: &Absorbing| (end.states.len() > 1).then(|| round(&found.conflict, evolution, end, watch));
        let rounds = evolution.absorbing.iter().map(of).collect();
        let together = Together::of(found, evolution, settings, watch);
        Self { story: story(evolution), together, rounds }
    }
}

/// The story of `evolution`.
#[must_use]
pub fn story(evolution: &Evolution) -> Story {
    let mut likeliest: HashMap<usize, &ChainStep> = HashMap::new();
    for step in &evolution.steps {
        let best = likeliest.entry(step.from).or_insert(step);
        if step.probability > best.probability + 1e-12 {
            *best = step;
        }
    }
    let mut story = Story { steps: Vec::new(), end: End::Rests };
    let mut been = vec![0];
    let mut at = 0;
    while let Some(step) = likeliest.get(&at) {
        let Some(to) = step.to else {
            story.end = End::NotFollowed;
            break;
        };
        story.steps.push(Step {
            mover: step.mover,
            from: evolution.states[at].clone(),
            to: evolution.states[to].clone(),
            probability: step.probability,
        });
        if let Some(before) = been.iter().position(|place| *place == to) {
            story.end = End::Back(before);
            break;
        }
        been.push(to);
        at = to;
    }
    story
}

/// What goes on in a circle of `evolution`.
#[must_use]
pub fn round(conflict: &Conflict, evolution: &Evolution, circle: &Absorbing, watch: &dyn Watch) -> Round {
    let places: HashMap<usize, usize> =
        circle.states.iter().enumerate().map(|(at, place)| (*place, at)).collect();
    let inside = evolution
        .steps
        .iter()
        .filter_map(|step| Some((*places.get(&step.from)?, *places.get(&step.to?)?, step)));
    let steps: Vec<(usize, usize, &ChainStep)> = inside.collect();
    let shares = stationary(circle.states.len(), &steps, watch);
    let time = shares.map(|shares| {
        let mut time: Vec<(State, f64)> = circle
            .states
            .iter()
            .zip(shares)
            .map(|(place, share)| (evolution.states[*place].clone(), share))
            .collect();
        // Stable: what is as long comes by state.
        time.sort_by(|a, b| b.1.total_cmp(&a.1));
        time
    });
    let game = &conflict.game;
    let form = game.option_form();
    let height = |thing: OptionId, state: &State| {
        form.map_or(0, |form| form.bits(thing).into_iter().filter(|bit| state.is_on(*bit)).count())
    };
    let mut on: BTreeMap<OptionId, (Vec<Walker>, Vec<Walker>)> = BTreeMap::new();
    let mut known: HashSet<(OptionId, Walker, bool)> = HashSet::new();
    let things: BTreeSet<OptionId> = game.things().collect();
    for (_, _, step) in &steps {
        let (Some(from), Some(to)) =
            (evolution.states.get(step.from), step.to.and_then(|to| evolution.states.get(to)))
        else {
            continue;
        };
        for &thing in &things {
            let (before, after) = (height(thing, from), height(thing, to));
            if before == after || !known.insert((thing, step.mover, after > before)) {
                continue;
            }
            let who = on.entry(thing).or_default();
            if after > before { who.0.push(step.mover) } else { who.1.push(step.mover) }
        }
    }
    let undone = on.into_iter().filter(|(_, (on, off))| !on.is_empty() && !off.is_empty());
    Round { time, undone: undone.map(|(thing, (on, off))| Undone { thing, on, off }).collect() }
}

/// The stationary distribution of a chain in which each state leads to each other; `None`: it was stopped.
fn stationary(count: usize, steps: &[(usize, usize, &ChainStep)], watch: &dyn Watch) -> Option<Vec<f64>> {
    if count > ELIMINATED {
        return swept(count, steps, watch);
    }
    let mut matrix = vec![vec![0.0; count]; count];
    for (from, to, step) in steps {
        matrix[*from][*to] += step.probability;
    }
    // Elimination without subtraction (Grassmann, Taksar & Heyman 1985), from the last state on.
    for last in (1..count).rev() {
        if watch.stop().is_some() {
            return None;
        }
        let out: f64 = matrix[last][..last].iter().sum();
        if out <= 0.0 {
            return None;
        }
        let (above, below) = matrix.split_at_mut(last);
        let Some(goes) = below.first() else { continue };
        for row in above {
            row[last] /= out;
            let comes = row[last];
            if comes > 0.0 {
                row[..last].iter_mut().zip(goes).for_each(|(share, goes)| *share += comes * goes);
            }
        }
    }
    let mut shares = vec![0.0; count];
    if let Some(first) = shares.first_mut() {
        *first = 1.0;
    }
    for at in 1..count {
        shares[at] = (0..at).map(|from| shares[from] * matrix[from][at]).sum();
    }
    let sum: f64 = shares.iter().sum();
    Some(shares.into_iter().map(|share| share / sum).collect())
}

/// The same by sweeps, each of which stays half where it is, so that a circle of even length settles too.
fn swept(count: usize, steps: &[(usize, usize, &ChainStep)], watch: &dyn Watch) -> Option<Vec<f64>> {
    const SETTLED: f64 = 1e-9;
    let mut shares = vec![1.0 / count as f64; count];
    loop {
        if watch.stop().is_some() {
            return None;
        }
        let mut next: Vec<f64> = shares.iter().map(|share| share / 2.0).collect();
        for (from, to, step) in steps {
            next[*to] += shares[*from] * step.probability / 2.0;
        }
        let change: f64 = shares.iter().zip(&next).map(|(a, b)| (a - b).abs()).sum();
        shares = next;
        if change < SETTLED {
            return Some(shares);
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use detente_engine::Quiet;
    use detente_engine::testing::{Shape, uncertain};

    use super::*;

    /// On random games: each story follows the likeliest steps, and shares of time are those that the chain keeps.
    #[test]
    fn stories_and_circles_are_what_the_chain_says() {
        let shapes = [Shape { options: (2, 5), ..Shape::default() }, Shape::several()];
        let (mut circles, mut stories, mut undone) = (0, 0, 0);
        for seed in 0..4_000_u64 {
            let conflict = uncertain(seed, &shapes[seed as usize % 2], 0.0);
            let from = conflict.game.status_quo.clone().unwrap();
            let found = evolve(&conflict.game, &from, &EvolveSettings::default(), &Quiet).unwrap();
            let told = story(&found);
            let mut at = from.clone();
            for step in &told.steps {
                assert_eq!(step.from, at, "seed {seed}");
                let here = found.states.iter().position(|state| *state == at).unwrap();
                let steps = || found.steps.iter().filter(|step| step.from == here);
                let most = steps().map(|step| step.probability).fold(0.0, f64::max);
                assert!((most - step.probability).abs() < 1e-9, "seed {seed}");
                assert!(steps().any(|s| s.mover == step.mover && found.states[s.to.unwrap()] == step.to));
                at = step.to.clone();
            }
            match told.end {
                End::Rests => assert!(found.absorbing.iter().any(|end| found.states[end.states[0]] == at)),
                End::Back(before) => assert_eq!(told.steps[before].from, at, "seed {seed}"),
                End::NotFollowed => assert!(!found.limits.is_empty()),
            }
            stories += usize::from(told.steps.len() > 1);
            for circle in found.absorbing.iter().filter(|end| end.states.len() > 1) {
                let round = round(&conflict, &found, circle, &Quiet);
                let time = round.time.unwrap();
                let share =
                    |place: usize| time.iter().find(|(state, _)| *state == found.states[place]).unwrap().1;
                assert!((time.iter().map(|(_, share)| share).sum::<f64>() - 1.0).abs() < 1e-9);
                for place in &circle.states {
                    let comes: f64 = found
                        .steps
                        .iter()
                        .filter(|step| step.to == Some(*place) && circle.states.contains(&step.from))
                        .map(|step| share(step.from) * step.probability)
                        .sum();
                    assert!((comes - share(*place)).abs() < 1e-9, "seed {seed}");
                }
                let places: HashMap<usize, usize> =
                    circle.states.iter().enumerate().map(|(at, place)| (*place, at)).collect();
                let steps: Vec<(usize, usize, &ChainStep)> = (found.steps.iter())
                    .filter_map(|step| Some((*places.get(&step.from)?, *places.get(&step.to?)?, step)))
                    .collect();
                let again = swept(circle.states.len(), &steps, &Quiet).unwrap();
                for (place, share_again) in circle.states.iter().zip(again) {
                    assert!((share(*place) - share_again).abs() < 1e-5, "seed {seed}");
                }
                circles += 1;
                // In option form a circle undoes what it does.
                if conflict.game.option_form().is_some() {
                    assert!(!round.undone.is_empty(), "seed {seed}");
                    undone += round.undone.len();
                }
            }
        }
        assert!(
            circles > 60 && stories > 300 && undone > 30,
            "{circles} circles, {stories} stories, {undone}"
        );
    }
}
