//! From a game to verdicts: what is compiled, in which order, on which thread.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use detente_model::{ActorId, Concept, Form, Game, OptionForm, Sequences};
use num_bigint::BigUint;

use super::board::{self, Board, FrozenBoard};
use super::diagram::{Diagrams, Frozen, Halt, Set};
use super::formula::join;
use super::sequential::{full, judged};
use super::verdicts::{Layout, SymbolicVerdicts};
use super::{metarational, ranking};
use crate::{Engine, Event, LimitHit, Settings, Solution, SolveError, Stop, Watch};

/// Bytes for diagrams when the settings name no bound.
const MEMORY: u64 = 2 << 30;
/// Recursion is as deep as there are variables and copies (2,048 at most).
const STACK: usize = 64 << 20;

/// Solves `game` without listing states.
///
/// Nash, gmr, smr, seq and sseq in option form, with one-way options and every kind of rule and
/// preference, in the readings `legal` and `single`. Simultaneous stability is left out when
/// other concepts are asked for.
///
/// # Errors
/// As [`crate::solve`]; [`SolveError::NotPossible`] for graph form, moves taken away, the reading
/// `once`, and simultaneous stability alone.
pub(crate) fn solve(game: &Game, settings: &Settings, watch: &dyn Watch) -> Result<Solution, SolveError> {
    let form = possible(game, settings)?;
    let cannot = |why: &str| SolveError::NotPossible(why.to_owned());
    on_a_deep_stack(|| run(game, form, settings, watch)).map_err(cannot)?
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
pub(super) fn on_a_deep_stack<T: Send>(work: impl FnOnce() -> T + Send) -> Result<T, &'static str> {
    std::thread::scope(|scope| {
        let handle = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work);
        let handle = handle.map_err(|_| "the system gave no thread for the symbolic engine")?;
        handle.join().map_err(|_| "the symbolic engine stopped unexpectedly")
    })
}

/// Whether this engine can do what is asked.
pub(crate) fn possible<'g>(game: &'g Game, settings: &Settings) -> Result<&'g OptionForm, SolveError> {
    let no = |why: &str| Err(SolveError::NotPossible(why.to_owned()));
    let Form::Options(form) = &game.form else {
        return no("the symbolic engine works on options; a graph of states is for the explicit engine");
    };
    if !form.cannot.is_empty() {
        return no("the symbolic engine cannot take moves away (`cannot`); the explicit engine can");
    }
    if settings.sequences == Sequences::Once && settings.concepts.iter().any(|c| answers(*c)) {
        return no("the symbolic engine has no reading `once`; the explicit engine has");
    }
    if settings.concepts == [Concept::Sim] {
        return no("simultaneous stability needs the states one by one: use the explicit engine");
    }
    Ok(form)
}

/// Whether the concept depends on how opponents answer.
fn answers(concept: Concept) -> bool {
    matches!(concept, Concept::Gmr | Concept::Smr | Concept::Seq | Concept::Sseq)
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
    let layout = Layout::new(form, formulas.order());
    let mut work = Work { game, settings, watch, memory, d, board, found: Vec::new(), halts: Vec::new() };
    work.concepts();
    Ok(work.solution(layout))
}

/// What was cut short.
struct Cut {
    stop: Stop,
    concept: Concept,
    /// For all actors together when `None`.
    actor: Option<usize>,
    reached: String,
}

struct Work<'w> {
    game: &'w Game,
    settings: &'w Settings,
    watch: &'w dyn Watch,
    memory: u64,
    d: Diagrams<'w>,
    board: Board,
    /// Per concept, per actor.
    found: Vec<(Concept, Vec<Option<Set>>)>,
    halts: Vec<Cut>,
}

impl Work<'_> {
    fn concepts(&mut self) {
        for &concept in &self.settings.concepts {
            if concept == Concept::Sim || self.found.iter().any(|(c, _)| *c == concept) {
                continue;
            }
            let actors = match concept {
                Concept::Seq | Concept::Sseq => self.sequential(concept),
                _ => self.one_by_one(concept),
            };
            if actors.iter().all(Option::is_some) {
                self.watch.event(Event::Done(concept));
            }
            self.found.push((concept, actors));
        }
    }

    /// Nash, gmr, smr: actor by actor in one store.
    fn one_by_one(&mut self, concept: Concept) -> Vec<Option<Set>> {
        let mut actors = Vec::with_capacity(self.board.players.len());
        for at in 0..self.board.players.len() {
            let actor = ActorId::from(at);
            self.watch.event(Event::Concept(concept, Some(actor)));
            let (d, board) = (&mut self.d, &self.board);
            let player = &board.players[at];
            let sequences = self.settings.sequences;
            let set = match concept {
                Concept::Gmr => metarational::gmr(d, board, player, sequences),
                Concept::Smr => metarational::smr(d, board, player, sequences),
                _ => {
                    let leave = d.into_by(&board.feasible, &player.gain, &board.feasible, player.id);
                    leave.and_then(|leave| d.without(&board.feasible, &leave))
                }
            };
            actors.push(match set {
                Ok(set) => Some(set),
                Err(halt) => {
                    self.cut(halt, concept, Some(at), "not begun".to_owned());
                    None
                }
            });
        }
        actors
    }

    /// Seq, sseq: actors are independent; each is done in a store of its own, several at a time.
    fn sequential(&mut self, concept: Concept) -> Vec<Option<Set>> {
        let count = self.board.players.len();
        let threads = match self.settings.threads {
            0 => std::thread::available_parallelism().map_or(1, usize::from),
            threads => threads,
        };
        let threads = threads.clamp(1, count.max(1));
        let frozen = self.board.freeze(&self.d);
        let each = (self.memory.saturating_sub(self.d.bytes())) / threads as u64;
        let next = AtomicUsize::new(0);
        let results: Mutex<Vec<Option<Outcome>>> = Mutex::new((0..count).map(|_| None).collect());
        let (watch, sequences) = (self.watch, self.settings.sequences);
        let work = || loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            if at >= count {
                break;
            }
            watch.event(Event::Concept(concept, Some(ActorId::from(at))));
            let outcome = one(&frozen, at, concept, sequences, each, watch);
            results.lock().unwrap_or_else(std::sync::PoisonError::into_inner)[at] = Some(outcome);
        };
        std::thread::scope(|scope| {
            for _ in 1..threads {
                // Without another thread, this one does all.
                let _ = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work);
            }
            work();
        });
        let results = results.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
        let mut actors = Vec::with_capacity(count);
        for (at, outcome) in results.into_iter().enumerate() {
            let set = match outcome {
                Some(Outcome::Stable(set)) => self.d.thaw(&set).map(|mut sets| sets.pop()),
                Some(Outcome::Cut(halt, share)) => {
                    self.cut(halt, concept, Some(at), format!("{:.0} %", share * 100.0));
                    Ok(None)
                }
                None => Ok(None),
            };
            actors.push(set.unwrap_or_else(|halt| {
                self.cut(halt, concept, Some(at), "not begun".to_owned());
                None
            }));
        }
        actors
    }

    fn cut(&mut self, halt: Halt, concept: Concept, actor: Option<usize>, reached: String) {
        self.halts.push(Cut { stop: halt.0, concept, actor, reached });
    }

    /// Verdicts that need no store, equilibria included.
    fn solution(mut self, layout: Layout) -> Solution {
        let mut equilibria = Vec::new();
        for (concept, actors) in std::mem::take(&mut self.found) {
            let sets: Option<Vec<Set>> = actors.iter().cloned().collect();
            if let Some(mut sets) = sets {
                sets.push(self.board.feasible.clone());
                match join(&mut self.d, sets, true) {
                    Ok(set) => equilibria.push((concept, self.d.freeze(&[set]))),
                    Err(halt) => self.cut(halt, concept, None, "every actor alone".to_owned()),
                }
            }
            self.found.push((concept, actors));
        }
        let freeze = |set: &Set| self.d.freeze(std::slice::from_ref(set));
        let stable = self.found.iter().map(|(concept, actors)| {
            (*concept, actors.iter().map(|set| set.as_ref().map(freeze)).collect::<Vec<_>>())
        });
        let verdicts = SymbolicVerdicts {
            layout,
            feasible: freeze(&self.board.feasible),
            stable: stable.collect(),
            equilibria,
        };
        Solution { engine: Engine::Symbolic, limits: self.limits(), verdicts: Box::new(verdicts) }
    }

    /// One entry per kind of bound that was hit.
    fn limits(&self) -> Vec<LimitHit> {
        let mut kinds: Vec<Stop> = Vec::new();
        for cut in &self.halts {
            if !kinds.contains(&cut.stop) {
                kinds.push(cut.stop);
            }
        }
        let exact = self.exact();
        let hit = |stop: Stop| {
            let cuts = self.halts.iter().filter(|cut| cut.stop == stop);
            let what: Vec<String> = cuts.clone().map(|cut| self.name(cut.concept, cut.actor)).collect();
            let reached: Vec<String> =
                cuts.map(|cut| format!("{}: {}", self.name(cut.concept, cut.actor), cut.reached)).collect();
            limit(stop, &what.join(", "), &reached.join(", "), exact.clone(), self.memory)
        };
        kinds.into_iter().map(hit).collect()
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

    fn name(&self, concept: Concept, actor: Option<usize>) -> String {
        match actor.and_then(|at| self.game.actors.get(at)) {
            Some(actor) => format!("{} for {}", concept.id(), actor.id),
            None => format!("{} equilibria", concept.id()),
        }
    }
}

/// What one thread found for one actor.
enum Outcome {
    Stable(Frozen),
    /// Why it stopped, and the share that was done.
    Cut(Halt, f64),
}

/// Seq or sseq for the actor at place `at`.
fn one(
    board: &FrozenBoard,
    at: usize,
    concept: Concept,
    sequences: Sequences,
    memory: u64,
    watch: &dyn Watch,
) -> Outcome {
    let mut d = Diagrams::new(memory, watch);
    let mut run = || {
        let board = board.thaw(&mut d)?;
        let player = &board.players[at];
        let judged = judged(&mut d, &board, player, concept)?;
        let found = full::unstable(&mut d, &board, player, &judged, sequences);
        if let Some(halt) = found.halt {
            return Ok(Outcome::Cut(halt, found.share));
        }
        let stable = d.without(&board.feasible, &found.unstable)?;
        Ok(Outcome::Stable(d.freeze(&[stable])))
    };
    run().unwrap_or_else(|halt| Outcome::Cut(halt, 0.0))
}

fn limit(stop: Stop, what: &str, reached: &str, exact: String, memory: u64) -> LimitHit {
    let limit = match stop {
        Stop::Memory => format!("{} MiB for diagrams", memory >> 20),
        other => other.words().to_owned(),
    };
    LimitHit { stop, what: what.to_owned(), limit, reached: reached.to_owned(), exact }
}
