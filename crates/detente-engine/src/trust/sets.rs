//! Sets of claims: minimal ones that a conclusion cannot do without, and small ones that suffice.

use std::collections::{HashMap, HashSet};

use detente_model::{Answer, ClaimId, Strike};
use rayon::prelude::*;

use super::run::{Base, claims};
use super::{Status, Trust};
use crate::{LimitHit, Stop, Watch};

/// A set of claims whose loss changes a conclusion, and of which no part does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StruckSet {
    /// Which conclusion, by place.
    pub conclusion: usize,
    /// The claims.
    pub claims: Vec<ClaimId>,
    /// What becomes of it: overturned or unsupported.
    pub status: Status,
}

/// Sets solved together.
const CHUNK: usize = 128;

/// Claims that suffice for a conclusion: with all others struck, it is supported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Body {
    /// Which conclusion, by place.
    pub conclusion: usize,
    /// The claims; none of them can be struck too without losing the support.
    pub claims: Vec<ClaimId>,
    /// Whether no smaller set suffices (else: none smaller was found within the bound).
    pub smallest: bool,
}

/// What becomes of each conclusion; `None` of one: the case cannot stand.
type Statuses = Vec<Option<Status>>;

/// Struck sets, solved once for each game that they lead to. Which games are solved when runs are
/// short does not depend on threads.
struct Solver<'b, 'c> {
    base: &'b Base<'c>,
    watch: &'b dyn Watch,
    /// The text of the game, by what falls; `None`: the case cannot stand.
    games: HashMap<Vec<usize>, Option<String>>,
    /// By the text of the game.
    known: HashMap<String, Statuses>,
    /// Games that may still be solved, and sets that may still be looked at: many sets lead to one game.
    left: usize,
    sets: usize,
    /// What was in the way when something was not looked at.
    short: Option<Short>,
}

/// Why sets were not looked at.
#[derive(Clone, Copy)]
enum Short {
    Stopped(Stop),
    Games,
    Sets,
}

const SETS_PER_RUN: usize = crate::caps::STRUCK_SETS.size();

/// A set of so many claims counts as one more.
const CLAIMS_PER_SET: usize = 256;

impl Solver<'_, '_> {
    /// All runs for another search.
    fn refill(&mut self) {
        self.left = self.base.settings.runs;
        self.sets = self.left.saturating_mul(SETS_PER_RUN);
    }

    /// What becomes of the conclusions without each of these sets of claims; `None`: no runs left.
    fn struck(&mut self, sets: &[Vec<ClaimId>]) -> Vec<Option<Statuses>> {
        let base = self.base;
        let (all, mut taken) = (sets.len(), 0);
        for set in sets {
            let Some(left) = self.sets.checked_sub(1 + set.len() / CLAIMS_PER_SET) else { break };
            (self.sets, taken) = (left, taken + 1);
        }
        let sets = &sets[..taken];
        if taken < all {
            self.short = Some(Short::Sets);
        }
        if self.stopped() {
            return vec![None; all];
        }
        // What falls says which game it is; its text is made once for each.
        let fallen: Vec<Vec<usize>> =
            sets.par_iter().map(|set| base.strikes.fallen(&set.iter().copied().collect(), false)).collect();
        let mut open: Vec<(&Vec<usize>, Strike)> = Vec::new();
        let mut asked: HashSet<&Vec<usize>> = HashSet::new();
        for (fallen, set) in fallen.iter().zip(sets) {
            if !self.games.contains_key(fallen) && asked.insert(fallen) {
                open.push((fallen, claims(base.conflict, set)));
            }
        }
        let watch = self.watch;
        let made: Vec<(Vec<usize>, Option<Option<String>>)> = open
            .into_par_iter()
            .map(|(fallen, strike)| {
                let game = || base.strikes.game(&strike).ok().map(|game| game.canonical());
                (fallen.clone(), watch.stop().is_none().then(game))
            })
            .collect();
        for (fallen, game) in made {
            let Some(game) = game else {
                self.stopped();
                return vec![None; all];
            };
            self.games.insert(fallen, game);
        }
        let keys: Vec<Option<String>> =
            fallen.iter().map(|fallen| self.games.get(fallen).cloned().flatten()).collect();
        let mut new: Vec<(&String, Strike)> = Vec::new();
        let mut asked: HashSet<&String> = HashSet::new();
        for (key, set) in keys.iter().zip(sets) {
            let Some(key) = key else { continue };
            if self.known.contains_key(key) || asked.contains(key) {
                continue;
            }
            if self.left == 0 {
                self.short = Some(Short::Games);
                continue;
            }
            asked.insert(key);
            new.push((key, claims(base.conflict, set)));
            self.left -= 1;
        }
        let solved: Vec<(String, Option<Statuses>)> = new
            .par_iter()
            .map(|(key, strike)| {
                let status = watch.stop().is_none().then(|| match base.statuses(strike, watch) {
                    Err(_) => vec![None; base.conclusions.len()],
                    Ok(statuses) => statuses.into_iter().map(Some).collect(),
                });
                ((*key).clone(), status)
            })
            .collect();
        for (key, status) in solved {
            match status {
                Some(status) => _ = self.known.insert(key, status),
                None => _ = self.stopped(),
            }
        }
        let mut found: Vec<Option<Statuses>> = keys
            .iter()
            .map(|key| match key {
                None => Some(vec![None; base.conclusions.len()]),
                Some(key) => self.known.get(key).cloned(),
            })
            .collect();
        found.resize(all, None);
        found
    }

    /// Whether the caller stopped it, which is kept as the reason of what is not looked at.
    fn stopped(&mut self) -> bool {
        let stop = self.watch.stop();
        if let Some(stop) = stop {
            self.short = Some(Short::Stopped(stop));
        }
        stop.is_some()
    }

    /// The bound that kept `what` from being looked at whole.
    fn runs_out(&self, what: &str) -> LimitHit {
        let runs = self.base.settings.runs;
        let (stop, limit) = match self.short {
            Some(Short::Stopped(stop)) => (stop, stop.words().to_owned()),
            Some(Short::Sets) => {
                (Stop::Work, format!("{} sets of claims to look at", runs.saturating_mul(SETS_PER_RUN)))
            }
            Some(Short::Games) | None => (Stop::Work, format!("{runs} games to solve")),
        };
        let reached = format!("{} games", runs - self.left);
        LimitHit { stop, what: what.to_owned(), limit, reached, exact: "what is shown".to_owned() }
    }
}

/// Fills in the minimal sets and the bodies.
pub(super) fn search(base: &Base<'_>, trust: &mut Trust, watch: &dyn Watch) {
    let all = base.conflict.bearing_claims();
    let mut solver =
        Solver { base, watch, games: HashMap::new(), known: HashMap::new(), left: 0, sets: 0, short: None };
    solver.refill();
    let (mut complete, mut undecided) = (true, false);
    // By conclusion and claims: what becomes of it.
    let mut minimal: HashMap<(usize, Vec<ClaimId>), Status> = HashMap::new();
    for size in 1..=base.settings.size.min(all.len()) {
        // One more than can be looked at shows that there are more.
        let sets: Vec<Vec<ClaimId>> = combinations(&all, size).take(solver.sets + 1).collect();
        let found = solver.struck(&sets);
        let mut new = Vec::new();
        for (set, status) in sets.into_iter().zip(found) {
            let Some(status) = status else {
                complete = false;
                continue;
            };
            for (conclusion, status) in status.into_iter().enumerate() {
                undecided |= status == Some(Status::NotKnown);
                let bad = |s: &Status| matches!(s, Status::Overturned | Status::Unsupported);
                let Some(status) = status.filter(bad) else { continue };
                // Minimal for what it does: a part that overturns is more than one that unsettles.
                let part = (0..size).flat_map(|size| combinations(&set, size)).any(|part| {
                    let known = minimal.get(&(conclusion, part));
                    known.is_some_and(|known| *known == status || *known == Status::Overturned)
                });
                if !part {
                    new.push(StruckSet { conclusion, claims: set.clone(), status });
                }
            }
        }
        for found in &new {
            minimal.insert((found.conclusion, found.claims.clone()), found.status);
        }
        trust.sets.extend(new);
        if !complete {
            break;
        }
    }
    if undecided && !trust.runs.iter().any(|run| !run.limits().is_empty()) {
        trust.limits.push(super::run::not_known(crate::arena::Cut::beyond(super::run::LOOKED_AT)));
    }
    if !complete {
        trust.limits.push(solver.runs_out("the minimal sets of claims that a conclusion cannot do without"));
    }
    trust.sets.sort_by(|a, b| {
        a.conclusion
            .cmp(&b.conclusion)
            .then(a.claims.len().cmp(&b.claims.len()))
            .then(a.claims.cmp(&b.claims))
    });
    for conclusion in 0..base.conclusions.len() {
        if base.conclusions[conclusion].before != Answer::Yes {
            continue;
        }
        solver.refill();
        solver.short = None;
        match body(&mut solver, &all, conclusion) {
            Some(body) => trust.bodies.push(body),
            None => {
                let what = "the smallest body of evidence for a conclusion";
                if !trust.limits.iter().any(|l| l.what == what) {
                    trust.limits.push(solver.runs_out(what));
                }
            }
        }
    }
}

/// Sets of growing size while the runs last, half of them; then one claim after the other is
/// taken from the whole.
fn body(solver: &mut Solver<'_, '_>, all: &[ClaimId], conclusion: usize) -> Option<Body> {
    // Both are in ascending order.
    let others = |kept: &[ClaimId]| {
        all.iter().copied().filter(|c| kept.binary_search(c).is_err()).collect::<Vec<ClaimId>>()
    };
    let supported = |status: &Option<Statuses>| {
        status.as_ref().map(|status| status[conclusion] == Some(Status::Supported))
    };
    let half = solver.base.settings.runs / 2;
    let mut smallest = true;
    'sizes: for size in 0..=all.len() {
        let mut sets = combinations(all, size).peekable();
        while sets.peek().is_some() {
            let spent = solver.left < half.max(1) || solver.sets < half * SETS_PER_RUN;
            if spent || solver.stopped() {
                smallest = false;
                break 'sizes;
            }
            let chunk: Vec<Vec<ClaimId>> = sets.by_ref().take(CHUNK).collect();
            let struck: Vec<Vec<ClaimId>> = chunk.iter().map(|kept| others(kept)).collect();
            let found = solver.struck(&struck);
            smallest &= !found.iter().flatten().any(|status| status[conclusion] == Some(Status::NotKnown));
            if let Some(at) = found.iter().position(|status| supported(status) == Some(true)) {
                return chunk.into_iter().nth(at).map(|claims| Body { conclusion, claims, smallest });
            }
        }
    }
    if smallest && solver.watch.stop().is_none() {
        // Every set was tried: not even all claims support it.
        return None;
    }
    let mut kept = all.to_vec();
    if supported(&solver.struck(&[others(&kept)]).pop()?)? {
        for claim in all {
            let fewer: Vec<ClaimId> = kept.iter().copied().filter(|c| c != claim).collect();
            if supported(&solver.struck(&[others(&fewer)]).pop()?)? {
                kept = fewer;
            }
        }
        return Some(Body { conclusion, claims: kept, smallest });
    }
    None
}

/// All subsets of `size` elements, in lexicographic order.
fn combinations(of: &[ClaimId], size: usize) -> impl Iterator<Item = Vec<ClaimId>> + use<'_> {
    let mut places: Option<Vec<usize>> = (size <= of.len()).then(|| (0..size).collect());
    std::iter::from_fn(move || {
        let now = places.take()?;
        let n = of.len();
        places = (0..size).rev().find(|&i| now[i] < n - size + i).map(|i| {
            let mut next = now.clone();
            next[i] += 1;
            for j in i + 1..size {
                next[j] = next[j - 1] + 1;
            }
            next
        });
        Some(now.into_iter().map(|at| of[at]).collect())
    })
}
