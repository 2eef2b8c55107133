//! C-Nash without listing states: for whom together no state is worth leaving.
//!
//! # Definition
//! As [`crate::coalition`]: `s` is stable for the coalition `H` when no state that a legal sequence of
//! moves of members leads to from `s` is strictly better than `s` for all of them.
//!
//! # Method
//! Copies stand for the state `t` where the coalition is now, variables for `s`, where it began; options
//! of others are the same in both. `W(s, t)`: from `t` the members can reach what all of them prefer to
//! `s`. It is the least set with
//! `W = S(t) ∧ (⋀_{j∈H} t ≻_j s ∨ ⋁_{i∈H} ∃ own options of i in t, as far as they may be turned: W)`:
//! members turn their options one after the other, through feasible states only. In option form moves of
//! one actor can be joined into one, so that nobody need move twice in a row. The states left are `W(s, s)`.
//!
//! # Complexity
//! As many rounds as the longest shortest sequence (2 to 4 seen); diagrams over the options and the
//! copies of the members' own. Coalitions are independent: each has a store of its own, several at a time.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use detente_model::{ActorId, Direction, Game};

use super::board;
use super::diagram::{Diagrams, Frozen, Halt, Set};
use super::engine::{MEMORY, STACK, limit, on_a_deep_stack, possible};
use super::formula::join;
use super::verdicts::{Layout, SymbolicSet};
use crate::coalition::Coalition;
use crate::{Bounds, Event, LimitHit, NotPossible, Settings, SolveError, StateSet, Stop, Watch};

/// Members and others, as owners of options in a coalition's store.
const MEMBERS: u8 = 0;
const OTHERS: u8 = 1;

/// Which states are stable for which coalitions under C-Nash.
pub struct CoalitionNash {
    layout: Layout,
    feasible: Frozen,
    rows: Vec<(Coalition, Option<Frozen>)>,
    proof: Option<Frozen>,
    /// Bounds that were hit: what is there is exact all the same, the rest is missing.
    pub limits: Vec<LimitHit>,
}

impl CoalitionNash {
    /// The feasible states.
    #[must_use]
    pub fn feasible(&self) -> Box<dyn StateSet + '_> {
        SymbolicSet::boxed(&self.layout, &self.feasible)
    }

    /// The coalitions, in the order in which they were asked for.
    pub fn coalitions(&self) -> impl Iterator<Item = Coalition> {
        self.rows.iter().map(|(coalition, _)| *coalition)
    }

    /// The states that are stable for `coalition`; `None` when that was not asked for or was cut short.
    #[must_use]
    pub fn stable(&self, coalition: Coalition) -> Option<Box<dyn StateSet + '_>> {
        let (_, stable) = self.rows.iter().find(|(h, _)| *h == coalition)?;
        Some(SymbolicSet::boxed(&self.layout, stable.as_ref()?))
    }

    /// The states that are stable for every coalition that was asked for; `None` when one was cut short.
    #[must_use]
    pub fn proof(&self) -> Option<Box<dyn StateSet + '_>> {
        Some(SymbolicSet::boxed(&self.layout, self.proof.as_ref()?))
    }
}

/// What all coalitions share, apart from any store.
struct Shared {
    /// The feasible states, then all level vectors.
    sets: Frozen,
    /// How many levels each actor has.
    levels: Vec<usize>,
    /// Per position: the owner, and whether its option may be turned both ways.
    options: Vec<(usize, Direction)>,
}

/// C-Nash for these coalitions, with `threads` threads (0: as many as there are cores).
///
/// # Errors
/// [`SolveError::NotPossible`] for graph form, acts, conditions and moves taken away; [`SolveError::NoFeasibleState`];
/// [`SolveError::Stopped`] when a bound was hit before the first coalition was begun.
pub fn coalition_nash(
    game: &Game,
    coalitions: &[Coalition],
    threads: usize,
    bounds: &Bounds,
    watch: &dyn Watch,
) -> Result<CoalitionNash, SolveError> {
    let settings = Settings { concepts: Vec::new(), ..Settings::default() };
    if !game.only_own_moves() {
        return Err(SolveError::NotPossible(NotPossible::SymbolicWithActs));
    }
    let form = possible(game, &settings)?;
    let memory = bounds.memory.unwrap_or(MEMORY);
    let early = |halt: Halt| {
        SolveError::Stopped(limit(halt.0, "the rules and preferences", "", String::new(), memory))
    };
    watch.event(Event::States);
    let compiled = on_a_deep_stack(|| {
        let mut d = Diagrams::new(memory, watch);
        let (mut formulas, board) = board::rules(&mut d, game, form)?;
        let mut sets = vec![board.feasible];
        let mut levels = Vec::new();
        for preference in &game.preferences {
            let vector = super::levels::levels(&mut d, &mut formulas, preference)?;
            levels.push(vector.len());
            sets.extend(vector);
        }
        let order = formulas.order().to_vec();
        Ok((d.freeze(&sets[..1]), d.freeze(&sets), levels, order))
    });
    let compiled = compiled.map_err(SolveError::NotPossible)?;
    let (feasible, sets, levels, order) = compiled.map_err(early)?;
    if !feasible.satisfiable() {
        return Err(SolveError::NoFeasibleState);
    }
    let option = |at: &usize| (form.options[*at].actor.index(), form.options[*at].direction);
    let shared = Shared { sets, levels, options: order.iter().map(option).collect() };
    let layout = Layout::new(form, &order);
    let found = each(&shared, coalitions, threads, memory, watch);
    let mut limits = Vec::new();
    for stop in [Stop::Time, Stop::Cancelled, Stop::Memory, Stop::Work] {
        let cut =
            coalitions.iter().zip(&found).filter(|(_, found)| matches!(found, Err(halt) if halt.0 == stop));
        let cut: Vec<String> = cut.map(|(h, _)| h.id(game)).collect();
        if !cut.is_empty() {
            let done = found.iter().filter(|found| found.is_ok()).count();
            let reached = format!("{done} of {} coalitions", coalitions.len());
            let exact = format!("c-nash for the {done} coalitions that are there");
            limits.push(limit(stop, &format!("c-nash for {}", cut.join(", ")), &reached, exact, memory));
        }
    }
    let rows: Vec<(Coalition, Option<Frozen>)> =
        coalitions.iter().copied().zip(found.into_iter().map(Result::ok)).collect();
    let proof = on_a_deep_stack(|| proof(&feasible, &rows, memory, watch)).unwrap_or(Err(Halt(Stop::Memory)));
    if let (Err(halt), true) = (&proof, limits.is_empty()) {
        let exact = "c-nash for every coalition alone".to_owned();
        limits.push(limit(halt.0, "what is proof against every coalition", "not done", exact, memory));
    }
    Ok(CoalitionNash { layout, feasible, rows, proof: proof.ok().flatten(), limits })
}

/// The stable states of each coalition, on several threads.
fn each(
    shared: &Shared,
    coalitions: &[Coalition],
    threads: usize,
    memory: u64,
    watch: &dyn Watch,
) -> Vec<Result<Frozen, Halt>> {
    let threads = match threads {
        0 => std::thread::available_parallelism().map_or(1, usize::from),
        threads => threads,
    };
    let threads = threads.clamp(1, coalitions.len().max(1));
    let next = AtomicUsize::new(0);
    let found = Mutex::new(vec![Err(Halt(Stop::Memory)); coalitions.len()]);
    let work = || loop {
        let at = next.fetch_add(1, Ordering::Relaxed);
        let Some(coalition) = coalitions.get(at) else { break };
        watch.event(Event::Step("coalitions", Some(at as f64 / coalitions.len() as f64)));
        let one = stable(shared, *coalition, memory / threads as u64, watch);
        found.lock().unwrap_or_else(std::sync::PoisonError::into_inner)[at] = one;
    };
    std::thread::scope(|scope| {
        for _ in 0..threads {
            // Without a thread, its share stays undone and is said to be.
            let _ = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work);
        }
    });
    found.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// The states of `coalition`'s C-Nash stability.
fn stable(shared: &Shared, coalition: Coalition, memory: u64, watch: &dyn Watch) -> Result<Frozen, Halt> {
    let mut d = Diagrams::new(memory, watch);
    d.ask()?;
    let member = |actor: usize| coalition.contains(ActorId::from(actor));
    let owner = |(actor, _): &(usize, Direction)| 1 << if member(*actor) { MEMBERS } else { OTHERS };
    d.set_owners(shared.options.iter().map(owner).collect());
    let mut sets = d.thaw(&shared.sets)?.into_iter();
    let feasible = sets.next().ok_or(Halt(Stop::Memory))?;
    let here = d.raise(&feasible, MEMBERS)?;
    // The states where all members are better off than at `s`.
    let mut better = vec![feasible.clone(), here.clone()];
    for (actor, &count) in shared.levels.iter().enumerate() {
        let levels: Vec<Set> = sets.by_ref().take(count).collect();
        if member(actor) {
            let mut gain = d.constant(false);
            for level in levels.iter().rev() {
                let after = d.raise(level, MEMBERS)?;
                if after != *level {
                    let same = d.iff(&after, level)?;
                    gain = d.ite(&same, &gain, &after)?;
                }
            }
            better.push(gain);
        }
    }
    let mut reach = join(&mut d, better, true)?;
    // Round after round, every member's moves backwards, until nothing is added.
    let movers: Vec<usize> = (0..shared.levels.len()).filter(|actor| member(*actor)).collect();
    let mut since = 0;
    while since < movers.len() {
        for &mover in &movers {
            let before = turned(&mut d, shared, mover, &reach)?;
            let before = d.and(&before, &here)?;
            let all = d.or(&reach, &before)?;
            since = if all == reach { since + 1 } else { 0 };
            reach = all;
            if since >= movers.len() {
                break;
            }
        }
    }
    let mut same = Vec::new();
    for position in (0..shared.options.len()).filter(|at| member(shared.options[*at].0)) {
        let level = 2 * position as u32;
        let (option, copy) = (d.variable(level)?, d.variable(level + 1)?);
        same.push(d.iff(&option, &copy)?);
    }
    let same = join(&mut d, same, true)?;
    let left = d.and(&reach, &same)?;
    let own = (0..shared.options.len()).filter(|at| member(shared.options[*at].0));
    let copies = d.cube(own.map(|position| 2 * position as u32 + 1))?;
    let left = d.exists(&left, &copies)?;
    let stable = d.without(&feasible, &left)?;
    Ok(d.freeze(&[stable]))
}

/// From where `mover` can turn its options, in the copies, to get into `set`.
fn turned(d: &mut Diagrams<'_>, shared: &Shared, mover: usize, set: &Set) -> Result<Set, Halt> {
    let own = shared.options.iter().enumerate().filter(|(_, (actor, _))| *actor == mover);
    let own: Vec<(u32, Direction)> =
        own.map(|(position, (_, direction))| (2 * position as u32 + 1, *direction)).collect();
    let free = own.iter().filter(|(_, direction)| *direction == Direction::Both).map(|(level, _)| *level);
    let free = d.cube(free)?;
    let mut set = d.exists(set, &free)?;
    for (level, direction) in own.into_iter().filter(|(_, direction)| *direction != Direction::Both) {
        // It may be turned to `to`, and is that already or not; it may stay the other way, if it is that.
        let to = direction == Direction::OnOnly;
        let (turned, stays) = (d.fix(&set, level, to)?, d.fix(&set, level, !to)?);
        let copy = d.variable(level)?;
        let other = if to { d.not(&copy) } else { copy };
        let stays = d.and(&stays, &other)?;
        set = d.or(&turned, &stays)?;
    }
    Ok(set)
}

/// The states that are stable for all coalitions; `None` when one was cut short.
fn proof(
    feasible: &Frozen,
    rows: &[(Coalition, Option<Frozen>)],
    memory: u64,
    watch: &dyn Watch,
) -> Result<Option<Frozen>, Halt> {
    let mut d = Diagrams::new(memory, watch);
    let mut all = d.thaw(feasible)?.pop().ok_or(Halt(Stop::Memory))?;
    for (_, stable) in rows {
        let Some(stable) = stable else { return Ok(None) };
        let stable = d.thaw(stable)?.pop().ok_or(Halt(Stop::Memory))?;
        all = d.and(&all, &stable)?;
    }
    Ok(Some(d.freeze(&[all])))
}
