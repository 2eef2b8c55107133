//! The sets of deeds that meet an aim: what can be done about a game without anybody changing its mind.
//!
//! # Definition
//! A set of deeds *meets* the aim when all of it can be done together ([`deed::after`]) and the aim is met in the game
//! that it leads to. Told are the sets of up to so many deeds that meet the aim and of which no smaller part does. A deed
//! costs what the lever on it costs, 1 without; a set costs the sum. As every cost is above 0, the cheapest set of up to
//! so many deeds is always among them.
//!
//! # Complexity
//! One solution for every set without a part that meets the aim: with `n` deeds at most `n^k / k!` of `k`.

use detente_model::{Concept, Game, OutcomeStates};

use super::deed::{self, Beside, Deed};
use super::trial::Trial;
use super::{Aim, CHUNK};
use crate::family::{Family, GraphModel};
use crate::{LimitHit, Settings, SolveError, Stop, Watch};

/// What to look for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeedSettings {
    /// How to solve; its concepts are not used.
    pub settings: Settings,
    /// Under which concept.
    pub concept: Concept,
    /// What the deeds are for.
    pub aim: Aim,
    /// How many deeds together at most.
    pub most: usize,
    /// Games to solve at most.
    pub games: usize,
}

/// The sets of deeds that were found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Deeds {
    /// Each with no part that meets the aim; first reasons for those who do not mind, then sets of which all deeds have
    /// a lever, then the others; of these the cheapest first, then the smallest, then in the order of the deeds.
    pub sets: Vec<DeedSet>,
    /// All sets of up to so many deeds were tried.
    pub upto: usize,
    /// How many single deeds there are.
    pub single: usize,
    /// Games that were solved.
    pub games: usize,
    /// Bounds that were hit.
    pub limits: Vec<LimitHit>,
}

/// A set of deeds that meets the aim.
#[derive(Clone, Debug, PartialEq)]
pub struct DeedSet {
    /// The deeds, in their order.
    pub deeds: Vec<Deed>,
    /// What they cost.
    pub cost: f64,
    /// Whether the case has a lever on each of them.
    pub levers: bool,
    /// Whether the outcome is still possible after them.
    pub possible: bool,
}

/// The sets of deeds in `game` that meet the aim for `outcome`. Where it is met as things are, there are none.
///
/// # Errors
/// When the game itself cannot be solved.
pub fn deeds(
    game: &Game,
    beside: Beside<'_>,
    outcome: &OutcomeStates,
    settings: &DeedSettings,
    watch: &dyn Watch,
) -> Result<Deeds, SolveError> {
    let family =
        GraphModel(Settings { concepts: vec![settings.concept], threads: 1, ..settings.settings.clone() });
    let ask = settings.aim.ask(settings.concept, outcome);
    family.can(game, &ask).map_err(SolveError::NotPossible)?;
    let solved = family.solve(game, watch)?;
    let mut found = Deeds { games: 1, limits: family.limits(&solved).to_vec(), ..Deeds::default() };
    match family.conclude(&solved, &ask).holds {
        None => return Ok(found),
        Some(true) => return Ok(Deeds { upto: settings.most, ..found }),
        Some(false) => {}
    }
    let all = Deed::all(game, beside);
    found.single = all.len();
    let trial = Trial { family: &family, ask, watch };
    let search = Search { trial, game, beside, settings, all: &all };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(settings.settings.threads).build();
    let mut work = || search.run(&mut found);
    match pool {
        Ok(pool) => pool.install(work),
        Err(_) => work(),
    }
    let key = |set: &DeedSet| {
        let reasons = set.deeds.iter().all(|deed| matches!(deed, Deed::Reason(..)));
        (!reasons, !set.levers)
    };
    // Stable: sets of one size come in the order of their deeds.
    found.sets.sort_by(|a, b| {
        key(a).cmp(&key(b)).then(a.cost.total_cmp(&b.cost)).then(a.deeds.len().cmp(&b.deeds.len()))
    });
    Ok(found)
}

struct Search<'s> {
    trial: Trial<'s, GraphModel>,
    game: &'s Game,
    beside: Beside<'s>,
    settings: &'s DeedSettings,
    all: &'s [Deed],
}

impl Search<'_> {
    fn run(&self, found: &mut Deeds) {
        let mut met: Vec<Vec<usize>> = Vec::new();
        for size in 1..=self.settings.most {
            let mut sets = Sets { of: self.all.len(), at: (0..size).collect(), done: size > self.all.len() };
            loop {
                if let Some(stop) = self.trial.watch.stop() {
                    found.limits.push(self.short(found, size, stop.words().to_owned(), stop));
                    return;
                }
                let left = self.settings.games.saturating_sub(found.games);
                let mut games: Vec<(Vec<usize>, Game)> = Vec::new();
                let mut done = true;
                while games.len() < CHUNK.min(left + 1) {
                    let Some(set) = sets.next() else { break };
                    done = false;
                    // Of the same size none is part of another.
                    if met.iter().any(|part| part.iter().all(|at| set.contains(at))) {
                        continue;
                    }
                    let deeds: Vec<Deed> = set.iter().map(|at| self.all[*at]).collect();
                    games.extend(deed::after(self.game, self.beside.said, &deeds).map(|game| (set, game)));
                }
                if done {
                    break;
                }
                let enough = games.len() <= left;
                games.truncate(left);
                let Deeds { sets: list, games: solved, .. } = found;
                let told = |count| format!("{count} cases after deeds, {size} at once");
                let meets = |set: Vec<usize>, possible| {
                    list.push(self.set(&set, possible));
                    met.push(set);
                };
                if let Err((stop, limit)) = self.trial.all(games, solved, told, meets) {
                    found.limits.push(self.short(found, size, limit, stop));
                    return;
                }
                if !enough {
                    let limit = format!("{} games to solve", self.settings.games);
                    found.limits.push(self.short(found, size, limit, Stop::Work));
                    return;
                }
            }
            found.upto = size;
        }
    }

    /// A set that meets the aim.
    fn set(&self, places: &[usize], possible: bool) -> DeedSet {
        let deeds: Vec<Deed> = places.iter().map(|at| self.all[*at]).collect();
        let costs: Vec<Option<f64>> = deeds.iter().map(|deed| deed.lever(self.game, self.beside)).collect();
        let cost = costs.iter().map(|lever| lever.unwrap_or(1.0)).sum();
        DeedSet { cost, levers: costs.iter().all(Option::is_some), deeds, possible }
    }

    fn short(&self, found: &Deeds, size: usize, limit: String, stop: Stop) -> LimitHit {
        LimitHit {
            stop,
            what: match size {
                1 => "single deeds".to_owned(),
                size => format!("sets of {size} deeds"),
            },
            limit,
            reached: format!("{} games", found.games),
            exact: match found.upto {
                0 => "what is shown".to_owned(),
                1 => "which single deeds do it, and what is shown".to_owned(),
                upto => format!("which sets of up to {upto} deeds do it, and what is shown"),
            },
        }
    }
}

/// All sets of so many places, in lexicographic order.
struct Sets {
    of: usize,
    at: Vec<usize>,
    done: bool,
}

impl Iterator for Sets {
    type Item = Vec<usize>;

    fn next(&mut self) -> Option<Vec<usize>> {
        if self.done {
            return None;
        }
        let set = self.at.clone();
        let size = self.at.len();
        match (0..size).rev().find(|place| self.at[*place] + size - place < self.of) {
            Some(place) => {
                let first = self.at[place] + 1;
                for (next, at) in self.at[place..].iter_mut().enumerate() {
                    *at = first + next;
                }
            }
            None => self.done = true,
        }
        Some(set)
    }
}
