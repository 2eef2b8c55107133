//! States as they are met: the local view of a game, for searches from one state.
//!
//! An [`Arena`] numbers states in the order in which a search meets them and keeps what a search
//! asks again and again: each actor's order, and the moves of every mover. Nothing is known of states that nobody
//! reached, so a search costs what it visits, whatever the size of the whole game.

mod formulas;
mod group;
mod search;

use std::collections::HashMap;

use detente_model::{
    ActorId, Direction, Form, Game, Mover, MoverId, Obstacle, OptionForm, OptionId, Preference, RankEntry,
    State, Ways,
};

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
    /// Who can move: the actors first.
    movers: Vec<Mover>,
    /// Option form: per actor, the classes of states that differ only in what it has a say in.
    groups: Vec<Groups>,
    /// Option form: per actor whether conditions or acts decide which of its moves are open, and where it
    /// can move in each class that was asked about, member by member.
    conditioned: Vec<bool>,
    led: HashMap<(usize, usize), Vec<Vec<Met>>>,
    /// Option form: per actor, the ways open to it.
    ways: Vec<Ways<'g>>,
    /// Graph form: the ends of arcs, per mover and position of the start.
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
        let movers = game.movers();
        let formulas = Formulas::new(game);
        let scores = game.preferences.iter().map(Scores::new).collect();
        let groups = game.actor_ids().map(|actor| Groups::new(game, &formulas, actor)).collect();
        let mut arena = Self {
            game,
            formulas,
            states: Vec::new(),
            known: HashMap::new(),
            movers: Vec::new(),
            scores,
            conditioned: game.actor_ids().map(|actor| is_conditioned(game, actor)).collect(),
            led: HashMap::new(),
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
            let alone = form.arcs.iter().map(|arc| (arc.actor.index(), arc.from, arc.to));
            let joint = form.joint.iter().enumerate().flat_map(|(at, joint)| {
                joint.arcs.iter().map(move |&(from, to)| (game.actors.len() + at, from, to))
            });
            arena.arcs = vec![vec![Vec::new(); form.states.len()]; movers.len()];
            for (mover, from, to) in alone.chain(joint) {
                if let Some(ends) = arena.arcs.get_mut(mover).and_then(|list| list.get_mut(from as usize)) {
                    ends.push(to);
                }
            }
            for (list, mover) in arena.arcs.iter_mut().zip(&movers) {
                let Some(scores) = mover.parties.first().and_then(|first| arena.scores.get(first.index()))
                else {
                    continue;
                };
                for ends in list {
                    ends.sort_by(|a, b| scores.get(*b).cmp(scores.get(*a)).then(a.cmp(b)));
                    ends.dedup();
                }
            }
        }
        arena.movers = movers;
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

    /// All movers, the actors first.
    pub(crate) fn movers(&self) -> impl Iterator<Item = MoverId> + use<> {
        (0..self.movers.len() as u32).map(MoverId)
    }

    /// Who takes part in the moves of `mover`.
    pub(crate) fn parties(&self, mover: impl Into<MoverId>) -> &[ActorId] {
        self.movers.get(mover.into().index()).map_or(&[], |mover| &mover.parties)
    }

    /// Whether `mover` would go from `b` to `a`: every party strictly prefers it.
    pub(crate) fn gains(&self, mover: impl Into<MoverId>, a: Met, b: Met) -> bool {
        self.parties(mover).iter().all(|party| self.prefers(*party, a, b))
    }

    /// The actor, when it moves alone.
    fn alone(&self, mover: MoverId) -> Option<ActorId> {
        (mover.index() < self.game.actors.len()).then_some(ActorId(mover.0))
    }

    /// Whether the moves of `mover` are transitive: two in a row are one (or lead back). So are those with an act:
    /// once it has begun or ended there is no second one.
    pub(crate) fn is_transitive(&self, mover: impl Into<MoverId>) -> bool {
        let actor = self.alone(mover.into());
        match &self.game.form {
            Form::Graph(_) => false,
            Form::Options(form) => form.cannot.iter().all(|c| Some(c.actor) != actor),
        }
    }

    /// Whether `mover` is an actor that can move between any two states of a class in both directions: option
    /// form, no one-way options, no conditions, nothing taken away.
    pub(crate) fn is_free(&self, mover: impl Into<MoverId>) -> bool {
        let Some(actor) = self.alone(mover.into()) else { return false };
        self.is_transitive(actor)
            && self.conditioned.get(actor.index()) == Some(&false)
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

    /// The members of a class: all feasible states that differ from each other only in what
    /// `actor` has a say in, the actor's best first, ties by state number.
    pub(crate) fn members(&self, actor: ActorId, class: usize) -> &[Met] {
        self.groups[actor.index()].members(class)
    }

    /// Where `mover` can move in one step from `met`, its (first party's) best first, ties by state number.
    pub(crate) fn moves(&mut self, mover: impl Into<MoverId>, met: Met) -> Result<Vec<Met>, Cut> {
        let mover = mover.into();
        if !self.arcs.is_empty() {
            let ends = self.arcs.get(mover.index()).and_then(|list| list.get(met as usize));
            return Ok(ends.cloned().unwrap_or_default());
        }
        let Some(actor) = self.alone(mover) else { return self.joint(mover, met) };
        if self.conditioned[actor.index()] {
            return self.led(actor, met);
        }
        let class = self.class(actor, met)?;
        let members = self.members(actor, class).iter().copied();
        let ways = &self.ways[actor.index()];
        Ok(members.filter(|to| *to != met && ways.open(self.state(met), self.state(*to))).collect())
    }

    /// The moves of `mover` from `met` to what every party strictly prefers, best first.
    pub(crate) fn improvements(&mut self, mover: impl Into<MoverId>, met: Met) -> Result<Vec<Met>, Cut> {
        let mover = mover.into();
        let mut moves = self.moves(mover, met)?;
        match self.alone(mover) {
            // Best first: the improvements stand in front.
            Some(actor) => moves.truncate(moves.partition_point(|to| self.prefers(actor, *to, met))),
            None => moves.retain(|to| self.gains(mover, *to, met)),
        }
        Ok(moves)
    }

    /// The one state that several make of `met` by their act, if they can.
    fn joint(&mut self, mover: MoverId, met: Met) -> Result<Vec<Met>, Cut> {
        let joint = self.movers.get(mover.index()).and_then(|mover| mover.joint);
        let to = joint
            .zip(self.game.option_form())
            .and_then(|(joint, form)| form.joint_move(joint, self.state(met)));
        match to.filter(|to| self.is_feasible(to)) {
            Some(to) => Ok(vec![self.meet(&to)?]),
            None => Ok(vec![]),
        }
    }

    /// Where any number of changes leads `actor` from `met`: the closure over its class, found once for all members.
    ///
    /// # Complexity
    /// A test per pair of members, then a search from each.
    fn led(&mut self, actor: ActorId, met: Met) -> Result<Vec<Met>, Cut> {
        let class = self.class(actor, met)?;
        let members = self.members(actor, class).to_vec();
        let Some(here) = members.iter().position(|member| *member == met) else { return Ok(vec![]) };
        if !self.led.contains_key(&(actor.index(), class)) {
            let Some(form) = self.game.option_form() else { return Ok(vec![]) };
            let own: Vec<OptionId> =
                self.game.things().filter(|&thing| form.has_a_say(actor, thing)).collect();
            let mut changes = Vec::with_capacity(members.len());
            for from in &members {
                self.work()?;
                let leads =
                    |to: &usize| form.is_change(actor, &own, self.state(*from), self.state(members[*to]));
                changes.push((0..members.len()).filter(leads).collect::<Vec<usize>>());
            }
            let mut led = Vec::with_capacity(members.len());
            for from in 0..members.len() {
                self.work()?;
                led.push(self.reached_by(&members, &changes, from, &self.ways[actor.index()]));
            }
            self.led.insert((actor.index(), class), led);
        }
        Ok(self.led.get(&(actor.index(), class)).and_then(|led| led.get(here)).cloned().unwrap_or_default())
    }

    /// The members that `changes` lead to, one after the other, from the one at `from`; without the moves taken away.
    fn reached_by(&self, members: &[Met], changes: &[Vec<usize>], from: usize, ways: &Ways<'_>) -> Vec<Met> {
        let mut seen = vec![false; members.len()];
        seen[from] = true;
        let mut open = vec![from];
        while let Some(at) = open.pop() {
            for &to in &changes[at] {
                if !std::mem::replace(&mut seen[to], true) {
                    open.push(to);
                }
            }
        }
        seen[from] = false;
        let taken = |to: Met| {
            let mut against = ways.against(self.state(members[from]), self.state(to));
            against.any(|obstacle| matches!(obstacle, Obstacle::Cannot(_)))
        };
        members.iter().zip(seen).filter(|(to, seen)| *seen && !taken(**to)).map(|(to, _)| *to).collect()
    }
}

/// Whether acts or conditions decide which of an actor's own moves are open.
fn is_conditioned(game: &Game, actor: ActorId) -> bool {
    let conditioned = |form: &OptionForm| {
        game.things().filter(|&thing| form.has_a_say(actor, thing)).any(|thing| {
            let option = form.options.get(thing.index());
            form.act_of(thing).is_some()
                || option.is_some_and(|o| !o.begins_if.is_empty() || !o.ends_if.is_empty())
        })
    };
    game.option_form().is_some_and(conditioned)
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
