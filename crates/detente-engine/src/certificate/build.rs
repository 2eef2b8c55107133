//! Finds the witness for a verdict by search from the state.

use detente_model::{ActorId, Answers, Concept, Game, MoverId, Sequences, State};

use super::{BuildError, Certificate, Improvement, Step, Target, Unanswered};
use crate::arena::{Arena, Cut, Found, Met, Steps, search};
use crate::cover;
use crate::symbolic::{Candidates, Halt};
use crate::{Bounds, Deciding, LimitHit, Order, Stop, Watch};

/// States that a search may meet when the bounds say nothing: about 300 MB at 20 options.
const STATES: u64 = crate::caps::REASON_STATES.most;

/// In games with more options than this, sets take over after so many states.
const FEW_OPTIONS: usize = 20;
const STATES_BEFORE_SETS: u64 = 1 << 14;
/// Bytes for sets when the bounds say nothing.
const MEMORY_OF_SETS: u64 = crate::caps::REASON_MEMORY.most;

/// A closure of more states than this is given as patterns.
const LISTED_STATES: usize = 16;

/// Bytes that one state met may take, roughly: to turn a bound on memory into one on states.
const BYTES_PER_STATE: u64 = 320;

/// Once a verdict is known to be unstable, how many visits the search for answers to each of the
/// other improvements may take.
const VISITS_FOR_THE_OTHERS: usize = 1 << 14;

/// A game with the states that earlier certificates have met: building several certificates of
/// one game costs each state once.
///
/// States are searched one by one as long as they are few; beyond that as sets (see
/// `crate::symbolic::Candidates`), unless the bounds name a bound on work.
pub struct Search<'g> {
    pub(super) arena: Arena<'g>,
    /// How many states the arena may hold.
    pub(super) states: usize,
    pub(super) watch: &'g dyn Watch,
    pub(super) bound: usize,
    sets: Sets<'g>,
}

/// The search by sets.
enum Sets<'g> {
    /// Not for this game, or not wanted.
    Never,
    /// When it is needed, with so many bytes.
    Later(u64),
    Ready(Box<Candidates<'g>>),
}

/// The certificate of one verdict. For several of one game, use [`Search`].
///
/// # Errors
/// As [`Search::certificate`].
pub fn build(
    game: &Game,
    sequences: Sequences,
    concept: Concept,
    actor: ActorId,
    state: &State,
    bounds: &Bounds,
    watch: &dyn Watch,
) -> Result<Certificate, BuildError> {
    Search::new(game, bounds, watch).certificate(sequences, concept, actor, state)
}

impl<'g> Search<'g> {
    /// A search in `game` that asks `watch` whether to go on. `bounds.memory` bounds the states met; `bounds.work` the combinations
    /// looked at under sim and the states met otherwise (default 2^20).
    #[must_use]
    pub fn new(game: &'g Game, bounds: &Bounds, watch: &'g dyn Watch) -> Self {
        let work = bounds.work.unwrap_or(STATES);
        let limit = bounds.memory.map_or(work, |bytes| work.min(bytes / BYTES_PER_STATE)).max(16);
        let size = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
        let by_sets = bounds.work.is_none()
            && game
                .option_form()
                .is_some_and(|form| form.cannot.is_empty() && form.options.len() > FEW_OPTIONS)
            && game.only_own_moves();
        let (limit, sets) = if by_sets {
            (limit.min(STATES_BEFORE_SETS), Sets::Later(bounds.memory.unwrap_or(MEMORY_OF_SETS)))
        } else {
            (limit, Sets::Never)
        };
        Self {
            arena: Arena::new(game, size(limit), watch),
            watch,
            states: size(limit),
            bound: size(work),
            sets,
        }
    }

    /// The certificate by sets of states.
    fn by_sets(
        &mut self,
        sequences: Sequences,
        concept: Concept,
        actor: ActorId,
        state: &State,
    ) -> Option<Result<Certificate, Halt>> {
        let alone = concept.answers() == Answers::Nothing;
        let possible = !concept.at_once() && (sequences != Sequences::Once || alone);
        let game = self.arena.game();
        let form = game.option_form().filter(|_| possible)?;
        if let Sets::Later(memory) = self.sets {
            match Candidates::new(game, form, memory, self.watch) {
                Ok(ready) => self.sets = Sets::Ready(Box::new(ready)),
                Err(halt) => return Some(Err(halt)),
            }
        }
        match &mut self.sets {
            Sets::Ready(ready) => Some(ready.certificate(sequences, concept, actor, state)),
            _ => None,
        }
    }

    /// The certificate of the verdict on `state` for `actor` under `concept`, in the reading
    /// `sequences`. Works in both forms, with one-way options and moves taken away.
    ///
    /// # Complexity
    /// The states that the opponents can reach from the actor's improvements (under legal
    /// sequences each once per opponent), not all states of the game.
    ///
    /// # Errors
    /// See [`BuildError`]. A bound that is hit leaves no certificate.
    pub fn certificate(
        &mut self,
        sequences: Sequences,
        concept: Concept,
        actor: ActorId,
        state: &State,
    ) -> Result<Certificate, BuildError> {
        let game = self.arena.game();
        let order = Order::new(game, actor).ok_or(BuildError::NoActor(actor))?;
        if !self.arena.is_feasible(state) {
            return Err(BuildError::NotFeasible(state.clone()));
        }
        if !concept.is_defined_in(&game.form) {
            return Err(BuildError::NotPossible);
        }
        let bound = self.bound;
        let run = |arena: &mut Arena<'g>| {
            Work { arena, order, sequences, concept, actor, fellows: vec![], bound, left: bound }.run(state)
        };
        let before = self.arena.len();
        let mut found = run(&mut self.arena);
        if found.as_ref().is_err_and(|cut| cut.stop == Stop::Work) && before > 0 {
            // What other certificates met takes no place from this one: it is the same whatever was asked before.
            self.arena = Arena::new(game, self.states, self.watch);
            found = run(&mut self.arena);
        }
        let cut = match found {
            Ok(certificate) => return Ok(certificate),
            Err(cut) => cut,
        };
        let met = self.arena.len();
        let by_sets = match cut.stop {
            Stop::Work => self.by_sets(sequences, concept, actor, state),
            _ => None,
        };
        let (stop, limit) = match by_sets {
            Some(Ok(certificate)) => return Ok(certificate),
            Some(Err(Halt(Stop::Memory))) => (Stop::Memory, "the memory for diagrams".to_owned()),
            Some(Err(Halt(Stop::Work))) => (Stop::Work, "the work for one state by diagrams".to_owned()),
            Some(Err(Halt(stop))) => (stop, stop.words().to_owned()),
            None if cut.stop == Stop::Work => (Stop::Work, format!("{} states or combinations", cut.limit)),
            None => (cut.stop, cut.stop.words().to_owned()),
        };
        let game = self.arena.game();
        Err({
            BuildError::Limit(LimitHit {
                stop,
                what: format!(
                    "the search for the reason of a verdict ({}, {})",
                    concept.id(),
                    game.actors.get(actor.index()).map_or("", |a| a.id.as_str())
                ),
                limit,
                reached: format!("{met} states"),
                exact: String::new(),
            })
        })
    }
}

pub(super) struct Work<'a, 'g> {
    pub(super) arena: &'a mut Arena<'g>,
    pub(super) order: Order<'g>,
    pub(super) sequences: Sequences,
    pub(super) concept: Concept,
    pub(super) actor: ActorId,
    /// Those who act with it: in answers they take improvements only, alone or with others.
    pub(super) fellows: Vec<ActorId>,
    /// Combinations that may be looked at (sim), and how many are left.
    pub(super) bound: usize,
    pub(super) left: usize,
}

/// What the opponents can do about one improvement.
pub(super) enum Response {
    Sanction(Vec<Step>, Met),
    Closure(Vec<Met>),
    GaveUp,
}

impl Work<'_, '_> {
    fn run(&mut self, state: &State) -> Result<Certificate, Cut> {
        let s = self.arena.meet(state)?;
        let mut improvements = Vec::new();
        let mut unanswered = None;
        for to in self.arena.improvements(self.actor, s)? {
            let most = if unanswered.is_some() { VISITS_FOR_THE_OTHERS } else { usize::MAX };
            let answer = match self.concept.answers() {
                Answers::Nothing => Response::Closure(vec![to]),
                Answers::AtOnce => self.together(s, to)?,
                Answers::Moves | Answers::Improvements => self.in_turn(s, to, most)?,
            };
            let (mut sanction, mut because) = (Vec::new(), None);
            match answer {
                Response::Sanction(steps, end) => {
                    because = self.deciding(s, end);
                    sanction = steps;
                }
                Response::Closure(closure) => {
                    if unanswered.is_none() {
                        let to = self.arena.state(to).clone();
                        let closure = closure.iter().map(|met| self.arena.state(*met).clone());
                        unanswered = Some(Unanswered { to, closure: self.cover(closure.collect()) });
                    }
                }
                Response::GaveUp => {}
            }
            let gain = self.deciding(to, s);
            let to = Target::One(self.arena.state(to).clone());
            improvements.push(Improvement { to, gain, sanction, because });
        }
        Ok(Certificate {
            sequences: self.sequences,
            actor: self.actor,
            concept: self.concept,
            state: state.clone(),
            stable: unanswered.is_none(),
            improvements,
            unanswered,
        })
    }

    /// gmr, smr, seq, sseq: opponents answer one after the other.
    pub(super) fn in_turn(&mut self, s: Met, to: Met, most: usize) -> Result<Response, Cut> {
        let actor = self.actor;
        let without = |mover: &MoverId| !self.arena.parties(*mover).contains(&actor);
        let movers: Vec<MoverId> = self.arena.movers().filter(without).collect();
        let willing = |mover: &MoverId| self.arena.parties(*mover).iter().any(|p| self.fellows.contains(p));
        let willing: Vec<MoverId> = movers.iter().copied().filter(willing).collect();
        let escaping = self.concept.way_out();
        let steps = Steps {
            improving: self.concept.willing(),
            willing: &willing,
            sequences: self.sequences,
            most,
            ..Steps::legal(&movers)
        };
        let found = search(self.arena, to, steps, |arena, met| {
            if arena.prefers(actor, met, s) {
                return Ok(false);
            }
            if !escaping {
                return Ok(true);
            }
            // The first move is the actor's best.
            let best = arena.moves(actor, met)?.first().copied();
            Ok(best.is_none_or(|best| !arena.prefers(actor, best, s)))
        })?;
        Ok(match found {
            Found::Path(path) => {
                let end = path.last().map_or(to, |hop| hop.to);
                let step = |hop: &crate::arena::Hop| Step {
                    mover: hop.mover,
                    to: Target::One(self.arena.state(hop.to).clone()),
                };
                Response::Sanction(path.iter().map(step).collect(), end)
            }
            Found::Closure(states) => Response::Closure(states),
            Found::GaveUp => Response::GaveUp,
        })
    }

    /// sim: opponents improve from `s` at the same time, fewest movers first.
    fn together(&mut self, s: Met, to: Met) -> Result<Response, Cut> {
        let mut movers = Vec::new();
        for actor in self.arena.game().actor_ids().filter(|a| *a != self.actor) {
            let improvements = self.arena.improvements(actor, s)?;
            if !improvements.is_empty() {
                movers.push((actor, improvements));
            }
        }
        let mut closure = vec![to];
        for size in 1..=movers.len() {
            // `taken[k]` is the choice of the k-th mover of the combination: (mover, improvement).
            let mut taken: Vec<(usize, usize)> = Vec::new();
            let mut next = (0, 0);
            loop {
                let (mover, choice) = next;
                if mover == movers.len() || taken.len() == size {
                    // Back: the next choice of the last mover taken.
                    let Some((mover, choice)) = taken.pop() else { break };
                    next = (mover, choice + 1);
                    continue;
                }
                if choice == movers[mover].1.len() {
                    next = (mover + 1, 0);
                    continue;
                }
                taken.push((mover, choice));
                next = (mover + 1, 0);
                if taken.len() < size {
                    continue;
                }
                self.left = self.left.checked_sub(1).ok_or(Cut::beyond(self.bound))?;
                let moved: Vec<(ActorId, Met)> =
                    taken.iter().map(|&(m, c)| (movers[m].0, movers[m].1[c])).collect();
                let end = self.joined(to, &moved);
                if self.arena.is_feasible(&end) {
                    let end = self.arena.meet(&end)?;
                    if !self.arena.prefers(self.actor, end, s) {
                        let step = |&(actor, met): &(ActorId, Met)| Step {
                            mover: actor.into(),
                            to: Target::One(self.arena.state(met).clone()),
                        };
                        return Ok(Response::Sanction(moved.iter().map(step).collect(), end));
                    }
                    closure.push(end);
                }
            }
        }
        closure.sort_unstable();
        closure.dedup();
        Ok(Response::Closure(closure))
    }

    /// `to` with the options of each mover as in the state that it moved to.
    fn joined(&self, to: Met, moved: &[(ActorId, Met)]) -> State {
        let mut end = self.arena.state(to).clone();
        for (actor, met) in moved {
            let chosen = self.arena.state(*met);
            for option in self.arena.game().options_of(*actor) {
                end.set(option, chosen.is_on(option));
            }
        }
        end
    }

    pub(super) fn deciding(&self, better: Met, worse: Met) -> Option<Deciding> {
        self.order.deciding(self.arena.state(better), self.arena.state(worse))
    }

    /// Few patterns for many states: exactly these states, listed when they are few.
    pub(super) fn cover(&self, states: Vec<State>) -> Vec<Target> {
        let options = self.arena.game().options().len();
        if states.len() > LISTED_STATES
            && let Some(mut numbers) = states.iter().map(State::number).collect::<Option<Vec<u64>>>()
            && (1..=64).contains(&options)
        {
            numbers.sort_unstable();
            let cover = cover::cover(&numbers, options, usize::MAX);
            if cover.complete && cover.patterns.len() < states.len() {
                return cover.patterns.into_iter().map(Target::from).collect();
            }
        }
        states.into_iter().map(Target::One).collect()
    }
}
