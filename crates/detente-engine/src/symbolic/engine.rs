//! From a game to verdicts: what is compiled, in which order, on which thread.

use std::sync::Mutex;

use detente_model::{ActorId, Answers, Concept, Form, Game, OptionForm, Sequences};
use num_bigint::BigUint;

use super::board::{self, Board};
use super::candidate::Candidates;
use super::diagram::{Diagrams, Frozen, Halt, Set};
use super::formula::join;
use super::metarational::{self, Known};
use super::ranking;
use super::sequential::full::{self, Found, Problem};
use super::sequential::queue::Queue;
use super::standing::{self, Standing};
use super::structure::examples;
use super::verdicts::{Layout, SliceSets, SymbolicVerdicts};
use crate::explicit::mover::Steps;
use crate::stability;
use crate::structure::Ask;
use crate::{
    Engine, Event, LimitHit, NotPossible, Sampled, Settings, Solution, SolveError, Stop, Verdicts, Watch,
};

/// Bytes for diagrams when the settings name no bound.
pub(super) const MEMORY: u64 = crate::caps::DIAGRAMS.most;
/// Recursion is as deep as there are variables and copies (2,048 at most).
pub(super) const STACK: usize = 64 << 20;

/// Solves `game` without listing states.
///
/// Nash, gmr, smr, seq and sseq in option form, with one-way options, acts, conditions on what others do, and every kind
/// of rule and preference, in the readings `legal` and `single`. Simultaneous stability is left out, and said to be, when
/// other concepts are asked for.
///
/// # Errors
/// As [`crate::solve()`]; [`SolveError::NotPossible`] for graph form, moves taken away, conditions on one's
/// own switches, the reading `once`, and simultaneous stability alone.
pub(crate) fn solve(game: &Game, settings: &Settings, watch: &dyn Watch) -> Result<Solution, SolveError> {
    let form = possible(game, settings)?;
    on_a_deep_stack(|| run(game, form, settings, watch)).map_err(SolveError::NotPossible)?
}

/// How many feasible states a game in option form has; `None` when `watch` stopped it, or there is
/// no memory for it.
pub(crate) fn count(game: &Game, settings: &Settings, watch: &dyn Watch) -> Option<BigUint> {
    let form = game.option_form()?;
    let memory = settings.bounds.memory.unwrap_or(MEMORY);
    on_a_deep_stack(|| {
        let mut d = Diagrams::new(memory, watch);
        let (_, board) = board::rules(&mut d, game, form).ok()?;
        Some(d.freeze(&[board.feasible]).count(form.options.len()))
    })
    .ok()?
}

/// Runs `work` on a thread with a stack for the recursion of diagrams.
pub(super) fn on_a_deep_stack<T: Send>(work: impl FnOnce() -> T + Send) -> Result<T, NotPossible> {
    std::thread::scope(|scope| {
        let handle = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work);
        let handle = handle.map_err(|_| NotPossible::NoSymbolicThread)?;
        handle.join().map_err(|_| NotPossible::NoSymbolicThread)
    })
}

/// Whether this engine can do what is asked.
pub(crate) fn possible<'g>(game: &'g Game, settings: &Settings) -> Result<&'g OptionForm, SolveError> {
    let no = |why| Err(SolveError::NotPossible(why));
    let Form::Options(form) = &game.form else { return no(NotPossible::SymbolicOnGraph) };
    if game.actor_ids().any(|actor| form.changes_open_others(actor)) {
        return no(NotPossible::SymbolicWithOwnConditions);
    }
    if !form.cannot.is_empty() {
        return no(NotPossible::SymbolicWithMovesTakenAway);
    }
    if settings.sequences == Sequences::Once && settings.concepts.iter().any(|c| answers(*c)) {
        return no(NotPossible::SymbolicOnce);
    }
    if stability::all_at_once(&settings.concepts) {
        return no(NotPossible::SymbolicSimultaneous);
    }
    Ok(form)
}

/// Whether the concept depends on how opponents answer.
fn answers(concept: Concept) -> bool {
    stability::answers(concept).is_some()
}

fn run(
    game: &Game,
    form: &OptionForm,
    settings: &Settings,
    watch: &dyn Watch,
) -> Result<Solution, SolveError> {
    let memory = settings.bounds.memory.unwrap_or(MEMORY);
    let mut d = Diagrams::new(memory, watch);
    watch.event(Event::States);
    let early = |halt: Halt, what: &str| SolveError::Stopped(limit(halt.0, what, "", String::new(), memory));
    let compiled = board::rules(&mut d, game, form);
    let (mut formulas, mut board) = compiled.map_err(|halt| early(halt, "the rules"))?;
    if board.feasible.is_empty() {
        return Err(SolveError::NoFeasibleState);
    }
    for (actor, preference) in game.actor_ids().zip(&game.preferences) {
        let fault = ranking::fault(&mut d, &mut formulas, &board.feasible, actor, preference);
        let fault = fault.and_then(|fault| {
            board.add(&mut d, &mut formulas, game, actor, preference)?;
            Ok(fault)
        });
        match fault {
            Ok(None) => {}
            Ok(Some(fault)) => return Err(fault),
            Err(halt) => {
                let id = &game.actors[actor.index()].id;
                return Err(early(halt, &format!("the preferences of {id}")));
            }
        }
    }
    board
        .add_joint(&mut d, &mut formulas, game, form)
        .map_err(|halt| early(halt, "what several can do together"))?;
    let slices =
        standing::slices(&mut d, &formulas, game).map_err(|halt| early(halt, "the chance events"))?;
    let layout = Layout::new(form, formulas.order());
    let mut work = Work {
        game,
        names: game.movers().iter().map(|mover| game.mover_id(mover)).collect(),
        settings,
        watch,
        memory,
        d,
        board,
        found: Vec::new(),
        unstable: Vec::new(),
        halts: Vec::new(),
        slices,
        standing: Vec::new(),
        unstood: None,
    };
    // First: it is quick, and without it no verdict would say what lasts.
    match standing::standing(&mut work.d, &work.board, &mut formulas, game, &work.slices) {
        Ok(standing) => work.standing = standing,
        Err(halt) => work.unstood = Some(halt.0),
    }
    work.concepts();
    Ok(work.solution(layout, form))
}

/// A search for seq or sseq.
#[derive(Clone, Copy)]
struct Task {
    /// By whom it is judged, by place.
    actor: usize,
    /// What it would do with others; `None`: its own improvements.
    with: Option<(usize, usize)>,
}

/// What was cut short.
struct Cut {
    stop: Stop,
    concept: Concept,
    /// The mover; for all together when `None`.
    mover: Option<usize>,
    reached: String,
}

struct Work<'w> {
    game: &'w Game,
    /// The ids of the movers.
    names: Vec<String>,
    settings: &'w Settings,
    watch: &'w dyn Watch,
    memory: u64,
    d: Diagrams<'w>,
    board: Board,
    /// Per concept, per actor.
    found: Vec<(Concept, Vec<Option<Set>>)>,
    /// Per concept that was cut short, and actor: states that are not stable.
    unstable: Vec<(Concept, usize, Set)>,
    halts: Vec<Cut>,
    /// As chance events stand in each slice.
    slices: Vec<Set>,
    /// What is within reach and undone by no date, slice by slice; none: not computed.
    standing: Vec<Option<Standing>>,
    /// Why that was not computed.
    unstood: Option<Stop>,
}

/// Seq and sseq stop at this share of the time allowed, so that there is some left for samples,
/// which stop at the second.
const SHARE_OF_TIME: f64 = 0.75;
const SHARE_WITH_SAMPLES: f64 = 0.95;

/// States that are drawn where the equilibria of a concept were cut short.
const SAMPLES: usize = 200;

/// A watch that stops when a share of the time allowed is used up.
struct Early<'w> {
    watch: &'w dyn Watch,
    share: f64,
}

impl Watch for Early<'_> {
    fn stop(&self) -> Option<Stop> {
        let late = || self.watch.used().is_some_and(|used| used >= self.share);
        self.watch.stop().or_else(|| late().then_some(Stop::Time))
    }

    fn used(&self) -> Option<f64> {
        self.watch.used()
    }

    fn event(&self, event: Event<'_>) {
        self.watch.event(event);
    }
}

impl Work<'_> {
    fn concepts(&mut self) {
        let answered = |c: &Concept| stability::answers(*c) == Some(Steps::Improvements);
        for &concept in &self.settings.concepts {
            if concept.at_once() || self.found.iter().any(|(c, _)| *c == concept) {
                continue;
            }
            if answered(&concept) {
                // Together, so that no thread waits for another between the two.
                let asked =
                    Concept::ALL.into_iter().filter(|c| answered(c) && self.settings.concepts.contains(c));
                self.sequential(&asked.collect::<Vec<_>>());
            } else {
                let actors = self.one_by_one(concept);
                self.done(concept, actors);
            }
        }
    }

    fn done(&mut self, concept: Concept, actors: Vec<Option<Set>>) {
        if actors.iter().all(Option::is_some) {
            self.watch.event(Event::Done(concept));
        }
        self.found.push((concept, actors));
    }

    /// Nash, gmr, smr: mover by mover in one store.
    fn one_by_one(&mut self, concept: Concept) -> Vec<Option<Set>> {
        let alone = self.board.players.len();
        let mut movers = Vec::with_capacity(self.names.len());
        let mut known = Known::new();
        for at in 0..alone + self.board.joint.len() {
            self.watch.event(Event::Concept(concept, (at < alone).then(|| ActorId::from(at))));
            movers.push(match self.of_mover(concept, at, &mut known) {
                Ok(set) => Some(set),
                Err(halt) => {
                    self.cut(halt, concept, Some(at), "not begun".to_owned());
                    None
                }
            });
        }
        movers
    }

    /// The states that are stable for the mover at place `at`.
    fn of_mover(&mut self, concept: Concept, at: usize, known: &mut Known) -> Result<Set, Halt> {
        let (d, board, sequences) = (&mut self.d, &self.board, self.settings.sequences);
        let answered = concept.answers() == Answers::Moves;
        let Some(player) = board.players.get(at) else {
            let joint = &board.joint[at - board.players.len()];
            if answered {
                return metarational::stable_together(d, board, joint, concept.way_out(), sequences, known);
            }
            let mut pieces = joint.pieces.iter();
            return pieces.try_fold(board.feasible.clone(), |set, piece| d.without(&set, &piece.wanted));
        };
        if answered {
            return metarational::stable(d, board, player, concept.way_out(), sequences);
        }
        let leave = d.leading_by(&board.feasible, &player.gain, &board.feasible, player.id)?;
        d.without(&board.feasible, &leave)
    }

    /// Seq, sseq: actors, and the parties of those who move together, are independent; each is done in a store of its
    /// own, several at a time.
    fn sequential(&mut self, concepts: &[Concept]) {
        let alone = self.board.players.len();
        let tasks = self.tasks();
        let threads = match self.settings.threads {
            0 => std::thread::available_parallelism().map_or(1, usize::from),
            threads => threads,
        };
        let threads = threads.clamp(1, (tasks.len() * concepts.len()).max(1));
        let frozen = self.board.freeze(&self.d);
        let each = (self.memory.saturating_sub(self.d.bytes())) / threads as u64;
        let early = Early { watch: self.watch, share: SHARE_OF_TIME };
        let (watch, sequences): (&dyn Watch, _) = (&early, self.settings.sequences);
        let queue = Mutex::new(Queue::new(concepts, tasks.len()));
        let lock = || queue.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let work = || loop {
            let Some((concept, at, order)) = lock().next() else { break };
            let Task { actor, with } = tasks[at];
            watch.event(Event::Concept(concept, Some(ActorId::from(actor))));
            let order_after = full::FIRST_ORDER;
            let problem = Problem { board: &frozen, actor, with, concept, sequences, order_after };
            let found = full::unstable(problem, &order, each, watch);
            lock().finish(concept, at, found);
        };
        std::thread::scope(|scope| {
            for _ in 1..threads {
                // Without another thread, this one does all.
                let _ = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work);
            }
            work();
        });
        let queue = queue.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
        for (concept, finds) in queue.finds() {
            let mut finds: Vec<(Task, Option<Found>)> = tasks.iter().copied().zip(finds).collect();
            let together = finds.split_off(alone.min(finds.len()));
            let actors = finds.into_iter().enumerate();
            let mut movers: Vec<Option<Set>> =
                actors.map(|(at, (_, found))| self.settle(concept, at, found)).collect();
            movers.extend(self.agreed(concept, together));
            self.done(concept, movers);
        }
    }

    /// What is searched for seq and sseq: each actor, then each party of each piece of those who move together, where
    /// they would want to at all.
    fn tasks(&self) -> Vec<Task> {
        let mut tasks: Vec<Task> =
            (0..self.board.players.len()).map(|actor| Task { actor, with: None }).collect();
        for (at, joint) in self.board.joint.iter().enumerate() {
            for piece in (0..joint.pieces.len()).filter(|piece| !joint.pieces[*piece].wanted.is_empty()) {
                tasks.extend(joint.parties.iter().map(|&actor| Task { actor, with: Some((at, piece)) }));
            }
        }
        tasks
    }

    /// The stable states of those who move together: those without a step to which every party agrees.
    fn agreed(&mut self, concept: Concept, found: Vec<(Task, Option<Found>)>) -> Vec<Option<Set>> {
        let alone = self.board.players.len();
        let pieces = |at: usize| self.board.joint[at].pieces.iter().map(|piece| piece.wanted.clone());
        // Per joint mover and piece: where all who were looked at agree; `None`: not known.
        let mut all: Vec<Option<Vec<Set>>> =
            (0..self.board.joint.len()).map(|at| Some(pieces(at).collect())).collect();
        for (Task { with, .. }, found) in found {
            let Some((at, piece)) = with else { continue };
            let whole = match found {
                Some(Found { unstable, halt: None, .. }) => {
                    self.d.thaw(&unstable).and_then(|mut sets| sets.pop().ok_or(Halt(Stop::Memory)))
                }
                Some(Found { halt: Some(halt), .. }) => Err(halt),
                None => Err(Halt(Stop::Memory)),
            };
            let Some(sets) = &mut all[at] else { continue };
            match whole.and_then(|agrees| self.d.and(&sets[piece], &agrees)) {
                Ok(agreed) => sets[piece] = agreed,
                Err(halt) => {
                    all[at] = None;
                    self.cut(halt, concept, Some(alone + at), "a part of it".to_owned());
                }
            }
        }
        let mut movers = Vec::with_capacity(all.len());
        for (at, agreed) in all.into_iter().enumerate() {
            let Some(agreed) = agreed else {
                movers.push(None);
                continue;
            };
            let stable = agreed
                .iter()
                .try_fold(self.board.feasible.clone(), |stable, agreed| self.d.without(&stable, agreed));
            movers.push(match stable {
                Ok(stable) => Some(stable),
                Err(halt) => {
                    self.cut(halt, concept, Some(alone + at), "a part of it".to_owned());
                    None
                }
            });
        }
        movers
    }

    /// The stable states that a thread found for the actor at place `at`; or the record that it did not.
    fn settle(&mut self, concept: Concept, at: usize, found: Option<Found>) -> Option<Set> {
        let set = match found {
            Some(Found { unstable, halt: None, .. }) => self.d.thaw(&unstable).and_then(|mut sets| {
                let unstable = sets.pop().ok_or(Halt(Stop::Memory))?;
                self.d.without(&self.board.feasible, &unstable).map(Some)
            }),
            Some(Found { unstable, halt: Some(halt), share, .. }) => {
                // Never more than it is: 100 % is done.
                let share = (share * 100.0).floor().min(99.0);
                self.cut(halt, concept, Some(at), format!("{share} %"));
                if let Some(set) = self.d.thaw(&unstable).ok().and_then(|mut sets| sets.pop()) {
                    self.unstable.push((concept, at, set));
                }
                Ok(None)
            }
            None => Ok(None),
        };
        set.unwrap_or_else(|halt| {
            self.cut(halt, concept, Some(at), "not begun".to_owned());
            None
        })
    }

    fn cut(&mut self, halt: Halt, concept: Concept, mover: Option<usize>, reached: String) {
        self.halts.push(Cut { stop: halt.0, concept, mover, reached });
    }

    /// Verdicts that need no store, equilibria included.
    fn solution(mut self, layout: Layout, form: &OptionForm) -> Solution {
        let mut all: Vec<(Concept, Set)> = Vec::new();
        for (concept, movers) in std::mem::take(&mut self.found) {
            let sets: Option<Vec<Set>> = movers.iter().cloned().collect();
            if let Some(mut sets) = sets {
                sets.push(self.board.feasible.clone());
                match join(&mut self.d, sets, true) {
                    Ok(set) => all.push((concept, set)),
                    Err(halt) => self.cut(halt, concept, None, "every mover alone".to_owned()),
                }
            }
            self.found.push((concept, movers));
        }
        let slices = (0..self.slices.len()).map(|at| self.slice(at, &all)).collect();
        let between = self.between(form, &layout);
        let verdicts = SymbolicVerdicts {
            layout,
            feasible: self.d.freeze(std::slice::from_ref(&self.board.feasible)),
            slices,
            between,
            sequences: self.settings.sequences,
        };
        let limits = self.limits(&verdicts);
        Solution { engine: Engine::Symbolic, limits, verdicts: Box::new(verdicts) }
    }

    /// What was found of a slice, of these equilibria of all.
    fn slice(&mut self, at: usize, equilibria: &[(Concept, Set)]) -> SliceSets {
        let here = self.slices[at].clone();
        let mut sets = SliceSets::default();
        let standing = self.standing.get_mut(at).and_then(Option::take);
        for (concept, set) in equilibria {
            match self.d.and(set, &here) {
                Ok(set) => {
                    if let Some(Standing { lasts, .. }) = &standing {
                        match self.d.and(&set, lasts) {
                            Ok(set) => sets.lasting.push((*concept, self.d.freeze(&[set]))),
                            Err(halt) => self.cut(halt, *concept, None, "the equilibria".to_owned()),
                        }
                    }
                    sets.equilibria.push((*concept, self.d.freeze(&[set])));
                }
                Err(halt) => self.cut(halt, *concept, None, "the equilibria".to_owned()),
            }
        }
        sets.reach = standing.map(|standing| self.d.freeze(&[standing.reach]));
        for (concept, movers) in std::mem::take(&mut self.found) {
            let stable = movers.iter().enumerate().map(|(mover, set)| {
                let set = self.d.and(set.as_ref()?, &here);
                set.map_err(|halt| self.cut(halt, concept, Some(mover), "as a whole".to_owned())).ok()
            });
            let stable: Vec<Option<Set>> = stable.collect();
            let frozen = stable.iter().map(|set| Some(self.d.freeze(std::slice::from_ref(set.as_ref()?))));
            sets.stable.push((concept, frozen.collect()));
            self.found.push((concept, movers));
        }
        sets
    }

    /// For each concept that was cut short: what is sound all the same.
    fn between(&mut self, form: &OptionForm, layout: &Layout) -> Vec<(Concept, Frozen, Frozen, Sampled)> {
        let cut = self.found.iter().filter(|(_, actors)| actors.iter().any(Option::is_none));
        let concepts: Vec<Concept> = cut.map(|(concept, _)| *concept).collect();
        let mut list = Vec::new();
        for concept in concepts {
            // Without memory for the bounds themselves there are none.
            if let Ok((least, most)) = self.bounds(concept) {
                let sampled = self.sample(form, layout, concept, &least, &most).unwrap_or_default();
                list.push((concept, self.d.freeze(&[least]), self.d.freeze(&[most]), sampled));
            }
        }
        list
    }

    /// States that are equilibria of `concept` for certain, and states outside of which there are
    /// none: by the concepts that it includes and is included in, by the actors that are done, and
    /// by the states that were found unstable.
    fn bounds(&mut self, concept: Concept) -> Result<(Set, Set), Halt> {
        let inner = |which: Concept| which.is_within(concept);
        let outer = |which: Concept| concept.is_within(which);
        let mut least = self.d.constant(false);
        let today = self.slices.first().cloned().unwrap_or_else(|| self.board.feasible.clone());
        let mut most = self.d.and(&self.board.feasible, &today)?;
        for (which, actors) in &self.found {
            let same = *which == concept;
            if same || outer(*which) {
                for set in actors.iter().flatten() {
                    most = self.d.and(&most, set)?;
                }
            }
            if inner(*which) {
                let sets: Option<Vec<Set>> = actors.iter().cloned().collect();
                if let Some(mut sets) = sets {
                    sets.push(self.board.feasible.clone());
                    let all = join(&mut self.d, sets, true)?;
                    least = self.d.or(&least, &all)?;
                }
            }
        }
        for (which, _, unstable) in &self.unstable {
            if *which == concept || outer(*which) {
                most = self.d.without(&most, unstable)?;
            }
        }
        Ok((self.d.and(&least, &today)?, most))
    }

    /// Verdicts on states drawn from `most` without `least`, as many as time allows.
    fn sample(
        &mut self,
        form: &OptionForm,
        layout: &Layout,
        concept: Concept,
        least: &Set,
        most: &Set,
    ) -> Result<Sampled, Halt> {
        if !self.game.only_own_moves() {
            // Single states are looked at for actors alone.
            return Ok(Sampled::default());
        }
        let rest = self.d.without(most, least)?;
        let ask = Ask { options: layout.options(), examples: SAMPLES, seed: 1, ..Ask::default() };
        let drawn = examples(&self.d.freeze(&[rest]), &layout.order, &ask);
        let open: Vec<ActorId> = (self.found.iter())
            .filter(|(which, _)| *which == concept)
            .flat_map(|(_, actors)| actors.iter().enumerate().filter(|(_, set)| set.is_none()))
            .map(|(at, _)| ActorId::from(at))
            .collect();
        let early = Early { watch: self.watch, share: SHARE_WITH_SAMPLES };
        let mut candidates = Candidates::new(self.game, form, self.memory / 2, &early)?;
        let mut sampled = Sampled::default();
        for (at, state) in drawn.into_iter().enumerate() {
            let words = format!("{} of states drawn at random", concept.id());
            self.watch.event(Event::Step(&words, Some(at as f64 / SAMPLES as f64)));
            let mut stable = true;
            for &actor in &open {
                // To leave out the hard ones would bend the share: at the first, that is all.
                match candidates.is_stable(self.settings.sequences, concept, actor, &state) {
                    Ok(verdict) => stable &= verdict,
                    Err(_) => return Ok(sampled),
                }
                if !stable {
                    break;
                }
            }
            if stable {
                sampled.equilibria.push(state);
            } else {
                sampled.others += 1;
            }
        }
        Ok(sampled)
    }

    /// One entry per kind of bound that was hit.
    fn limits(&self, verdicts: &SymbolicVerdicts) -> Vec<LimitHit> {
        let mut kinds: Vec<Stop> = Vec::new();
        for cut in &self.halts {
            if !kinds.contains(&cut.stop) {
                kinds.push(cut.stop);
            }
        }
        let mut exact = self.exact();
        for (concept, ..) in &verdicts.between {
            exact.push_str(&self.between_words(*concept, verdicts));
        }
        let hit = |stop: Stop| {
            let cuts = self.halts.iter().filter(|cut| cut.stop == stop);
            let id = |cut: &Cut| cut.mover.and_then(|at| self.names.get(at)).cloned();
            // Concept by concept: who, and how far each came.
            let (mut what, mut reached) = (Vec::new(), Vec::new());
            for (concept, _) in &self.found {
                let cuts: Vec<&Cut> = cuts.clone().filter(|cut| cut.concept == *concept).collect();
                let who: Vec<String> = cuts.iter().filter_map(|cut| id(cut)).collect();
                match (cuts.is_empty(), who.is_empty()) {
                    (true, _) => continue,
                    (_, true) => what.push(self.name(*concept, None)),
                    (_, false) => what.push(format!("{} for {}", concept.id(), who.join(", "))),
                }
                let far = |cut: &&Cut| match id(cut) {
                    Some(id) => format!("{id} {}", cut.reached),
                    None => cut.reached.clone(),
                };
                reached.push(format!(
                    "{}: {}",
                    concept.id(),
                    cuts.iter().map(far).collect::<Vec<_>>().join(", ")
                ));
            }
            limit(stop, &what.join("; "), &reached.join("; "), exact.clone(), self.memory)
        };
        let mut limits: Vec<LimitHit> = kinds.into_iter().map(hit).collect();
        limits.extend(
            self.unstood
                .map(|stop| limit(stop, "what is within reach", "a part of it", exact.clone(), self.memory)),
        );
        if self.settings.concepts.iter().any(|concept| concept.at_once()) {
            limits.push(LimitHit {
                stop: Stop::Work,
                what: self.name(Concept::Sim, None),
                limit: "states one by one: the explicit engine alone has this concept".to_owned(),
                reached: "not begun".to_owned(),
                exact,
            });
        }
        limits
    }

    /// What is sound about the equilibria of `concept`, in words.
    fn between_words(&self, concept: Concept, verdicts: &SymbolicVerdicts) -> String {
        let Some(between) = verdicts.between(concept) else { return String::new() };
        let mut words = format!(
            "; {} equilibria: at least {}, at most {}",
            concept.id(),
            between.at_least.count(),
            between.at_most.count()
        );
        if let Some((share, low, high)) = between.sampled.share() {
            words.push_str(&format!(
                "; of {} drawn at random between, {} are ({:.0} %; {:.0} to {:.0} % with 95 % confidence)",
                between.sampled.count(),
                between.sampled.equilibria.len(),
                share * 100.0,
                low * 100.0,
                high * 100.0
            ));
        }
        words
    }

    /// What is exact, in words.
    fn exact(&self) -> String {
        let mut parts = vec!["the feasible states".to_owned()];
        for (concept, actors) in &self.found {
            if actors.iter().all(Option::is_some) {
                parts.push(concept.id().to_owned());
            } else {
                let done = actors.iter().enumerate().filter(|(_, set)| set.is_some());
                parts.extend(done.map(|(at, _)| self.name(*concept, Some(at))));
            }
        }
        parts.join(", ")
    }

    fn name(&self, concept: Concept, mover: Option<usize>) -> String {
        match mover.and_then(|at| self.names.get(at)) {
            Some(mover) => format!("{} for {mover}", concept.id()),
            None => format!("{} equilibria", concept.id()),
        }
    }
}

pub(super) fn limit(stop: Stop, what: &str, reached: &str, exact: String, memory: u64) -> LimitHit {
    let limit = match stop {
        Stop::Memory => format!("{} MiB for diagrams", memory >> 20),
        other => other.words().to_owned(),
    };
    LimitHit { stop, what: what.to_owned(), limit, reached: reached.to_owned(), exact }
}
