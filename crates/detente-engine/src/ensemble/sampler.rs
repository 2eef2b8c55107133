//! Draws or enumerates models, solves each, and counts.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};

use detente_model::{Concept, Conflict, Form, Game, OutcomeStates, Sequences, State};
use rand::RngExt;

use super::draws::{Draws, MOST_DRAWS};
use super::every::{Asked, EveryModel};
use super::inputs::Ensemble;
use super::lanes::plan::{self, Plan};
use super::lanes::{self, End, Lanes, Verdicts};
use super::models::Models;
use super::motive::{Motives, wanting};
use super::tally::{Tally, stretch_of};
use super::targets::{listed, members, split};
use super::worlds::{LANES, Standing, Worlds};
use crate::caps::WALK;
use crate::evolution::{EvolveSettings, evolve};
use crate::explicit::space::{Space, transpose};
use crate::{Engine, NotPossible, Settings, SolveError, Stop, Watch, solve};

/// The most states that are counted one by one.
pub const MOST_STATES: usize = crate::caps::COUNTED.size();
/// The most states of a model that is solved in lanes.
pub(super) const LANE_STATES: usize = 1 << 13;

/// The batches that a thread takes at once.
const TAKEN: u64 = 16;

/// What to count.
#[derive(Clone, Debug, PartialEq)]
pub struct SampleSettings {
    /// Which concepts, each once.
    pub concepts: Vec<Concept>,
    /// The reading of joint sanctions.
    pub sequences: Sequences,
    /// What is asked of each model: whether some, or all, equilibria are in these states.
    pub targets: Vec<OutcomeStates>,
    /// For each target: of what lasts only what shows this is asked about; missing or `None`: all of it.
    pub given: Vec<Option<OutcomeStates>>,
    /// Whether the models must be solved one by one, for comparison.
    pub one_by_one: bool,
}

/// An ensemble ready to be sampled.
pub struct Sampler {
    /// What is sampled.
    pub ensemble: Ensemble,
    /// What is counted.
    pub settings: SampleSettings,
    /// The states, ascending: all that are feasible in some model.
    pub states: Vec<State>,
    /// The place of the status quo among the states.
    pub start: Option<usize>,
    key: [u8; 32],
    plan: Option<Plan>,
    /// Per target and place: all ones where the state is in it, else zero.
    targets: Vec<Vec<u64>>,
    /// Likewise what is given; `None`: everywhere.
    given: Vec<Option<Vec<u64>>>,
    /// Its threads; `None`: those of the pool that it is called in.
    pool: Option<rayon::ThreadPool>,
}

/// Scratch space of one thread.
pub(crate) struct Bench {
    draws: Draws,
    worlds: Worlds,
    standing: Standing,
    lanes: Option<Lanes>,
    verdicts: Verdicts,
    /// Per concept and target: the lanes in which it rests on a motive, where it is at all.
    motive: Vec<Vec<u64>>,
    /// What was found of models that came before.
    known: Known,
    /// Where the walk of each model ends that is followed by its chances.
    ends: Vec<Vec<(usize, f64)>>,
}

/// What was found of models, by what tells them apart: the same model is drawn again and again.
#[derive(Default)]
struct Known {
    /// Solved one by one.
    solved: HashMap<Vec<u64>, Places>,
    /// Per concept and target, one after the other.
    motive: HashMap<Vec<u64>, Vec<bool>>,
}

/// Of one model: the places of feasible states, and per concept of what lasts.
struct Places {
    feasible: Vec<u32>,
    lasting: Vec<Vec<u32>>,
}

/// Models that are remembered: more are solved again, which takes time and changes nothing.
const REMEMBERED: usize = 1 << 14;

impl Sampler {
    /// Lays out the states and moves that all models share.
    ///
    /// # Errors
    /// As [`solve()`]: no state in any model, too many states, a ranking that does not fit; and a concept that is not
    /// defined for the game, whose shares would be those of nothing.
    pub fn new(
        conflict: &Conflict,
        settings: SampleSettings,
        key: [u8; 32],
        watch: &dyn Watch,
    ) -> Result<Self, SolveError> {
        if settings.concepts.iter().any(|concept| concept.undefined_for(&conflict.game).is_some()) {
            return Err(SolveError::NotPossible(match conflict.game.form {
                Form::Graph(_) => NotPossible::SimultaneousInGraph,
                Form::Options(_) => NotPossible::SimultaneousWithActs,
            }));
        }
        let ensemble = Ensemble::new(conflict);
        let mut given: Vec<Option<OutcomeStates>> = settings.given.clone();
        given.resize(settings.targets.len(), None);
        let (states, plan, targets, given) = match &conflict.game.form {
            Form::Options(form) => {
                let numbers = plan::states(&ensemble, form, MOST_STATES, watch)?;
                let space = Space::List { options: form.options.len() as u32, numbers };
                let targets: Vec<Vec<u64>> =
                    settings.targets.iter().map(|target| members(form, &space, target)).collect();
                let given: Vec<Option<Vec<u64>>> =
                    given.iter().map(|given| given.as_ref().map(|g| members(form, &space, g))).collect();
                let Space::List { numbers, .. } = space else { return Err(SolveError::NoFeasibleState) };
                let states: Vec<State> = numbers.iter().map(|n| State::from_number(*n)).collect();
                let lanes = !settings.one_by_one
                    && settings.sequences == Sequences::Legal
                    && numbers.len() <= LANE_STATES
                    && lanes::possible(&ensemble, &settings.concepts);
                let plan = if lanes { Plan::new(&ensemble, form, numbers, watch)? } else { None };
                (states, plan.filter(|plan| Lanes::new(plan).is_some()), targets, given)
            }
            Form::Graph(form) => {
                let states: Vec<State> = (1..=form.states.len() as u64).map(State::from_number).collect();
                let targets = settings.targets.iter().map(|target| listed(&states, target)).collect();
                let given = given.iter().map(|given| given.as_ref().map(|g| listed(&states, g))).collect();
                (states, None, targets, given)
            }
        };
        let start =
            conflict.game.status_quo.as_ref().and_then(|state| states.iter().position(|s| s == state));
        Ok(Self { ensemble, settings, states, start, key, plan, targets, given, pool: None })
    }

    /// The same on so many threads of its own; 0: one per core.
    #[must_use]
    pub fn on_threads(mut self, threads: usize) -> Self {
        // Without a pool of its own it works in the one that is there: slower or faster, never different.
        self.pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().ok();
        self
    }

    /// Runs `work` on its threads.
    pub(crate) fn install<R: Send>(&self, work: impl FnOnce() -> R + Send) -> R {
        match &self.pool {
            Some(pool) => pool.install(work),
            None => work(),
        }
    }

    /// Whether 64 models are solved side by side.
    #[must_use]
    pub fn in_lanes(&self) -> bool {
        self.plan.is_some()
    }

    /// An empty tally of the right size.
    #[must_use]
    pub fn tally(&self) -> Tally {
        Tally::new(self.settings.concepts.len(), self.states.len(), self.targets.len())
    }

    /// Counts the draws of `range`.
    ///
    /// # Errors
    /// The watch stopped it (then nothing of the range is counted), or a model cannot be solved.
    pub fn sample(&self, range: Range<u64>, watch: &dyn Watch) -> Result<Tally, SampleError> {
        let end = range.end.min(MOST_DRAWS);
        let first = range.start / LANES as u64;
        let last = end.div_ceil(LANES as u64).max(first);
        let batch = |bench: &mut Bench, tally: &mut Tally, batch: u64| {
            if let Some(stop) = watch.stop() {
                return Err(SampleError::Stopped(stop));
            }
            let base = batch * LANES as u64;
            let lanes = (0..LANES as u64)
                .filter(|lane| (range.start..end).contains(&(base + lane)))
                .fold(0_u64, |all, lane| all | 1 << lane);
            bench.draws.fill(base, lanes, &mut bench.worlds);
            self.solve(bench, lanes, watch)?;
            self.motives(bench, lanes, watch)?;
            self.follow(bench, lanes, true, watch)?;
            self.count(bench, lanes, None, Some(base), tally);
            Ok(())
        };
        // Each thread takes the next stretch of batches when it has done one, and counts into a tally of its own:
        // counts are whole numbers, so that the sum does not depend on who counted what.
        let next = AtomicU64::new(first);
        // Models solved one by one take long: no thread should have several batches while another has none.
        let taken = if self.in_lanes() { TAKEN } else { 1 };
        let thread = || {
            let (mut bench, mut tally) = (self.bench(), self.tally());
            loop {
                let from = next.fetch_add(taken, Ordering::Relaxed);
                for at in from..from.saturating_add(taken).min(last) {
                    batch(&mut bench, &mut tally, at).inspect_err(|_| next.store(last, Ordering::Relaxed))?;
                }
                if from >= last {
                    return Ok(tally);
                }
            }
        };
        let tallies = self.install(|| rayon::broadcast(|_| thread()));
        let mut all = self.tally();
        for tally in tallies {
            all.merge(&tally?);
        }
        Ok(all)
    }

    /// Counts every model with its chance; the walk from the status quo is solved, not drawn.
    ///
    /// # Complexity
    /// One thread: chances are added in the order of the models, so that the sums are the same anywhere.
    ///
    /// # Errors
    /// A model cannot be solved. What the watch stopped is part of the answer: the models so far, by chance, so
    /// that a share lies between what was counted and that with all the rest.
    pub fn enumerate(&self, watch: &dyn Watch) -> Result<(Tally, Option<Stop>), SampleError> {
        self.each(watch, |_, _| {})
    }

    /// As [`Sampler::enumerate`], and what each of the models answers.
    ///
    /// # Complexity
    /// Memory: two bits per model, concept and target.
    ///
    /// # Errors
    /// As [`Sampler::enumerate`].
    pub fn every_model(&self, watch: &dyn Watch) -> Result<EveryModel, SampleError> {
        let mut every = EveryModel::new(self.tally());
        let (tally, stopped) = self.each(watch, |verdicts, models| {
            let answer = |lasting: &Vec<u64>| {
                let inside = split(&self.targets, &self.given, lasting).into_iter();
                inside.map(|(inside, outside)| (inside, inside & !outside)).collect()
            };
            let answers: Vec<Vec<(u64, u64)>> = verdicts.lasting.iter().map(answer).collect();
            every.record(models, &answers);
        })?;
        (every.tally, every.stopped) = (tally, stopped);
        Ok(every)
    }

    /// Solves and counts model after model; `also` sees the verdicts of so many lanes from 0.
    fn each(
        &self,
        watch: &dyn Watch,
        mut also: impl FnMut(&Verdicts, usize),
    ) -> Result<(Tally, Option<Stop>), SampleError> {
        let mut bench = self.bench();
        let mut tally = self.tally();
        let mut each = Models::new(&self.ensemble);
        let mut weights = [0.0; LANES];
        // What is solved one by one is counted one by one: so it stops with as much as there is.
        let most = if self.in_lanes() { LANES } else { 1 };
        loop {
            if let Some(stop) = watch.stop() {
                return Ok((tally, Some(stop)));
            }
            bench.worlds.clear();
            let lanes = each.fill(&mut bench.worlds, &mut weights, most);
            if lanes == 0 {
                return Ok((tally, None));
            }
            let solved = self.solve(&mut bench, lanes, watch);
            let solved = solved.and_then(|()| self.motives(&mut bench, lanes, watch));
            match solved.and_then(|()| self.follow(&mut bench, lanes, false, watch)) {
                Ok(()) => {}
                Err(SampleError::Stopped(stop)) => return Ok((tally, Some(stop))),
                Err(error) => return Err(error),
            }
            self.count(&mut bench, lanes, Some(&weights), None, &mut tally);
            also(&bench.verdicts, lanes.count_ones() as usize);
        }
    }

    pub(crate) fn bench(&self) -> Bench {
        Bench {
            draws: Draws::new(&self.ensemble, self.key),
            worlds: Worlds::new(&self.ensemble),
            standing: Standing::default(),
            lanes: self.plan.as_ref().and_then(Lanes::new),
            verdicts: Verdicts::default(),
            motive: Vec::new(),
            known: Known::default(),
            ends: Vec::new(),
        }
    }

    /// Solves the worlds of the bench in `lanes`.
    fn solve(&self, bench: &mut Bench, lanes: u64, watch: &dyn Watch) -> Result<(), SampleError> {
        bench.standing.of(&self.ensemble, &bench.worlds);
        let concepts = &self.settings.concepts;
        if let (Some(plan), Some(solver)) = (&self.plan, &mut bench.lanes) {
            solver.solve(plan, &bench.standing, concepts, &mut bench.verdicts);
            return Ok(());
        }
        let verdicts = &mut bench.verdicts;
        verdicts.feasible.clear();
        verdicts.feasible.resize(self.states.len(), 0);
        verdicts.lasting.resize_with(concepts.len(), Vec::new);
        for lasting in &mut verdicts.lasting {
            lasting.clear();
            lasting.resize(self.states.len(), 0);
        }
        for lane in (0..LANES).filter(|lane| lanes >> lane & 1 == 1) {
            let signature = bench.standing.signature(lane);
            if let Some(Places { feasible, lasting }) = bench.known.solved.get(&signature) {
                feasible.iter().for_each(|place| verdicts.feasible[*place as usize] |= 1 << lane);
                for (list, into) in lasting.iter().zip(&mut verdicts.lasting) {
                    list.iter().for_each(|place| into[*place as usize] |= 1 << lane);
                }
                continue;
            }
            let game = bench.standing.game(&self.ensemble, lane);
            let settings = Settings {
                engine: Engine::Explicit,
                concepts: concepts.clone(),
                sequences: self.settings.sequences,
                threads: 1,
                ..Settings::default()
            };
            let solution = match solve(&game, &settings, &Inside(watch)) {
                Ok(solution) => solution,
                Err(SolveError::NoFeasibleState) => continue,
                Err(SolveError::Stopped(hit)) if matches!(hit.stop, Stop::Time | Stop::Cancelled) => {
                    return Err(SampleError::Stopped(hit.stop));
                }
                Err(error) => return Err(SampleError::Solve(error)),
            };
            let enter = |states: Vec<State>, into: &mut [u64]| {
                let places = states.iter().filter_map(|state| self.states.binary_search(state).ok());
                let places: Vec<u32> = places.map(|place| place as u32).collect();
                places.iter().for_each(|place| into[*place as usize] |= 1 << lane);
                places
            };
            let feasible = enter(solution.verdicts.feasible().first(usize::MAX), &mut verdicts.feasible);
            let mut all = Vec::with_capacity(concepts.len());
            for (concept, into) in concepts.iter().zip(&mut verdicts.lasting) {
                let lasting = solution.verdicts.lasting(*concept);
                all.push(enter(lasting.map_or_else(Vec::new, |set| set.first(usize::MAX)), into));
            }
            if bench.known.solved.len() < REMEMBERED {
                bench.known.solved.insert(signature, Places { feasible, lasting: all });
            }
        }
        Ok(())
    }

    /// Finds out in which lanes what is asked about rests on a motive: everywhere, unless a wish is missing.
    fn motives(&self, bench: &mut Bench, lanes: u64, watch: &dyn Watch) -> Result<(), SampleError> {
        let (concepts, targets) = (self.settings.concepts.len(), self.targets.len());
        bench.motive.resize_with(concepts, Vec::new);
        for motive in &mut bench.motive {
            motive.clear();
            motive.resize(targets, lanes);
        }
        let asked = lanes & bench.standing.lacking();
        if asked == 0 {
            return Ok(());
        }
        if let (Some(plan), Some(solver)) = (&self.plan, &bench.lanes) {
            let of = (plan, &self.ensemble, &bench.standing);
            for (lasting, motive) in bench.verdicts.lasting.iter().zip(&mut bench.motive) {
                for ((members, given), motive) in self.targets.iter().zip(&self.given).zip(motive) {
                    *motive &= !asked | solver.on_motive(of, lasting, (members, given.as_deref()), asked);
                }
            }
            return Ok(());
        }
        for lane in (0..LANES).filter(|lane| asked >> lane & 1 == 1) {
            let signature = bench.standing.signature(lane);
            let answers = match bench.known.motive.get(&signature) {
                Some(answers) => answers.clone(),
                None => {
                    let answers = self.motives_of(bench, lane, watch)?;
                    if bench.known.motive.len() < REMEMBERED {
                        bench.known.motive.insert(signature, answers.clone());
                    }
                    answers
                }
            };
            for (at, _) in answers.into_iter().enumerate().filter(|(_, on_motive)| !on_motive) {
                bench.motive[at / targets][at % targets] &= !(1 << lane);
            }
        }
        Ok(())
    }

    /// Per concept and target, one after the other: whether some state that lasts and shows it does not stand for want
    /// of a motive.
    fn motives_of(&self, bench: &Bench, lane: usize, watch: &dyn Watch) -> Result<Vec<bool>, SampleError> {
        let game = bench.standing.game(&self.ensemble, lane);
        let whole = wanting(&game, bench.standing.preferences(&self.ensemble, lane, true));
        let inside = Inside(watch);
        // No more can be met than there are.
        let mut motives = Motives::new(&game, &whole, self.states.len(), &inside);
        let stopped = |cut: crate::arena::Cut| SampleError::Stopped(cut.stop);
        let mut answers = Vec::new();
        for lasting in &bench.verdicts.lasting {
            for (members, given) in self.targets.iter().zip(&self.given) {
                let holds = |place: usize| given.as_ref().is_none_or(|given| given[place] != 0);
                let shows =
                    |state: &State| self.states.binary_search(state).is_ok_and(|place| members[place] != 0);
                let lasts = lasting.iter().zip(members).enumerate();
                let lasts = lasts.filter(|(_, (lasts, member))| (*lasts & *member) >> lane & 1 == 1);
                let mut lasts = lasts.filter(|(place, _)| holds(*place)).peekable();
                let mut on_motive = lasts.peek().is_none();
                for (place, _) in lasts {
                    if motives.for_want(&self.states[place], &shows).map_err(stopped)?.is_empty() {
                        on_motive = true;
                        break;
                    }
                }
                answers.push(on_motive);
            }
        }
        Ok(answers)
    }

    /// Counts the worlds of the bench in `lanes` that were solved, each with its weight or 1.
    fn count(
        &self,
        bench: &mut Bench,
        lanes: u64,
        weights: Option<&[f64; LANES]>,
        base: Option<u64>,
        tally: &mut Tally,
    ) {
        let sum = |mask: u64| match weights {
            None => f64::from(mask.count_ones()),
            Some(weights) => (0..LANES).filter(|l| mask >> l & 1 == 1).map(|l| weights[l]).sum(),
        };
        let verdicts = &bench.verdicts;
        let here = sum(lanes);
        tally.models += here;
        let possible = if verdicts.feasible.is_empty() {
            u64::MAX
        } else {
            verdicts.feasible.iter().fold(0, |a, b| a | b)
        };
        tally.empty += sum(lanes & !possible);
        let mut some_of = vec![here];
        for (concept, lasting) in verdicts.lasting.iter().enumerate() {
            let any = lasting.iter().fold(0, |all, here| all | here);
            tally.none[concept] += sum(lanes & !any);
            for (count, mask) in tally.lasting[concept].iter_mut().zip(lasting) {
                *count += sum(mask & lanes);
            }
            for (target, (inside, outside)) in
                split(&self.targets, &self.given, lasting).into_iter().enumerate()
            {
                let some = sum(inside & lanes);
                tally.some[concept][target] += some;
                tally.all[concept][target] += sum(inside & !outside & lanes);
                tally.nothing[concept][target] += sum(lanes & !(inside | outside));
                let motive = bench.motive[concept][target] & lanes;
                tally.motive[concept][target][0] += sum(inside & motive);
                tally.motive[concept][target][1] += sum(inside & !outside & motive);
                some_of.push(some);
            }
            self.count_sets(lasting, lanes, weights, &mut tally.sets[concept]);
        }
        if let Some(base) = base {
            let stretch = tally.stretch(stretch_of(base));
            stretch.iter_mut().zip(some_of).for_each(|(a, b)| *a += b);
        }
        self.count_ends(bench, lanes, weights, base, tally);
    }

    /// Turns states by lanes into lanes by states, block by block, and counts the sets.
    fn count_sets(
        &self,
        lasting: &[u64],
        lanes: u64,
        weights: Option<&[f64; LANES]>,
        sets: &mut super::Sets,
    ) {
        let words = lasting.len().div_ceil(64);
        let mut all = vec![0_u64; words * LANES];
        let mut block = [0_u64; 64];
        for (word, states) in lasting.chunks(64).enumerate() {
            block.fill(0);
            block[..states.len()].copy_from_slice(states);
            transpose(&mut block);
            for (lane, bits) in block.iter().enumerate() {
                all[lane * words + word] = *bits;
            }
        }
        for lane in (0..LANES).filter(|lane| lanes >> lane & 1 == 1) {
            sets.add(&all[lane * words..(lane + 1) * words], weights.map_or(1.0, |w| w[lane]));
        }
    }

    fn count_ends(
        &self,
        bench: &mut Bench,
        lanes: u64,
        weights: Option<&[f64; LANES]>,
        base: Option<u64>,
        tally: &mut Tally,
    ) {
        let Some(start) = self.start else { return };
        for lane in (0..LANES).filter(|lane| lanes >> lane & 1 == 1) {
            let weight = weights.map_or(1.0, |w| w[lane]);
            if bench.verdicts.feasible.get(start).is_some_and(|there| there >> lane & 1 == 0) {
                tally.no_start += weight;
                continue;
            }
            let nash = self.settings.concepts.iter().position(|c| *c == Concept::Nash);
            if nash.is_some_and(|nash| bench.verdicts.lasting[nash][start] >> lane & 1 == 1) {
                tally.ends[start] += weight;
                continue;
            }
            match (base, &self.plan, &bench.lanes) {
                (Some(base), Some(plan), Some(solver)) => {
                    let random = bench.draws.walk(base + lane as u64);
                    match solver.walk(plan, start, lane, random) {
                        End::At(place) => tally.ends[place] += weight,
                        End::Moving => tally.moving += weight,
                        End::NoStart => tally.no_start += weight,
                    }
                }
                (Some(base), ..) => {
                    // One end by its chance: a drawn model counts once.
                    let chances = std::mem::take(&mut bench.ends[lane]);
                    let drawn: f64 = bench.draws.walk(base + lane as u64).random();
                    let mut sum = 0.0;
                    let end = chances.iter().find(|(_, chance)| {
                        sum += chance;
                        drawn < sum
                    });
                    match end {
                        Some((place, _)) => tally.ends[*place] += weight,
                        None => tally.moving += weight,
                    }
                }
                (None, ..) => {
                    let chances = std::mem::take(&mut bench.ends[lane]);
                    for (place, chance) in &chances {
                        tally.ends[*place] += weight * chance;
                    }
                    let ended: f64 = chances.iter().map(|(_, chance)| chance).sum();
                    tally.moving += weight * (1.0 - ended).max(0.0);
                }
            }
        }
    }

    /// Finds out where the walk of each model ends that is followed by its chances, before anything is counted. Models
    /// in lanes are not, where they are `drawn`: one walk is drawn for each.
    ///
    /// # Errors
    /// The watch stopped it.
    fn follow(
        &self,
        bench: &mut Bench,
        lanes: u64,
        drawn: bool,
        watch: &dyn Watch,
    ) -> Result<(), SampleError> {
        bench.ends.resize_with(LANES, Vec::new);
        bench.ends.iter_mut().for_each(Vec::clear);
        let Some(start) = self.start else { return Ok(()) };
        if drawn && self.plan.is_some() && bench.lanes.is_some() {
            return Ok(());
        }
        let nash = self.settings.concepts.iter().position(|c| *c == Concept::Nash);
        for lane in (0..LANES).filter(|lane| lanes >> lane & 1 == 1) {
            let gone = bench.verdicts.feasible.get(start).is_some_and(|there| there >> lane & 1 == 0);
            let stays = nash.is_some_and(|nash| bench.verdicts.lasting[nash][start] >> lane & 1 == 1);
            if !gone && !stays {
                bench.ends[lane] = self.absorb(bench, start, lane, watch)?;
            }
        }
        Ok(())
    }

    /// Where one model's walk ends, with the chances that [`evolve`] finds; what is left to 1 goes on and on.
    fn absorb(
        &self,
        bench: &Bench,
        start: usize,
        lane: usize,
        watch: &dyn Watch,
    ) -> Result<Vec<(usize, f64)>, SampleError> {
        let game = bench.standing.game(&self.ensemble, lane);
        let settings = EvolveSettings { limit: WALK.size() * 100, ..EvolveSettings::default() };
        let found = evolve(&game, &self.states[start], &settings, &Inside(watch));
        if let Some(stop) = watch.stop() {
            return Err(SampleError::Stopped(stop));
        }
        let Ok(found) = found else { return Ok(Vec::new()) };
        let equilibria = found.absorbing.iter().filter(|end| end.is_equilibrium());
        let at = |end: &crate::evolution::Absorbing| {
            let state = end.states.first().and_then(|at| found.states.get(*at))?;
            Some((self.states.binary_search(state).ok()?, end.probability))
        };
        Ok(equilibria.filter_map(at).collect())
    }

    /// The verdicts in `worlds`, in `lanes`.
    pub(crate) fn solved<'b>(
        &self,
        bench: &'b mut Bench,
        worlds: &Worlds,
        lanes: u64,
        watch: &dyn Watch,
    ) -> Result<&'b Verdicts, SampleError> {
        bench.worlds.clone_from(worlds);
        self.solve(bench, lanes, watch)?;
        Ok(&bench.verdicts)
    }

    /// Per target and place: all ones where the state is in it.
    pub(crate) fn targets(&self) -> &[Vec<u64>] {
        &self.targets
    }

    /// Likewise what is given.
    pub(crate) fn given_places(&self) -> &[Option<Vec<u64>>] {
        &self.given
    }

    /// In `worlds`: per question asked, the lanes that answer yes.
    pub(crate) fn hits(
        &self,
        bench: &mut Bench,
        worlds: &Worlds,
        lanes: u64,
        asked: &[Asked],
        watch: &dyn Watch,
    ) -> Result<Vec<u64>, SampleError> {
        bench.worlds.clone_from(worlds);
        self.solve(bench, lanes, watch)?;
        let lasting = &bench.verdicts.lasting;
        let yes = |asked: &Asked| {
            let target = std::slice::from_ref(&self.targets[asked.target]);
            let given = std::slice::from_ref(&self.given[asked.target]);
            let split = split(target, given, &lasting[asked.concept]).first().copied();
            split.map_or(0, |(inside, outside)| if asked.every { inside & !outside } else { inside })
        };
        Ok(asked.iter().map(yes).collect())
    }
}

/// The watch of one model among many: it stops, and says nothing of its own.
struct Inside<'w>(&'w dyn Watch);

impl Watch for Inside<'_> {
    fn stop(&self) -> Option<Stop> {
        self.0.stop()
    }

    fn used(&self) -> Option<f64> {
        self.0.used()
    }
}

impl Bench {
    pub(crate) fn worlds(&self) -> &Worlds {
        &self.worlds
    }

    /// What tells the model of one world from those of others.
    pub(crate) fn signature(&self, lane: usize) -> Vec<u64> {
        self.standing.signature(lane)
    }

    /// The game of one world.
    pub(crate) fn game(&self, ensemble: &Ensemble, lane: usize) -> Game {
        self.standing.game(ensemble, lane)
    }

    pub(crate) fn draws(&self) -> Draws {
        self.draws.clone()
    }
}

/// Why there is no tally.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SampleError {
    /// Stopped.
    #[error("stopped: {}", .0.words())]
    Stopped(Stop),
    /// A model cannot be solved.
    #[error("a model cannot be solved: {0}")]
    Solve(SolveError),
}
