//! What to watch: which next move would settle most of a question that is in doubt.
//!
//! # Definition
//! In a model a mover is *expected* to make a step of today that is an improvement for all its parties; an actor one of
//! those that it prefers most. An observation is a mover and what such a step changes: a switch that goes on or off (in graph
//! form the state it leads to). In each model it is expected or not; so it splits the models in two, and with `A` for
//! whether the question is answered yes, and `o` for whether the observation is expected, what it *settles* is the expected
//! reduction of the variance of the answer,
//! `Var(A) − E[Var(A | o)] = p (1 − p) (P(A | o) − P(A | not o))²` with `p = P(o)`.
//! Models in which today is not possible are told apart, and so are those in which nothing lasts that shows what has been
//! seen already: what was seen keeps the models that expected it.
//! What an observation *speaks for* is the input whose standing (its level 0: as written) goes together with it most: the
//! largest squared correlation over the models. The diagnosticity of the analysis of competing hypotheses (Heuer 1999) is
//! the same table per hypothesis.
//!
//! # Complexity
//! Each model is solved, and the moves of every mover from today are looked at in it; counts are one word per 64 models.
//! Nothing depends on threads: batches of 64 models are counted in their order.

use std::collections::{BTreeMap, HashMap};

use detente_model::{Form, Game, Mover, MoverId, OptionId, State};
use rayon::prelude::*;

use super::every::Asked;
use super::models::Models;
use super::sampler::{Bench, SampleError, Sampler};
use super::targets::split;
use super::worlds::{LANES, Worlds};
use crate::caps::WATCHED;
use crate::{LimitHit, Order, Stop, Watch};

/// What a step changes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Shows {
    /// The switch is on afterwards, or off.
    Switch(OptionId, bool),
    /// It leads to this state (graph form).
    State(State),
}

/// Something that can be seen next.
#[derive(Clone, Debug, PartialEq)]
pub struct Observation {
    /// Who moves.
    pub mover: MoverId,
    /// What is seen.
    pub shows: Shows,
    /// Models that expect it.
    pub expected: f64,
    /// Of these the models that answer yes.
    pub yes: f64,
    /// Per input: the models that expect it and in which the input stands as written.
    pub standing: Vec<f64>,
}

/// What can be seen next, over all models.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Watched {
    /// Models that count, by weight.
    pub models: f64,
    /// Models in which today is not possible.
    pub no_start: f64,
    /// Models that did not expect what has been seen.
    pub unexpected: f64,
    /// Models that count and answer yes.
    pub yes: f64,
    /// Per input: the models that count and in which it stands as written.
    pub standing: Vec<f64>,
    /// What is expected in some model, by mover, then by what it shows.
    pub observations: Vec<Observation>,
    /// Movers whose moves were too many to look at.
    pub limits: Vec<LimitHit>,
}

impl Observation {
    /// The share of yes where it is seen, and where it is not; `None`: there is no such model.
    #[must_use]
    pub fn shares(&self, of: &Watched) -> [Option<f64>; 2] {
        let share = |yes: f64, of: f64| (of > 0.0).then(|| yes / of);
        [share(self.yes, self.expected), share(of.yes - self.yes, of.models - self.expected)]
    }

    /// By how much it is expected to reduce the variance of the answer.
    #[must_use]
    pub fn settles(&self, of: &Watched) -> f64 {
        let [Some(seen), Some(not)] = self.shares(of) else { return 0.0 };
        let p = self.expected / of.models;
        p * (1.0 - p) * (seen - not).powi(2)
    }

    /// The input that it speaks for most (`true`), or against, with the square of their correlation; `None`: for none.
    #[must_use]
    pub fn speaks_for(&self, of: &Watched) -> Option<(usize, bool, f64)> {
        let p = self.expected / of.models;
        let mut best: Option<(usize, bool, f64)> = None;
        for (input, (both, stands)) in self.standing.iter().zip(&of.standing).enumerate() {
            let (both, q) = (both / of.models, stands / of.models);
            let variance = p * (1.0 - p) * q * (1.0 - q);
            let together = both - p * q;
            if variance <= 0.0 {
                continue;
            }
            let square = together * together / variance;
            if best.is_none_or(|(.., most)| square > most + 1e-12) {
                best = Some((input, together > 0.0, square));
            }
        }
        best.filter(|(.., square)| *square > 1e-12)
    }
}

/// 64 models, as they come.
struct Batch {
    worlds: Worlds,
    weights: [f64; LANES],
    lanes: u64,
}

/// What one batch comes to.
struct Counted {
    no_start: u64,
    unexpected: u64,
    yes: u64,
    /// Per observation the lanes that expect it.
    expected: BTreeMap<(u32, Shows), u64>,
    /// Movers with too many moves.
    cut: Vec<u32>,
}

/// Models that are remembered.
const REMEMBERED: usize = 1 << 14;

/// What the game of one model expects, by what tells it apart: the same model is drawn again and again.
type Known = HashMap<Vec<u64>, (Vec<(u32, Shows)>, Vec<u32>)>;

impl Sampler {
    /// What can be seen next, by all models where there are at most `draws` of them, else by so many drawn. `asked` is
    /// the question; `seen` are the targets that have been seen: something that lasts must show each.
    ///
    /// # Errors
    /// The watch stopped it, or a model cannot be solved.
    pub fn watched(
        &self,
        asked: Asked,
        seen: &[usize],
        draws: u64,
        watch: &dyn Watch,
    ) -> Result<Watched, SampleError> {
        let all = self.ensemble.models().is_some_and(|models| models <= draws);
        let batches = if all { self.all_batches() } else { self.drawn_batches(draws) };
        let movers = self.ensemble.conflict.game.movers();
        let count = |(bench, known): &mut (Bench, Known), batch: &Batch| {
            if let Some(stop) = watch.stop() {
                return Err(SampleError::Stopped(stop));
            }
            self.counted(bench, known, batch, &movers, (asked, seen), watch)
        };
        let counted: Vec<Result<Counted, SampleError>> = self
            .install(|| batches.par_iter().map_init(|| (self.bench(), Known::default()), count).collect());
        let mut found = Watched { standing: vec![0.0; self.ensemble.inputs.len()], ..Watched::default() };
        let mut expected: BTreeMap<(u32, Shows), Observation> = BTreeMap::new();
        let mut cut: Vec<u32> = Vec::new();
        for (batch, counted) in batches.iter().zip(counted) {
            let counted = counted?;
            let sum = |mask: u64| -> f64 {
                (0..LANES).filter(|lane| mask >> lane & 1 == 1).map(|lane| batch.weights[lane]).sum()
            };
            let here = batch.lanes & !counted.no_start & !counted.unexpected;
            found.models += sum(here);
            found.no_start += sum(counted.no_start);
            found.unexpected += sum(counted.unexpected);
            found.yes += sum(here & counted.yes);
            let stands = |input: usize| batch.worlds.at(input, 0);
            for (input, standing) in found.standing.iter_mut().enumerate() {
                *standing += sum(here & stands(input));
            }
            for ((mover, shows), lanes) in counted.expected {
                let lanes = lanes & here;
                if lanes == 0 {
                    continue;
                }
                let one = expected.entry((mover, shows.clone())).or_insert_with(|| Observation {
                    mover: MoverId(mover),
                    shows,
                    expected: 0.0,
                    yes: 0.0,
                    standing: vec![0.0; self.ensemble.inputs.len()],
                });
                one.expected += sum(lanes);
                one.yes += sum(lanes & counted.yes);
                for (input, standing) in one.standing.iter_mut().enumerate() {
                    *standing += sum(lanes & stands(input));
                }
            }
            cut.extend(counted.cut);
        }
        cut.sort_unstable();
        cut.dedup();
        found.observations = expected.into_values().collect();
        if !cut.is_empty() {
            found.limits.push(WATCHED.hit(
                "what to watch",
                format!("the moves of {} were not looked at", cut.len()),
                "",
            ));
        }
        Ok(found)
    }

    fn all_batches(&self) -> Vec<Batch> {
        let mut models = Models::new(&self.ensemble);
        let mut all = Vec::new();
        loop {
            let (mut worlds, mut weights) = (Worlds::new(&self.ensemble), [0.0; LANES]);
            let lanes = models.fill(&mut worlds, &mut weights, LANES);
            if lanes == 0 {
                return all;
            }
            all.push(Batch { worlds, weights, lanes });
        }
    }

    fn drawn_batches(&self, draws: u64) -> Vec<Batch> {
        let mut random = self.bench().draws();
        let batch = |base: u64| {
            let lanes =
                (0..LANES as u64).filter(|lane| base + lane < draws).fold(0, |all, lane| all | 1 << lane);
            let mut worlds = Worlds::new(&self.ensemble);
            random.fill(base, lanes, &mut worlds);
            Batch { worlds, weights: [1.0; LANES], lanes }
        };
        (0..draws.div_ceil(LANES as u64)).map(|at| at * LANES as u64).map(batch).collect()
    }

    fn counted(
        &self,
        bench: &mut Bench,
        known: &mut Known,
        batch: &Batch,
        movers: &[Mover],
        (asked, seen): (Asked, &[usize]),
        watch: &dyn Watch,
    ) -> Result<Counted, SampleError> {
        let verdicts = self.solved(bench, &batch.worlds, batch.lanes, watch)?;
        let lasting = &verdicts.lasting[asked.concept];
        let about = |target: usize| {
            let (members, given) = (&self.targets()[target], &self.given_places()[target]);
            split(std::slice::from_ref(members), std::slice::from_ref(given), lasting)
                .first()
                .copied()
                .unwrap_or_default()
        };
        let (inside, outside) = about(asked.target);
        let yes = if asked.every { inside & !outside } else { inside };
        let shown = seen.iter().fold(u64::MAX, |all, target| all & about(*target).0);
        let start = |state: &State| self.states.binary_search(state).ok();
        let mut found = Counted {
            no_start: batch.lanes,
            unexpected: batch.lanes & !shown,
            yes,
            expected: BTreeMap::new(),
            cut: vec![],
        };
        let feasible = verdicts.feasible.clone();
        for lane in (0..LANES).filter(|lane| batch.lanes >> lane & 1 == 1) {
            let signature = bench.signature(lane);
            // What is forgotten is found again.
            if known.len() >= REMEMBERED {
                known.clear();
            }
            let (expects, cut) = known.entry(signature).or_insert_with(|| {
                let game = bench.game(&self.ensemble, lane);
                let today = game.status_quo.as_ref().filter(|today| {
                    start(today)
                        .is_some_and(|place| feasible.get(place).is_none_or(|there| there >> lane & 1 == 1))
                });
                match today {
                    Some(today) => expected(&game, movers, today),
                    None => (vec![], vec![u32::MAX]),
                }
            });
            if cut.as_slice() == [u32::MAX] {
                continue;
            }
            found.no_start &= !(1 << lane);
            for one in expects.iter() {
                *found.expected.entry(one.clone()).or_default() |= 1 << lane;
            }
            found.cut.extend(cut.iter().copied());
        }
        // What is told apart for today is not told apart once more.
        found.unexpected &= !found.no_start;
        Ok(found)
    }
}

/// What a game expects next, and the movers whose moves are too many.
fn expected(game: &Game, movers: &[Mover], today: &State) -> (Vec<(u32, Shows)>, Vec<u32>) {
    let (mut all, mut cut) = (Vec::new(), Vec::new());
    let possible = |to: &State| game.option_form().is_none_or(|form| form.broken_rule(to).is_none());
    for (mover, id) in movers.iter().zip(0_u32..) {
        let Some(moves) = game.moves_of(mover, today, &mut |to| possible(to), WATCHED.most) else {
            cut.push(id);
            continue;
        };
        let orders: Option<Vec<Order<'_>>> = mover.parties.iter().map(|who| Order::new(game, *who)).collect();
        let Some(orders) = orders else { continue };
        let better = |to: &State| orders.iter().all(|order| order.level(to) > order.level(today));
        let mut better: Vec<State> = moves.into_iter().filter(better).collect();
        if let [alone] = orders.as_slice() {
            let best = better.iter().map(|to| alone.level(to)).max();
            better.retain(|to| Some(alone.level(to)) == best);
        }
        for to in better {
            match &game.form {
                Form::Graph(_) => all.push((id, Shows::State(to))),
                Form::Options(form) => {
                    let bits = (0..form.options.len()).map(OptionId::from);
                    let changed = bits.filter(|bit| to.is_on(*bit) != today.is_on(*bit));
                    all.extend(changed.map(|bit| (id, Shows::Switch(bit, to.is_on(bit)))));
                }
            }
        }
    }
    all.sort_unstable();
    all.dedup();
    (all, cut)
}

/// Stopped before the end.
impl SampleError {
    /// What stopped it.
    #[must_use]
    pub fn stop(&self) -> Option<Stop> {
        match self {
            Self::Stopped(stop) => Some(*stop),
            Self::Solve(_) => None,
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use std::collections::BTreeSet;

    use detente_model::{Concept, Conflict, Expr, OutcomeStates, Sequences};

    use super::*;
    use crate::ensemble::{Input, SampleSettings};
    use crate::testing::{Shape, uncertain};
    use crate::{Engine, Quiet, Settings, solve};

    /// What is expected of a model.
    type Expected = BTreeSet<(u32, Shows)>;

    /// A model: its chance, which inputs stand, whether the answer is yes, what is expected.
    type Model = (f64, Vec<bool>, bool, Expected);

    fn sampler(conflict: &Conflict, targets: Vec<OutcomeStates>, one_by_one: bool) -> Option<Sampler> {
        let settings = SampleSettings {
            concepts: vec![Concept::Nash],
            sequences: Sequences::Legal,
            targets,
            given: vec![],
            one_by_one,
        };
        Sampler::new(conflict, settings, [7; 32], &Quiet).ok()
    }

    /// What lasts by the literal reference, and what is expected of every pair of states by the definition.
    fn literal(game: &Game) -> Option<(Vec<State>, Expected)> {
        let settings = Settings {
            engine: Engine::Reference,
            concepts: vec![Concept::Nash],
            threads: 1,
            ..Settings::default()
        };
        let solution = solve(game, &settings, &Quiet).ok()?;
        let lasting = solution.verdicts.lasting(Concept::Nash)?.first(usize::MAX);
        let feasible = solution.verdicts.feasible().first(usize::MAX);
        let today = game.status_quo.clone().filter(|today| feasible.contains(today))?;
        let mut all = BTreeSet::new();
        for (mover, id) in game.movers().iter().zip(0..) {
            let moves = game.moves_of(mover, &today, &mut |to| feasible.contains(to), 1 << 16).unwrap();
            let compare = |who: &detente_model::ActorId, a: &State, b: &State| {
                Order::new(game, *who).unwrap().compare(a, b)
            };
            let gain = |to: &&State| mover.parties.iter().all(|who| compare(who, to, &today).is_better());
            for to in moves.iter().filter(gain) {
                let alone = mover.parties.len() == 1;
                if alone && moves.iter().any(|other| compare(&mover.parties[0], other, to).is_better()) {
                    continue;
                }
                match &game.form {
                    Form::Graph(_) => drop(all.insert((id, Shows::State(to.clone())))),
                    Form::Options(form) => {
                        for bit in (0..form.options.len()).map(OptionId::from) {
                            if to.is_on(bit) != today.is_on(bit) {
                                all.insert((id, Shows::Switch(bit, to.is_on(bit))));
                            }
                        }
                    }
                }
            }
        }
        Some((lasting, all))
    }

    /// All models of random conflicts, each solved by the literal reference, and all sums by their definitions.
    #[test]
    fn what_settles_most_is_what_the_definitions_say() {
        let shape =
            Shape { actors: (2, 3), statements: 3, states: (2, 6), rankings: 0.0, ..Shape::default() };
        let shapes = [
            Shape { options: (1, 3), ..shape },
            Shape {
                options: (1, 2),
                actors: (2, 3),
                statements: 2,
                acts: 2,
                rankings: 0.0,
                ..Shape::several()
            },
        ];
        let (mut games, mut settled, mut conditioned, mut spoken) = (0, 0, 0, 0);
        for seed in 0..2_400_u64 {
            let conflict =
                uncertain(seed, &shapes[seed as usize % 2], if seed / 2 % 2 == 0 { 0.15 } else { 0.3 });
            let outcome = match &conflict.game.form {
                Form::Graph(form) => {
                    OutcomeStates::Listed(vec![State::from_number(1 + seed % form.states.len() as u64)])
                }
                Form::Options(form) => {
                    let option = Expr::Option(OptionId::from(seed as usize % form.options.len()));
                    OutcomeStates::Formula(if seed % 3 == 0 { option.negate() } else { option })
                }
            };
            let today = conflict.game.status_quo.clone().unwrap();
            let seen = OutcomeStates::Listed(vec![today]);
            let Some(sampler) = sampler(&conflict, vec![outcome.clone(), seen.clone()], seed % 7 == 0) else {
                continue;
            };
            if sampler.ensemble.models().is_none_or(|models| models > 256) {
                continue;
            }
            let condition = seed % 4 == 0;
            let asked = Asked { concept: 0, target: 0, every: seed % 2 == 0 };
            let seen_targets: &[usize] = if condition { &[1] } else { &[] };
            let found = sampler.watched(asked, seen_targets, 256, &Quiet).unwrap();
            // Every model by hand.
            let mut models: Vec<Model> = Vec::new();
            let (mut no_start, mut unexpected) = (0.0, 0.0);
            let inputs: &[Input] = &sampler.ensemble.inputs;
            let mut bench = sampler.bench();
            for batch in sampler.all_batches() {
                sampler.solved(&mut bench, &batch.worlds, batch.lanes, &Quiet).unwrap();
                for lane in (0..LANES).filter(|lane| batch.lanes >> lane & 1 == 1) {
                    let game = bench.game(&sampler.ensemble, lane);
                    let Some((lasting, expects)) = literal(&game) else {
                        no_start += batch.weights[lane];
                        continue;
                    };
                    let shows = |outcome: &OutcomeStates, state: &State| match outcome {
                        OutcomeStates::Listed(list) => list.contains(state),
                        OutcomeStates::Formula(that) => that.eval(&|o| state.is_on(o), &|_| false),
                    };
                    if condition && !lasting.iter().any(|state| shows(&seen, state)) {
                        unexpected += batch.weights[lane];
                        continue;
                    }
                    let yes = match asked.every {
                        true => !lasting.is_empty() && lasting.iter().all(|state| shows(&outcome, state)),
                        false => lasting.iter().any(|state| shows(&outcome, state)),
                    };
                    let stands =
                        (0..inputs.len()).map(|at| batch.worlds.at(at, 0) >> lane & 1 == 1).collect();
                    models.push((batch.weights[lane], stands, yes, expects));
                }
            }
            let near = |a: f64, b: f64| assert!((a - b).abs() < 1e-9, "seed {seed}: {a} {b}");
            near(found.no_start, no_start);
            near(found.unexpected, unexpected);
            let weigh = |which: &dyn Fn(&Model) -> bool| -> f64 {
                models.iter().filter(|model| which(model)).map(|model| model.0).sum()
            };
            let all = weigh(&|_| true);
            near(found.models, all);
            let named: BTreeSet<(u32, Shows)> = models.iter().flat_map(|model| model.3.clone()).collect();
            let listed: Vec<(u32, Shows)> =
                found.observations.iter().map(|one| (one.mover.0, one.shows.clone())).collect();
            assert_eq!(listed, named.iter().cloned().collect::<Vec<_>>(), "seed {seed}");
            for one in &found.observations {
                let key = (one.mover.0, one.shows.clone());
                // The variance before, and that expected after, each as its definition has it.
                let variance = |which: &dyn Fn(&Model) -> bool| {
                    let of = weigh(which);
                    if of == 0.0 {
                        return 0.0;
                    }
                    let mean = weigh(&|model| which(model) && model.2) / of;
                    let part = |model: &Model| model.0 * (f64::from(u8::from(model.2)) - mean).powi(2);
                    models.iter().filter(|model| which(model)).map(part).sum::<f64>() / all
                };
                let after =
                    variance(&|model| model.3.contains(&key)) + variance(&|model| !model.3.contains(&key));
                near(one.settles(&found), variance(&|_| true) - after);
                settled += usize::from(one.settles(&found) > 1e-9);
                // The correlation, likewise.
                let mut most = 0.0_f64;
                for at in 0..inputs.len() {
                    let p = weigh(&|model| model.3.contains(&key)) / all;
                    let q = weigh(&|model| model.1[at]) / all;
                    let both = weigh(&|model| model.1[at] && model.3.contains(&key)) / all;
                    if p * (1.0 - p) * q * (1.0 - q) > 0.0 {
                        most = most.max((both - p * q).powi(2) / (p * (1.0 - p) * q * (1.0 - q)));
                    }
                }
                let speaks = one.speaks_for(&found).map_or(0.0, |(.., square)| square);
                assert!((speaks - most).abs() < 1e-6, "seed {seed}: {speaks} {most}");
                spoken += usize::from(most > 1e-6);
            }
            games += 1;
            conditioned += usize::from(condition && found.unexpected > 0.0);
        }
        assert!(
            games >= 1_000 && settled > 60 && conditioned > 20 && spoken > 150,
            "{games} games, {settled} settle something, {conditioned} conditioned, {spoken} speak for an input"
        );
    }

    /// Drawn models are the same whatever the number of threads, and near to all of them.
    #[test]
    fn draws_do_not_depend_on_threads() {
        let shape = Shape { actors: (2, 3), options: (3, 3), graph: 0.0, ..Shape::default() };
        let conflict = (0..).map(|seed| uncertain(seed, &shape, 0.5)).find(|conflict| {
            let ensemble = crate::ensemble::Ensemble::new(conflict);
            ensemble.models().is_some_and(|models| (100..100_000).contains(&models))
        });
        let conflict = conflict.unwrap();
        let outcome = OutcomeStates::Formula(Expr::Option(OptionId(0)));
        let asked = Asked { concept: 0, target: 0, every: false };
        let at = |threads: usize, draws: u64| {
            let sampler = sampler(&conflict, vec![outcome.clone()], false).unwrap().on_threads(threads);
            sampler.watched(asked, &[], draws, &Quiet).unwrap()
        };
        let drawn = at(1, 99);
        assert_eq!(drawn, at(2, 99));
        assert!((drawn.models + drawn.no_start - 99.0).abs() < 1e-9);
    }
}
