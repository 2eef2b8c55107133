//! Option form with the feasible states in a list.

use std::collections::HashMap;

use detente_model::{ActorId, Concept, Direction, Game, OptionForm};

use super::feasible::{NotListed, feasible};
use super::field::ListField;
use super::mover::{Mover, MoverSpec, Taken};
use super::space::Space;
use super::standing::Ways;
use super::verdict::{ActorVerdicts, ExplicitVerdicts, bit};
use super::words::Program;
use super::{DEFAULT_MEMORY, general, score};
use crate::stability::{self, sim};
use crate::{Bounds, Event, LimitHit, NotPossible, Settings, SolveError, Stop, Watch};

/// Branches of the search for feasible states when no bound on work is given.
const DEFAULT_BRANCHES: u64 = crate::caps::BRANCHES.most;

/// How many states may be listed within `memory` bytes.
pub(crate) fn most_states(actors: usize, memory: u64) -> usize {
    // Number; per actor score, escape, layout of moves (seven words at most) and verdict; and
    // while it is the focal actor (two at a time) values and search over states and levels.
    let per_state = 8 + actors as u64 * (4 + 4 + 28 + 1) + 2 * (actors as u64 + 1) * 24;
    usize::try_from(memory / per_state).unwrap_or(usize::MAX).min(u32::MAX as usize - 1)
}

/// How far the search for feasible states may go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Effort {
    /// Most states.
    pub(crate) states: usize,
    /// Most branches.
    pub(crate) branches: u64,
}

impl Effort {
    /// What the bounds allow.
    pub(crate) fn allowed(actors: usize, bounds: &Bounds) -> Self {
        Self {
            states: most_states(actors, bounds.memory.unwrap_or(DEFAULT_MEMORY)),
            branches: bounds.work.unwrap_or(DEFAULT_BRANCHES),
        }
    }
}

/// Why there is no list, as an error of the solver.
pub(crate) fn not_listed(form: &OptionForm, effort: Effort, why: NotListed) -> SolveError {
    let stopped = |stop: Stop, limit: String, reached: &str| {
        let what = "the list of feasible states".to_owned();
        SolveError::Stopped(LimitHit { stop, what, limit, reached: reached.to_owned(), exact: String::new() })
    };
    match why {
        NotListed::TooManyOptions => {
            let options = form.options.len();
            SolveError::NotPossible(NotPossible::TooManyOptions { options, most: 64 })
        }
        NotListed::TooManyStates => {
            let limit = format!("memory for {} feasible states", effort.states);
            stopped(Stop::Memory, limit, "that many, and there are more")
        }
        NotListed::Stopped(Stop::Work) => {
            let limit = format!("{} branches of the search", effort.branches);
            stopped(Stop::Work, limit, "a part of them")
        }
        NotListed::Stopped(stop) => stopped(stop, stop.words().to_owned(), "a part of them"),
    }
}

/// Lists the feasible states within the bounds.
///
/// # Errors
/// [`SolveError::NoFeasibleState`]; [`SolveError::NotPossible`] beyond 64 options;
/// [`SolveError::Stopped`].
pub(crate) fn list(
    form: &OptionForm,
    actors: usize,
    bounds: &Bounds,
    watch: &dyn Watch,
) -> Result<Vec<u64>, SolveError> {
    let effort = Effort::allowed(actors, bounds);
    match feasible(form, effort.states, effort.branches, watch) {
        Ok(numbers) if numbers.is_empty() => Err(SolveError::NoFeasibleState),
        Ok(numbers) => Ok(numbers),
        Err(why) => Err(not_listed(form, effort, why)),
    }
}

/// Solves by lists, given the feasible states (ascending, at least one).
///
/// # Errors
/// As [`crate::solve()`].
pub(super) fn solve(
    game: &Game,
    form: &OptionForm,
    numbers: Vec<u64>,
    settings: &Settings,
    watch: &dyn Watch,
) -> Result<(ExplicitVerdicts, Vec<LimitHit>), SolveError> {
    let space = Space::List { options: form.options.len() as u32, numbers };
    let scores = all_scores(&space, game)?;
    let field = ListField { movers: movers(&space, game, form, &scores), scores: &scores };
    let (actors, limits) = verdicts(&space, &field, game, form, settings, watch)?;
    let movers = field.movers;
    Ok(ExplicitVerdicts::new(game, space, actors, limits, &Ways::Classes(&movers), watch))
}

/// The verdicts of every actor on a list.
///
/// # Errors
/// [`SolveError::Stopped`] when nothing at all was computed.
pub(super) fn verdicts(
    space: &Space,
    field: &ListField<'_>,
    game: &Game,
    form: &OptionForm,
    settings: &Settings,
    watch: &dyn Watch,
) -> Result<(Vec<ActorVerdicts>, Vec<LimitHit>), SolveError> {
    let (mut actors, mut limits) = general::verdicts(field, &names(game), settings, watch)?;
    if settings.concepts.iter().any(|concept| concept.at_once()) {
        limits.extend(simultaneous(space, field, game, form, &mut actors, settings, watch)?);
    }
    Ok((actors, limits))
}

/// The scores of every actor.
///
/// # Errors
/// What is wrong with a ranking, of the first actor with such a ranking.
pub(crate) fn all_scores(space: &Space, game: &Game) -> Result<Vec<Vec<u32>>, SolveError> {
    game.actor_ids().map(|actor| score::scores(space, game, actor)).collect()
}

/// The moves of every actor between the states of a list.
pub(crate) fn movers<'s>(
    space: &Space,
    game: &Game,
    form: &OptionForm,
    scores: &'s [Vec<u32>],
) -> Vec<Mover<'s>> {
    let Space::List { numbers, .. } = space else { return vec![] };
    game.actor_ids()
        .zip(scores)
        .map(|(actor, scores)| {
            let [own, on_only, off_only] = masks(form, actor);
            let taken = taken(space, form, actor);
            Mover::new(numbers, MoverSpec { own, on_only, off_only, scores, taken })
        })
        .collect()
}

/// The options of an actor as bits: all, those from off to on only, those from on to off only.
pub(crate) fn masks(form: &OptionForm, actor: ActorId) -> [u64; 3] {
    let mut masks = [0; 3];
    for (at, option) in form.options.iter().enumerate().filter(|(_, option)| option.actor == actor) {
        masks[0] |= 1 << at;
        match option.direction {
            Direction::Both => {}
            Direction::OnOnly => masks[1] |= 1 << at,
            Direction::OffOnly => masks[2] |= 1 << at,
        }
    }
    masks
}

/// The moves taken away from `actor`; `None`: none.
fn taken(space: &Space, form: &OptionForm, actor: ActorId) -> Option<Taken> {
    let own: Vec<_> = form.cannot.iter().filter(|c| c.actor == actor).collect();
    if own.is_empty() {
        return None;
    }
    let from = Program::compile(form, own.iter().map(|c| &c.from));
    let to = Program::compile(form, own.iter().map(|c| &c.to));
    let mut taken = Taken::default();
    let (mut options, mut registers) = (Vec::new(), Vec::new());
    let (mut known_from, mut known_to) = (HashMap::new(), HashMap::new());
    for word in 0..space.words() {
        space.option_words(word, &mut options);
        for (program, sets, known, of) in [
            (&from, &mut taken.froms, &mut known_from, &mut taken.from),
            (&to, &mut taken.tos, &mut known_to, &mut taken.to),
        ] {
            program.run(&options, &mut registers);
            for at in 0..64.min(space.places() - word * 64) {
                let mut set = vec![0_u64; own.len().div_ceil(64)];
                for formula in 0..own.len() {
                    set[formula / 64] |= (program.result(formula, &registers) >> at & 1) << (formula % 64);
                }
                of.push(*known.entry(set).or_insert_with_key(|set: &Vec<u64>| {
                    sets.push(set.clone());
                    sets.len() as u32 - 1
                }));
            }
        }
    }
    Some(taken)
}

/// What actors are called in reports of limits.
pub(super) fn names(game: &Game) -> Vec<String> {
    game.actors.iter().map(|actor| actor.id.clone()).collect()
}

/// What movers are called in reports of limits.
pub(super) fn mover_names(game: &Game) -> Vec<String> {
    game.movers().iter().map(|mover| game.mover_id(mover)).collect()
}

/// Adds simultaneous stability to the verdicts of a list, for all actors or for none.
///
/// # Errors
/// [`SolveError::Stopped`] when it was stopped and nothing else was computed.
fn simultaneous(
    space: &Space,
    field: &ListField<'_>,
    game: &Game,
    form: &OptionForm,
    actors: &mut [ActorVerdicts],
    settings: &Settings,
    watch: &dyn Watch,
) -> Result<Option<LimitHit>, SolveError> {
    watch.event(Event::Concept(Concept::Sim, None));
    let own: Vec<u64> = (0..actors.len()).map(|i| masks(form, ActorId::from(i))[0]).collect();
    let work = settings.bounds.work.unwrap_or(sim::DEFAULT_WORK);
    match sim::stable(space, field, &own, work, watch) {
        Ok(rows) => {
            let width = own.len().div_ceil(8);
            for (i, actor) in actors.iter_mut().enumerate() {
                actor.bytes.resize(space.places(), 0);
                for (byte, row) in actor.bytes.iter_mut().zip(rows.chunks(width)) {
                    *byte |= if row[i / 8] >> (i % 8) & 1 == 1 { bit(Concept::Sim) } else { 0 };
                }
                actor.computed |= bit(Concept::Sim);
            }
            watch.event(Event::Done(Concept::Sim));
            Ok(None)
        }
        Err(stop) => {
            let exact = general::exact(&stability::in_turn(&Concept::ALL), &names(game), actors);
            let mut hit = general::limit(stop, &[Concept::Sim], exact);
            if stop == Stop::Work {
                hit.limit = format!("{work} combinations of improvements");
                hit.reached = format!("more than {work}");
            }
            if hit.exact.is_empty() { Err(SolveError::Stopped(hit)) } else { Ok(Some(hit)) }
        }
    }
}
