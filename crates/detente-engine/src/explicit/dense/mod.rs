//! Dense boxes: all `2^m` truth assignments in arrays, by minima and maxima over groups.
//!
//! No sort, no union–find, no components: for each focal actor the box is laid out so that what
//! opponents can do stays inside a slice, opponents' moves are followed by passes over the slice
//! until nothing changes, and own moves are minima across slices. Definitions and proofs:
//! [`focal`]; passes: [`closure`]; kernels: [`improve`], [`reach`], [`sorted`].
//!
//! # Complexity
//! O(D²) passes of 0.1 to 2 ns per place for D actors on a processor with AVX2; the number of
//! passes does not grow with the box on random models and is cut by a bound, past which a slice
//! is closed state by state ([`ordered`]). Memory: [`memory`].
//!
//! # Limits
//! Option form, at most [`MOST_OPTIONS`] options, no moves taken away; nash, gmr, smr, seq, sseq
//! in the readings `legal` and `single`; at least one assignment in [`LEAST_SHARE`] feasible.

mod closure;
pub(crate) mod dispatch;
mod file_order;
mod focal;
mod formula;
mod improve;
#[cfg(any(test, feature = "testing"))]
pub(crate) mod kernels;
mod layout;
mod memory;
mod ordered;
mod pass;
mod reach;
mod rules;
mod score;
mod scores;
mod sorted;
mod terms;
#[cfg(test)]
mod tests;
mod workers;

use std::sync::OnceLock;

use detente_model::{Concept, Expr, Game, OptionForm, Preference, Sequences};

use self::dispatch::Level;
use self::focal::Focal;
use self::formula::{Formula, formulas};
use self::layout::{LINE_BITS, Layout};
use self::rules::Rules;
use self::score::Score;
use self::scores::Scores;
use self::terms::Terms;
use super::mover::Steps;
use super::space::Space;
use super::standing::Ways;
use super::verdict::{ActorVerdicts, ExplicitVerdicts, bit, bits};
use super::{DEFAULT_MEMORY, lists, score as preference};
use crate::stability;
use crate::{Event, LimitHit, Settings, SolveError, Stop, Watch};

/// More options are not for this engine.
const MOST_OPTIONS: usize = 28;
/// The box is worth it when at least one assignment in this many is feasible.
const LEAST_SHARE: u64 = 20;
/// Boxes below this many options are done on one thread.
const LEAST_THREADED: usize = 15;
/// Statements whose truth values make a score as they are.
const MOST_PLAIN: usize = 32;

/// Solves a game in option form when it is one for this engine; `None`: it is not.
///
/// Simultaneous stability is not for this engine: asked for, the game is left to lists when it
/// fits them, else the concept is left out and the limit says so.
///
/// # Errors
/// [`SolveError::NoFeasibleState`], those of rankings, and [`SolveError::Stopped`] when the
/// memory allowed is too small for lists too, or when stopped before the first actor was done.
pub(crate) fn solve(
    game: &Game,
    form: &OptionForm,
    settings: &Settings,
    watch: &dyn Watch,
) -> Result<Option<(ExplicitVerdicts, Vec<LimitHit>)>, SolveError> {
    let possible = form.options.len() <= MOST_OPTIONS
        && form.cannot.is_empty()
        && settings.sequences != Sequences::Once
        && !stability::all_at_once(&settings.concepts);
    if !possible {
        return Ok(None);
    }
    let threads = match settings.threads {
        _ if form.options.len() < LEAST_THREADED => 1,
        0 => std::thread::available_parallelism().map_or(1, usize::from),
        threads => threads,
    };
    let solve = |threads| solve_box(game, form, settings, threads, &Tuning::default(), watch);
    if threads == 1 {
        return solve(1);
    }
    match rayon::ThreadPoolBuilder::new().num_threads(threads).build() {
        Ok(pool) => pool.install(|| solve(threads)),
        Err(_) => solve(1),
    }
}

/// How to compute: nothing here changes a verdict.
#[derive(Clone, Debug)]
struct Tuning {
    /// Instruction set.
    level: Level,
    /// Widest field whose groups are compared pair by pair; `None`: by level and score width.
    widest_pairs: Option<u32>,
    /// Most turns in a tile before it is closed state by state; `None`: by number of fields.
    most_turns: Option<usize>,
    /// Least bits of a tile.
    least_tile: u32,
    /// Least bits of a score.
    least_score: u32,
    /// See [`LEAST_SHARE`].
    least_share: u64,
}

impl Default for Tuning {
    fn default() -> Self {
        Self {
            level: Level::best(),
            widest_pairs: None,
            most_turns: None,
            least_tile: 12,
            least_score: 8,
            least_share: LEAST_SHARE,
        }
    }
}

impl Tuning {
    fn tile(&self, layout: &Layout) -> u32 {
        layout.slice.max(self.least_tile.max(LINE_BITS).min(layout.bits))
    }

    fn widest_pairs<T: Score>(&self) -> u32 {
        self.widest_pairs.unwrap_or(match T::BITS {
            8 => 8,
            _ if self.level.is_baseline() => 5,
            16 => 7,
            _ => 6,
        })
    }

    fn most_turns(&self, fields: usize) -> usize {
        self.most_turns.unwrap_or(64.max(16 * fields))
    }
}

/// What all actors' problems share.
struct Frame<'a> {
    game: &'a Game,
    form: &'a OptionForm,
    /// Concepts to compute, as bits.
    concepts: u8,
    sequences: Sequences,
    tuning: &'a Tuning,
    watch: &'a dyn Watch,
    stop: OnceLock<Stop>,
    /// For each rule, where it is broken.
    broken: &'a [Formula<'a>],
    /// Statements by actor; none where preferences are ranked.
    statements: Vec<Option<Vec<Formula<'a>>>>,
}

impl<'a> Frame<'a> {
    /// Asks the watch; once it said stop, always true.
    fn stopped(&self) -> bool {
        if self.stop.get().is_none()
            && let Some(stop) = self.watch.stop()
        {
            let _ = self.stop.set(stop);
        }
        self.stop.get().is_some()
    }

    /// Whether a concept that reckons with these steps is asked for.
    fn wants(&self, steps: Steps) -> bool {
        let follows = |concept: &Concept| stability::answers(*concept) == Some(steps);
        Concept::ALL
            .iter()
            .filter(|concept| follows(concept))
            .any(|concept| self.concepts & bit(*concept) != 0)
    }

    fn layout(&self, focal: usize) -> Layout {
        Layout::new(&self.form.options, self.game.actor_count(), focal)
    }

    fn scores<'r, T: Score>(&self, layout: &Layout, ranks: &'r [Vec<T>], actor: usize) -> Scores<'r, T> {
        match self.statements.get(actor) {
            Some(Some(list)) => {
                let weighted = list.iter().rev().enumerate().map(|(bit, f)| (f, T::new(1 << bit)));
                Scores::Statements(Box::new(Terms::new(self.form, &layout.position, weighted)))
            }
            _ => Scores::Ranks(ranks.get(actor).map_or(&[], Vec::as_slice)),
        }
    }
}

/// The statements of a preference when their truth values make a score as they are.
fn plain_statements(preference: &Preference) -> Option<impl Iterator<Item = &Expr>> {
    match preference {
        Preference::Statements(list) if list.len() <= MOST_PLAIN => Some(list.iter().map(|s| &s.that)),
        _ => None,
    }
}

fn solve_box(
    game: &Game,
    form: &OptionForm,
    settings: &Settings,
    threads: usize,
    tuning: &Tuning,
    watch: &dyn Watch,
) -> Result<Option<(ExplicitVerdicts, Vec<LimitHit>)>, SolveError> {
    let broken: Vec<Expr> = form.rules.iter().map(|rule| rule.formula().negate()).collect();
    let broken = formulas(form, &broken);
    let Some(feasible) = Rules::new(form, &broken).feasible(threads, watch) else {
        let stop = watch.stop().unwrap_or(Stop::Cancelled);
        return Err(SolveError::Stopped(limit(stop, "the feasible states".to_owned(), &[], game)));
    };
    let count: u64 = feasible.iter().map(|word| u64::from(word.count_ones())).sum();
    if count == 0 {
        return Err(SolveError::NoFeasibleState);
    }
    let memory = settings.bounds.memory.unwrap_or(DEFAULT_MEMORY);
    let listable = count <= lists::most_states(game.actor_count(), memory) as u64;
    let simultaneous = settings.concepts.iter().any(|concept| concept.at_once());
    if count.saturating_mul(tuning.least_share) < 1 << form.options.len() || (simultaneous && listable) {
        return Ok(None);
    }
    let statements = game.preferences.iter().map(|p| plain_statements(p).map(|list| formulas(form, list)));
    let frame = Frame {
        game,
        form,
        concepts: bits(&stability::in_turn(&settings.concepts)),
        sequences: settings.sequences,
        tuning,
        watch,
        stop: OnceLock::new(),
        broken: &broken,
        statements: statements.collect(),
    };
    let space = Space::Box { options: form.options.len() as u32, feasible };
    let Some((ranks, bits)) = ranks(&frame, &space, memory)? else {
        return if listable { Ok(None) } else { Err(too_large(&frame, memory::ranking(&frame), memory)) };
    };
    let bits = bits.max(tuning.least_score);
    let needed = |workers| match bits {
        ..=8 => memory::needed(&frame, 1, workers),
        9..=16 => memory::needed(&frame, 2, workers),
        _ => memory::needed(&frame, 4, workers),
    };
    let Some(workers) = (1..=threads).rev().find(|&workers| needed(workers as u64) <= memory) else {
        return if listable { Ok(None) } else { Err(too_large(&frame, needed(1), memory)) };
    };
    let (actors, mut limits) = match bits {
        ..=8 => solve_actors::<u8>(&frame, ranks, workers),
        9..=16 => solve_actors::<u16>(&frame, ranks, workers),
        _ => solve_actors::<u32>(&frame, ranks, workers),
    }?;
    if simultaneous {
        let done = settings.concepts.iter().filter(|c| !c.at_once()).map(|c| c.id());
        limits.push(LimitHit {
            stop: Stop::Memory,
            what: "simultaneous stability".to_owned(),
            limit: memory::size(memory),
            reached: format!("{count} states"),
            exact: done.collect::<Vec<_>>().join(", "),
        });
    }
    let ways = Ways::Box(game.actor_ids().map(|actor| lists::masks(form, actor)).collect());
    Ok(Some(ExplicitVerdicts::new(game, space, actors, limits, &ways, watch)))
}

/// Ranks of the actors whose preference is not up to 32 statements, by place of the box, and how
/// many bits a score of any actor has. `None`: not within `memory`.
#[allow(clippy::type_complexity)]
fn ranks(frame: &Frame, space: &Space, memory: u64) -> Result<Option<(Vec<Vec<u32>>, u32)>, SolveError> {
    if memory::ranking(frame) > memory {
        return Ok(None);
    }
    let mut bits = 0;
    let mut all = vec![];
    for (actor, statements) in frame.game.actor_ids().zip(&frame.statements) {
        let ranks = match statements {
            Some(list) => {
                bits = bits.max(list.len() as u32);
                vec![]
            }
            None => {
                let scores = preference::scores(space, frame.game, actor)?;
                let ranks = preference::dense(space, &scores);
                bits = bits.max(32 - ranks.iter().max().map_or(0, |top| *top).leading_zeros());
                ranks
            }
        };
        all.push(ranks);
    }
    Ok(Some((all, bits)))
}

fn solve_actors<T: Score>(
    frame: &Frame,
    ranks: Vec<Vec<u32>>,
    workers: usize,
) -> Result<(Vec<ActorVerdicts>, Vec<LimitHit>), SolveError> {
    let ranks: Vec<Vec<T>> = ranks.into_iter().map(|ranks| ranks.into_iter().map(T::new).collect()).collect();
    let count = frame.game.actor_count();
    let mut actors = Vec::with_capacity(count);
    for (at, actor) in frame.game.actors.iter().enumerate() {
        let what = format!("stability for {}", actor.id);
        frame.watch.event(Event::Step(&what, Some(at as f64 / count as f64)));
        let layout = frame.layout(at);
        let bytes = if layout.own == 0 {
            // Who cannot move has nothing to leave for.
            Some(vec![frame.concepts; 1 << frame.form.options.len()])
        } else {
            let focal = Focal::new(frame, &ranks, at);
            focal.run(workers).map(|bytes| file_order::bytes(&focal.layout, bytes, workers))
        };
        match bytes {
            Some(bytes) => actors.push(ActorVerdicts { computed: frame.concepts, bytes }),
            None => {
                let done: Vec<&str> = frame.game.actors[..at].iter().map(|a| a.id.as_str()).collect();
                let stop = frame.stop.get().copied().unwrap_or(Stop::Cancelled);
                let limit = limit(stop, what, &done, frame.game);
                if at == 0 {
                    return Err(SolveError::Stopped(limit));
                }
                actors.resize_with(count, ActorVerdicts::default);
                return Ok((actors, vec![limit]));
            }
        }
    }
    Ok((actors, vec![]))
}

fn limit(stop: Stop, what: String, done: &[&str], game: &Game) -> LimitHit {
    let exact = if done.is_empty() { String::new() } else { format!("all concepts for {}", done.join(", ")) };
    let reached = format!("{} of {} actors", done.len(), game.actor_count());
    LimitHit { stop, what, limit: stop.words().to_owned(), reached, exact }
}

fn too_large(frame: &Frame, needed: u64, memory: u64) -> SolveError {
    let mut limit = limit(Stop::Memory, "stability in a box of all assignments".to_owned(), &[], frame.game);
    limit.limit = memory::size(memory);
    limit.reached = format!("{} needed", memory::size(needed));
    SolveError::Stopped(limit)
}
