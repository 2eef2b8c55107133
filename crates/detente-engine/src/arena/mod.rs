//! States as they are met: the local view of a game, for searches from one state.
//!
//! An [`Arena`] numbers states in the order in which a search meets them and keeps what a search
//! asks again and again: each actor's order and moves. Nothing is known of states that nobody
//! reached, so a search costs what it visits, whatever the size of the whole game.

mod formulas;
mod group;
mod search;

use std::collections::HashMap;

use detente_model::{ActorId, Direction, Form, Game, Preference, RankEntry, State, Ways};

use crate::{Quiet, Stop, Watch};
use formulas::Formulas;
use group::Groups;
pub(crate) use search::{Found, Hop, Steps, reached, search};

/// A state that the arena has met, by its number in order of meeting.
pub(crate) type Met = u32;

/// Why a search ends before it is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cut {
    /// [`Stop::Work`]: more states than the arena may hold; else what the watch said.
    pub(crate) stop: Stop,
    /// The bound on states.
    pub(crate) limit: usize,
}

impl Cut {
    /// More than `limit`.
    pub(crate) fn beyond(limit: usize) -> Self {
        Self { stop: Stop::Work, limit }
    }

    /// The bound in words.
    pub(crate) fn limit_words(self) -> String {
        match self.stop {
            Stop::Work => format!("{} states", self.limit),
            other => other.words().to_owned(),
        }
    }
}

/// States met, nodes visited or assignments tried between two questions to the watch: well below a
/// millisecond.
const ASKED: u32 = 512;

/// The states met so far, with scores and moves.
pub(crate) struct Arena<'g> {
    game: &'g Game,
    formulas: Formulas<'g>,
    states: Vec<State>,
    known: HashMap<State, Met>,
    scores: Vec<Scores<'g>>,
    /// Option form: per actor, the classes of states that differ in its options only.
    groups: Vec<Groups>,
    /// Option form: per actor, the ways open to it.
    ways: Vec<Ways<'g>>,
    /// Graph form: the ends of arcs, per actor and position of the start.
    arcs: Vec<Vec<Vec<Met>>>,
    limit: usize,
    watch: &'g dyn Watch,
    /// Work since the watch was asked.
    since: u32,
}

/// One actor's order of the states met: `width` words per state, larger is better.
struct Scores<'g> {
    preference: &'g Preference,
    width: usize,
    words: Vec<u64>,
    /// Ranking: groups of the states that are listed one by one.
    listed: HashMap<State, usize>,
}

impl<'g> Arena<'g> {
    /// An arena for `game` that holds at most `limit` states, and whose searches ask `watch`.
    pub(crate) fn new(game: &'g Game, limit: usize, watch: &'g dyn Watch) -> Self {
        let actors = game.actors.len();
        let formulas = Formulas::new(game);
        let scores = game.preferences.iter().map(Scores::new).collect();
        let groups = game.actor_ids().map(|actor| Groups::new(game, &formulas, actor)).collect();
        let mut arena = Self {
            game,
            formulas,
            states: Vec::new(),
            known: HashMap::new(),
            scores,
            groups,
            ways: match &game.form {
                Form::Options(form) => {
                    game.actor_ids().map(|actor| form.ways(|mover| mover == actor)).collect()
                }
                Form::Graph(_) => Vec::new(),
            },
            arcs: Vec::new(),
            limit: limit.min(u32::MAX as usize - 1),
            watch: &Quiet,
            since: 0,
        };
        if let Form::Graph(form) = &game.form {
            // The list of states is at hand: number all of them, so that arcs are plain lists.
            arena.limit = arena.limit.max(form.states.len());
            for at in 0..form.states.len() {
                let _ = arena.meet(&State::from_number(at as u64 + 1));
            }
            arena.arcs = vec![vec![Vec::new(); form.states.len()]; actors];
            for arc in &form.arcs {
                if let Some(ends) =
                    arena.arcs.get_mut(arc.actor.index()).and_then(|list| list.get_mut(arc.from as usize))
                {
                    ends.push(arc.to);
                }
            }
            for (actor, list) in arena.arcs.iter_mut().enumerate() {
                for ends in list {
                    ends.sort_by(|a, b| {
                        arena.scores[actor].get(*b).cmp(arena.scores[actor].get(*a)).then(a.cmp(b))
                    });
                }
            }
        }
        arena.watch = watch;
        arena
    }

    /// Some work was done: asks the watch now and then.
    pub(crate) fn work(&mut self) -> Result<(), Cut> {
        self.since += 1;
        if self.since < ASKED {
            return Ok(());
        }
        self.since = 0;
        self.watch.stop().map_or(Ok(()), |stop| Err(Cut { stop, limit: self.limit }))
    }

    /// The game.
    pub(crate) fn game(&self) -> &'g Game {
        self.game
    }

    /// How many states have been met.
    pub(crate) fn len(&self) -> usize {
        self.states.len()
    }

    /// The state with this number.
    pub(crate) fn state(&self, met: Met) -> &State {
        &self.states[met as usize]
    }

    /// Whether `state` obeys every rule (graph form: is in the list).
    pub(crate) fn is_feasible(&self, state: &State) -> bool {
        match &self.game.form {
            Form::Graph(form) => state.number().is_some_and(|n| n >= 1 && n <= form.states.len() as u64),
            Form::Options(form) => {
                state.on().all(|o| o.index() < form.options.len()) && self.formulas.feasible(state)
            }
        }
    }

    /// The number of `state`, which must be feasible.
    pub(crate) fn meet(&mut self, state: &State) -> Result<Met, Cut> {
        if let Some(met) = self.known.get(state) {
            return Ok(*met);
        }
        if self.states.len() >= self.limit {
            return Err(Cut::beyond(self.limit));
        }
        self.work()?;
        let met = self.states.len() as Met;
        let defined = self.formulas.defined(state);
        for scores in &mut self.scores {
            scores.push(state, &self.formulas, &defined);
        }
        self.states.push(state.clone());
        self.known.insert(state.clone(), met);
        Ok(met)
    }

    /// The score of a state for an actor: compare as slices, larger is better.
    pub(crate) fn score(&self, actor: ActorId, met: Met) -> &[u64] {
        self.scores[actor.index()].get(met)
    }

    /// Whether `actor` strictly prefers `a` to `b`.
    pub(crate) fn prefers(&self, actor: ActorId, a: Met, b: Met) -> bool {
        self.score(actor, a) > self.score(actor, b)
    }

    /// Whether the moves of `actor` are transitive: two in a row are one (or lead back).
    pub(crate) fn is_transitive(&self, actor: ActorId) -> bool {
        match &self.game.form {
            Form::Graph(_) => false,
            Form::Options(form) => form.cannot.iter().all(|c| c.actor != actor),
        }
    }

    /// Whether `actor` can move between any two states of a class in both directions: option
    /// form, no one-way options, nothing taken away.
    pub(crate) fn is_free(&self, actor: ActorId) -> bool {
        self.is_transitive(actor)
            && self.game.options().iter().all(|o| o.actor != actor || o.direction == Direction::Both)
    }

    /// The class of `met` for `actor` in option form, by its number: see [`Arena::members`].
    pub(crate) fn class(&mut self, actor: ActorId, met: Met) -> Result<usize, Cut> {
        let at = actor.index();
        if self.groups[at].class_of(met).is_none() {
            let members = self.groups[at].enumerate(
                &self.formulas,
                &self.states[met as usize],
                self.limit,
                self.watch,
            )?;
            let mut class = Vec::with_capacity(members.len());
            for member in &members {
                class.push(self.meet(member)?);
            }
            let scores = &self.scores[at];
            let states = &self.states;
            class.sort_by(|a, b| {
                scores.get(*b).cmp(scores.get(*a)).then_with(|| states[*a as usize].cmp(&states[*b as usize]))
            });
            self.groups[at].add(class);
        }
        Ok(self.groups[at].class_of(met).unwrap_or(usize::MAX))
    }

    /// The members of a class: all feasible states that differ from each other in options of
    /// `actor` only, the actor's best first, ties by state number.
    pub(crate) fn members(&self, actor: ActorId, class: usize) -> &[Met] {
        self.groups[actor.index()].members(class)
    }

    /// Where `actor` can move in one step from `met`, its best first, ties by state number.
    pub(crate) fn moves(&mut self, actor: ActorId, met: Met) -> Result<Vec<Met>, Cut> {
        if !self.arcs.is_empty() {
            let ends = self.arcs.get(actor.index()).and_then(|list| list.get(met as usize));
            return Ok(ends.cloned().unwrap_or_default());
        }
        let class = self.class(actor, met)?;
        let members = self.members(actor, class).iter().copied();
        let ways = &self.ways[actor.index()];
        Ok(members.filter(|to| *to != met && ways.open(self.state(met), self.state(*to))).collect())
    }

    /// The moves of `actor` from `met` to what it strictly prefers, best first.
    pub(crate) fn improvements(&mut self, actor: ActorId, met: Met) -> Result<Vec<Met>, Cut> {
        let mut moves = self.moves(actor, met)?;
        // Best first: the improvements stand in front.
        moves.truncate(moves.partition_point(|to| self.prefers(actor, *to, met)));
        Ok(moves)
    }
}

impl<'g> Scores<'g> {
    fn new(preference: &'g Preference) -> Self {
        let mut listed = HashMap::new();
        let width = match preference {
            Preference::Statements(list) => list.len().div_ceil(64),
            Preference::Weights(_) => 1,
            Preference::Ranking(ranking) => {
                for (group, entries) in ranking.groups.iter().enumerate() {
                    for entry in entries {
                        if let RankEntry::State(state) = entry {
                            listed.entry(state.clone()).or_insert(group);
                        }
                    }
                }
                1
            }
        };
        Self { preference, width, words: Vec::new(), listed }
    }

    fn get(&self, met: Met) -> &[u64] {
        let from = met as usize * self.width;
        &self.words[from..from + self.width]
    }

    fn push(&mut self, state: &State, formulas: &Formulas<'_>, defined: &[bool]) {
        match self.preference {
            Preference::Statements(list) => {
                for part in list.chunks(64) {
                    let mut word = 0;
                    for (at, statement) in part.iter().enumerate() {
                        word |= u64::from(formulas.holds(&statement.that, state, defined)) << (63 - at);
                    }
                    self.words.push(word);
                }
            }
            Preference::Weights(list) => {
                let true_ones = list.iter().filter(|w| formulas.holds(&w.that, state, defined));
                let sum = true_ones.fold(0_i64, |sum, w| sum.saturating_add(w.weight));
                // Order-preserving: the sign bit is turned round.
                self.words.push(sum.cast_unsigned() ^ 1 << 63);
            }
            Preference::Ranking(ranking) => {
                let covers = |entry: &RankEntry| match entry {
                    RankEntry::State(_) => false,
                    RankEntry::Pattern(pattern) => pattern.matches(state),
                    RankEntry::Formula(f) => formulas.holds(f, state, defined),
                };
                let by_set = ranking.groups.iter().position(|group| group.iter().any(covers));
                let by_name = self.listed.get(state).copied();
                let group = [by_set, by_name].into_iter().flatten().min().unwrap_or(ranking.groups.len());
                self.words.push(u64::MAX - group as u64);
            }
        }
    }
}

#[cfg(test)]
mod tests;
